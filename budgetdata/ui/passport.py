"""One figure alone: where it is printed, the row it stands in, a citation and a report ready to copy."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import streamlit as st

from budgetdata.base.leaves import leaf_of
from budgetdata.base.records import Record
from budgetdata.base.settings import report_address
from budgetdata.markup import pieces as html
from budgetdata.markup.badge import badge_of_figure
from budgetdata.markup.templates import macros
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.show.around import Line, printed_around, registered, stored
from budgetdata.show.pictures import figure_clip
from budgetdata.ui.alert import warn
from budgetdata.ui.embeds import iframe_of_figure
from budgetdata.ui.frame import plain, section, under, write
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_of
from budgetdata.words.phrases import account, column_name, headings, unit_of

_SCRAP = re.compile(r"</?[a-z]+>")
"""What a conversion to text leaves of a look: '<b>369.21</b>'."""


def show(db: Database, lang: str) -> None:
    """The figure of the address; a message where it names none or an unknown one."""
    wanted = st.query_params.get("f", "")
    if not wanted:
        write(plain(text(lang, "passport.none")))
        return
    figure = amounts.figure(db, wanted)
    if figure is None:
        warn(text(lang, "passport.unknown", id=wanted[:60]))
        return
    who = f"{figure['department']} {figure['year']}"
    table = text(lang, "passport.table.named", no=figure["table_no"], title=figure["table_title"] or "")
    place = place_of(figure, lang)
    write(macros("passport.html", lang).figure(figure, _lines(figure, who, table, place, lang)))
    picture = figure_clip(figure["document_id"], figure["page"], figure["box"])
    if picture is not None:
        section("", text(lang, "passport.clip"))
        st.image(picture, caption=f"{figure['source_file']} · {place}")
    _source(db, figure, lang)
    row = amounts.row_figures(db, figure["document_id"], figure["table_no"], figure["side"], figure["row_no"])
    others = [{"name": column_name(lang, other), "fen": other["fen"], "figure": other} for other in row]
    write(badge_of_figure(db, figure, lang))
    rest = html.table(others, headings(lang, name="item", fen="amount"), lang)
    write(under(text(lang, "passport.row"), rest))
    printed = {"label": figure["label"], "amount": figure["fen"], "raw": figure["raw"], "table": table, "place": place}
    whose = {"department": figure["department"], "year": figure["year"], "version": db.version}
    section("", text(lang, "passport.cite"))
    st.code(text(lang, "passport.cited", **printed, **whose), language=None, wrap_lines=True)
    section("", text(lang, "passport.embed"))
    st.code(iframe_of_figure(db, figure, lang), language=None, wrap_lines=True)
    source = {"id": wanted, "who": who, "file": figure["source_file"], "sha": figure["source_sha256"][:16]}
    section("", text(lang, "passport.report"))
    told = text(lang, "passport.misread", **printed, **source, column=column_name(lang, figure))
    write(macros("passport.html", lang).report(_report(told)))
    st.code(told, language=None, wrap_lines=True)


def _report(told: str) -> str:
    """Where a report goes, with its words where that is a letter; '' where the operator has set none."""
    there = report_address()
    if not there.startswith("mailto:"):
        return there
    return f"{there}{'&' if '?' in there else '?'}{urlencode({'subject': told.splitlines()[0], 'body': told}, quote_via=quote)}"


def _source(db: Database, figure: Record, lang: str) -> None:
    """The printed lines around the figure where its document is a text, the masked file, and where it was published."""
    lines = printed_around(figure["document_id"], figure["page"], figure["line"])
    file = stored(figure["document_id"], max(leaf_of(figure["page"] or 0).file, 1))
    known = registered(figure["document_id"])
    if known is None:
        return
    marked = [(line, _cells(db, figure, line)) for line in lines]
    name = file[0].name if file else ""
    write(macros("passport.html", lang).source(marked, f"./source/{name}" if name else "", known.source_url))


def _cells(db: Database, figure: Record, line: Line) -> list[tuple[str, bool]]:
    """The cells of a printed line, each with whether it is the figure.

    Where a line prints an amount as often as figures were read from it, they stand in the same order; else all such cells are.
    """
    cells = [_SCRAP.sub("", cell) for cell in line.words.split("\t")]
    if not line.here:
        return [(cell, False) for cell in cells]
    same = [number for number, cell in enumerate(cells) if cell.strip() == figure["raw"].strip()]
    alike = amounts.alike_on_line(db, figure)
    if len(same) == len(alike) > 1:
        same = [same[alike.index(figure["figure_id"])]]
    return [(cell, number in same) for number, cell in enumerate(cells)]


def _lines(figure: Record, who: str, table: str, place: str, lang: str) -> list[tuple[str, str]]:
    """What is told of a figure, each with its name."""
    row, column, unit = account(lang, figure["label"]), column_name(lang, figure), unit_of(lang, figure)
    told = {
        "document": f"{who} · {figure['file'] or figure['source_file']}",
        "table": table,
        "place": place,
        "printed": f"“{figure['raw']}”",
        "rule": text(lang, "passport.rule.figure", row=row, column=column, unit=unit),
    }
    named = [(text(lang, f"passport.{name}"), value) for name, value in told.items()]
    return [*named, ("SHA-256", figure["source_sha256"]), ("ID", figure["figure_id"])]
