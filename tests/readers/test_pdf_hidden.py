"""Numbers of which a part is drawn and cannot be seen: what is left is no number. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.text import UNREAD
from budgetdata.layout.geometry import RawGlyph
from budgetdata.readers.pdf.hidden import only_seen


@pytest.mark.parametrize(
    ("seen", "hidden", "behind", "read"),
    [
        ("91", ",000.00", "", f"91{UNREAD * 5}"),
        ("91,000", ".50", "", f"91,000{UNREAD * 2}"),
        ("", "-", "9,000.00", f"{UNREAD}9,000.00"),
        ("", "（", "12.50）", f"{UNREAD}12.50）"),
        ("91", ",", "000.00", f"91{UNREAD}000.00"),
        ("91", "，", "某项", "91某项"),
        ("某", "-", "项", "某项"),
    ],
)
def test_a_number_of_which_a_part_is_not_seen_is_no_other_number(
    seen: str, hidden: str, behind: str, read: str
) -> None:
    """A box lies over its end, its beginning, or a sign of it."""
    text = seen + hidden + behind
    glyphs = [RawGlyph(sign, (x, 0.0, x + 5, 10.0), (x, 0.0, x + 4, 7.0), (x, 0.0), 10.0, 0.0)
              for x, sign in ((5.0 * n, sign) for n, sign in enumerate(text))]  # fmt: skip
    is_seen = [not len(seen) <= n < len(seen + hidden) for n in range(len(text))]
    far = RawGlyph("字", (500.0, 90.0, 510.0, 100.0), (500.0, 90.0, 509.0, 99.0), (500.0, 90.0), 10.0, 0.0)
    kept = only_seen([*zip(glyphs, is_seen, strict=True), *[(far, True)] * 9])
    assert "".join(glyph.text for glyph in kept) == read + "字" * 9
