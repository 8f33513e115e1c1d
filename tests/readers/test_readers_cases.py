"""Documents of which the right reading is known: each stands for its kind (cases.csv beside them says what is right)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from budgetdata.base.facts import DocumentFacts
from budgetdata.build.document import read_facts
from budgetdata.register.sources import Source

pytestmark = pytest.mark.shared


@cache
def facts(path: Path) -> DocumentFacts:
    """The facts of a document."""
    return read_facts(path, Source(path.name, "0" * 64))


def statuses(read: DocumentFacts) -> Counter[str]:
    """How many of the thirteen tables have each status."""
    return Counter(table.status for table in read.tables)


def figures(read: DocumentFacts, no: int) -> list[tuple[str, str, int]]:
    """(label, column, fen) of a table's figures."""
    return [(figure.label, figure.column, figure.fen) for figure in read.figures if figure.table_no == no]


def unread(read: DocumentFacts) -> list[str]:
    """The codes of what a build reports as not read."""
    return [problem.message.code for problem in read.problems if problem.severity == "unread"]


@pytest.mark.parametrize("name", ["D01_kangxi.txt", "D02_zwnj.txt", "D15_one_html_table.md"])
def test_characters_and_the_way_a_table_is_written_do_not_matter(shared: Path, name: str) -> None:
    plain, read = (facts(p) for p in (next((shared / "disclosures").glob("004*.txt")), shared / "cases" / name))
    assert read.figures and len(read.figures) == 229 and len(read.projects) == 4 and unread(read) == unread(plain)
    assert statuses(read) == statuses(plain) and statuses(read)["data"] == 9
    assert [(f.table_no, f.label, f.column, f.fen) for f in read.figures] == [
        (f.table_no, f.label, f.column, f.fen) for f in plain.figures
    ]
    assert [len(sheet.targets) for sheet in read.sheets] == [len(sheet.targets) for sheet in plain.sheets]
    assert Counter(check.status for check in read.checks) == Counter(check.status for check in plain.checks)
    assert [(s.kind, s.subject, s.value, s.unit) for s in read.statements] == [
        (s.kind, s.subject, s.value, s.unit) for s in plain.statements
    ]


def test_white_text_over_a_number_is_not_seen(shared: Path) -> None:
    read = facts(shared / "cases" / "D10_white_text.pdf")
    assert ("公务接待费", "total", 2_000_000) in figures(read, 10) and len(read.figures) == 229
    assert sum(check.status == "different" for check in read.checks) == 3


def test_a_number_in_place_of_one_whited_out_is_read(shared: Path) -> None:
    read = facts(shared / "cases" / "D10_whiteout_correction.pdf")
    assert {(label, fen) for label, _, fen in figures(read, 10)} == {("公务接待费", 3_000_000), ("合计", 3_000_000)}


def test_a_number_under_an_annotation_is_named_and_not_published(shared: Path) -> None:
    read = facts(shared / "cases" / "D10_annotation_over_cell.pdf")
    assert figures(read, 10) == [] and len(read.figures) == 225
    assert {problem.place.page for problem in read.problems if problem.severity == "unread"} == {17}


def test_digits_cut_by_a_rule_are_no_amounts(shared: Path) -> None:
    read = facts(shared / "cases" / "D12_amount_over_the_rule.pdf")
    right = {1410187, 410187, 1000000, 1400000, 400000, 10187}  # in hundredths of 万元: what the print says
    assert {fen // 10_000 for _, _, fen in figures(read, 5)} <= right
    assert all(not label.endswith("1") or label.isdigit() for label, _, _ in figures(read, 5)) and unread(read)


def test_a_table_that_is_a_picture_is_unreadable_and_not_missing(shared: Path) -> None:
    read = facts(shared / "cases" / "D15_table_as_picture.pdf")
    assert next(table.status for table in read.tables if table.table_no == 10) == "unreadable"
    assert [(p.message.code, p.place.page) for p in read.problems if p.severity == "unread"] == [("readers.picture", 3)]


def test_a_page_printed_twice_is_read_once_and_a_missing_one_is_named(shared: Path) -> None:
    twice = facts(shared / "cases" / "D18_page_printed_twice.pdf")
    assert len(figures(twice, 3)) == 43 and len(twice.figures) == 229
    assert [p.place.page for p in twice.problems if p.message.code == "readers.repeated"] == [10]
    missing = facts(shared / "cases" / "D18_page_missing.pdf")
    assert [p.place.page for p in missing.problems if p.message.code == "readers.gap"] == [6]


def test_a_tiled_watermark_is_no_text(shared: Path) -> None:
    read = facts(shared / "cases" / "D19_tiled_watermark.pdf")
    assert len(read.figures) == 229 and statuses(read)["data"] == 9 and unread(read) == []
    assert not any("10.24.3.7" in f.label + f.column_label for f in read.figures)
