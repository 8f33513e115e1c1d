"""Readings of tables into facts: rows, figures and projects, each row made once."""

from __future__ import annotations

from collections.abc import Sequence

from budgetdata.base.facts import DocumentFacts, FigureFact, ProjectFact, RowFact
from budgetdata.sheets.links import office_of
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import TableRow


def add_reading(facts: DocumentFacts, reading: TableReading) -> None:
    """Add the rows, figures, columns and projects of a table to the facts of its document."""
    for side, rows in reading.sides.items():
        for row in rows:
            parent = rows[row.parent].row_no if row.parent is not None else None
            facts.rows.append(_row(reading, side, row, parent))
            facts.figures += _figures(reading, side, row, parent)
    facts.columns |= {(reading.form.no, side): columns for side, columns in reading.columns.items()}
    if reading.form.stage:
        facts.projects += _projects(reading.form.stage, reading.sides[""])


def _row(reading: TableReading, side: str, row: TableRow, parent: int | None) -> RowFact:
    return RowFact(
        reading.form.no, side, row.row_no, row.code, row.label, row.level, row.is_sum, row.role, row.place, parent,
        row.group_label, unread_columns(reading, side, row),
    )  # fmt: skip


def unread_columns(reading: TableReading, side: str, row: TableRow) -> tuple[str, ...]:
    """The columns of which a row prints something that was not read: its broken cells, and every blank one where an amount
    of the row stands under no known head."""
    blank = [c for c in sorted(reading.columns.get(side, ())) if c not in row.values] if row.strange else []
    return tuple(dict.fromkeys([*row.broken, *blank]))


def _figures(reading: TableReading, side: str, row: TableRow, parent: int | None) -> list[FigureFact]:
    return [
        FigureFact(
            table_no=reading.form.no, side=side, row_no=row.row_no, code=row.code, label=row.label, level=row.level,
            is_sum=row.is_sum, column=column, column_label=row.printed.get(column, ""), fen=amount.fen,
            decimals=amount.decimals, raw=amount.raw, parent_row_no=parent,
            place=row.places.get(column, row.place),
            group_label=row.group_label, role=row.role, box=row.boxes.get(column),
        )
        for column, amount in row.values.items()
    ]  # fmt: skip


def _projects(stage: str, rows: Sequence[TableRow]) -> list[ProjectFact]:
    return [
        ProjectFact(
            stage, row.row_no, row.label, row.group_label or office_of(row.label),
            {name: amount.fen for name, amount in row.values.items()}, row.place,
        )
        for row in rows
        if row.level and row.values and not row.is_sum
    ]  # fmt: skip
