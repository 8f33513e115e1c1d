"""The parts of the page on the three public expenses."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.across import load_three_public
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.ui.frame import quiet, write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import wan_text

TEMPLATE = "three_public.html"
ITEMS = ("three_public", "overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running")
"""The subjects whose change the narrative explains here."""


def choices(db: Database, lang: str) -> tuple[str, str]:
    """The year and the measure, kept in the address."""
    years = sorted({str(row["year"]) for row in held.documents(db)}, reverse=True)
    left, right = st.columns(2)
    with left:
        year = choose(
            "y",
            text(lang, "filter.year"),
            {"": text(lang, "filter.all")} | {y: y for y in years},
            lang,
            page="three_public",
            widget="segments",
        )
    with right:
        measures = {"wan": text(lang, "measure.wan"), "share": text(lang, "three_public.measure.share")}
        measure = choose("m", text(lang, "filter.measure"), measures, lang, page="three_public", widget="segments")
    return year, measure


def table(db: Database, lang: str, year: str) -> None:
    """All six printed rows of each document, each figure with its passport, and the share of the general budget."""
    data = load_three_public(db, {"y": year} if year else {}, lang)
    for row in data.rows:
        row["link"] = address("department", lang, d=row["document_id"])
    wide = ("overseas", "reception", "vehicle_purchase", "vehicle_running", "total")
    columns = [column for column in data.columns if column[0] in (*wide, "name", "share")]
    made = html.table(data.rows, columns, lang, links={"name": "link"})
    write(macros(TEMPLATE, lang).items(made, _apart(data.rows)))


def _apart(rows: list[Record]) -> list[str]:
    """Documents whose printed items do not add up to the printed total, named with the difference."""
    said = []
    for row in rows:
        parts = [
            part.get("fen") for item in ("overseas", "reception", "vehicles") if isinstance(part := row.get(item), dict)
        ]
        total = row.get("fen")
        gap = sum(part for part in parts if isinstance(part, int)) - total if isinstance(total, int) else 0
        if gap:
            said.append(f"{row['name']} {wan_text(gap)}")
    return said


def _no_reason(db: Database, document: Record, lang: str) -> Markup:
    """That a document says nothing of the change of these expenses, or that what it says was not found or read."""
    said = reading.change_spoken(db, document["document_id"], ITEMS)
    return quiet(text(lang, f"three_public.reason.{'silent' if said == 'silent' else 'unread'}"))


def reasons(db: Database, lang: str, year: str) -> None:
    """What each document prints on the change of these expenses."""
    found = [row for row in held.documents(db) if not year or str(row["year"]) == year]
    quotes = []
    for document in found:
        said = [p for p in held.paragraphs(db, document["document_id"], "三公") if len(p["text"]) > 12]
        body = Markup().join(html.quote(paragraph, document, lang) for paragraph in said[:3])
        quotes.append((f"{document['short']} {document['year']}", body or _no_reason(db, document, lang)))
    write(macros(TEMPLATE, lang).reasons(quotes))
