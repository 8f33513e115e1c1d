"""Heads that a line break within a cell of a text parts: put together where they are known then, else the table is not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from parted import cut_without_a_word, parted

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import compared, read
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.parted_heads import whole_heads
from budgetdata.readers.text import parse_text


@pytest.mark.parametrize(("name", "seed", "trimmed"), [("economic_kinds", 6, False), ("ministry", 2, True)])
def test_a_head_that_is_read_in_part_decides_no_column(name: str, seed: int, trimmed: bool, tmp_path: Path) -> None:
    out = ALL[name]().out
    path = tmp_path / "parted.txt"
    path.write_text(parted(out, seed, trimmed, heads=True), encoding="utf-8")
    facts = read(path)
    result = compared(facts, out)
    assert (cut_without_a_word(facts, out), result.wrong, result.different) == ([], [], [])
    assert result.read > result.true * 2 // 3


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            "编码\t名称\t合计\t基本\n支出\t项目支出\n201\t教育\t3\t2\t1",
            ["编码", "名称", "合计", "基本支出", "项目支出"],
        ),
        (
            "编码\t名称\t合计\t基本支出\t项目\n支出\n201\t教育\t3\t2\t1",
            ["编码", "名称", "合计", "基本支出", "项目支出"],
        ),
        ("编码\t名称\t合计\t基本支\n出数\t项目支出\n201\t教育\t3\t2\t1", None),
        ("编码\t名称\t合计\t基本支出\n合计\n201\t教育\t3\t2", ["编码", "名称", "合计", "基本支出"]),
    ],
)
def test_parts_of_a_head_are_one_where_they_are_known_as_one(text: str, heads: list[str] | None) -> None:
    (table,) = parse_text(text, "a.txt").tables()
    whole = whole_heads(standard_forms()[3], table)
    assert (whole and [text for _, text in whole.rows[0].filled]) == heads
