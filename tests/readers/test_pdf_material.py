"""Typeset and real PDFs: the cells of their texts, by both engines, and rows that add up."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from drawing import amount_rows, refused, through_pdfplumber, worked
from readings import read_once

from budgetdata.base.raw import RawDocument, RawTable
from budgetdata.base.text import key, squeeze
from budgetdata.readers.text import read_text

TYPESET = ["chrome_hair", "lo_ruled", "rl_longtable"]


def filled_cells(document: RawDocument) -> Counter[str]:
    """Every filled cell of every table."""
    return Counter(
        key(cell).replace(",", "")
        for table in document.tables()
        for row in table.rows
        for cell in row.cells
        if key(cell)
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", [*(f"{n:03}_{kind}" for n in range(5) for kind in TYPESET), "004_lo_three"])
def test_a_typeset_document_has_the_cells_of_its_text(shared: Path, name: str) -> None:
    text = read_text(next((shared / "disclosures").glob(f"{name[:3]}_*.txt")))
    document = read_once(shared / "pdf" / f"{name}.pdf")
    assert document.unreadable == []
    assert amount_rows(text) - amount_rows(document) == Counter()
    wanted = filled_cells(text)
    assert (wanted & filled_cells(document)).total() >= 0.98 * wanted.total()


@pytest.mark.shared
def test_the_scan_is_named_within_two_seconds(shared: Path) -> None:
    start = worked()
    assert "pages 1–34 have no text layer (没有文字层)" in refused(shared / "pdf" / "000_scan_gray150.pdf")
    assert worked() - start < 2


@pytest.mark.shared
@pytest.mark.parametrize("name", ["001_chrome_hair", "003_rl_longtable", "004_lo_three"])
def test_both_engines_agree_on_typeset_pages(shared: Path, name: str) -> None:
    path = shared / "pdf" / f"{name}.pdf"
    other = through_pdfplumber(path, range(4, 12))
    rows = [tuple(map(squeeze, row.cells)) for table in other.tables() for row in table.rows]
    document = read_once(path)
    same = [
        tuple(map(squeeze, row.cells))
        for table in document.tables()
        for row in table.rows
        if 5 <= (row.place.page or 0) <= 12
    ]
    assert rows == same and len(rows) > 50


def number(cell: str) -> Decimal:
    """The amount in a cell; blank counts as nothing."""
    return Decimal(cell.replace(",", "") or 0)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "上海_10_2026",
        "北京_15_2026_tables",
        "深圳_07_2026",
        "烟台_03_2026",
        "苏州_05_2026",
        "杭州_14_2026",
        "西安_52_2019",
    ],
)
def test_real_files_are_read_whole(shared: Path, name: str) -> None:
    document = read_once(shared / "real" / f"{name}.pdf")
    assert document.unreadable == [] and document.gaps == [] and document.repeated == [] and list(document.tables())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "page", "total", "parts"),
    [
        ("上海_10_2026", 10, 4, (5, 6)),
        ("深圳_07_2026", 18, 3, (4, 5, 6, 7, 8)),
        ("烟台_03_2026", 11, 4, (5, 6, 7)),
        ("苏州_05_2026", 11, 2, (3, 4, 5, 6, 7)),
    ],
)
def test_real_rows_add_up(shared: Path, name: str, page: int, total: int, parts: tuple[int, ...]) -> None:
    document = read_once(shared / "real" / f"{name}.pdf")
    tables: list[RawTable] = [table for table in document.tables() if table.place.page == page]
    rows = [row.cells for table in tables for row in table.rows if re.fullmatch(r"[\d,.]+", row.cells[total])]
    assert len(rows) > 5
    for row in rows:
        assert number(row[total]) == sum(number(row[part]) for part in parts), row
