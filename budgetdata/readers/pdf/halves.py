"""Two pages printed side by side on one sheet: read as two, the left one first.

Nothing crosses the middle of such a sheet: no character but those of its own number, no flat rule. A wide table, a title in
the middle, or running text over the whole width does. Coordinates stay those of the sheet, so that a cell is found on it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budgetdata.layout.geometry import Glyph, Page, Rule
from budgetdata.layout.limits import FEWEST_A_SIDE, GUTTER, HEADER_ZONE, SIDEWAYS

_NUMBER = frozenset("0123456789-–—―－·第页共/ ")
"""Characters of the number of a sheet."""


def halves(page: Page) -> Iterator[Page]:
    """The page, or the two pages that it holds. What is said of the sheet as a whole is said of the first."""
    middle = page.width / 2
    if not _is_two(page, middle):
        yield page
        return
    for right in (False, True):
        half = replace(
            page,
            width=middle + right,  # margins are told apart by the width of pages
            glyphs=[glyph for glyph in page.glyphs if (glyph.centre > middle) is right],
            rules=[rule for rule in page.rules if (_across(rule) > middle) is right],
            images=[box for box in page.images if ((box[0] + box[2]) / 2 > middle) is right],
        )
        yield (
            replace(half, unmapped=0, unseen=0, diagonal=[], damage="", cut=False, fault="", ocr=False)
            if right
            else half
        )


def _across(rule: Rule) -> float:
    return (rule.start + rule.end) / 2 if rule.flat else rule.at


def _is_number(page: Page, glyph: Glyph) -> bool:
    """Whether a character is of the number of the sheet, in the middle of its foot."""
    reach = GUTTER * page.width / 2
    over = glyph.x1 > page.width / 2 - reach and glyph.x0 < page.width / 2 + reach
    return over and glyph.text in _NUMBER and glyph.mid > (1 - HEADER_ZONE) * page.height


def _is_two(page: Page, middle: float) -> bool:
    if page.width < SIDEWAYS * page.height or page.image_share:
        return False
    reach = GUTTER * page.width / 2
    inked = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    numbers = sum(_is_number(page, glyph) for glyph in inked)
    left = sum(glyph.x1 <= middle - reach for glyph in inked)
    right = sum(glyph.x0 >= middle + reach for glyph in inked)
    in_middle = len(inked) - left - right
    if in_middle > numbers or min(left, right) < FEWEST_A_SIDE:
        return False
    flats = [rule for rule in page.rules if rule.flat]
    if any(rule.start < middle + reach and rule.end > middle - reach for rule in flats):
        return False
    on_left = sum(rule.end < middle for rule in flats)
    return in_middle == 0 or min(on_left, len(flats) - on_left) > 1  # a table that goes on may leave its middle white
