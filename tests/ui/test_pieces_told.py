"""What pieces of a page say of themselves where only they are seen or heard: a link its words, a card of a table its unit."""

from __future__ import annotations

import re

from budgetdata.markup import pieces
from budgetdata.markup.templates import macros
from budgetdata.ui.rates import Cell

TAGS = re.compile(r"<[^>]*>")


def test_a_rate_is_called_what_it_shows() -> None:
    """Who says what he sees presses it (WCAG 2.5.3). Its name was a sentence without its share and counts; that is its title."""
    one = Cell("98.7%", "778", "788", "磐石市 各行合计：788 条可以核对", "./checks?r=x", 0, False)
    cell = str(macros("rates.html", "zh").cell(one))
    name = re.search(r'aria-label="([^"]*)"', cell)
    shown = TAGS.sub("", cell)
    assert shown == "98.7%778/788" and one.said in cell
    assert name is None or shown in name[1]


def test_a_card_on_a_phone_says_in_what_its_amounts_are() -> None:
    """The line with the unit stands below the last card, a screen or more away; over a table's column it is one look away."""
    rows = [{"name": "企业扶持资金", "fen": 1_400_000_000, "n": 3}]
    columns = [("name", "项目"), ("fen", "金额"), ("n", "文件")]
    labels = re.findall(r'data-label="([^"]*)"', str(pieces.table(rows, columns, "zh")))
    assert labels == ["项目", "金额（万元）", "文件"]
    assert 'data-label="amount (10,000 CNY)"' in pieces.table(rows, [("name", "a"), ("fen", "amount")], "en")


def test_no_share_and_no_count_is_said_to_be_an_amount() -> None:
    figure = {
        "fen": 100, "figure_id": "f", "department": "甲", "year": 2024, "source_file": "a.txt", "file": "", "table_no": 1,
        "table_title": "", "page": 1, "line": 2, "raw": "0.01", "label": "合计", "column": "total", "column_label": "",
        "unit": "",
    }  # fmt: skip
    mixed = [{"name": "支出总计", "a": figure}, {"name": "占比", "a": "82.3%"}]
    for rows, label in ((mixed, "甲"), (mixed[:1], "甲（万元）")):
        drawn = str(pieces.table(rows, [("name", "项目"), ("a", "甲")], "zh"))
        assert set(re.findall(r'class="n" data-label="([^"]*)"', drawn)) == {label}
