"""What a link is called aloud holds what it shows (WCAG 2.5.3): who says what he sees presses it."""

from __future__ import annotations

import re

from budgetdata.markup.templates import macros
from budgetdata.ui.rates import Cell

TAGS = re.compile(r"<[^>]*>")


def test_a_rate_is_called_what_it_shows() -> None:
    """With many budgets its name was a sentence that held neither its share nor its counts; that is its title."""
    one = Cell("98.7%", "778", "788", "磐石市 各行合计：788 条可以核对", "./checks?r=x", 0, False)
    cell = str(macros("rates.html", "zh").cell(one))
    name = re.search(r'aria-label="([^"]*)"', cell)
    shown = TAGS.sub("", cell)
    assert shown == "98.7%778/788" and one.said in cell
    assert name is None or shown in name[1]
