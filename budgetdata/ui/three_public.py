"""The parts of the page on the three public expenses."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.charts.shown import shown
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.framed import order
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.population import many, places
from budgetdata.queries.signals.public_items import apart
from budgetdata.ui import choosing
from budgetdata.ui.frame import key_of, quiet, write
from budgetdata.ui.permalink import asked_for, choose
from budgetdata.words.catalogue import text

TEMPLATE = "three_public.html"
A_PAGE = 10
"""So many documents stand on a page where many are held."""
ITEMS = ("three_public", "overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running")
"""The subjects whose change the narrative explains here."""


def choices(db: Database, lang: str) -> tuple[str, str]:
    """The year and the measure, kept in the address."""
    left, right = st.columns([3, 2])
    with left:
        year = choosing.year(db, lang, page="three_public")
    with right:
        measures = {"wan": text(lang, "measure.wan"), "share": text(lang, "three_public.measure.share")}
        measure = choose("m", text(lang, "filter.measure"), measures, lang, page="three_public", widget="segments")
    return year, measure


def table(db: Database, lang: str, year: str) -> tuple[list[str], Markup]:
    """The table behind the chart: all printed rows of each document with their passports, and the share of its general budget.

    Where many are held, a page of them with their places; gives the documents that stand there, and the way to the others.
    """
    chart = registered("three-public")
    key = key_of(chart, {"y": year})
    if many(db):
        ranking = order(db, chart, key, lang)
        pages, count, placed = choosing.pages(len(ranking), A_PAGE), len(ranking), places(ranking)
        stand = {row["document_id"]: at for at, row in enumerate(ranking)}
        ids = [row["document_id"] for row in pages.of(ranking)]
        data = shown(db, chart, key_of(chart, {"d": ",".join(ids)}), lang).data
        rows = [row | {"place": placed[stand[row["document_id"]]]} for row in data.rows]
        rows.sort(key=lambda row: stand[row["document_id"]])
    else:
        data, pages = shown(db, chart, key, lang).data, None
        rows, count = data.rows, len(data.rows)
    rows = [row | {"link": address("department", lang, d=row["document_id"])} for row in rows]
    wide = ("overseas", "reception", "vehicle_purchase", "vehicle_running", "total")
    columns = [column for column in data.columns if column[0] in (*wide, "name", "share")]
    if pages is not None:
        columns = [columns[0], ("place", text(lang, "population.place")), *columns[1:]]
    made = html.table(rows, columns, lang, links={"name": "link"})
    others = pages.links(lang) if pages is not None else Markup()
    write(
        macros(TEMPLATE, lang).items(
            text(lang, "table.open", n=count), made + others, apart(rows), bool(asked_for("p"))
        )
    )
    return [row["document_id"] for row in (held.documents(db, year) if pages is None else rows)], others


def _no_reason(db: Database, document: Record, lang: str) -> Markup:
    """That a document says nothing of the change of these expenses, or that what it says was not found or read."""
    said = reading.change_spoken(db, document["document_id"], ITEMS)
    return quiet(text(lang, f"three_public.reason.{'silent' if said == 'silent' else 'unread'}"))


def reasons(db: Database, lang: str, listed: list[str], others: Markup) -> None:
    """What each document that stands on the page prints on the change of these expenses; folded where many are held.

    others: the way to those that do not stand there."""
    found = [row for row in (held.document(db, code) for code in listed) if row is not None]
    quotes = []
    for document in found:
        said = [p for p in held.paragraphs(db, document["document_id"], "三公") if len(p["text"]) > 12]
        body = Markup().join(html.quote(paragraph, document, lang) for paragraph in said[:3])
        quotes.append((f"{document['short']} {document['year']}", body or _no_reason(db, document, lang)))
    write(macros(TEMPLATE, lang).reasons(quotes, many(db)) + others)
