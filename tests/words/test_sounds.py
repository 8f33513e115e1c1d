"""Names by their sound: the table says what pypinyin says, whatever the name."""

from __future__ import annotations

import csv
import random

import pytest
from pypinyin.constants import PHRASES_DICT

from budgetdata.forms.canonical import CODES_FILE
from budgetdata.words import sounds
from budgetdata.words.sounds import asked, syllables
from scripts.sounds import characters, odd_phrases


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("忻州经济开发区", "xin zhou jing ji kai fa qu"),
        ("会计核算中心（本级）", "kuai ji he suan zhong xin ben ji"),
        ("重庆市渝中区", "chong qing shi yu zhong qu"),
        ("亳州市犇牛镇", "bo zhou shi ben niu zhen"),
        ("A股 2024", "gu"),
        ("", ""),
    ],
)
def test_a_name_is_read_as_it_is_spoken(name: str, read: str) -> None:
    assert " ".join(syllables(name)) == read


def test_only_a_name_with_a_phrase_or_a_sign_of_another_sound_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sounds, "asked", lambda name: told.append(name) or [])
    for name in ("忻州市招商局", "会计局", "长治市", "犇牛镇", "（本级）－2024·A"):
        syllables(name)
    assert told == ["会计局", "犇牛镇"]


def test_phrases_and_what_they_make_together_is_read_as_pypinyin_reads_it() -> None:
    drawn = random.Random(20240607)
    phrases = sorted(PHRASES_DICT)
    joined = ["".join(drawn.choices(phrases, k=3)) for _ in range(1000)]
    cut = [
        f"{first[:-1]}{second[1:]}" for first, second in zip(drawn.sample(phrases, 1000), phrases[::47], strict=False)
    ]
    with CODES_FILE.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) > 100
    assert not [text for text in (*phrases[::5], *joined, *cut, *names) if syllables(text) != asked(text)]


def test_the_table_is_made_of_the_dictionaries_that_are_installed() -> None:
    held, phrases, _ = sounds._held()
    assert held == characters()
    assert sorted(phrases) == odd_phrases(characters())
