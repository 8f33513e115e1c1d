"""The parts of the question page."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.queries.questions.model import ALL, Question, options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.ui import choosing, frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken

TEMPLATE = "questions.html"
IN_FILES = ("line", "check_id")
"""Columns for who counts or looks up, which no reader of the page needs."""
MOST = 60
"""So many rows of an answer stand on the page where many documents are held; its file has them all."""


def _plain(question: Question, lang: str) -> str:
    """The question before anything is chosen."""
    return question.sentence(lang, {slot: text(lang, f"question.blank.{slot}") for slot in question.slots})


def chosen(lang: str) -> Question:
    """The question of the address, the first one where none is named."""
    known = {question.id: _plain(question, lang) for question in all_questions().values()}
    code = choose("q", text(lang, "question.choose"), known, lang, page="questions", always=True, hidden=True)
    return all_questions()[code]


def slots(db: Database, question: Question, lang: str) -> dict[str, str]:
    """The choices inside the sentence, kept in the address, and the sentence as a heading."""
    picked: dict[str, str] = {}
    labels: dict[str, str] = {}
    if question.slots:
        for column, slot in zip(st.columns(max(len(question.slots), 2)), question.slots, strict=False):
            with column:
                label, page = text(lang, f"question.slot.{slot}"), f"questions:{question.id}"
                if slot in ("d", "who") and many(db):
                    everything = "" if slot == "d" else text(lang, "question.all_departments")
                    code = choosing.document(db, lang, label, page=page, everything=everything, name=slot)
                    document = held.document(db, code) if code else None
                    picked[slot] = code or ALL
                    labels[slot] = spoken(lang, f"{document['short']} {document['year']}") if document else everything
                    continue
                valid = options(db, slot, lang)
                picked[slot] = choose(slot, label, valid, lang, page=page, always=True)
                labels[slot] = valid.get(picked[slot], "")
    if many(db) and question.is_of_all(picked):
        picked["y"] = choosing.year(db, lang, page="questions")
    write(macros(TEMPLATE, lang).asked(question.sentence(lang, labels)))
    return picked


def answer(db: Database, question: Question, picked: dict[str, str], lang: str) -> None:
    """The answer: a sentence, a chart where apt, the table, and its CSV."""
    found = question.answer(db, picked, lang, MOST) if many(db) else question.answer(db, picked, lang)
    if not found.rows:
        write(frame.answer(found.sentence or text(lang, "question.none")))
        return
    write(frame.answer(found.sentence))
    if found.chart:
        chart_choices = {name: value for name, value in found.chart_choices.items() if value}
        if picked.get("y") and "y" in registered(found.chart).parameters:
            chart_choices["y"] = picked["y"]
        if registered(found.chart).group != "department" or chart_choices.get("d"):
            frame.show_chart(db, found.chart, lang, choices=chart_choices)
    for row in found.rows:
        if row.get("sheet_id"):
            row["link"] = address("performance", lang, s=row["sheet_id"])
        elif row.get("sides"):
            row["link"] = address("subject", lang, code=row["code"], y=picked.get("y", ""))
        elif row.get("check_id"):
            row["link"] = address("checks", lang, d=row["document_id"], kind=row["kind"], status=row["status"])
    named = ("name", "project_name", "who")
    key = next((name for name in named if any(row.get("link") and row.get(name) for row in found.rows)), "")
    columns = [column for column in found.columns if column[0] not in IN_FILES]
    table = _of_each_year(found.rows, columns, lang, {key: "link"} if key else None)
    csv = f"./answer/{question.id}.csv" + (f"?{urlencode(picked)}" if picked else "")
    write(macros(TEMPLATE, lang).rows(table, found.source, found.number, csv))


def _of_each_year(rows: list[Record], columns: html.Columns, lang: str, links: dict[str, str] | None) -> Markup:
    """The rows of an answer as a table; where they are told of each year apart, one under each year."""
    years: dict[str, list[Record]] = {}
    for row in rows:
        years.setdefault(str(row.get("of_year", "")), []).append(row)
    parts = [
        (text(lang, "question.of_year", year=year), html.folded(own, columns, lang, show=12, links=links))
        for year, own in years.items()
    ]
    return parts[0][1] if len(parts) == 1 else Markup().join(frame.heading(3, head) + body for head, body in parts)


def others(lang: str, now: Question) -> None:
    """All questions as doors."""
    items = [
        (address("questions", lang, q=question.id), _plain(question, lang), "")
        for question in all_questions().values()
        if question.id != now.id
    ]
    write(frame.under(text(lang, "question.others"), html.doors(items)))
