"""Marks that come back: watermarks, told by the places and pages at which the same text is printed again, not by slant.

A tiled mark stands several times on a page, spread over it; another stands at one place on nearly every page. Table text
does that too (heads, 0.00), so a mark must also be drawn fainter than the print, or over other text. Amounts are never taken
for marks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetdata.layout.columns import is_amount
from budgetdata.layout.geometry import Glyph, Page
from budgetdata.layout.limits import LARGER, MARK_PAGES, MARK_SHARE, MIDDLE, RUN_GAP, STEP, TILED_SHARE, TILES


@dataclass(slots=True)
class Mark:
    """One text as drawn in one go: where it begins, its glyphs by their number on the page."""

    text: str
    x: float
    base: float
    size: float
    faint: bool
    numbers: list[int] = field(default_factory=list)


def without_marks(pages: Sequence[Page]) -> list[list[str]]:
    """Take the marks out of the pages; returns the texts taken out of each, each text once."""
    drawn = [list(_drawn(page)) for page in pages]
    # Print is dark where more texts are dark than faint, however often a faint one is tiled; else faint says nothing.
    shades = Counter(faint for _, faint in {(mark.text, mark.faint) for marks in drawn for mark in marks})
    dark = shades[False] >= shades[True]
    places = Counter(place for marks in drawn for place in {_place(mark) for mark in marks})
    needed = max(MARK_PAGES, MARK_SHARE * len(pages))
    result: list[list[str]] = []
    for page, marks in zip(pages, drawn, strict=True):
        usual = sorted(glyph.size for glyph in page.glyphs)[len(page.glyphs) // 2] if page.glyphs else 0.0
        found = [
            mark
            for mark in marks
            if places[_place(mark)] >= needed
            and not is_amount(mark.text)
            and (
                (mark.faint and dark)
                or (mark.size >= LARGER * usual and _collides(page, _Occupied(page.glyphs), [mark]))
            )
        ]
        _take_out(page, found)
        marks = list(_drawn(page)) if found else marks
        while tiles := _tiled(page, marks, dark):
            found += tiles
            _take_out(page, tiles)
            marks = list(_drawn(page))
        result.append(list(dict.fromkeys(mark.text for mark in found)))
    return result


def _place(mark: Mark) -> tuple[str, int, int]:
    return mark.text, round(mark.x / 3), round(mark.base / 3)


def _take_out(page: Page, marks: list[Mark]) -> None:
    gone = {number for mark in marks for number in mark.numbers}
    if gone:
        page.glyphs = [glyph for number, glyph in enumerate(page.glyphs) if number not in gone]


def _tiled(page: Page, marks: list[Mark], dark: bool) -> list[Mark]:
    """The marks of the text that stands on the page most often, spread over its width and height; none where none does."""
    under: _Occupied | None = None
    by_text: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_text[mark.text].append(mark)
    for same in sorted(by_text.values(), key=len, reverse=True):
        if len(same) < TILES:
            break
        wide = max(mark.x for mark in same) - min(mark.x for mark in same)
        high = max(mark.base for mark in same) - min(mark.base for mark in same)
        spread = wide >= TILED_SHARE * page.width and high >= TILED_SHARE * page.height
        if not spread or is_amount(same[0].text):
            continue
        under = under or _Occupied(page.glyphs)
        if (dark and same[0].faint) or _collides(page, under, same):
            return same
    return []


def _collides(page: Page, under: _Occupied, same: list[Mark]) -> bool:
    """Whether marks lie over other text, two of them at least where there are more: print does not."""
    hits = sum(any(under.by_another(number, page.glyphs[number]) for number in mark.numbers) for mark in same)
    return hits >= min(2, len(same))


def _drawn(page: Page) -> Iterator[Mark]:
    """The texts of a page that are drawn in one go."""
    texts: list[str] = []
    numbers: list[int] = []
    first = last = None
    for number, glyph in enumerate(page.glyphs):
        if glyph.text.isspace():
            continue
        if last is None or not _goes_on(last, glyph):
            if first is not None and (len(texts) > 1 or len(texts[0]) > 1):
                yield Mark("".join(texts), first.x0, first.base, first.size, first.faint, numbers)
            texts, numbers, first = [], [], glyph
        texts.append(glyph.text)
        numbers.append(number)
        last = glyph
    if first is not None and (len(texts) > 1 or len(texts[0]) > 1):
        yield Mark("".join(texts), first.x0, first.base, first.size, first.faint, numbers)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    _, _, right, above, _, before, _, was_faint, _ = last
    _, left, _, base, _, size, _, faint, _ = glyph
    near = 0.1 * size
    return (
        -RUN_GAP * size <= left - right <= RUN_GAP * size
        and -near <= above - base <= near
        and -near <= before - size <= near
        and was_faint == faint
    )


class _Occupied:
    """Where glyphs stand, to find those that lie over another that was not drawn beside them."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, Glyph]]] = defaultdict(list)
        for number, glyph in enumerate(glyphs):
            if not glyph.text.isspace():
                self._cells[int(glyph.centre / STEP), int(glyph.mid / STEP)].append((number, glyph))

    def by_another(self, number: int, glyph: Glyph) -> bool:
        """Whether the middle of another glyph, one not drawn just before or after, lies in the glyph's box."""
        across, down = int(glyph.centre / STEP), int(glyph.mid / STEP)
        near = 1 + int(MIDDLE * glyph.size / STEP)
        return any(
            abs(other - number) > 1
            and abs(found.centre - glyph.centre) < MIDDLE * max(found.size, glyph.size)
            and abs(found.mid - glyph.mid) < MIDDLE * max(found.size, glyph.size)
            and found.text != glyph.text
            for dx in range(-near, near + 1)
            for dy in range(-near, near + 1)
            for other, found in self._cells.get((across + dx, down + dy), ())
        )
