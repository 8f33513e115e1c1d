"""The printed reason of a change: where it starts and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetdata.sentences.measures import measures

_STARTS = re.compile(
    r"(?:主要)?(?:增减|变动|变化|增加|减少)?(?:的)?(?:主要)?原因(?:主要)?(?:是|为|在于|系|:)*"
    r"|(?<=[,。;])主要(?:是|系)(?:由于|因为|因)?"
)
_AFTER_CHANGE = re.compile(r"(?:(?:增加|增长|减少|下降|上升|降低|相同|持平|一致|变化)[^,。;]{0,24}|%\)?)[,。;]$")
_GOES_ON = re.compile(r"(?:同时|另外|此外|以及|其次|再次|最后|并且)")
_NEXT = re.compile(r"(?:[二三四五六七八九]是|[②-⑳]|[2-9][.、)]|\([2-9二三四五六]\))")
_FIRST = re.compile(r"(?:一是|①|1[.、)]|\([1一]\))")
"""A second reason (二是, ②) goes on with one whose first is numbered; else the number is that of the list around it."""
_CHANGES = re.compile(r"原因|\d(?:万|亿)?元[^;。]{0,6}(?:比|较|与)(?:上年|去年|20\d\d年)")
"""Words by which a piece tells of another amount's change."""
_EMPTY = re.compile(r"其中|如下|[:,、;。()]")
"""What is no reason by itself."""
_STOPS = re.compile(r"(?:其中|具体|详见|\(|[一二三四五六七八九十]+、|\d+[.、]|20\d\d年|与上年|比上年|较上年|截至)")


@dataclass(frozen=True, slots=True)
class Reason:
    """A stretch of flat text that says why an amount changed, without the words 主要原因是 and the stop behind it."""

    start: int
    end: int


def reasons(flat: str) -> list[Reason]:
    """Every reason in a passage, in printed order."""
    found: list[Reason] = []
    for match in _STARTS.finditer(flat):
        if found and match.start() < found[-1].end:
            continue
        if "原因" not in match[0] and not _AFTER_CHANGE.search(flat[: match.start()]):
            continue
        if _is_heading(flat, match.end()):
            continue
        end = _end(flat, match.end())
        if len(_EMPTY.sub("", flat[match.end() : end])):
            found.append(Reason(match.end(), end))
    return found


def _is_heading(flat: str, position: int) -> bool:
    return flat[position : position + 2] in {"说明", "分析"}


def _end(flat: str, start: int) -> int:
    """The end of a reason: its full stop, or a semicolon that opens something else; further sentences without figures
    belong to it where the printed reason is closed by a second stop (。。 or 。；)."""
    position = start
    while True:
        stop = re.compile(r"[。;]").search(flat, position)
        if stop is None:
            return len(flat)
        rest = flat[stop.end() :]
        if stop[0] == ";":
            if not _GOES_ON.match(rest) and not _is_next(flat[start : stop.start()], rest):
                return stop.start()
        elif not _closed_later(rest):
            return stop.start()
        position = stop.end()


def _is_next(before: str, rest: str) -> bool:
    """True where a numbered piece goes on with the reasons before it, and does not tell of another amount's change."""
    return bool(_NEXT.match(rest) and _FIRST.search(before)) and not _CHANGES.search(re.split("[;。]", rest)[0])


def _closed_later(rest: str) -> bool:
    """True where one more sentence without any figure follows and is closed by a double stop."""
    match = re.match(r"([^。;]+)。(?=[。;])", rest)
    return match is not None and not _STOPS.match(match[1]) and not measures(match[1])
