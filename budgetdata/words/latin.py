"""Chinese names in Latin letters, for who cannot read them: in pinyin without tones, word by word."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from budgetdata.base.region import region_of
from budgetdata.words.sounds import sounds_alone

READINGS, WORDS = (Path(__file__).with_name(name) for name in ("readings.txt", "latin.csv"))
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LOWER = {"和": "he", "与": "yu", "及": "ji", "的": "de"}
"""Words that stand between others, written small."""
_BETWEEN = re.compile(r"([和与及的])|(?<=局)|(?<=厅)")
_ALONE = "省市区县乡镇局厅部委办处科院所站队馆校园室会团台费"
"""What a name or a division ends with: a word of its own behind whole words of two."""
_DIVISION = re.compile(r"(.{2,}?)(自治[区州县旗]|特别行政区|地区|新区|[省市区县旗盟])")
_PARTY, _LONGEST_STEM = "中共", 5
_VOWELS = "aoe"
_MARKS = str.maketrans("（）、，。：；“”《》〔〕·—", '(),,.:;""""() -')


@cache
def readings() -> Mapping[str, str]:
    """The reading of each character in names, without its tone."""
    lines = (line.split() for line in READINGS.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    own = {character: syllable for syllable, characters in lines for character in characters}
    return {character: syllable.replace("v", "ü") for character, syllable in sounds_alone().items()} | own


@cache
def _words() -> Mapping[str, str]:
    """Words that are read otherwise than their characters, or that two syllables do not make."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["printed"]: row["latin"] for row in csv.DictReader(file)}


@lru_cache(4_096)
def latin(name: str) -> str:
    """A name in Latin letters (阳泉市招商中心: Yangquan Shi Zhaoshang Zhongxin); '' where a character's reading is not known."""
    said, rest = list[str](), 0
    for run in _CHINESE.finditer(name):
        if not all(character in readings() for character in run[0]):
            return ""
        said += [name[rest : run.start()].translate(_MARKS), f" {' '.join(_said(run[0]))} "]
        rest = run.end()
    said.append(name[rest:].translate(_MARKS))
    return re.sub(r"\s+(?=[),.:;])|(?<=[(])\s+", "", " ".join("".join(said).split())) if rest else ""


def _said(run: str) -> Iterator[str]:
    """The words of a run of characters, each in Latin letters: of the place it begins with, then of the rest."""
    left = 0
    for word, ends in _of_place(run):
        yield word
        left = ends
    for known, parts in groupby(_parts(run[left:]), lambda part: part in _words()):
        if known:
            yield from (_words()[part] for part in parts)
        else:
            yield from (_LOWER.get(word) or _spelled(word) for word in _paired("".join(parts)))


def _of_place(run: str) -> Iterator[tuple[str, int]]:
    """The words of the party's mark and of the divisions that a name begins with, each with where it ends."""
    left = len(_PARTY) if run.startswith(_PARTY) else 0
    if left:
        yield _words()[_PARTY], left
    place = region_of(run[left:])
    ends = run.find(place) + len(place) if place in run else 0
    for division in _DIVISION.finditer(run, left, ends):
        whole, stem, kind = division[0], division[1], division[2]
        if len(stem) > _LONGEST_STEM:
            return
        yield (
            (_words()[whole] if whole in _words() else f"{_words().get(stem) or _spelled(stem)} {_spelled(kind)}"),
            division.end(),
        )
        left = division.end()
    if left and run[left : left + 1] == "委" and run[left : left + 3] != "委员会":
        yield "Wei", left + 1


def _parts(run: str) -> Iterator[str]:
    """A run as words that are known, the longest first, and single characters between them."""
    longest, at = max(map(len, _words())), 0
    while at < len(run):
        sizes = range(min(longest, len(run) - at), 1, -1)
        size = next((size for size in sizes if run[at : at + size] in _words()), 1)
        yield run[at : at + size]
        at += size


def _paired(characters: str) -> Iterator[str]:
    """Characters in words of two; what stands between words, and what a name ends with, alone; a last one goes to its word."""
    for part in filter(None, _BETWEEN.split(characters)):
        if part in _LOWER:
            yield from part
            continue
        odd, ends = len(part) % 2, part[-1] in _ALONE
        last = 1 if odd and (ends or len(part) == 1) else 3 if odd else 0
        whole = len(part) - last
        yield from (part[at : at + 2] for at in range(0, whole, 2))
        if last:
            yield part[whole:]


def _spelled(word: str) -> str:
    """A word's syllables in one, an apostrophe before one that begins with a vowel."""
    first, *others = (readings()[character] for character in word)
    return first.capitalize() + "".join(f"'{one}" if one[0] in _VOWELS else one for one in others)
