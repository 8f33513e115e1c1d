"""The parts of the page on method and sources."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import reported
from budgetdata.queries.base import Database
from budgetdata.ui.frame import plain, section, under, write
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import headings

ABOUT = "about.html"
FILES = ("figures.csv", "projects.csv", "targets.csv", "three_public.csv")
"""Tables under /data that a citation leads to."""


def method(lang: str) -> None:
    """What is done with a document, and what is never done."""
    write(macros(ABOUT, lang).method())


def sources(db: Database, lang: str) -> None:
    """Every document with its file, hash and address."""
    rows = [
        {
            "name": f"{row['department']} {row['year']}",
            "file": (row["files"] or row["source_file"]).replace(";", text(lang, "list.names")),
            "sha": row["source_sha256"],
            "url": row["source_url"] or text(lang, "about.unregistered"),
        }
        for row in held.documents(db)
    ]
    columns = [*headings(lang, name="document", file="file"), ("sha", "SHA-256"), *headings(lang, url="address")]
    write(under(text(lang, "home.documents"), html.table(rows, columns, lang)))


MOST_DOCUMENTS = 100
"""Documents of which the page tells how much was read; `budgetdata report` tells it of all."""


def read(db: Database, lang: str) -> None:
    """How much of what is printed was read: of each document, those with the most unread first, and by layout."""
    rows = reported.tables(db)
    documents = sorted(reported.documents(db, rows), key=lambda document: -document["unread"])
    shown = [{**of, "name": f"{of['department']} {of['year']}", **_shares(of)} for of in documents[:MOST_DOCUMENTS]]
    counted = headings(lang, tables="tables_read", figures="figures", identities="identities_hold", unread="unread")
    section("read", text(lang, "about.read"))
    printed, taken = (sum(row[name] for row in rows) for name in ("printed", "read"))
    write(plain(text(lang, "about.read.text", n=len(documents), printed=printed, read=taken)))
    write(html.table(shown, [*headings(lang, name="document"), *counted], lang))
    layouts = [
        {**of, "name": of["layout"] or text(lang, "about.read.none"), **_shares(of)} for of in reported.layouts(rows)
    ]
    by_layout = [*headings(lang, name="layout"), *counted[:-1]]
    write(under(text(lang, "about.read.layouts"), html.table(layouts, by_layout, lang)))


def _shares(of: Record) -> Record:
    return {"tables": f"{of['read']}/{of['printed']}", "identities": f"{of['hold']}/{of['evaluated']}"}


def cite(db: Database, lang: str) -> None:
    """How to cite a figure, a chart, the data."""
    write(macros(ABOUT, lang).cite(db.version, FILES))


def report(lang: str) -> None:
    """How to report a misreading."""
    write(macros(ABOUT, lang).report())
