"""docs/findings.md is what the database gives, and every finding in it was held against the source."""

# ruff: noqa: F811 - a fixture is imported and then asked for by its name

from __future__ import annotations

import re
from pathlib import Path

from app_fixtures import db  # noqa: F401 - fixture

from budgetdata.base.settings import DATA_DIR
from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.queries.signals.findings import UNSEEN, confirmed, findings_text, key_of

FINDINGS = Path(__file__).parents[2] / "docs" / "findings.md"


def test_the_document_is_up_to_date(db: Database) -> None:
    assert FINDINGS.read_text(encoding="utf-8") == findings_text(db), "run: python scripts/findings.py"


def test_every_finding_was_seen_and_every_note_is_of_a_finding(db: Database) -> None:
    rows = identities.checks(db, status="different")
    assert {key_of(row) for row in rows} == set(confirmed())
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", entry["seen_on"]) and entry["note"] for entry in confirmed().values())


def test_a_finding_nobody_saw_says_so(db: Database, tmp_path: Path) -> None:
    said = findings_text(db, tmp_path / "none.csv")
    assert said.count(UNSEEN) == len(identities.checks(db, status="different"))


def test_both_known_findings_are_there() -> None:
    said = FINDINGS.read_text(encoding="utf-8")
    assert "左边：78.23%" in said and "右边：77.22%（1017.00 ÷ 1317.00）" in said
    assert "左边：122.00 万元" in said and "右边：116.00 万元" in said and "26万元、11名劳务派遣人员工资96万元" in said


def test_what_is_quoted_is_printed_at_its_line(db: Database) -> None:
    for row in identities.checks(db, status="different"):
        lines = (DATA_DIR / "disclosures" / f"{row['document_id']}.txt").read_text(encoding="utf-8").splitlines()
        for ref in identities.references(row):
            if not ref.startswith("line "):
                figure = db.row("SELECT raw, line FROM figure WHERE figure_id = ?", (f"{row['document_id']}.{ref}",))
                assert figure is not None and figure["raw"] in lines[figure["line"] - 1]
            elif row["rule"].startswith("narrative.") and ref == (row["left_ref"] or ""):
                said = "".join(lines[int(ref[5:]) - 1].split())
                paragraph = db.value(
                    "SELECT text FROM paragraph WHERE document_id = ? AND line = ?", (row["document_id"], int(ref[5:]))
                )
                assert "".join(paragraph.split())[:40] in said
