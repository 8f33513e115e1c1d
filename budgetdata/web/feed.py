"""/feed.xml: new disclosures and corrected readings, as an Atom feed."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.embeds.answers import answer, base_of, language_of
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from budgetdata.queries.logbook import corrections
from budgetdata.show.around import registered
from budgetdata.words.catalogue import text

MOST = 60
"""So many entries stand in the feed, the newest."""


class Entry(NamedTuple):
    """An entry: the day it tells of, its lasting name, its address, its title, its words."""

    day: str
    id: str
    there: str
    title: str
    said: str


def feed(request: Request) -> Response:
    """The newest disclosures, by the day they were registered, and corrections, by theirs."""
    db, lang, base = open_database(), language_of(request), base_of(request)
    documents = {row["document_id"]: row for row in held.documents(db)}
    entries = [_new(row, db.built_at[:10], lang) for row in documents.values()]
    for each in corrections():
        row = documents.get(each.document_id)
        if row is not None:
            title = text(lang, "feed.corrected", name=f"{row['department']} {row['year']}")
            there = f"passport?f={each.figure_id}" if each.figure_id else f"department?d={each.document_id}"
            said = text(lang, "feed.correction", was=each.was, now=each.now, why=each.why)
            name = f"{each.corrected_on}-{each.figure_id or each.document_id}"
            entries.append(Entry(each.corrected_on, f"corrected:{name}", there, title, said))
    newest = sorted(entries, key=lambda entry: (entry.day, entry.id), reverse=True)[:MOST]
    updated = newest[0].day if newest else db.built_at[:10]
    body = render("web/feed.xml", lang, base=base, entries=newest, updated=updated)
    return answer(body, "atom", version=db.version)


def _new(row: Record, built: str, lang: str) -> Entry:
    source = registered(row["document_id"])
    day = source.registered_on if source and source.registered_on else built
    title = text(lang, "feed.new", name=f"{row['department']} {row['year']}")
    there = f"department?d={row['document_id']}"
    return Entry(day, f"document:{row['document_id']}", there, title, row["region"] or "")
