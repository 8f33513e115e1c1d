"""What is told of a table's rows and cells that were not read, or read as what they are: one problem for a cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from budgetdata.base.money import is_blank, is_number
from budgetdata.base.raw import Place, Problem, RawRow
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, squeeze
from budgetdata.forms.declared import Form, Side
from budgetdata.forms.header import SideLayout
from budgetdata.tables.sums import TableRow

Sides = Mapping[str, Sequence[TableRow]]
NAMED = 6
"""How many heads or rows a problem names before it only counts them."""


@dataclass(frozen=True, slots=True)
class StrangeCell:
    """A cell that prints something in a column that the form does not know; head: what is printed above it, or ''."""

    text: str
    head: str
    place: Place


def mark_strange(
    sides: Sides,
    raws: Sequence[RawRow],
    layouts: Sequence[SideLayout],
    header: Sequence[SideLayout],
    found: list[StrangeCell],
) -> None:
    """Add to `found` the cells that no layout reads; a row that holds an amount among them, or one unread, remembers it."""
    read = {c for layout in layouts for c in (*layout.texts, *layout.values.values(), *layout.ignored)}
    heads = {c: text for layout in header for c, text in layout.strangers.items()}
    for raw in raws:
        for column, text in raw.filled:
            if column in read or is_blank(text):
                continue
            found.append(StrangeCell(text, heads.get(column, ""), raw.place))
            bare = text.replace(UNREAD, "")
            if is_number(text) or (bare != text and (is_blank(bare) or is_number(bare))):
                for row in _rows_at(sides, raw.place, column, layouts):
                    row.strange.append(text)


def _rows_at(sides: Sides, place: Place, column: int, layouts: Sequence[SideLayout]) -> Iterator[TableRow]:
    within = {x.side.name for x in layouts if x.span[0] <= column < x.span[1]} or set(sides)
    return (row for name in within for row in sides[name] if place in (row.place, *row.places.values()))


def row_problems(form: Form, sides: Sides) -> list[Problem]:
    """Cells that are no amounts, rows that stand alone, and rows that the form does not declare: one problem for each kind."""
    problems: list[Problem] = []
    rows_named = [row for rows in sides.values() for row in rows if not row.cut]
    broken = [(row, column, text) for row in rows_named for column, text in row.broken.items()]
    if broken:
        row, column, text = broken[0]
        head = row.printed.get(column) or column
        message = said(
            "table.no_amount",
            no=form.no,
            title=form.title,
            n=len(broken),
            text=text,
            row=row.code or row.label,
            head=head,
        )
        problems.append(Problem("unread", "amount", message, row.place, form.no, text))
    problems += _about_rows(form, "unread", "table.row_alone", rows_alone(form, sides))
    unknown = [row for name, rows in sides.items() for row in undeclared(form.side(name), rows)]
    problems += _about_rows(form, "note", "table.row_undeclared", unknown)
    return problems


def undeclared(side: Side, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows that a side which knows its rows by their labels does not know."""
    return [row for row in rows if not row.role and not row.group_label] if side.declares_rows else []


def rows_alone(form: Form, sides: Sides) -> list[TableRow]:
    """The rows of a project table that print a name and no amount: projects, or pieces of a name."""
    return [
        row
        for name, rows in sides.items()
        if form.side(name).subtotals
        for row in rows
        if not row.values and not row.broken and row.level
    ]


def _about_rows(form: Form, severity: str, code: str, rows: Sequence[TableRow]) -> Iterator[Problem]:
    if rows:
        first = rows[0]
        labels = [row.label for row in rows]
        message = said(code, no=form.no, title=form.title, n=len(rows), label=first.label, labels=some(labels))
        yield Problem(severity, "row", message, first.place, form.no, first.label)


def cell_problems(form: Form, cells: Sequence[StrangeCell]) -> Iterator[Problem]:
    """One problem for all cells under heads that the form does not know, one for those without any head."""
    for code, found in (
        ("table.head_unknown", [cell for cell in cells if cell.head]),
        ("table.no_head", [cell for cell in cells if not cell.head]),
    ):
        if found:
            first = found[0]
            message = said(
                code, no=form.no, title=form.title, n=len(found), text=first.text, head=first.head,
                heads=some(cell.head for cell in found),
            )  # fmt: skip
            yield Problem("unread", "column", message, first.place, form.no, first.text)


def other_year_problems(form: Form, heads: Mapping[str, Place]) -> Iterator[Problem]:
    """One note for the columns that are of another year, a change or a share."""
    if heads:
        first = next(iter(heads))
        message = said(
            "table.other_years", no=form.no, title=form.title, n=len(heads), head=squeeze(first),
            heads=some(squeeze(head) for head in heads),
        )  # fmt: skip
        yield Problem("note", "column", message, heads[first], form.no, first)


def some(texts: Iterable[Said | str]) -> list[Said | str]:
    """The different texts, no more than NAMED of them, an ellipsis for the rest."""
    different: list[Said | str] = []
    for text in texts:
        if text not in different:
            different.append(text)
    return different if len(different) <= NAMED else [*different[:NAMED], "…"]
