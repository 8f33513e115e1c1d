"""Glyphs made text: duplicates dropped by place, lines by baseline, spaces by gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from budgetdata.base.text import UNREAD, normal, strip_markup
from budgetdata.layout.geometry import Glyph
from budgetdata.layout.limits import (
    DOUBLED,
    EVEN_PAIRS,
    IDEOGRAPH,
    RAISED,
    RUN_GAP,
    SAME_LINE,
    SCRIPT,
    SPACE_ASCII,
    SPACE_EVEN,
    SPACE_WIDE,
)

_ORDER, _BASE = (itemgetter(Glyph._fields.index(name)) for name in ("order", "base"))
_LEFT_TO_RIGHT = itemgetter(Glyph._fields.index("x0"), Glyph._fields.index("order"))
"""What glyphs are sorted by, many thousand times a document."""


class Line(NamedTuple):
    """Glyphs on one baseline from left to right, with their text."""

    text: str
    x0: float
    x1: float
    base: float
    mid: float
    size: float
    glyphs: tuple[Glyph, ...]

    @property
    def top(self) -> float:
        return self.mid - self.size / 2

    @property
    def bottom(self) -> float:
        return self.mid + self.size / 2


def without_overlaps(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs less those drawn a second time in the same place (fake bold, shadows); equal text elsewhere stays."""
    kept: list[Glyph] = []
    seen: dict[str, dict[int, list[Glyph]]] = {}
    for glyph in glyphs:
        text, x0, x1, base, _, size, _, _, _ = glyph
        step = max(1.0, size * 0.5)
        place = int(x0 / step) * _ACROSS + int(base / step)
        grid = seen.get(text)
        if grid is None:
            grid = seen[text] = {}
        elif not text.isspace():
            reach, level = DOUBLED * max(x1 - x0, 0.1 * size), 0.2 * size
            near = [other for away in _AROUND for other in grid.get(place + away, ())]
            if any(abs(other.x0 - x0) <= reach and abs(other.base - base) <= level for other in near):
                continue
        grid.setdefault(place, []).append(glyph)
        kept.append(glyph)
    return kept


_ACROSS = 1 << 20
"""What the number of a place grows by a step to the right; a step down it is one."""
_AROUND = tuple(dx * _ACROSS + dy for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The glyphs as lines from top to bottom; blank lines are left out."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(_levelled(list(glyphs)), key=_BASE):
        if groups and glyph.base - groups[-1][-1].base <= SAME_LINE * min(glyph.size, groups[-1][-1].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [line for group in groups if (line := line_of(group)) is not None]


def _levelled(glyphs: list[Glyph]) -> Iterable[Glyph]:
    """The glyphs with superscripts and subscripts (m²) put on the baseline of the character they stand at."""
    sizes = [glyph.size for glyph in glyphs]
    if not sizes or min(sizes) > SCRIPT * max(sizes):  # none is so small
        return sorted(glyphs, key=_ORDER)
    return _with_scripts(sorted(glyphs, key=_ORDER))


def _with_scripts(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    last: Glyph | None = None
    main: Glyph | None = None  # the full-sized glyph that `last` stands at
    for glyph in glyphs:
        if glyph.text.isspace():
            yield glyph
            continue
        if (
            last is not None
            and main is not None
            and glyph.size <= SCRIPT * main.size
            and -0.3 * main.size <= glyph.x0 - last.x1 <= 0.4 * main.size
            and main.base - 1.05 * main.size <= glyph.mid <= main.base + 0.35 * main.size
        ):
            raised = main.base - glyph.base > RAISED * main.size
            if raised and glyph.text.isdigit() and main.text.isdigit():  # 10.5¹: a note's mark, or a power, is no digit
                glyph = glyph._replace(text=UNREAD)
            yield glyph._replace(base=main.base, mid=main.mid)
        else:
            yield glyph
            main = glyph
        last = glyph


def line_of(glyphs: list[Glyph]) -> Line | None:
    """The glyphs of one baseline as a line, or None where they print nothing."""
    ordered = sorted(glyphs, key=_LEFT_TO_RIGHT)
    inked = [glyph for glyph in ordered if not glyph.text.isspace()]
    if not inked:
        return None
    _, x0s, x1s, _, mids, sizes, _, _, _ = columns = tuple(zip(*inked, strict=True))
    if min(sizes) <= SCRIPT * max(sizes) and (uneven := _uneven(inked)):
        return line_of([glyph._replace(text=UNREAD) if glyph in uneven else glyph for glyph in ordered])
    middle = len(inked) // 2
    text = _close(columns) if len(inked) == len(ordered) else ""
    return Line(
        text or _spaced(ordered, inked),
        x0s[0],
        max(x1s),
        inked[0].base,
        sorted(mids)[middle],
        sorted(sizes)[middle],
        tuple(ordered),
    )


def _uneven(inked: Sequence[Glyph]) -> set[Glyph]:
    """Digits that touch one of another size on their line: one of the two is no digit of the number."""
    found: set[Glyph] = set()
    for left, right in pairwise(inked):
        small, large = sorted((left.size, right.size))
        touch = left.text.isdecimal() and right.text.isdecimal() and right.x0 - left.x1 < RUN_GAP * large
        found |= {left, right} if touch and small <= SCRIPT * large else set()
    return found


def _close(columns: tuple[tuple[Any, ...], ...]) -> str:
    """The text of a line of inked glyphs, given field by field, that stand too near to each other for any space; else ''."""
    texts, x0s, x1s, _, _, sizes, _, _, _ = columns
    gaps = [x0 - x1 for x0, x1 in zip(x0s[1:], x1s[:-1], strict=True)]
    least = max(min(sizes), 1.0)
    if gaps and max(gaps) > min(SPACE_ASCII * least, SPACE_WIDE * least, min(gaps) + SPACE_EVEN * least):
        return ""
    return normal("".join(texts))


def _spaced(ordered: list[Glyph], inked: list[Glyph]) -> str:
    """The text of a line; inked: its glyphs that are no white space."""
    if len(inked) == 1:
        return normal(inked[0].text)
    gaps = [right.x0 - left.x1 for left, right in pairwise(inked)]
    latin = [glyph.text.isascii() for glyph in inked]
    wide = [
        not plain and glyph.text > IDEOGRAPH and glyph.text.isalnum() for plain, glyph in zip(latin, inked, strict=True)
    ]
    even = sorted([gap for gap, one, other in zip(gaps, wide, wide[1:], strict=False) if one and other])
    usual = even[len(even) // 2] if len(even) >= EVEN_PAIRS else None  # what justification adds everywhere
    blanks = (
        {id(left) for left, right in pairwise(ordered) if right.text.isspace()} if len(inked) < len(ordered) else ()
    )
    parts = [inked[0].text]
    for number, gap in enumerate(gaps):
        right = inked[number + 1]
        size = max(right.size, 1.0)
        if latin[number] and latin[number + 1]:
            apart = gap > SPACE_ASCII * size
        elif usual is not None and wide[number] and wide[number + 1]:
            apart = gap > usual + SPACE_EVEN * size
        else:
            apart = gap > SPACE_WIDE * size
        if apart or (blanks and id(inked[number]) in blanks):
            parts.append(" ")
        parts.append(right.text)
    return normal("".join(parts))


def pieces_of(line: Line, gap: float, drawn_together: bool = False) -> list[Line]:
    """The line cut where it is white for more than `gap` times its size, or where the drawing began elsewhere."""
    groups: list[list[Glyph]] = []
    last: Glyph | None = None
    right = 0.0
    for glyph in line.glyphs:
        apart = last is None or (drawn_together and abs(glyph.order - last.order) > 1)
        last = glyph
        if glyph.text.isspace():
            if groups:
                groups[-1].append(glyph)
            continue
        if not groups or apart or glyph.x0 - right > gap * line.size:
            groups.append([])
            right = glyph.x1
        groups[-1].append(glyph)
        right = max(right, glyph.x1)
    return [piece for group in groups if (piece := line_of(group)) is not None]


def joined(lines: Iterable[str]) -> str:
    """Wrapped lines as one text: nothing between Chinese characters and inside numbers, a space between Latin words."""
    text = ""
    for line in lines:
        if text and line and text[-1].isascii() and line[0].isascii() and text[-1].isalpha() and line[0].isalpha():
            text += " "
        text += line
    return text


def cell_text(lines: Iterable[Line]) -> str:
    """The text of one cell from its printed lines."""
    return strip_markup(joined(line.text for line in lines))
