"""The report on what is held as lines: each document with its tables, then the totals by layout."""

from __future__ import annotations

from collections.abc import Iterator

from budgetdata.base.raw import Place
from budgetdata.base.records import Record
from budgetdata.base.said import Said
from budgetdata.base.text import one_line
from budgetdata.queries import reported
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import tell


def report_lines(db: Database) -> Iterator[str]:
    """One line a document, one a table (printed or not, read or why not, identities), and the totals; each on one line."""
    rows = reported.tables(db)
    of_it: dict[str, list[Record]] = {}
    for row in rows:
        of_it.setdefault(row["document_id"], []).append(row)
    for document in sorted(reported.documents(db), key=_in_order):
        yield one_line(_document(document))
        for row in of_it.get(document["document_id"], []):
            yield one_line(f"  {_table(row)}")
    yield "layouts"
    for of in reported.layouts(db):
        named = of["layout"] or "not read"
        yield (
            f"  {named}: {of['printed']} printed, {of['read']} read, {of['whole']} whole, {of['figures']} figures, "
            f"{of['hold']} of {of['evaluated']} identities hold"
        )
    printed, read = (sum(row[name] for row in rows) for name in ("printed", "read"))
    share = f" ({100 * read / printed:.1f} %)" if printed else ""
    perhaps = sum(row["perhaps"] for row in rows)
    others = f", {perhaps} more perhaps printed and not found" if perhaps else ""
    yield f"{len({row['document_id'] for row in rows})} documents: {read} of {printed} printed tables read{share}{others}"


def _in_order(document: Record) -> tuple[str, int, str]:
    return document["department"], document["year"], document["document_id"]


def _document(document: Record) -> str:
    return (
        f"{document['document_id']} {document['department']} {document['year']}: {document['read']} of {document['printed']} "
        f"printed tables read, {document['figures']} figures, {document['projects']} projects, {document['sheets']} sheets, "
        f"{document['targets']} targets, {document['unread']} unread"
    )


def _table(row: Record) -> str:
    title = f"Table {row['table_no']} {row['title'] or ''}".rstrip()
    why = tell("en", Said.from_json(row["reason_code"], row["reason_args"])) if row["reason_code"] else ""
    if not row["printed"]:
        state = "not found" if row["perhaps"] else "not printed"
        return f"{title}: {state}{f', {why}' if row['status'] != reported.NOT_PRINTED else ''}"
    place = f" ({Place(row['page'], row['line'])})" if row["page"] or row["line"] else ""
    if not row["read"]:
        return f"{title}{place}: printed, not read: {why}"
    identities = f", {row['hold']} of {row['evaluated']} identities hold" if row["evaluated"] else ""
    told = f": {why}" if why and row["status"] != "data" else ""
    return f"{title}{place}: {row['status'].replace('_', ' ')}, {row['figures']} figures, as {row['layout']}{identities}{told}"
