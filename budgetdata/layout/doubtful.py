"""Numbers of which a sign is not certain: cut by a rule, struck out, raised, or printed over each other. They are unread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import UNREAD, numeric
from budgetdata.layout.geometry import Glyph, Rule
from budgetdata.layout.limits import (
    ALIKE,
    CLASH,
    DASH,
    LEAST_PITCH,
    LEVEL,
    OWN_SHARE,
    PARTED,
    SAME_LINE,
    STRUCK,
    TOUCHING,
    USUAL_DECIMALS,
    USUAL_SHARE,
)
from budgetdata.layout.text import Line

_SIGNS = frozenset("0123456789.,")
NUMBER_SIGNS = _SIGNS | frozenset("-−%() \u3000")
"""What a run holds that prints numbers only."""


def certain(glyphs: Sequence[Glyph], rules: Iterable[Rule]) -> list[Glyph]:
    """The glyphs, digits that are struck out by a flat rule and characters that share their place with another made unread."""
    digits = sorted((number for number, g in enumerate(glyphs) if g.text in _SIGNS), key=lambda n: glyphs[n].mid)
    bad = _struck(glyphs, digits, [rule for rule in rules if rule.flat])
    bad |= _clashing(glyphs, digits) | _overprinted(glyphs, LEVEL)
    return [g._replace(text=UNREAD) if number in bad else g for number, g in enumerate(glyphs)] if bad else list(glyphs)


def _struck(glyphs: Sequence[Glyph], digits: list[int], flats: list[Rule]) -> set[int]:
    """The digits through whose middle a flat rule runs, or before which a short one stands: it may be a minus."""
    mids = [glyphs[number].mid for number in digits]
    found: set[int] = set()
    for rule in flats:
        for number in digits[bisect_left(mids, rule.at - 5) : bisect_right(mids, rule.at + 5)]:
            glyph = glyphs[number]
            level = glyph.text.isdigit() and abs(glyph.mid - rule.at) < STRUCK * glyph.size
            dash = rule.end - rule.start < glyph.size and 0 <= glyph.x0 - rule.end < DASH * glyph.size
            if level and (dash or rule.start <= glyph.centre <= rule.end):
                found.add(number)
    return found


def _clashing(glyphs: Sequence[Glyph], digits: list[int]) -> set[int]:
    """The digits that cover another one on the same line by most of its width."""
    found: set[int] = set()
    for one, other in _beside(glyphs, digits):
        left, right = glyphs[one], glyphs[other]
        both = left.text.isdigit() and right.text.isdigit()  # the points of a leader may run into its number
        if both and _covers(left, right) and abs(left.base - right.base) <= SAME_LINE * left.size:
            found |= {one, other}
    return found


def is_parted(line: Sequence[Glyph]) -> bool:
    """True where the digits of a cell stand together but for a gap wider than any space: they may be two numbers."""
    inked = [glyph for glyph in line if not glyph.text.isspace()]
    if not all(glyph.text in NUMBER_SIGNS for glyph in inked):
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(inked) if {left.text, right.text} <= _SIGNS]
    return (
        len(gaps) > 1
        and max(gaps) > PARTED * max(glyph.size for glyph in inked)
        and min(gaps) < TOUCHING * inked[0].size
    )


def legible(glyphs: Sequence[Glyph], apart: float = SAME_LINE) -> list[Glyph]:
    """The glyphs of a cell, those that share their place with another on one line, within `apart` its size, made unread."""
    bad = _overprinted(glyphs, apart)
    return [g._replace(text=UNREAD) if number in bad else g for number, g in enumerate(glyphs)] if bad else list(glyphs)


def over_each_other(lines: Sequence[Line]) -> bool:
    """Whether two lines of a cell stand nearer to each other, one above the other, than lines of one text do."""
    return any(
        below.base - above.base < LEAST_PITCH * min(above.size, below.size)
        and min(above.x1, below.x1) - max(above.x0, below.x0) > CLASH * min(above.size, below.size)
        for above, below in pairwise(lines)
    )


def _overprinted(glyphs: Sequence[Glyph], apart: float) -> set[int]:
    """The characters of a text that lie over another text's of their size, on its line: neither can be read."""
    inked = [number for number, g in enumerate(glyphs) if g.text.isalnum() and not g.faint]
    found: set[int] = set()
    for one, other in _beside(glyphs, inked):
        left, right = glyphs[one], glyphs[other]
        alike = abs(left.base - right.base) <= apart * left.size and abs(left.size - right.size) <= ALIKE * left.size
        if alike and left.text != right.text and _are_two_texts(left, right) and _covers(left, right):
            found |= {one, other}
    return found


def _are_two_texts(left: Glyph, right: Glyph) -> bool:
    """True where two characters were not drawn one behind the other as of one word: apart, or the right one first."""
    return abs(left.order - right.order) > 1 or (left.order > right.order and left.x0 < right.x0)


def _covers(left: Glyph, right: Glyph) -> bool:
    return left.x1 - right.x0 > CLASH * min(left.x1 - left.x0, right.x1 - right.x0)


def _beside(glyphs: Sequence[Glyph], numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of the glyphs numbered that stand next to each other on about one line, the left one first, and share some place."""
    lines: dict[int, list[int]] = {}
    for number in numbers:
        lines.setdefault(round(glyphs[number].base / 4), []).append(number)
    for row, on_it in lines.items():
        near = [*on_it, *lines.get(row + 1, [])]
        lefts = [glyphs[number].x0 for number in near]
        for one, other in pairwise(sorted(range(len(near)), key=lefts.__getitem__)):
            if glyphs[near[one]].x1 > lefts[other]:
                yield near[one], near[other]


def touch(one: Glyph, other: Glyph) -> bool:
    """Whether two signs are of one number: on one line, without a gap."""
    apart = max(one.x0, other.x0) - min(one.x1, other.x1)
    level = abs(one.base - other.base) <= SAME_LINE * one.size and {one.text, other.text} <= _SIGNS
    return level and apart < TOUCHING * max(one.size, 1.0)


def numbers_in(run: Sequence[Glyph]) -> Iterator[range]:
    """The stretches of a run that are one number each: digits, points and commas that touch."""
    start = 0
    for index in range(1, len(run) + 1):
        left = run[index - 1]
        ends = index == len(run) or run[index].x0 - left.x1 >= TOUCHING * max(left.size, 1.0)
        if ends or (left.text in _SIGNS) != (run[index].text in _SIGNS):
            if left.text in _SIGNS:
                yield range(start, index)
            start = index


def unread_where_cut(run: Sequence[Glyph], cells: Sequence[int], over: Callable[[Glyph], bool]) -> list[Glyph | None]:
    """The run, each number that a rule cuts made unread: it lies in two cells, or one of its signs lies `over` a rule.

    `cells` are the cells of the glyphs. A glyph is None where its cell holds little of the number, which is another's.
    """
    glyphs: list[Glyph | None] = list(run)
    for stretch in numbers_in(run):
        counts = Counter(cells[index] for index in stretch)
        if len(counts) > 1 or any(over(run[index]) for index in stretch):
            for index in stretch:
                own = counts[cells[index]] >= OWN_SHARE * len(stretch)
                glyphs[index] = run[index]._replace(text=UNREAD) if own else None
    return glyphs


def without_odd_decimals(table: RawTable) -> RawTable:
    """The table, an amount with three decimals among amounts that nearly all have two made unread: a digit too many."""
    counts = Counter(_decimals(cell) for row in table.rows for cell in row.cells)
    usual, odd = counts[2], counts[3]
    with_point = sum(count for decimals, count in counts.items() if decimals)
    if not odd or usual < USUAL_DECIMALS or usual < USUAL_SHARE * with_point:
        return table
    return RawTable(tuple(replace(row, cells=_without(row)) for row in table.rows))


def _without(row: RawRow) -> tuple[str, ...]:
    return tuple(UNREAD if _decimals(cell) == 3 else cell for cell in row.cells)


def _decimals(cell: str) -> int:
    """The decimals of an amount that fills the cell; 0 where it is no such amount."""
    bare = numeric(cell).replace(",", "").lstrip("-")
    whole, point, part = bare.partition(".")
    return len(part) if point and whole.isdigit() and part.isdigit() else 0
