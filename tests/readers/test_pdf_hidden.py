"""Numbers of which a part is drawn and cannot be seen: what is left is no number. All invented."""

from __future__ import annotations

import pytest

from budgetdata.base.text import UNREAD
from budgetdata.layout.geometry import RawGlyph
from budgetdata.readers.pdf.hidden import Drawn, only_seen, with_cut_words

FAR = RawGlyph("字", (500.0, 90.0, 510.0, 100.0), (500.0, 90.0, 509.0, 99.0), (500.0, 90.0), 10.0, 0.0)


def drawn(seen: str, hidden: str, behind: str) -> list[Drawn]:
    """A line of which a part is not seen, with other text that is."""
    text = seen + hidden + behind
    line = [RawGlyph(sign, (x, 0.0, x + 5, 10.0), (x, 0.0, x + 4, 7.0), (x, 0.0), 10.0, 0.0)
            for x, sign in ((5.0 * n, sign) for n, sign in enumerate(text))]  # fmt: skip
    return [*((glyph, not len(seen) <= n < len(seen + hidden)) for n, glyph in enumerate(line)), *[(FAR, True)] * 9]


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
    kept = only_seen(drawn(seen, hidden, behind))
    assert "".join(glyph.text for glyph in kept) == read + "字" * 9


@pytest.mark.parametrize(
    ("seen", "hidden", "behind", "read"),
    [
        ("", "七", "、其他收入", f"{UNREAD}、其他收入"),
        ("未安排支出的", "实户资金", "", f"未安排支出的{UNREAD}"),
        ("结转", "下", "年", f"结转{UNREAD}年"),
        ("", "一整个名称", "", ""),
        ("12.50", "万元", "", "12.50"),  # words beside an amount are of the next cell
    ],
)
def test_words_of_which_a_part_is_covered_are_not_whole(seen: str, hidden: str, behind: str, read: str) -> None:
    line = drawn(seen, hidden, behind)
    kept = with_cut_words(line, {number for number, (_, is_seen) in enumerate(line) if not is_seen})
    assert "".join(glyph.text for glyph, is_seen in kept if is_seen) == read + "字" * 9


def test_words_over_which_others_are_printed_are_those() -> None:
    line = drawn("结转", "下年", "")
    anew = [(glyph._replace(text=sign), True) for (glyph, _), sign in zip(line[2:4], "上年", strict=True)]
    kept = with_cut_words([*line, *anew], {2, 3})
    assert "".join(glyph.text for glyph, is_seen in kept if is_seen) == f"结转{'字' * 9}上年"
