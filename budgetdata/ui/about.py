"""The parts of the page on method and sources."""

from __future__ import annotations

from budgetdata.markup import pieces as html
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import under, write
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
            "file": row["source_file"],
            "sha": row["source_sha256"],
            "url": row["source_url"] or text(lang, "about.unregistered"),
        }
        for row in held.documents(db)
    ]
    columns = [*headings(lang, name="document", file="file"), ("sha", "SHA-256"), *headings(lang, url="address")]
    write(under(text(lang, "home.documents"), html.table(rows, columns, lang)))


def cite(db: Database, lang: str) -> None:
    """How to cite a figure, a chart, the data."""
    write(macros(ABOUT, lang).cite(db.version, FILES))


def report(lang: str) -> None:
    """How to report a misreading."""
    write(macros(ABOUT, lang).report())
