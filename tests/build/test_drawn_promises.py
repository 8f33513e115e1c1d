"""Indicators and projects drawn at random over all real documents, looked up on their pages: places, values, hashes of names.

150 indicators and 60 projects; three short documents here, all of them with WHOLE_CORPUS=1.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from corpora import WHOLE
from readings import facts_once

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.text import key

EXPECTED = Path(__file__).parents[1] / "expected"
SHORT = {"广州_09_2026.pdf", "广州_39_2026.pdf", "北京_29_2026.pdf"}


def hashed(text: str) -> str:
    return hashlib.sha256(key(text).encode()).hexdigest()[:10]


def drawn(name: str) -> dict[str, list[tuple[str, ...]]]:
    """The rows that were looked up, by file, the file left out."""
    found: dict[str, list[tuple[str, ...]]] = {}
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row.pop("file"), []).append(tuple(row.values()))
    return found


def indicators(facts: DocumentFacts) -> set[tuple[str, ...]]:
    return {
        (
            str(t.place.page), str(t.place.line), t.horizon, t.category, hashed(t.indicator), hashed(t.target), t.operator,
            t.value, t.unit, hashed(sheet.project_name),
        )
        for sheet in facts.sheets
        for t in sheet.targets
    }  # fmt: skip


def projects(facts: DocumentFacts) -> set[tuple[str, ...]]:
    return {
        (str(p.place.page), str(p.place.line), hashed(p.name), str(p.funds.get("total") or ""), p.source)
        for p in facts.projects
    }


@pytest.mark.shared
def test_what_was_looked_up_is_read_so(shared: Path) -> None:
    looked_up, rows = drawn("real_indicators.csv"), drawn("real_projects.csv")
    assert (sum(map(len, looked_up.values())), sum(map(len, rows.values()))) == (150, 60)
    wrong = []
    for file in sorted({*looked_up, *rows} if WHOLE else SHORT):
        facts = facts_once(shared / "real" / file)
        wrong += [(file, *row) for row in looked_up.get(file, []) if row not in indicators(facts)]
        wrong += [(file, *row) for row in rows.get(file, []) if row not in projects(facts)]
    assert not wrong
