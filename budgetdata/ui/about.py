"""The parts of the page on method and sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.base.settings import report_address
from budgetdata.exports.package import LICENCE
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import population, reported
from budgetdata.queries.base import Database
from budgetdata.queries.logbook import Correction, corrections
from budgetdata.queries.population import many
from budgetdata.ui import choosing
from budgetdata.ui.frame import plain, section, under, write
from budgetdata.ui.permalink import choose, words
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import as_printed, headings

ABOUT = "about.html"
FILES = ("figures.csv", "projects.csv", "targets.csv", "three_public.csv")
"""Tables under /data that a citation leads to."""


def method(lang: str) -> None:
    """What is done with a document, and what is never done."""
    write(macros(ABOUT, lang).method())


def sources(db: Database, lang: str) -> None:
    """Every document with its file, hash and address; where many are held, those that the words name, in pages."""
    found, pages = _catalogue(db, lang) if many(db) else (held.documents(db), None)
    rows = [
        {
            "name": name,
            "link": address("department", lang, d=row["document_id"]),
            "file": (row["files"] or row["source_file"]).replace(";", text(lang, "list.names")),
            "sha": row["source_sha256"],
            "url": row["source_url"] or text(lang, "about.unregistered"),
        }
        for row, name in zip(found, _names(found, lang), strict=True)
    ]
    columns = [*headings(lang, name="document", file="file"), ("sha", "SHA-256"), *headings(lang, url="address")]
    if pages is None:
        write(under(text(lang, "home.documents"), html.table(rows, columns, lang)))
        return
    table = html.table(rows, columns, lang, links={"name": "link"})
    write(plain(text(lang, "choosing.count", n=pages.total)) + table + pages.links(lang))


def _names(rows: Sequence[Record], lang: str) -> list[str]:
    """What each document is called: department and year; of several of one name its kind too, and of one kind its file."""

    def apart(names: list[str], more: list[str]) -> list[str]:
        return [f"{name} · {one}" if names.count(name) > 1 else name for name, one in zip(names, more, strict=True)]

    names = [f"{row['department']} {row['year']}" for row in rows]
    kinds = [text(lang, f"home.document_kind.{row['kind']}") for row in rows]
    return apart(apart(names, kinds), [row["source_file"] for row in rows])


def _catalogue(db: Database, lang: str) -> tuple[list[Record], choosing.Pages]:
    """The page of the catalogue that is asked for by words, year and region."""
    section("catalogue", text(lang, "home.documents"))
    hint = text(lang, "about.catalogue.hint")
    needle = words("q", text(lang, "about.catalogue"), lang, page="about", placeholder=hint)
    found = list(population.years(db).items())[:49]
    years = {"": text(lang, "filter.all")} | {year: f"{year} ({n:,})" for year, n in found}
    left, right = st.columns(2)
    with left:
        year = choose("y", text(lang, "filter.year"), years, lang, page="about")
    with right:
        region = choosing.region(db, lang, page="about")
    asked = held.Catalogue(needle, year, region)
    pages = choosing.pages(held.catalogue_count(db, asked))
    return held.catalogue(db, asked, pages.start, pages.size), pages


FIRST = 8
"""So many rows stand there before the rest is folded."""


def read(db: Database, lang: str) -> None:
    """How much of what is printed was read: of each document, those with the most unread first, and by layout."""
    documents, layouts = reported.documents(db, reported.MOST_DOCUMENTS), reported.layouts(db)
    names = _names(documents, lang)
    shown = [{**of, "name": name, **_shares(of)} for of, name in zip(documents, names, strict=True)]
    counted = headings(lang, tables="tables_read", figures="figures", identities="identities_hold", unread="unread")
    section("read", text(lang, "about.read"))
    printed, taken = (sum(of[name] for of in layouts) for name in ("printed", "read"))
    write(plain(text(lang, "about.read.text", n=db.documents, printed=printed, read=taken)))
    write(html.folded(shown, [*headings(lang, name="document"), *counted], lang, show=FIRST))
    named = [{**of, "name": _layout_name(of["layout"], lang), **_shares(of)} for of in layouts]
    by_layout = [*headings(lang, name="layout"), *counted[:-1]]
    write(under(text(lang, "about.read.layouts"), html.folded(named, by_layout, lang, show=FIRST)))


def _layout_name(layout: str, lang: str) -> str:
    """What a layout is called: the standard table's title, with a number where it is another layout of it."""
    form, number = _layouts().get(layout, (None, 0))
    if form is None:
        return layout or text(lang, "about.read.none")
    title = as_printed(lang, text(lang, f"about.form.{form.id}"), form.title)
    return text(lang, "about.read.variant", title=title, n=number) if number else title


@cache
def _layouts() -> dict[str, tuple[Form, int]]:
    """Every layout: the standard table that it is one of, and its number among the other layouts of it (0: its own)."""
    found: dict[str, tuple[Form, int]] = {}
    for form in standard_forms().values():
        named = (form.id, *(other.id for other in (*form.variants, *form.spares)))
        found |= {name: (form, number) for number, name in enumerate(named)}
    return found


def _shares(of: Record) -> Record:
    return {"tables": f"{of['read']:,}/{of['printed']:,}", "identities": f"{of['hold']:,}/{of['evaluated']:,}"}


def cite(db: Database, lang: str) -> None:
    """How to cite a figure, a chart, the data."""
    write(macros(ABOUT, lang).cite(db.version, FILES, LICENCE))


def report(db: Database, lang: str) -> None:
    """How to report a misreading, and what was corrected."""
    there = report_address()
    write(macros(ABOUT, lang).report(there, there.removeprefix("mailto:").partition("?")[0]))
    rows = [
        {**each._asdict(), "name": _named(db, each.document_id), "link": _where(each, lang)} for each in corrections()
    ]
    columns = headings(lang, corrected_on="corrected_on", name="document", was="was", now="now", why="why")
    table = html.folded(rows, columns, lang, show=FIRST, links={"name": "link"}) if rows else Markup()
    write(macros(ABOUT, lang).corrections(table))


def _named(db: Database, document_id: str) -> str:
    row = held.document(db, document_id)
    return f"{row['department']} {row['year']}" if row else document_id


def _where(each: Correction, lang: str) -> str:
    """The figure that was corrected, or its document."""
    return (
        address("passport", lang, f=each.figure_id)
        if each.figure_id
        else address("department", lang, d=each.document_id)
    )
