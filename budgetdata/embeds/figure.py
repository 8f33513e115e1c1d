"""/embed/figure?id=…: one printed amount as a chip with its passport, for an iframe in a sentence or a margin."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.embeds.answers import Refused, answer, asked_of, base_of
from budgetdata.embeds.choices import Look, look_of, version_of
from budgetdata.embeds.page import THEMES_OF_EMBEDS, Links, document, embed_policy, framed
from budgetdata.exports.package import LICENCE
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.words.names import say
from budgetdata.words.numbers import money, place_text, wan_text

_PARAMETERS = ("id", "theme", "lang", "v")


def figure_embed(request: Request) -> Response:
    """A figure as a page for an iframe. Unknown ids answer 404, with a page that says so."""
    return framed(_figure_embed, request)


def _figure_embed(request: Request) -> Response:
    asked = asked_of(request)
    for name in asked:
        if name not in _PARAMETERS:
            raise Refused(f"没有参数 {name[:30]}", _PARAMETERS)
    look = look_of({name: value for name, value in asked.items() if name != "id"}, themes=THEMES_OF_EMBEDS)
    db = open_database()
    figure = amounts.figure(db, asked.get("id", ""))
    if figure is None:
        raise Refused(
            f"没有编号为“{asked.get('id', '')[:60]}”的数字；编号见 /data/figures.json 的 figure_id",
            (),
            404 if asked.get("id") else 400,
        )
    base = base_of(request)
    links = Links(
        home=f"../passport?f={figure['figure_id']}",
        data=f"../data/figures.csv?figure_id={figure['figure_id']}",
        image="",
        canonical=f"{base}embed/figure?id={figure['figure_id']}",
        oembed=f"{base}oembed?{urlencode([('url', base + 'embed/figure?id=' + figure['figure_id']), ('format', 'json')])}",
    )
    body = figure_page(db, figure, look, links, version_of(asked))
    return answer(body, "html", version=db.version, headers={"Content-Security-Policy": embed_policy()})


def title_of(figure: Record, lang: str) -> str:
    """What a figure is, in one line: department, year, row and column."""
    column = figure["column_label"] or figure["column"]
    cell = dict.fromkeys((figure["label"], column))  # a total's row and column often have one name
    return " · ".join((f"{figure['department']} {figure['year']}", *cell))


def figure_page(db: Database, figure: Record, look: Look, links: Links, embedded: str = "") -> str:
    """The HTML of a figure's chip: the amount, what it is, where it is printed, how it was read."""
    lang = look.lang
    title, amount = title_of(figure, lang), money(figure["fen"], lang)
    table = f"{say(lang, '表', 'Table ')}{figure['table_no']} {figure['table_title'] or ''}"
    exact = f"{wan_text(figure['fen'])} {say(lang, '万元', '(10,000 CNY)')}"
    lines = [
        (say(lang, "准确值", "Exact"), exact),
        (
            say(lang, "出处", "Source"),
            f"{figure['department']} {figure['year']}{say(lang, '年度部门预算公开', ' budget disclosure')}，{table}",
        ),
        (say(lang, "位置", "Place"), place_text(figure["page"], figure["line"], lang)),
        (say(lang, "原文印作", "Printed as"), f"“{figure['raw']}”"),
        (say(lang, "编号", "ID"), figure["figure_id"]),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in lines)
    changed = (
        bool(embedded)
        and embedded.partition(".")[0] != db.version
        and embedded.partition(".")[2] != figure_hash(figure)
    )
    note = (
        f'<p class="note" role="note">{say(lang, "嵌入之后，数据有过更新。", "The data changed since this was embedded.")}</p>'
        if changed
        else ""
    )
    named = [(links.home, "明账"), (links.data, say(lang, "数据", "Data"))]
    shown = " · ".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{name}</a>' for address, name in named
    )
    body = (
        f'<h1>{escape(title)}</h1>{note}<div class="chipbox"><span class="v">{escape(amount)}</span></div><dl>{listed}</dl>'
        f'<p class="src">{shown} · {say(lang, "许可", "Licence")} {LICENCE["name"]}'
        f" · {say(lang, '数据版本', 'data version')} {escape(db.version)}</p>"
    )
    return document(title, f"{amount}（{exact}）", body, look, links)


def figure_hash(figure: Record) -> str:
    """Eight hex digits over the amount of a figure."""
    import hashlib

    return hashlib.sha256(f"{figure['figure_id']} {figure['fen']}".encode()).hexdigest()[:8]
