"""Performance sheets of the five documents: as a person typed them, whole, and without any person's name."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from documents import DOCUMENTS, text_of
from personal import personal_data
from sheet_lines import reading_of, unread

from budgetdata.base.facts import ANNUAL, DIMENSIONS, SOURCES, TERM, SheetFact
from budgetdata.base.money import parse_amount, yuan
from budgetdata.base.raw import RawTable
from budgetdata.base.text import squeeze
from budgetdata.readers.text import parse_text, read_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.labels import cut_label, is_furniture, label_of

EXPECTED = Path(__file__).parents[1] / "expected" / "sheets"
SLUGS = sorted(path.parent.name for path in EXPECTED.glob("*/head.csv"))
COUNTS = {
    "4bc610c22ba9": (5, 0, 45, 59),
    "01a1d3103f45": (4, 1, 32, 55),
    "b734d3efdd82": (12, 0, 116, 123),
    "947784cd9916": (28, 0, 398, 404),
    "6ad99d98ab19": (4, 0, 37, 37),
}
"""Project sheets, department sheets, targets of the whole term, targets of the year."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(sheet: SheetFact, field: str) -> str:
    """A field of a sheet in the words of the typed truth: '' where blank, yuan for amounts."""
    if field.endswith("_yuan"):
        horizon, _, source = field.removesuffix("_yuan").partition("_")
        fen = sheet.funds.get((horizon, source or "total"))
        return "" if fen is None else yuan(fen)
    return str(getattr(sheet, field))


# Truth typed by hand


def test_there_is_enough_truth() -> None:
    assert len(SLUGS) >= 6


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_is_read_as_a_person_typed_it(slug: str) -> None:
    head = {row["field"]: row["value"] for row in rows_of(EXPECTED / slug / "head.csv")}
    document, line = head.pop("source_file").split("_")[1][:12], int(head.pop("first_line"))
    (sheet,) = [sheet for sheet in reading_of(document)[0] if sheet.place.line == line]
    assert {field: printed(sheet, field) for field in head} == head
    typed = [tuple(row[name] for name in ("line", "horizon", "category", "indicator", "target"))
             for row in rows_of(EXPECTED / slug / "targets.csv")]  # fmt: skip
    read = [(str(t.place.line), t.horizon, t.category, t.indicator, t.target) for t in sheet.targets]
    assert read == typed


# The five documents as a whole


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_sheet_of_a_document_is_read_and_nothing_is_left_unread(document: str) -> None:
    sheets, problems, _ = reading_of(document)
    scopes = Counter(sheet.scope for sheet in sheets)
    horizons = Counter(target.horizon for sheet in sheets for target in sheet.targets)
    assert (scopes["project"], scopes["department"], horizons[TERM], horizons[ANNUAL]) == COUNTS[document]
    assert unread(problems) == []
    for sheet in sheets:
        assert sheet.project_name and sheet.office_code and sheet.unit_name and sheet.targets
        assert sheet.listed == {target.horizon for target in sheet.targets}
        assert (ANNUAL, "total") in sheet.funds
        assert all(target.dimension == DIMENSIONS[target.category] for target in sheet.targets)
        if sheet.scope == "project":
            assert all((sheet.overview, sheet.basis, sheet.need, sheet.safeguards, sheet.plan, sheet.term_goal))
            for horizon in (TERM, ANNUAL):
                parts = [sheet.funds.get((horizon, source), 0) for source in SOURCES]
                assert sum(parts) == sheet.funds[horizon, "total"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_printed_cell_of_a_project_sheet_is_in_what_was_read(document: str) -> None:
    """Counted without the reader's columns: each filled cell is a label, an amount, or stands in a fact of its sheet."""
    blocks = parse_text(text_of(document), document).blocks
    sheets, _, taken = read_sheets(blocks)
    starts = [sheet.place.line or 0 for sheet in sheets]
    facts = {start: everything(sheet) for start, sheet in zip(starts, sheets, strict=True)}
    projects = {start for start, sheet in zip(starts, sheets, strict=True) if sheet.scope == "project"}
    lost: list[str] = []
    for row in (row for index in sorted(taken) if isinstance(block := blocks[index], RawTable) for row in block.rows):
        start = max((start for start in starts if start <= (row.place.line or 0)), default=0)
        if (
            start not in projects
            or re.search("经办人|填报日期", "".join(row.cells))
            or is_furniture("".join(row.cells))
        ):
            continue
        for _, text in row.filled:
            amount = parse_amount(text, "元")
            known = label_of(text) or cut_label(text) or text == "金"
            if not known and squeeze(text) not in facts[start][0] and (not amount or amount.fen not in facts[start][1]):
                lost.append(f"{row.place}: {text}")
    assert lost == []


def everything(sheet: SheetFact) -> tuple[str, set[int]]:
    """All the text of a sheet without white space, and all its amounts."""
    texts = [sheet.project_name, f"{sheet.office_code}-{sheet.unit_name}", sheet.attribute, sheet.term, sheet.overview]
    texts += [sheet.basis, sheet.need, sheet.safeguards, sheet.plan, sheet.term_goal + sheet.annual_goal]
    texts += [text for target in sheet.targets for text in (target.indicator, target.target)]
    return squeeze("\n".join(texts)), set(sheet.funds.values())


def test_no_name_or_number_of_staff_gets_into_any_fact_or_message(shared: Path) -> None:
    wanted = personal_data(shared)
    assert wanted
    for path in sorted((shared / "disclosures").glob("*.txt")):
        sheets, problems, _ = read_sheets(read_text(path).blocks)
        assert sheets
        seen = squeeze(repr(sheets) + repr(problems))
        assert sum(text in seen for text in wanted) == 0


def test_the_longest_document_is_read_in_a_moment() -> None:
    blocks = parse_text(text_of("947784cd9916"), "long.txt").blocks

    def seconds() -> float:
        started = time.process_time()
        read_sheets(blocks)
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.3


def test_the_masked_and_the_original_texts_give_the_same_sheets(shared: Path) -> None:
    originals = {path.name.split("_")[1][:12]: path for path in (shared / "disclosures").glob("*.txt")}
    for document in DOCUMENTS:
        assert read_sheets(read_text(originals[document]).blocks)[0] == reading_of(document)[0]
