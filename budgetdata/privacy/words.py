"""The words around a person's name: labels before it, titles behind it, surnames, and what only looks like a name.

What a label is is listed in labels.toml, which words after one are no name here, and nowhere else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from budgetdata.privacy.amounts import BLANK, GAP, HAN, one_blank

_LABELS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
PERSON_LABELS = tuple(_LABELS["person"])
"""Labels that only a person's name follows; a longer label (财务负责人, 单位负责人) ends in one of them."""

ACTION_LABELS = tuple(_LABELS["action"])
"""Labels that a name may follow, and other things too: the name must begin with a known surname."""

ROLE_LABELS = tuple(_LABELS["role"])
"""What a person is or did, as the last word of a label: a whole name with a known surname must follow."""

POST_LABELS = tuple(_LABELS["post"])
LATIN_LABELS = tuple(_LABELS["latin"])
REVIEW_LABELS = tuple(_LABELS["review"])
PHONE_LABELS = tuple(_LABELS["phone"])
MAIL_LABELS = tuple(_LABELS["mail"])
IDENTITY_LABELS = tuple(_LABELS["identity"])
PAPER_LABELS = tuple(_LABELS["paper"])
ACCOUNT_LABELS = tuple(_LABELS["account"])
CHAT_LABELS = tuple(_LABELS["chat"])
HOME_LABELS = tuple(_LABELS["home"])
PRIVATE_HOSTS = tuple(_LABELS["private_hosts"])
TAILS, UNSURE_TAILS = tuple(_LABELS["tail"]), tuple(_LABELS["unsure_tail"])
"""What may stand between a label's word and its colon; behind the second kind something else than a name may follow."""

NO_PERSON_LABELS = tuple(_LABELS["no_person"])
BENEFITS, PERSONAL_BENEFITS = tuple(_LABELS["benefit"]), tuple(_LABELS["personal_benefit"])
BEING = tuple(_LABELS["being"])
STANDINGS = tuple(_LABELS["standing"])
_OTHER_LABELS = tuple(_LABELS["other"])
TITLES = "同志|先生|女士|局长|处长|科长|部长|主任|书记|会长|组长|院长|所长|站长|队长|校长|厅长|秘书"
OFFICE_END = re.compile(r"(?:[科室部处局办组厅院所站队委]|中心|单位|领导|人员|部门|待定|同上|详见.*)$")
_NOT_NAMES = {"管委会", "党工委", "安全科", "计财科", "党政办", "党建办", "党群部", "项目部"}
NOT_BESIDE_PHONES = {
    "项目", "安全", "水利", "农业", "商业", "金融", "车辆", "成本", "时效", "应急", "通讯", "和", "时", "向", "于", "从",
}  # fmt: skip
"""Words that begin like a name: beside a phone number these, or what they begin, are no name."""

_NO_PERSON_END = re.compile(r"[区县市镇乡村会馆校店社团司行员方者]$")
_PLACE_END = re.compile(
    r"[湖桥店口墩庄河山江海岭沟坡湾港站线路街巷里坊院园寺庙塔楼阁亭堂书厂矿法率量度额费款金税表类型级业性化]$"
)
_WHOLE = 3
_LONGEST_SPREAD = 8
"""A name of four characters with blanks between them."""

_LONGEST_PART = 8
"""Characters of a name before its middle dot."""

DOT = "·•‧・"
_DOTS = frozenset(DOT)


def spaced(word: str) -> str:
    """A pattern of the word, with or without blanks between its characters."""
    return f"[{BLANK}]*".join(word)


def any_of(words: tuple[str, ...]) -> str:
    """A pattern of any of the words, with or without blanks between characters, the longest first.

    What several begin with stands in it once: the patterns hold these lists many times, and compile in half the time.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(first + _one_of(rest) for first, rest in tails.items())


def _one_of(tails: list[str]) -> str:
    """A pattern of what goes on behind a first character; where that may be nothing, it is tried last."""
    longer = tuple(tail for tail in tails if tail)
    if not longer:
        return ""
    inner = any_of(longer)
    if len(longer) == len(tails):
        return f"[{BLANK}]*" + (f"(?:{inner})" if len(longer) > 1 else inner)
    return f"(?:[{BLANK}]*(?:{inner}))?"


def _words_of(name: str) -> list[str]:
    """The lines of a file of words beside this module, its comments left out."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _read_surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """The surnames of one character, and those of two."""
    lines = _words_of("surnames.txt")
    double = tuple(name for line in lines if " " in line for name in line.split())
    return frozenset("".join(line for line in lines if " " not in line)), double


_SURNAMES, DOUBLE_SURNAMES = _read_surnames()
SURNAME = f"[{''.join(sorted(_SURNAMES))}]"
_NOT_ASKED = frozenset(word for line in _words_of("no_names.txt") for word in line.split())
"""Words that begin with a surname: behind 请联系 or 咨询 these, or what they begin, are no name."""
_GIVEN = frozenset("".join(_words_of("given.txt")))
"""Characters that given names are made of."""
_BESIDE_GIVEN = frozenset("".join(_words_of("beside_given.txt")))
"""Characters that given names are made of too, where one of the others stands beside them."""
GIVEN = f"[{''.join(sorted(_GIVEN | _BESIDE_GIVEN))}]"
_LIKE_NAMES = frozenset(word for line in _words_of("like_names.txt") for word in line.split())
"""Words and places that are made like a name."""
_SURE_SURNAMES = frozenset("".join(_words_of("sure_surnames.txt")))
_TIBETAN = frozenset(word for line in _words_of("tibetan.txt") for word in line.split())
_HALF = f"(?:{'|'.join(sorted(_TIBETAN))})"
_FIRST = _SURNAMES.union(name[0] for name in (*DOUBLE_SURNAMES, *_TIBETAN))
"""Characters that a name without a middle dot begins with."""
TIBETAN = f"(?=[{''.join(sorted({word[0] for word in _TIBETAN}))}]){_HALF}{_HALF}"
PUBLIC_NAMES = frozenset(word for line in _words_of("public_names.txt") for word in line.split())
"""Whom the party's documents and public campaigns name."""
PINYIN_SURNAMES = frozenset(word for line in _words_of("pinyin_surnames.txt") for word in line.split())
PREFIX = rf"(?:(?:{'|'.join(_LABELS['prefix'])})[{BLANK}]*){{0,2}}"
LABEL = (
    PREFIX + f"(?:{any_of(PERSON_LABELS + PHONE_LABELS + _OTHER_LABELS + ACTION_LABELS + REVIEW_LABELS + MAIL_LABELS)})"
)
NO_LABEL = rf"(?!{LABEL}|等\d{{0,3}}[人名位户])"
REMARK = rf"(?:{GAP}[(（][^()（）\n\t]{{1,12}}[)）])?"
NAME = (
    rf"(?:[{HAN}]{{1,{_LONGEST_PART}}}(?:[{DOT}][{HAN}]{{1,{_LONGEST_PART}}})+"
    rf"|(?:{any_of(DOUBLE_SURNAMES)})[{BLANK}]+(?:{NO_LABEL}[{HAN}]){{1,2}}"
    rf"|(?=[{HAN}][{BLANK}]+[^{BLANK}]{{2}}(?![{HAN}]))(?:[{BLANK}]*{NO_LABEL}[{HAN}]){{3}}"
    rf"|(?=[{HAN}](?P<gap>[{BLANK}])?){NO_LABEL}.(?:(?(gap)[{BLANK}]+|){NO_LABEL}[{HAN}]){{1,3}})"
)
"""A name in any shape: with middle dots, a surname apart from the rest, two to four characters with or without gaps."""
_END = rf"(?![{HAN}{DOT}])(?!{GAP}[:：])"
_ENDS = rf"(?:{_END}|(?=等\d{{0,3}}[人名位户])|(?={GAP}(?:{LABEL}))|(?={TITLES}))"
_NUMBER = rf"(?:{any_of(PHONE_LABELS)}|{TITLES}|［电话已隐去］|[0０]\d{{2,3}}[-－]\d|\d{{7}})"


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled where it is first asked for: it holds all labels, and few documents come that far."""
    return re.compile(pattern, flags)


Frames = Sequence[tuple[str, re.Pattern[str]]]
"""What stands around a name that a sentence speaks of: before it (a pattern to be `compiled`, that ends there), and behind it."""


def stands_in(frames: Frames, text: str, name: tuple[int, int], first: int) -> bool:
    """True where what stands around a name, from `first` on, is one of the frames."""
    start, end = name
    return any(
        behind.match(text, end) and compiled(before, re.MULTILINE).search(text, first, start)
        for before, behind in frames
    )


# Each of these holds all labels and takes long to compile: they are matched where something lighter has found that a name
# may begin.
WHOLE_NAME = re.compile(NAME)
NAME_ENDS = re.compile(rf"(?P<name>{NAME}){_ENDS}")
"""A name that ends before anything but Chinese, a label or a title."""
NAME_ASKED = rf"(?P<name>{NAME})(?:{_ENDS}|(?=办理|处理|咨询|了解|索取|报名|查询))"
NAME_WITH_NUMBER = rf"(?P<name>{NAME})(?={GAP}(?:[，,、（(:：]{GAP})?{_NUMBER})"
"""Two to be `compiled`."""


def bare_text(text: str) -> str:
    """The text without blanks, and without the line breaks of a cell."""
    return text if text.isalnum() else one_blank(text).replace(BLANK, "").replace("\v", "")


def has_surname(text: str) -> bool:
    """True where a text of two or more characters begins with a common surname or is a name with a middle dot."""
    bare = bare_text(text)
    return len(bare) > 1 and (bare[0] in _SURNAMES or bare[:2] in DOUBLE_SURNAMES or not _DOTS.isdisjoint(bare))


def is_common(text: str) -> bool:
    """True where a text begins with a common word that begins with a surname (金额, 全体)."""
    return bare_text(text)[:2] in _NOT_ASKED


def is_name(text: str, certain: bool) -> bool:
    """True where a text could be a person's name; certain where only a name may stand in its place.

    Where that is not certain it must begin with a known surname, and be no office.
    """
    bare = bare_text(text)
    if bare in _NOT_NAMES or bare in _NOT_ASKED:
        return False
    office = bool(OFFICE_END.search(bare))
    return (has_surname(bare) or not office) if certain else (has_surname(bare) and not office)


def is_person(text: str) -> bool:
    """True where a text is a name in a place where other things may stand too: two or three characters, four with a
    surname of two, or any number with a middle dot; and it begins with no common word."""
    bare = bare_text(text)
    longest = _WHOLE + (bare[:2] in DOUBLE_SURNAMES)
    if bare in _TIBETAN or _is_tibetan(bare):
        return True
    return (len(bare) <= longest or not _DOTS.isdisjoint(bare)) and may_be_asked_for(bare)


def is_typical(text: str) -> bool:
    """True where a text is a name even though nothing announces one: a surname and one or two characters that names have,
    one of the two at least such as few words have, or parts with a middle dot between them."""
    bare = bare_text(text)
    if not _DOTS.isdisjoint(bare):
        return WHOLE_NAME.fullmatch(bare) is not None
    if bare[:1] not in _FIRST:
        return False
    if _is_tibetan(bare):
        return True
    given = bare[2:] if bare[:2] in DOUBLE_SURNAMES else bare[1:]
    if bare in _LIKE_NAMES:
        return False
    if not 0 < len(given) < _WHOLE or not any(sign in _GIVEN for sign in given):
        return False
    return all(sign in _GIVEN or sign in _BESIDE_GIVEN for sign in given) and may_be_asked_for(bare)


def is_likely(text: str) -> bool:
    """True where a text is a name behind a label of whatever, on a row of signatures: one that is typical, or a surname
    that begins hardly any word and one or two characters of which one at least is such as names have."""
    if len(text) > _LONGEST_SPREAD:
        return False
    bare = bare_text(text)
    if is_typical(bare):
        return True
    if bare in _LIKE_NAMES or bare[:1] not in _SURE_SURNAMES or not is_person(bare):
        return False
    signs = sum(sign in _GIVEN or sign in _BESIDE_GIVEN for sign in bare[1:])
    return bool(signs) and (len(bare) < _WHOLE or not _PLACE_END.search(bare))


def may_be_given(text: str) -> bool:
    """True where a text is a surname and one or two characters of names, whatever words they make besides."""
    bare = bare_text(text)
    given = bare[1:] in _GIVEN or bare[1:] in _BESIDE_GIVEN
    return bare not in _LIKE_NAMES and len(bare) == _WHOLE - 1 and given and is_person(bare)


def _is_tibetan(bare: str) -> bool:
    return bare[:2] in _TIBETAN and bare[2:] in _TIBETAN


def is_full(text: str) -> bool:
    """True where a text is a whole name of three characters or more without doubt."""
    return len(bare_text(text)) >= _WHOLE and is_typical(text)


def is_asked_for(text: str) -> bool:
    """True where a text behind 请联系, 联系人 or 咨询 is a whole name: a surname with two characters, and no common word."""
    bare = bare_text(text)
    whole = (
        len(bare) == _WHOLE or (len(bare) == _WHOLE + 1 and bare[:2] in DOUBLE_SURNAMES) or not _DOTS.isdisjoint(bare)
    )
    return whole and may_be_asked_for(text)


def may_be_asked_for_at(text: str, at: int) -> bool:
    """False where no name begins at a place that `may_be_asked_for` would take: the patterns of names need not look there."""
    pair = text[at : at + 2]
    if pair in _NOT_ASKED or pair in NOT_BESIDE_PHONES:
        return False
    return pair[:1] in _FIRST or not _DOTS.isdisjoint(text[at + 1 : at + _LONGEST_PART + 1])


def may_be_asked_for(text: str) -> bool:
    """True where a text could be a name, and begins with no common word."""
    bare = bare_text(text)
    common = bare[:2] in _NOT_ASKED or bare[:2] in NOT_BESIDE_PHONES or _NO_PERSON_END.search(bare)
    return is_name(bare, False) and not common
