"""Dark is designed, not inherited: on a dark device a page has the paper and ink that its charts are drawn for."""

from __future__ import annotations

import re

import pytest

from budgetdata.charts.drawing.theme import DARK
from budgetdata.markup.style import DARK_FILE, STYLE_FILE, style

_ROLE = re.compile(r"--([a-z]+):(#[0-9A-Fa-f]{3,6})")


def _light(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2)."""
    full = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _roles(sheet: str) -> dict[str, str]:
    return dict(_ROLE.findall(sheet[sheet.index(":root{") : sheet.index("}", sheet.index(":root{"))]))


LIGHT_ROLES = _roles(STYLE_FILE.read_text(encoding="utf-8"))
DARK_ROLES = _roles(DARK_FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("roles", [LIGHT_ROLES, DARK_ROLES], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "note"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "blue", "red"])
def test_words_are_read_on_every_ground(roles: dict[str, str], ground: str, ink: str) -> None:
    assert _contrast(roles[ink], roles[ground]) >= 4.5


def test_both_sheets_name_the_same_roles_and_a_page_carries_both() -> None:
    assert set(LIGHT_ROLES) == set(DARK_ROLES)
    assert "(prefers-color-scheme:dark)" in style() and "screen and" in style(), "print stays on white"


def test_what_a_dark_chart_writes_is_read_on_the_dark_paper_of_the_page() -> None:
    assert (
        min(_contrast(colour, DARK_ROLES["paper"]) for colour in (DARK.ink, DARK.quiet, DARK.series, DARK.attention))
        >= 4.5
    )
