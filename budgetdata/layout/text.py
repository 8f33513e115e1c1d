"""Glyphs made text: duplicates dropped by place, lines by baseline, spaces by gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from budgetdata.base.text import UNREAD, normal, strip_markup
from budgetdata.layout.geometry import Glyph
from budgetdata.layout.limits import (
    DOUBLED,
    EVEN_PAIRS,
    IDEOGRAPH,
    RAISED,
    SAME_LINE,
    SCRIPT,
    SPACE_ASCII,
    SPACE_EVEN,
    SPACE_WIDE,
)


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
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        step = max(1.0, glyph.size * 0.5)
        across, down = int(glyph.x0 / step), int(glyph.base / step)
        reach = DOUBLED * max(glyph.x1 - glyph.x0, 0.1 * glyph.size)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, across + dx, down + dy), ())
        )
        if not glyph.text.isspace() and any(
            abs(other.x0 - glyph.x0) <= reach and abs(other.base - glyph.base) <= 0.2 * glyph.size for other in near
        ):
            continue
        seen.setdefault((glyph.text, across, down), []).append(glyph)
        kept.append(glyph)
    return kept


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The glyphs as lines from top to bottom; blank lines are left out."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(_levelled(glyphs), key=lambda item: item.base):
        if groups and glyph.base - groups[-1][-1].base <= SAME_LINE * min(glyph.size, groups[-1][-1].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [line for group in groups if (line := line_of(group)) is not None]


def _levelled(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs with superscripts and subscripts (m²) put on the baseline of the character they stand at."""
    last: Glyph | None = None
    main: Glyph | None = None  # the full-sized glyph that `last` stands at
    for glyph in sorted(glyphs, key=lambda item: item.order):
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
    ordered = sorted(glyphs, key=lambda item: (item.x0, item.order))
    inked = [glyph for glyph in ordered if not glyph.text.isspace()]
    if not inked:
        return None
    mids = sorted(glyph.mid for glyph in inked)
    sizes = sorted(glyph.size for glyph in inked)
    return Line(
        _spaced(ordered),
        inked[0].x0,
        max(glyph.x1 for glyph in inked),
        inked[0].base,
        mids[len(mids) // 2],
        sizes[len(sizes) // 2],
        tuple(ordered),
    )


def _spaced(ordered: list[Glyph]) -> str:
    inked = [glyph for glyph in ordered if not glyph.text.isspace()]
    pairs = list(pairwise(inked))
    even = sorted(right.x0 - left.x1 for left, right in pairs if _ideographs(left, right))
    usual = even[len(even) // 2] if len(even) >= EVEN_PAIRS else None  # what justification adds everywhere
    blanks = {id(left) for left, right in pairwise(ordered) if right.text.isspace()}
    parts = [inked[0].text]
    for left, right in pairs:
        gap, size = right.x0 - left.x1, max(right.size, 1.0)
        if left.text.isascii() and right.text.isascii():
            apart = gap > SPACE_ASCII * size
        elif usual is not None and _ideographs(left, right):
            apart = gap > usual + SPACE_EVEN * size
        else:
            apart = gap > SPACE_WIDE * size
        if apart or id(left) in blanks:
            parts.append(" ")
        parts.append(right.text)
    return normal("".join(parts))


def _ideographs(left: Glyph, right: Glyph) -> bool:
    return left.text > IDEOGRAPH and right.text > IDEOGRAPH and left.text.isalnum() and right.text.isalnum()


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
