"""Names of two characters in sentences: taken where both what stands before and what stands behind speaks of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span
from budgetdata.privacy.patterns import ACCOUNT_MASK, NAME_MASK, PHONE_MASK
from budgetdata.privacy.words import (
    BEING,
    GIVEN,
    PERSON_LABELS,
    POST_LABELS,
    ROLE_LABELS,
    SURNAME,
    TITLES,
    any_of,
    is_full,
    is_typical,
    stands_in,
)

_CALLED = "师傅|同志|女士|先生|老师|等同志"
_SHORT = re.compile(
    rf"(?=(?P<name>{SURNAME}{GIVEN})(?:[^{HAN}]|$|{_CALLED}|等?[\d两一二三四五六七八九十]{{1,3}}[人名户位]))",
    re.MULTILINE,
)
_REACH = 20
_ALONE = rf"(?<![{HAN}A-Za-z0-9“《『「])"
_END = rf"[，,。；;、)）(（\t]|{GAP}$|{_CALLED}"
_ROLES = any_of(tuple(label for label in (*PERSON_LABELS, *ROLE_LABELS, *BEING) if len(label) > 1 and label != "人员"))
_ROLES += "|(?<![人成全党动会社满幅个组])员"
"""Who somebody is; a single character of these ends many words."""
_POSTS = any_of(POST_LABELS)
_MASKED = f"(?:{PHONE_MASK}|{ACCOUNT_MASK})"
_NUMBER = rf"(?:{PHONE_MASK}|0\d{{2,3}}[-－]\d{{7}}|\d{{7,8}}(?!\d))"
_SAID = "同意|属实|已阅|核对|审核|无误|上报|阅知"
"""What is written beside a signature."""
_OFFICE = rf"[{HAN}]{{1,6}}[科室股处办部]"
_FRAMES = tuple(
    (rf"(?:{before})\Z", re.compile(behind, re.MULTILINE))
    for before, behind in (
        (rf"(?:{_ROLES})[是为系叫]?", _END),
        (rf"[(（、，,][{HAN}]{{0,4}}(?:{_ROLES}|{_POSTS})[{BLANK}]{{1,4}}", "[，,、)）]"),
        (rf"(?:{_ROLES}|{_POSTS})", rf"[(（，,]{GAP}[{HAN}]{{0,8}}[:：]?{GAP}{_MASKED}"),
        (rf"(?:{_MASKED}|{NAME_MASK}){GAP}[(（]", "[)）]"),
        (rf"{SURNAME}某?某?(?:{TITLES})[(（]", "[)）]"),
        (_ALONE, rf"[，,、{BLANK}\t]{{1,3}}(?:{_OFFICE})[，,、{BLANK}\t]{{1,3}}{_NUMBER}"),
        (_ALONE, rf"[{BLANK}\t，,、（(]{{1,3}}[男女](?:[{BLANK}\t，,、；;）)]|$)"),
        ("", "[(（][男女]性?(?:[，,、]|[)）])"),
        (_ALONE, r"等(?:同志|[\d两一二三四五六七八九十]{1,3}[人名户位])"),
        (rf"(?:{_SAID})[。，,；;{BLANK}]{{1,4}}", rf"{GAP}(?:\d[\d年月日./-]{{3,12}})?(?:[\t\n)）]|$)"),
        (rf"[(（][签章代][)）]{GAP}", rf"印?{GAP}(?:[\t\n\d)）]|$)"),
    )
)  # fmt: skip
_FURTHER = re.compile(rf"[、和与及{BLANK}](?P<name>{SURNAME}{GIVEN}{{1,2}})(?![{HAN}])")
_LONGEST_LIST = 160
_LIST = re.compile(rf"[{HAN}{BLANK}、，,\d.．)）。]+")
_CELL = re.compile(r"[^\t\n\v\r\f]+")
_LISTED = re.compile(f"[{HAN}]+")


def short_names_in_prose(text: str) -> Iterator[Span]:
    """Short names in the frames, with those that are listed behind; and lines that list nothing but names."""
    for match in _SHORT.finditer(text):
        start, end = match.span("name")
        if is_typical(match["name"]) and _speaks_of(text, start, end):
            yield start, end, NAME_MASK
            while (further := _FURTHER.match(text, end)) and is_typical(further["name"]):
                start, end = further.span("name")
                yield start, end, NAME_MASK
    for match in _CELL.finditer(text):
        if match.end() - match.start() <= _LONGEST_LIST and _LIST.fullmatch(match[0]):
            names = list(_LISTED.finditer(text, *match.span()))
            if (
                len(names) > 1
                and all(is_typical(name[0]) for name in names)
                and any(is_full(name[0]) for name in names)
            ):
                yield from ((*name.span(), NAME_MASK) for name in names)


def _speaks_of(text: str, start: int, end: int) -> bool:
    return stands_in(_FRAMES, text, (start, end), max(start - _REACH, 0))
