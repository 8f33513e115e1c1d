"""Everything that can be wrong with the forms' declarations, found by reading two hand-typed documents under them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from documents import text_of

from budgetdata.base.identify import identify
from budgetdata.base.money import wan
from budgetdata.base.raw import Block
from budgetdata.base.text import key
from budgetdata.forms.declared import Form
from budgetdata.forms.header import resolve, split_header
from budgetdata.readers.text import parse_text
from budgetdata.tables.groups import TableGroup
from budgetdata.tables.outline import outline
from budgetdata.tables.reading import TableReading, read_table
from budgetdata.tables.sums import identities, judge
from tests.helpers.words import en

EXPECTED = Path(__file__).parents[1] / "expected"
SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("other_*.txt"))
ROLES = EXPECTED / "roles.csv"
Cell = tuple[str, str, str, str, str, str]


@cache
def typed_documents() -> tuple[str, ...]:
    """The documents whose thirteen tables are hand-typed."""
    return tuple(sorted(path.name for path in (EXPECTED / "figures").iterdir()))


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def typed_cells(document: str, table_no: int) -> list[Cell]:
    """line, side, code, label, column, amount of every hand-typed cell of a table, sorted."""
    rows = _csv(EXPECTED / "figures" / document / f"t{table_no:02d}.csv")
    return sorted((r["line"], r["side"], r["code"], r["label"], r["column"], r["amount_wan"]) for r in rows)


@cache
def typed_heads(document: str) -> dict[tuple[int, str], list[tuple[str, str]]]:
    """(table, side) → the (column, printed head) pairs in printed order, also of columns without any amount."""
    heads: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for path in sorted((EXPECTED / "figures" / document).glob("header*.csv")):
        for row in _csv(path):
            heads.setdefault((int(row["table_no"]), row["side"]), []).append((row["column"], row["column_label"]))
    return heads


@cache
def typed_roles(document: str) -> list[tuple[int, str, str, str]]:
    """table, side, role, total amount ('' where blank) of every declared row, hand-typed."""
    rows = [r for r in _csv(ROLES) if r["document"] == document]
    return [(int(r["table_no"]), r["side"], r["role"], r["amount_wan"]) for r in rows]


@cache
def _blocks(document: str) -> list[Block]:
    return parse_text(text_of(document), document).blocks


def faults(forms: dict[int, Form], only: set[int] | None = None) -> Iterator[str]:
    """What the declarations get wrong, one sentence each; nothing for sound ones. `only` limits it to some tables."""
    yield from sample_faults(forms, only)
    for document in typed_documents():
        groups = outline(_blocks(document), forms, set())
        names = {key(identify(_blocks(document)).department)}
        for no in sorted(only or set(range(1, 14))):
            group = groups.tables.get(no)
            if group is None:
                yield f"{document} table {no}: not found"
                continue
            reading = read_table(group.form, group.fragments, "万元", names)
            yield from _heads(document, group)
            yield from _cells(document, reading)
            yield from _roles(document, reading)


def sample_faults(forms: dict[int, Form], only: set[int] | None = None) -> Iterator[str]:
    """What the declarations get wrong on invented documents in the layouts that other cities use."""
    for sample in SAMPLES:
        yield from _sample_faults(sample, forms, only)


def _sample_faults(sample: Path, forms: dict[int, Form], only: set[int] | None) -> Iterator[str]:
    typed = {
        tuple(row.values()) for row in _csv(sample.with_suffix(".csv")) if only is None or int(row["table_no"]) in only
    }
    blocks = parse_text(sample.read_text(encoding="utf-8"), sample.name).blocks
    head, groups = identify(blocks), outline(blocks, forms, set())
    read = set()
    for no, group in groups.tables.items():
        if only is not None and no not in only:
            continue
        reading = read_table(group.form, group.fragments, "万元", {key(head.department)}, head.year)
        yield from (f"sample table {no}: {en(problem.message)}" for problem in reading.problems)
        if reading.unreadable:
            yield f"sample table {no}: {reading.unreadable}"
        for side, rows in reading.sides.items():
            for row in rows:
                read |= {(str(no), side, row.code, row.label, row.role, c, wan(a.fen)) for c, a in row.values.items()}
            for identity in identities(reading.form, reading.form.side(side), rows):
                if judge(identity, rows, "万元").status == "different":
                    yield f"sample table {no}: a sum in row {rows[identity.whole[0]].label} does not hold"
    if read != typed:
        yield f"{sample.name}: cells differ from the typed ones: {sorted(read ^ typed)[:6]}"


def _heads(document: str, group: TableGroup) -> Iterator[str]:
    first = group.fragments[0]
    layouts = resolve(group.form, split_header(first.rows, group.form)[1], first.width)
    for side in group.form.sides:
        typed = typed_heads(document)[group.form.no, side.name]
        if [column.name for column in side.columns] != [name for name, _ in typed]:
            yield f"{document} table {group.form.no}: columns are declared in another order than printed"
        found = next((x for x in layouts or [] if x.side.name == side.name), None)
        seen = (
            [] if found is None else [(n, found.printed[n]) for n in sorted(found.values, key=found.values.__getitem__)]
        )
        if seen != typed:
            yield f"{document} table {group.form.no}: heads {seen} where {typed} is printed"


def _cells(document: str, reading: TableReading) -> Iterator[str]:
    read = sorted(
        (str(row.place.line), side, row.code, row.label, column, wan(amount.fen))
        for side, rows in reading.sides.items()
        for row in rows
        for column, amount in row.values.items()
    )
    if reading.unreadable or read != typed_cells(document, reading.form.no):
        yield f"{document} table {reading.form.no}: cells differ from the typed ones {reading.unreadable}"
    for problem in reading.problems:
        yield f"{document} table {reading.form.no}: {en(problem.message)}"


def _roles(document: str, reading: TableReading) -> Iterator[str]:
    form = reading.form
    typed = [r for r in typed_roles(document) if r[0] == form.no]
    read = []
    for name, rows in reading.sides.items():
        side = form.side(name)
        first = side.columns[0].name
        for row in rows:
            if side.declares_rows:
                read.append((form.no, name, row.role, wan(row.values[first].fen) if first in row.values else ""))
        for identity in identities(form, side, rows):
            if judge(identity, rows, "万元").status == "different":
                yield f"{document} table {form.no}: a sum in row {rows[identity.whole[0]].label} does not hold"
    if sorted(read) != sorted(typed):
        yield f"{document} table {form.no}: roles of rows differ from the typed ones"
