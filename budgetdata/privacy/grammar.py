"""Labels of persons as a grammar: a word for a role, what may follow it, a remark in brackets, a colon; then the name.

Each colon is looked at once, with a bounded stretch before and behind it, so that the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.words import (
    ACTION_LABELS,
    DOT,
    LATIN_LABELS,
    NAME_ENDS,
    NO_PERSON_LABELS,
    PERSON_LABELS,
    POST_LABELS,
    REMARK,
    REVIEW_LABELS,
    ROLE_LABELS,
    TAILS,
    UNSURE_TAILS,
    WHOLE_NAME,
    any_of,
    is_full,
    is_name,
    is_person,
    is_typical,
)

_REACH = 48
"""A label and the remark behind it are no longer than this."""
_LONGEST_CELL = 24
_LIKE_HEAD = re.compile(rf"[{HAN}{BLANK}\v()（）、/／0-9A-Za-z]+")
_COLON = re.compile(r"(?<![:：])[:：]")
_TAIL = rf"(?:[{BLANK}]*(?:{any_of(TAILS)}|(?P<unsure>{any_of(UNSURE_TAILS)}))){{0,4}}"
_LABEL = re.compile(
    rf"(?:(?P<certain>{any_of(PERSON_LABELS)})|{any_of((*ROLE_LABELS, *POST_LABELS, *ACTION_LABELS))}){_TAIL}{REMARK}{GAP}\Z"
)
_UNKNOWN_LABEL = re.compile(
    rf"(?:^|[\t，,。；;、(（{BLANK}])(?P<label>[{HAN}A-Z](?:[{HAN}A-Z/／{BLANK}]{{0,10}}[{HAN}])?){REMARK}{GAP}\Z"
)
_NO_PERSON = re.compile(rf"(?:{any_of(NO_PERSON_LABELS)})$")
_LATIN_LABEL = re.compile(rf"(?<![A-Za-z])(?<![A-Za-z] )(?:{'|'.join(LATIN_LABELS)}){GAP}\Z", re.IGNORECASE)
_REVIEW = re.compile(rf"(?:{any_of(REVIEW_LABELS)}){REMARK}{GAP}\Z")

_SIGNED = re.compile(rf"{GAP}(?:[(（](?P<said>[^()（）\n\t]{{1,12}})[)）]{GAP})?")
_OPENED = re.compile(
    rf"{GAP}(?:</?[a-z]{{1,6}}>|[_＿*“”\"'‘’《〈「『【\[(（</／|｜]{{1,20}}|[①-⑳]|[1-9][.．、)）]){GAP}"
)
"""What may stand round a name or before it: a line to write on, quotation marks, brackets, a number."""
_OTHER_SIGN = re.compile(
    rf"(?P<label>(?:{any_of(PERSON_LABELS)}){REMARK}){GAP}(?:[=＝|｜→>＞,，;；﹣_＿/／]|[-－—–─]{{1,2}}){GAP}"
)
"""A label that another sign parts from its name: 经办人——某某某."""
_PAIR = re.compile(rf"(?P<name>[{HAN}]{{3}}|[{HAN}]{{2}})(?:和|与|及|以及)")
_IN_LETTERS = re.compile(r"(?P<name>[a-z]{2,12}(?:[ .·-][a-z]{1,12}){0,2})(?=[ ]*(?:[\t\v\r\n\f,，;；、。)）(（]|$))")
"""A name in small letters."""
_PARTED = re.compile(rf"(?P<name>[{HAN}](?P<sign>[.．\-－—–/*])[{HAN}](?:(?P=sign)[{HAN}])?)(?![{HAN}.．*/])")
"""A name with a sign between its characters: 钱.伟.业."""
_JOINED = re.compile(rf"(?P<name>[{HAN}]{{3}}|[{HAN}]{{2}})(?=[{HAN}]{{2,8}}{GAP}[:：])")
"""A name that the next label touches: 经办人：某某某填报单位："""
_LINE_END = re.compile(rf"{GAP}(?:\r?\n{GAP}){{1,3}}(?=[{HAN}{DOT}{BLANK}]{{2,20}}[\t\v]*(?:[\r\n\f]|$))")
_RESULT = re.compile(rf"{GAP}[{HAN}]{{2,6}}(?:{GAP}[,，、；;]{GAP}|[{BLANK}\t\v]+)")
"""保密审查情况：不涉密 某某某: the result, then who says so."""
_NUMBERED = r"(?:\d[.．、]|[①-⑳])"
_FURTHER = re.compile(
    rf"[_＿*“”\"'】\]]*(?:{GAP}(?:[、,，/;；和与及]{GAP}{_NUMBERED}?|{_NUMBERED})|[{BLANK}\t\v]+{_NUMBERED}?)"
)
LATIN_NAME = r"[A-Z][A-Za-z'’-]*[A-Za-z](?:[ ,.·]{1,2}[A-Z][A-Za-z'’-]*){0,3}"
_LATIN_VALUE = re.compile(rf"(?P<name>{LATIN_NAME})(?![A-Za-z0-9@.{HAN}])")
_WORD = re.compile(r"[A-Za-z'’-]+")
_TRANSCRIBED = re.compile(
    "(?P<name>[阿艾买提古丽力江木吐尔孙依布都热合曼里克卡斯姆哈沙图拉巴肉孜吾麦苏来迪亚森玛伊米娜帕夏西日扎次仁旦增多吉卓央金达瓦格桑罗白平措顿珠"
    "乌云其木格那仁花塔额特根苏日呼斯楞敖登莫得]{5,9})"
    rf"(?![{HAN}])"
)
"""A longer name of another people in Chinese characters, without its dots."""
_ALONE = re.compile(rf"{GAP}(?:\r?\n|\f|$)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name behind a label: where the label begins, and where the name stands."""

    label: int
    start: int
    end: int


def labelled(text: str) -> Iterator[Named]:
    """Every name behind a label and a colon, with those that are listed behind it."""
    for colon in _COLON.finditer(text):
        first = max(text.rfind("\n", 0, colon.start()) + 1, colon.start() - _REACH)
        before = text[first : colon.start()]
        if match := _LABEL.search(before):
            yield from _named(text, colon.end(), first + match.start(), certain=_is_certain(match))
            if _REVIEW.search(before) and (result := _RESULT.match(text, colon.end())):
                yield from _further(text, result.end(), first + match.start())
        elif match := _LATIN_LABEL.search(before):
            yield from _named(text, colon.end(), first + match.start(), certain=False, latin=True)
        elif (match := _UNKNOWN_LABEL.search(before)) and not _NO_PERSON.search(match["label"]):
            yield from _behind_unknown(text, colon.end(), first + match.start("label"))
    for sign in _OTHER_SIGN.finditer(text):
        yield from _behind_unknown(text, sign.end(), sign.start("label"))


def _is_certain(match: re.Match[str]) -> bool:
    return bool(match["certain"]) and not match["unsure"]


def _named(text: str, at: int, label: int, certain: bool, latin: bool = False) -> Iterator[Named]:
    """The names at a place where some are expected: one, or several in a list."""
    begin = _begin(text, at)
    match = NAME_ENDS.match(text, begin)
    if match and (is_name(match["name"], True) if certain else is_person(match["name"])):
        yield Named(label, *match.span("name"))
        yield from _behind(text, match.end("name"), label)
    elif name := _joined(text, begin) or _on_next_line(text, at, certain):
        yield Named(label, *name)
    elif pair := _pair(text, begin):
        yield Named(label, *pair.span("name"))
        yield from _further(text, pair.end(), label)
    elif name := _in_signs(text, begin, certain) or _in_letters(text, begin, certain, latin):
        yield Named(label, *name)


def _in_signs(text: str, at: int, certain: bool) -> tuple[int, int] | None:
    """A name whose characters a sign parts, or one of another people in Chinese characters."""
    match = _PARTED.match(text, at)
    if match and is_person(match["name"].replace(match["sign"], "")):
        return match.span("name")
    match = _TRANSCRIBED.match(text, at) if certain else None
    return match.span("name") if match else None


def _in_letters(text: str, at: int, certain: bool, latin: bool) -> tuple[int, int] | None:
    """A name in Latin letters: one of two words, or whatever stands where only a name may."""
    match = _LATIN_VALUE.match(text, at)
    if match and (certain or latin or len(_WORD.findall(match["name"])) > 1):
        return match.span("name")
    match = _IN_LETTERS.match(text, at) if certain else None
    return match.span("name") if match else None


def _begin(text: str, at: int) -> int:
    """Where a name begins behind a label's colon: behind what is signed there, and what opens it."""
    signed = _SIGNED.match(text, at)
    begin = signed.end() if signed and not is_full(signed["said"] or "") else at
    opened = _OPENED.match(text, begin)
    return opened.end() if opened else begin


def _pair(text: str, at: int) -> re.Match[str] | None:
    """The first of two names that 和 joins, where both are names without doubt."""
    first = _PAIR.match(text, at)
    second = NAME_ENDS.match(text, first.end()) if first else None
    if first is None or second is None:
        return None
    return first if is_person(first["name"]) and is_typical(first["name"]) and is_person(second["name"]) else None


def _behind_unknown(text: str, at: int, label: int) -> Iterator[Named]:
    """The name behind a label that nobody knows, where it is one without doubt, with those that are listed behind it."""
    begin = _begin(text, at)
    match = NAME_ENDS.match(text, begin)
    if match and is_typical(match["name"]):
        yield Named(label, *match.span("name"))
        yield from (
            named for named in _behind(text, match.end("name"), label) if is_typical(text[named.start : named.end])
        )
    elif (pair := _pair(text, begin)) and is_full(pair["name"]):
        yield Named(label, *pair.span("name"))
        yield from _further(text, pair.end(), label)


def _joined(text: str, at: int) -> tuple[int, int] | None:
    match = _JOINED.match(text, at)
    return match.span("name") if match and is_person(match["name"]) and WHOLE_NAME.fullmatch(match["name"]) else None


def _on_next_line(text: str, at: int, certain: bool) -> tuple[int, int] | None:
    """A name that stands alone on the line behind a label's."""
    end = _LINE_END.match(text, at)
    match = NAME_ENDS.match(text, end.end()) if end else None
    alone = match and _ALONE.match(text, match.end("name"))
    fits = match and alone and (is_name(match["name"], False) if certain else is_person(match["name"]))
    return match.span("name") if match and fits else None


def _behind(text: str, at: int, label: int) -> Iterator[Named]:
    """The names that are listed behind one."""
    if further := _FURTHER.match(text, at):
        yield from _further(text, further.end(), label)


def _further(text: str, at: int, label: int) -> Iterator[Named]:
    """The name at a place behind a list's sign, and those listed behind it."""
    while (match := NAME_ENDS.match(text, at)) and is_person(match["name"]):
        yield Named(label, *match.span("name"))
        further = _FURTHER.match(text, match.end("name"))
        if further is None:
            return
        at = further.end()


def head_of(cell: str) -> bool | None:
    """Whether a cell is nothing but the label of a person: True where only a name may follow, None where it is none."""
    bare = cell.strip()
    return _head_of(bare) if 0 < len(bare) <= _LONGEST_CELL else None


@lru_cache(maxsize=4096)
def _head_of(bare: str) -> bool | None:
    match = _LABEL.search(bare) if _LIKE_HEAD.fullmatch(bare) else None
    return None if match is None else _is_certain(match)
