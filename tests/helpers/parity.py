"""Two readings of one document set side by side: the public rows that differ, each pair with what was read from both."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.money import normal_digits
from budgetdata.store.database import create, open_readonly

PLACE = {"document_id", "page", "line", "file", "worksheet"}
ID_COLUMNS = ("figure_id", "project_id", "sheet_id", "target_id")
KEYED = {"figures": "figure_id", "projects": "project_id", "sheets": "sheet_id", "tables": "table_no"}
"""Public tables whose rows are compared field by field, and the column that says which row is which."""
MADE = ("operator", "value", "unit", "quality", "rule", "dimension")


JOINT = " | "


class Difference(NamedTuple):
    """One reading that the two do not share: of a field of a row, or of a target of a sheet and horizon."""

    table: str
    row: str
    field: str
    text: str
    pdf: str


Rows = dict[str, list[dict[str, str]]]


def public_rows(facts: DocumentFacts, folder: Path) -> Rows:
    """The rows of the public tables as an export gives them, without place; ids without the document's own."""
    path = folder / f"{facts.source_file}.db"
    create(path, [facts])
    with closing(open_readonly(path)) as connection:
        rows = {table: _rows(connection, table) for table in (*KEYED, "targets")}
    path.unlink()
    return rows


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, str]]:
    result = []
    for row in connection.execute(f'SELECT * FROM "{table}"'):
        plain = {name: "" if row[name] is None else str(row[name]) for name in row.keys() if name not in PLACE}  # noqa: SIM118
        for name in ID_COLUMNS:
            if name in plain:
                plain[name] = plain[name].partition(".")[2]
        if "raw" in plain:  # a typesetter sets 14, 101. 87 or 14101.87 as 14,101.87
            plain["raw"] = normal_digits(plain["raw"]).replace(",", "")
        if table == "tables":  # how columns were placed is not what was read
            for name in ("reason", "reason_code", "reason_args"):
                plain.pop(name)
        result.append(plain)
    return result


def differences(text: Rows, pdf: Rows) -> Counter[Difference]:
    """Every reading that differs, in all fields of all rows."""
    found: Counter[Difference] = Counter()
    for table, column in KEYED.items():
        ours, theirs = ({row[column]: row for row in rows[table]} for rows in (text, pdf))
        assert len(ours) == len(text[table]) and len(theirs) == len(pdf[table])
        for row in ours | theirs:
            a, b = ours.get(row, {}), theirs.get(row, {})
            for field in a | b:
                if a.get(field) != b.get(field):
                    found[Difference(table, row, field, a.get(field, ""), b.get(field, ""))] += 1
    for row in {(target["sheet_id"], target["horizon"]) for target in (*text["targets"], *pdf["targets"])}:
        found += _target_differences(*row, text["targets"], pdf["targets"])
    return found


def _target_differences(
    sheet: str, horizon: str, text: list[dict[str, str]], pdf: list[dict[str, str]]
) -> Counter[Difference]:
    """The targets of one list that only one side has, paired by their indicator, else in printed order."""
    ours, theirs = (
        [_told(row) for row in rows if (row["sheet_id"], row["horizon"]) == (sheet, horizon)] for rows in (text, pdf)
    )
    only, other = list((Counter(ours) - Counter(theirs)).elements()), list((Counter(theirs) - Counter(ours)).elements())
    pairs = []
    for told in list(only):
        same = next((candidate for candidate in other if candidate.split("｜")[1] == told.split("｜")[1]), None)
        if same is not None:
            pairs.append((told, same))
            only.remove(told)
            other.remove(same)
    width = max(len(only), len(other))
    pairs += zip(only + [""] * (width - len(only)), other + [""] * (width - len(other)), strict=True)
    found = Counter(Difference("targets", sheet, horizon, *pair) for pair in pairs)
    if not pairs and ours != theirs:
        found[Difference("targets", sheet, f"{horizon} order", JOINT.join(ours), JOINT.join(theirs))] += 1
    return found


def _told(target: dict[str, str]) -> str:
    """A target's public fields but its id and sheet as one text: what is printed, then what was made of it."""
    printed = "｜".join(target[name] for name in ("category", "indicator", "target"))
    made = " ".join(filter(None, (target[name] for name in MADE)))
    return f"{printed}｜{made}"
