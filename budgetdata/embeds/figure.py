"""/embed/figure?id=…: one printed amount as a chip with its passport, for an iframe in a sentence or a margin."""

from __future__ import annotations

import hashlib
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.base.said import said
from budgetdata.charts.drawing.theme import THEMES
from budgetdata.embeds.answers import Refused, answer, base_of
from budgetdata.embeds.asked import Otherwise, either, read
from budgetdata.embeds.choices import AUTO, Drawn, Look, look_of
from budgetdata.embeds.document import Links, document, embed_policy
from budgetdata.embeds.live import framed
from budgetdata.exports.package import LICENCE
from budgetdata.markup.templates import render
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money, place_of
from budgetdata.words.phrases import account, column_name


class AskedFigure(Drawn):
    """What the address of a figure may name."""

    id: Annotated[str, Otherwise("refused.figure")] = Field(min_length=1, description=text("zh", "asked.id"))
    theme: Annotated[either((*THEMES, AUTO)), Otherwise("refused.theme")] = ""  # type: ignore[valid-type]


def figure_embed(request: Request) -> Response:
    """A figure as a page for an iframe. Unknown ids answer 404, with a page that says so."""
    return framed(_figure_embed, request)


def _figure_embed(request: Request) -> Response:
    asked = read(AskedFigure, request.query_params.multi_items())
    db = open_database()
    figure = amounts.figure(db, asked.id)
    if figure is None:
        raise Refused(said("refused.figure", value=asked.id[:60]), (), 404)
    base, query = base_of(request), urlencode([("id", figure["figure_id"])])
    canonical = f"{base}embed/figure?{query}"
    links = Links(
        home=f"../passport?{urlencode([('f', figure['figure_id'])])}",
        data=f"../data/figures.csv?{urlencode([('figure_id', figure['figure_id'])])}",
        canonical=canonical,
        oembed=f"{base}oembed?{urlencode([('url', canonical), ('format', 'json')])}",
    )
    body = figure_page(db, figure, look_of(asked), links, asked.v)
    return answer(body, "html", version=db.version, headers={"Content-Security-Policy": embed_policy()})


def title_of(figure: Record, lang: str) -> str:
    """What a figure is, in one line: department, year, row and column."""
    cell = dict.fromkeys(
        (account(lang, figure["label"]), column_name(lang, figure))
    )  # a total's row and column often have one name
    return " · ".join((f"{figure['department']} {figure['year']}", *cell))


def passport_lines(figure: Record, lang: str) -> list[tuple[str, str]]:
    """What a figure's chip lists: keys of the names, and the values."""
    source = text(
        lang, "chip.source.value", department=figure["department"], year=figure["year"],
        table=figure["table_no"], title=figure["table_title"],
    )  # fmt: skip
    return [
        ("chip.exact", text(lang, "chip.exact.value", fen=figure["fen"])),
        ("chip.source", source),
        ("chip.place", place_of(figure, lang)),
        ("chip.printed", text(lang, "chip.printed.value", raw=figure["raw"])),
        ("chip.id", figure["figure_id"]),
    ]


def figure_page(db: Database, figure: Record, look: Look, links: Links, embedded: str = "") -> str:
    """The HTML of a figure's chip: the amount, what it is, where it is printed, how it was read."""
    lang, lines = look.lang, passport_lines(figure, look.lang)
    title, amount = title_of(figure, lang), money(figure["fen"], lang)
    version, _, stamp = embedded.partition(".")
    is_changed = bool(embedded) and version != db.version and stamp != figure_hash(figure)
    body = render(
        "embeds/chip.html", lang, title=title, amount=amount, lines=lines, is_changed=is_changed, links=links,
        licence=LICENCE["name"], version=db.version,
    )  # fmt: skip
    return document(title, text(lang, "chip.described", amount=amount, exact=lines[0][1]), body, look, links)


def figure_hash(figure: Record) -> str:
    """Eight hex digits over the amount of a figure."""
    return hashlib.sha256(f"{figure['figure_id']} {figure['fen']}".encode()).hexdigest()[:8]
