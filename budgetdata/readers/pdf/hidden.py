"""Numbers that are drawn and cannot be seen: the cell in which one stands is unread, not blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from budgetdata.base.raw import Box
from budgetdata.base.text import UNREAD
from budgetdata.layout.geometry import RawGlyph
from budgetdata.layout.rows import FoundTable
from budgetdata.readers.pdf.limits import ANEW, MOST_DIGITS, MOST_LOST, RUNS_ON

Drawn = tuple[RawGlyph, bool]
"""A glyph, and whether it is seen."""
_NUMBER = re.compile(r"[-−－(（¥￥+]*[.,，．]?[0-9０-９][0-9０-９.,，．\s]*[%)）]*")
"""A number, or the rest of one: 91 is seen, ,000.00 behind it is not."""
LEAST_SHOWN = 0.35
"""Of a glyph's height: of one that its cell cuts off further nothing can be read."""
LARGER = 1.8
"""Times the size of a number: what is printed so much larger over it is no part of its table."""
_APART = 8.0
"""Points between two lines, so that glyphs over each other lie on the same one or the next."""
_EDGE = 3.0
"""Points: so far may a clip reach beyond the rules of its cell."""
_SIGN = re.compile(r"[0-9０-９.,]")
_POINTS = frozenset(".．,，")
_MINUS = frozenset("-−－(（")


def only_seen(drawn: Sequence[Drawn]) -> list[RawGlyph]:
    """The glyphs that are seen, each number that is not seen as unread glyphs in its place.

    It is under something, white, transparent, too small, outside its clip, in a layer that is off, or drawn by no ink.
    Where something else is printed beside or over it, that is what is read; of a number that is seen in part only, the
    rest is unread. Where most of a page is not seen it is the text behind a picture, and all of that is left out.
    """
    seen = [glyph for glyph, is_seen in drawn if is_seen]
    if len(seen) == len(drawn):
        return seen
    inked = [glyph for glyph in seen if not glyph.text.isspace()]
    if sum(not is_seen and not glyph.text.isspace() for glyph, is_seen in drawn) > len(inked):
        return seen
    unread: set[int] = set()
    for run in _hidden_runs(drawn):
        if _is_number(drawn, run) and (_cut(drawn, run) or not _is_replaced(drawn, run, inked)):
            unread |= {number for number in run if drawn[number][0].text.isdecimal()}
        unread |= {number for number in run if drawn[number][0].text in _POINTS and _is_within(drawn, number)}
        unread |= {number for number in run[-1:] if drawn[number][0].text in _MINUS and _stands_before(drawn, number)}
    return [
        glyph._replace(text=UNREAD) if number in unread else glyph
        for number, (glyph, is_seen) in enumerate(drawn)
        if is_seen or number in unread
    ]


def with_cut_words(drawn: Sequence[Drawn], covered: Collection[int]) -> list[Drawn]:
    """The glyphs, one unread where something lies over the start or the end of a text and the rest of it is seen, unless other
    print is: what is left may be no whole name. covered: by glyph, what is not seen for what lies over it."""
    seen = [glyph for glyph, is_seen in drawn if is_seen]
    cut: set[int] = set()
    for run in _hidden_runs([(glyph, number not in covered) for number, (glyph, _) in enumerate(drawn)]):
        if not _is_number(drawn, run) and not any(
            _meet(drawn[number][0].ink, other.ink) for number in run for other in seen
        ):
            cut |= {
                at for at, beside in ((run[0], run[0] - 1), (run[-1], run[-1] + 1)) if _are_one_text(drawn, at, beside)
            }
    return [
        (glyph._replace(text=UNREAD), True) if n in cut else (glyph, is_seen)
        for n, (glyph, is_seen) in enumerate(drawn)
    ]


def _are_one_text(drawn: Sequence[Drawn], number: int, beside: int) -> bool:
    """Whether a glyph beside another, as they are drawn, is seen and a sign of the same words."""
    if not 0 <= beside < len(drawn) or not drawn[beside][1] or drawn[number][0].text.isspace():
        return False
    left, right = (drawn[at][0] for at in sorted((number, beside)))
    text = drawn[beside][0].text
    return _goes_on(left, right) and not text.isspace() and not _SIGN.fullmatch(text)


def without_lost(drawn: Sequence[Drawn], lost: Callable[[Box], float]) -> list[Drawn]:
    """The glyphs, each digit unread that most ink of is lost under what is not seen itself: a white number over a black one.

    `lost` tells how much of the ink in a box that is.
    """
    unseen: dict[int, list[Box]] = {}
    for glyph, is_seen in drawn:
        if not is_seen:
            unseen.setdefault(round(glyph.origin[1] / _APART), []).append(glyph.ink)

    def is_lost(glyph: RawGlyph) -> bool:
        line = round(glyph.origin[1] / _APART)
        over = (box for near in (line - 1, line, line + 1) for box in unseen.get(near, ()))
        return any(_meet(glyph.ink, box) for box in over) and lost(glyph.ink) >= MOST_LOST

    return [
        (glyph._replace(text=UNREAD) if is_seen and glyph.text.isdecimal() and is_lost(glyph) else glyph, is_seen)
        for glyph, is_seen in drawn
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def without_spilled(drawn: Sequence[Drawn], clips: Mapping[int, Box]) -> tuple[list[Drawn], list[Box]]:
    """The glyphs without those that run over the lower or upper edge of their cell, and the cells whose text ends so: the clip
    cuts them off, though a sliver of them may show, and what they stand in front of is another cell. clips: by glyph, the clip
    that it leaves.

    A clip is a cell where something is seen inside it.
    """
    cells: dict[Box, bool] = {}
    spilled: set[int] = set()
    for number, clip in clips.items():
        glyph = drawn[number][0]
        if _shown(glyph.ink, clip) >= LEAST_SHOWN or not clip[0] <= (glyph.ink[0] + glyph.ink[2]) / 2 <= clip[2]:
            continue
        if clip not in cells:
            cells[clip] = any(is_seen and _inside(other, clip) for other, is_seen in drawn)
        if cells[clip]:
            spilled.add(number)
    cut = dict.fromkeys(clips[number] for number in sorted(spilled) if not drawn[number][0].text.isspace())
    seen = [(glyph, is_seen and number not in spilled) for number, (glyph, is_seen) in enumerate(drawn)]
    points = {number for number in spilled if seen[number][0].text in _POINTS and _is_within(seen, number)}
    return [
        (glyph._replace(text=UNREAD), True) if number in points else (glyph, is_seen)
        for number, (glyph, is_seen) in enumerate(drawn)
        if number not in spilled or number in points
    ], list(cut)


def cut_texts(tables: Sequence[FoundTable], cut: Sequence[Box]) -> Iterator[str]:
    """The texts of the cells that are cut off where their cell ends."""
    cells = [
        (text, box) for table in tables for texts, boxes in table.rows for text, box in zip(texts, boxes, strict=True)
    ]
    for clip in cut:
        yield from (text for text, box in cells if text and box and text != UNREAD and _frames(box, clip))


def _frames(cell: Box, clip: Box) -> bool:
    """True where a clip lies within a cell: one that reaches further is of a page, or of a cell that goes on behind it."""
    return all(cell[n] - _EDGE <= clip[n] and clip[n + 2] <= cell[n + 2] + _EDGE for n in (0, 1))


def _shown(ink: Box, clip: Box) -> float:
    """How much of a glyph's height lies between the edges of its clip, whose bounds are a point wider all round."""
    inside = min(ink[3], clip[3] - 1) - max(ink[1], clip[1] + 1)
    return inside / max(ink[3] - ink[1], 0.1)


def _inside(glyph: RawGlyph, box: Box) -> bool:
    x, y = (glyph.ink[0] + glyph.ink[2]) / 2, (glyph.ink[1] + glyph.ink[3]) / 2
    return not glyph.text.isspace() and box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _hidden_runs(drawn: Sequence[Drawn]) -> Iterator[range]:
    """The stretches of glyphs that are not seen and stand on one line without a gap."""
    start: int | None = None
    for number, (glyph, is_seen) in enumerate(drawn):
        if start is not None and (is_seen or not _goes_on(drawn[number - 1][0], glyph)):
            yield range(start, number)
            start = None
        if start is None and not is_seen:
            start = number
    if start is not None:
        yield range(start, len(drawn))


def _goes_on(left: RawGlyph, right: RawGlyph) -> bool:
    apart = abs(right.box[0] - left.box[2])
    return abs(left.origin[1] - right.origin[1]) < 0.5 * left.size and apart < RUNS_ON * max(left.size, 1.0)


def _is_number(drawn: Sequence[Drawn], run: range) -> bool:
    """Whether the stretch prints an amount: a code has more digits and no point."""
    text = "".join(drawn[number][0].text for number in run).strip()
    return bool(_NUMBER.fullmatch(text)) and sum(sign.isdecimal() for sign in text) <= MOST_DIGITS


def _is_replaced(drawn: Sequence[Drawn], run: range, inked: Sequence[RawGlyph]) -> bool:
    """Whether something else may be read in place of a number; words beside an amount are those of the next cell."""
    amount = _POINTS & {drawn[number][0].text for number in run}
    return any(
        _instead(one, other) and (not amount or bool(_SIGN.fullmatch(other.text)) or _meet(one.box, other.box))
        for one in (drawn[number][0] for number in run)
        for other in inked
    )


def _cut(drawn: Sequence[Drawn], run: range) -> bool:
    """Whether the glyph drawn just before or after the stretch is seen and belongs to the same number."""
    ends = ((run[0] - 1, run[0]), (run[-1], run[-1] + 1))
    return any(
        left >= 0
        and right < len(drawn)
        and _goes_on(drawn[left][0], drawn[right][0])
        and bool(_SIGN.fullmatch(drawn[left if left not in run else right][0].text))
        for left, right in ends
    )


def _is_within(drawn: Sequence[Drawn], number: int) -> bool:
    """Whether a point that is not seen stands between two digits that are: without it they would be another number."""
    ends = [drawn[other] for other in (number - 1, number + 1) if 0 <= other < len(drawn)]
    (point, _), digits = drawn[number], [glyph for glyph, is_seen in ends if is_seen and glyph.text.isdecimal()]
    return len(digits) == 2 and _goes_on(digits[0], point) and _goes_on(point, digits[1])


def _stands_before(drawn: Sequence[Drawn], number: int) -> bool:
    """Whether a sign that is not seen stands before a digit that is: without it the number would be another."""
    right, is_seen = drawn[number + 1] if number + 1 < len(drawn) else drawn[number]
    return is_seen and right.text.isdecimal() and _goes_on(drawn[number][0], right)


def _instead(one: RawGlyph, other: RawGlyph) -> bool:
    """True where the other glyph may be read in place of one: beside or over it, and of its kind; a watermark is not."""
    alike = not other.faint and other.size < LARGER * one.size and abs(other.angle - one.angle) < 0.1
    return alike and _beside(one, other)


def _beside(one: RawGlyph, other: RawGlyph) -> bool:
    """True where one glyph is printed over the other, or so near that another cell cannot begin between them."""
    apart = max(other.box[0] - one.box[2], one.box[0] - other.box[2])
    return apart < ANEW * one.size and abs(one.origin[1] - other.origin[1]) < 0.5 * one.size
