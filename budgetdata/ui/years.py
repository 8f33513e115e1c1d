"""逐年: a department's years side by side, shown only where more than one year of it is held."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from budgetdata.base.money import wan
from budgetdata.base.records import Record
from budgetdata.embeds.answers import csv_text
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import years as over
from budgetdata.queries.base import Database
from budgetdata.ui.frame import DRAWN, at_once, heading, plain, section, write
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import wan_text
from budgetdata.words.phrases import account, headings

SHOWN = 10


def of_department(db: Database, document: Record, lang: str) -> None:
    """The totals of every year, then this year against the last one held: 科目, projects and targets; and these as a file."""
    held = over.totals(db, document["document_id"])
    if len(held) < 2:
        return
    at_once(db, document, lang, _side_by_side)
    ids = tuple(row["document_id"] for row in _pair(held, document))
    named_file = f"years-{ids[0]}-{ids[1]}.csv"
    st.download_button(text(lang, "years.csv"), _csv(db, *ids), named_file, "text/csv", key="years-csv")


def _pair(held: list[Record], document: Record) -> tuple[Record, Record]:
    """This year and the one held before it; of the first one, it and the next."""
    position = next(i for i, row in enumerate(held) if row["document_id"] == document["document_id"])
    return (held[position - 1], held[position]) if position else (held[0], held[1])


def _side_by_side(db: Database, document: Record, lang: str) -> None:
    section("years", text(lang, "years.title"))
    held = over.totals(db, document["document_id"])
    write(_totals(held, document, lang))
    before, after = _pair(held, document)
    renamed = over.SIMILAR in (before["match"], after["match"])
    pair = "years.pair.similar" if renamed else "years.pair"
    unit = plain(text(lang, "frame.unit"))
    write(heading(3, text(lang, pair, before=before["year"], after=after["year"])) + unit)
    ids = before["document_id"], after["document_id"]
    years = [("before", f"{before['year']}"), ("after", f"{after['year']}")]
    amounts = [*((f"{name}_fen", year) for name, year in years), ("change_fen", text(lang, "years.change"))]
    match = ("said", text(lang, "years.match"))
    functions = [_shown(row, lang) for row in over.functions(db, *ids)]
    named = [*headings(lang, name="account"), ("code", text(lang, "years.code"))]
    _folded(functions, [*named, match, *amounts], "accounts", lang)
    projects = [_shown(row, lang) for row in over.projects(db, *ids)]
    _folded(projects, [*headings(lang, name="project_name"), match, *amounts], "projects", lang)
    columns = [*headings(lang, project="project_name", indicator="indicator"), *years]
    _folded(over.targets(db, *ids), columns, "targets", lang)


def _totals(held: list[Record], document: Record, lang: str) -> Markup:
    rows = []
    for row in held:
        similar = row["match"] == over.SIMILAR
        name = (
            text(lang, "years.similar", year=row["year"], department=row["department"]) if similar else f"{row['year']}"
        )
        here = row["document_id"] == document["document_id"]
        link = "" if here else address("department", lang, d=row["document_id"])
        rows.append({"year": name, "fen": row["fen"], "figure": row["figure"], "state": row["state"], "link": link})
    columns = [*headings(lang, year="budget_year"), ("fen", text(lang, "years.total"))]
    return html.table(rows, columns, lang, links={"year": "link"})


def _shown(row: Record, lang: str) -> Record:
    """A row with its match in words; a year that does not list it shows a dash there, which is no blank amount, and one
    that was not read says so."""
    unlisted = {over.NEW: ("before_fen", "change_fen"), over.ENDED: ("after_fen", "change_fen")}.get(row["match"], ())
    bare: Record = {
        f"{side}_fen": {"fen": None, "status": row.get(f"{side}_state", "blank")}
        for side in ("before", "after")
        if row[f"{side}_fen"] is None
    }
    change = row["change_fen"]
    if change is None or change > 0:
        bare["change_fen"] = "—" if change is None else f"+{wan_text(change)}"
    return {**row, "name": account(lang, row["name"]), "said": _said(row, lang), **bare, **dict.fromkeys(unlisted, "—")}


def _said(row: Record, lang: str) -> str:
    match = text(lang, f"years.match.{row['match']}")
    if row["match"] != over.SIMILAR:
        return match
    return text(lang, "years.match.similar.named", match=match, ratio=int(row["ratio"]), name=row["before_name"])


def _folded(rows: list[Record], columns: list[tuple[str, str]], what: str, lang: str) -> None:
    """The first rows as a table, all of them behind 全部 N 项."""
    if rows:
        write(heading(4, text(lang, f"years.{what}")) + html.folded(rows, columns, lang, show=SHOWN))


@DRAWN.keeps
def _csv(db: Database, before_id: str, after_id: str) -> bytes:
    heads, rows = over.table(db, before_id, after_id)
    amounts = [head.endswith("_fen") for head in heads]
    cells = [
        [
            wan(int(value)) if is_amount and value is not None else value
            for value, is_amount in zip(row, amounts, strict=True)
        ]
        for row in rows
    ]
    return csv_text([head.replace("_fen", "_wan") for head in heads], cells).encode()
