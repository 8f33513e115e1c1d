"""From every typesetting the same facts: what an export gives for a PDF equals what it gives for the document's text.

The few readings that differ are listed in expected/pdf_differences.csv, each with the row as the text conversion prints
it and the row as the PDF prints it: they are the conversion's damage, for the pages themselves say otherwise.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from parity import JOINT, KEYED, Difference, Rows, differences, public_rows
from readings import read_once

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import RawDocument
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.register.sources import Source

LISTED = Path(__file__).parents[1] / "expected" / "pdf_differences.csv"
DISAGREEMENTS = "disagreements"
TYPESETTINGS = [
    *(f"{n:03}_{kind}" for n in range(5) for kind in ("chrome_hair", "lo_ruled", "rl_longtable")),
    "004_lo_three",
]

pytestmark = pytest.mark.shared


@cache
def listed() -> list[dict[str, str]]:
    """The differences that are known and shown to be the source's own."""
    with LISTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(shared: Path, document: str) -> Path:
    """The text conversion of a document."""
    return next((shared / "disclosures").glob(f"{document}_*.txt"))


def rows_of(path: Path, folder: Path) -> Rows:
    """The public rows of a document read without any knowledge of where it comes from, and its disagreements."""
    facts = facts_of(read_once(path), Source(path.name, "0" * 64), standard_forms())
    return {**public_rows(facts, folder), DISAGREEMENTS: disagreements(facts)}


def disagreements(facts: DocumentFacts) -> list[dict[str, str]]:
    """The disagreements of a document, in the order of their rules."""
    sides = [{"rule": c.rule, "sides": f"{c.left_fen} {c.right_fen}"} for c in facts.checks if c.status == "different"]
    return sorted(sides, key=lambda row: (row["rule"], row["sides"]))


@pytest.fixture(scope="module")
def text_rows(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The public rows of the five text conversions."""
    folder = tmp_path_factory.mktemp("parity")
    return {f"{n:03}": rows_of(text_of(shared, f"{n:03}"), folder) for n in range(5)}


@pytest.mark.parametrize("name", TYPESETTINGS)
def test_a_pdf_gives_the_facts_of_its_text(shared: Path, tmp_path: Path, text_rows: dict[str, Rows], name: str) -> None:
    text, pdf = text_rows[name[:3]], rows_of(shared / "pdf" / f"{name}.pdf", tmp_path)
    assert len(text["figures"]) > 100 and len(text["projects"]) > 2 and len(text["targets"]) > 50
    assert pdf[DISAGREEMENTS] == text[DISAGREEMENTS], "a typesetting disagrees with itself just where its text does"
    known = Counter(
        Difference(row["table"], row["row"], row["field"], row["text_reading"], row["pdf_reading"])
        for row in listed()
        if row["document"] == name[:3]
    )
    found = differences(text, pdf)
    assert found - known == Counter(), "readings that differ and are not listed"
    assert known - found == Counter(), "listed differences that are gone: take them off the list"
    assert {row["table"] for row in listed()} == {"targets"}, "no figure, project or sheet may differ"


@pytest.mark.parametrize("document", sorted({row["document"] for row in listed()}))
def test_a_listed_difference_is_printed_differently(shared: Path, document: str) -> None:
    text = {place_line: cells for _, place_line, cells in printed(read_once(text_of(shared, document)))}
    pages = [read_once(shared / "pdf" / f"{name}.pdf") for name in TYPESETTINGS if name[:3] == document]
    rows = [{JOINT.join(filter(None, cells)) for _, _, cells in printed(page)} for page in pages]
    for row in (row for row in listed() if row["document"] == document):
        line = text[int(row["text_line"])]
        assert JOINT.join(line) == row["text_prints"] and row["reason"], row
        assert all(row["pdf_prints"] in found for found in rows), row
        assert JOINT.join(filter(None, line)) != row["pdf_prints"], "both print the same, so the fault is ours"


def printed(document: RawDocument) -> list[tuple[int | None, int | None, tuple[str, ...]]]:
    """Page, line and cells of every row of every table."""
    return [(row.place.page, row.place.line, row.cells) for table in document.tables() for row in table.rows]


def test_a_difference_is_seen_wherever_it_stands(text_rows: dict[str, Rows]) -> None:
    rows = text_rows["004"]
    for table in (*KEYED, "targets"):
        for field in rows[table][0]:
            bent = {**rows, table: [{**rows[table][0], field: "bent"}, *rows[table][1:]]}
            assert differences(rows, bent) or field == "target_id", (table, field)
        assert differences(rows, {**rows, table: rows[table][1:]}), table
    assert differences(rows, {**rows, "targets": rows["targets"][::-1]})
