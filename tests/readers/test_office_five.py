"""The five disclosures as Word, Excel and HTML files give what their texts give: every paragraph, every cell, every figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from documents import DOCUMENTS, read_registered, sources, text_of
from office import WRITERS

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Paragraph, RawDocument
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.readers import read_document
from budgetdata.readers.office.child import read_here
from budgetdata.readers.text import parse_text


def texts(document: RawDocument) -> list[tuple[str, ...]]:
    """What stands on each line or row, blanks and their columns left out."""
    lines: list[tuple[str, ...]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append((" ".join(block.text.split()),))
        else:
            lines += [tuple(" ".join(text.split()) for _, text in row.filled) for row in block.rows]
    return lines


def essence(facts: DocumentFacts) -> dict[str, object]:
    """What a document states, places apart."""
    return {
        "tables": [(table.table_no, table.status, table.unit) for table in facts.tables],
        "figures": Counter(
            (f.table_no, f.side, f.code, f.label, f.column, f.fen, f.level, f.raw) for f in facts.figures
        ),
        "projects": Counter((p.stage, p.name, p.office, str(p.funds)) for p in facts.projects),
        "targets": Counter((s.project_name, t.horizon, t.indicator, t.target) for s in facts.sheets for t in s.targets),
        "statements": Counter((s.kind, s.subject, s.value, s.unit) for s in facts.statements),
        "checks": Counter((check.rule, check.status) for check in facts.checks),
        "disclosure": [(item.item_id, item.status) for item in facts.disclosure],
    }


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_line_and_cell_is_read_again(document: str, suffix: str, tmp_path: Path) -> None:
    printed = parse_text(text_of(document), "a.txt")
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](printed, path, seed=DOCUMENTS.index(document))
    read = read_here(path, suffix[1:])
    assert texts(read) == texts(printed)
    if suffix != ".xlsx":
        assert [row.cells for table in read.tables() for row in table.rows] == [
            row.cells + ("",) * (table.width - len(row.cells)) for table in printed.tables() for row in table.rows
        ]


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_facts_are_those_of_the_text(suffix: str, tmp_path: Path) -> None:
    document = DOCUMENTS[-1]
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](parse_text(text_of(document), "a.txt"), path, seed=7)
    source = replace(sources()[document], source_kind="")
    facts = facts_of(read_document(path), source, standard_forms())
    assert essence(facts) == essence(read_registered(document))
    assert facts.source_kind == suffix[1:]
