"""The light page of a chart for an iframe: picture, answer, source, table; no foreign host, no cookie, works without script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.records import Record
from budgetdata.charts import picture
from budgetdata.charts.drawing.theme import DARK, LIGHT, Theme
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.shown import whose
from budgetdata.embeds.answers import Refused, answer, asked_of, base_of, unavailable
from budgetdata.embeds.choices import Key, Look, chart_key, chart_of, look_of, version_of
from budgetdata.embeds.lean import lean
from budgetdata.exports.package import LICENCE
from budgetdata.markup import pieces
from budgetdata.markup.address import out_of
from budgetdata.markup.badge import badge_of_rows
from budgetdata.markup.style import STYLE_FILE
from budgetdata.queries.base import Database, open_database
from budgetdata.words.names import say

STATIC = Path(__file__).parent / "static"
EMBED_WIDTHS = (280, 350, 560, 720)
PADDING = 14
"""Pixels around what an embed holds (embed.css)."""
THEMES_OF_EMBEDS = ("light", "dark", "auto")
_MOST_ROWS = 60
_PAINTED = re.compile(r'(fill|stroke)="(#[0-9A-Fa-f]{3,8})"')


@dataclass(frozen=True, slots=True)
class Links:
    """Where an embed's links lead: relative where a copy may move, absolute where others fetch them.

    app: what stands before a page's address, '' where there is no app behind (a static copy). stamp: what the footer says
    behind the database's version.
    """

    home: str
    data: str
    image: str
    app: str = "../"
    canonical: str = ""
    preview: str = ""
    oembed: str = ""
    vega: str = ""
    spec: str = ""
    stamp: str = ""


def embed(request: Request) -> Response:
    """A registered chart as a page for an iframe; what is asked wrongly is said in a page, for it stands in an article."""
    return framed(_embed, request)


def framed(handler: Callable[[Request], Response], request: Request) -> Response:
    """The answer of a handler of embeds, or a page that says why there is none."""
    lang = "en" if request.query_params.get("lang") == "en" else "zh"
    try:
        return handler(request)
    except Refused as refused:
        return _no_embed(refused.message, refused.valid, refused.status, lang, base_of(request))
    except BudgetDataError as error:
        unavailable(error)
        words = say(lang, "数据暂时打不开，请稍后再试", "The data cannot be opened just now; please try again later")
        return _no_embed(words, [], 503, lang, base_of(request))


def _no_embed(message: str, valid: Sequence[str], status: int, lang: str, base: str) -> Response:
    title = say(lang, "这里的图或数字现在没有", "This chart or figure is not here now")
    listed = "".join(f"<li>{escape(name)}</li>" for name in valid)
    exist = f'<p class="src">{say(lang, "现有：", "There are:")}</p><ul class="src">{listed}</ul>' if listed else ""
    home = f'<p class="src"><a href="{escape(base)}" target="_blank" rel="noopener">明账</a></p>'
    body = f'<h1>{title}</h1><p class="answer">{escape(message)}</p>{exist}{home}'
    page = document(title, message, body, Look(lang=lang), Links("", "", ""))
    policy = {"Content-Security-Policy": embed_policy(), "Cache-Control": "no-store"}
    return answer(page, "html", status=status, headers=policy)


def _embed(request: Request) -> Response:
    chart = chart_of(request.path_params["chart"])
    db = open_database()
    asked = asked_of(request, ["d"])
    key = chart_key(asked, chart, db)
    look = look_of(asked, themes=THEMES_OF_EMBEDS)
    base = base_of(request)
    links = live_links(base, chart, key, look)
    body = embed_page(db, chart, key, look, links, version_of(asked))
    return answer(body, "html", version=db.version, headers={"Content-Security-Policy": embed_policy()})


def live_links(base: str, chart: Chart, key: Key, look: Look) -> Links:
    """The addresses behind an embed that our own server answers."""
    from budgetdata.embeds.vega import VEGA_ADDRESS

    asked = [*key, *([("lang", look.lang)] if look.lang != "zh" else [])]
    tail = f"?{urlencode(asked)}" if asked else ""
    card = urlencode([*asked, ("size", "social")])
    canonical = f"{base}embed/{chart.id}{tail}"
    page = (
        f"../department?{urlencode(key)}"
        if chart.group == "department"
        else f"../embeds?{urlencode([('chart', chart.id), *key])}"
    )
    return Links(
        home=page,
        data=f"../chart/{chart.id}.csv{tail}",
        image=f"../chart/{chart.id}.png{tail}",
        canonical=canonical,
        preview=f"{base}chart/{chart.id}.png?{card}",
        oembed=f"{base}oembed?{urlencode([('url', canonical), ('format', 'json')])}",
        vega=f"..{VEGA_ADDRESS}",
        spec=f"./{chart.id}.vega.json{tail}",
    )


def rows_hash(data: ChartData) -> str:
    """Eight hex digits over what a chart shows: the same rows, the same hash, whatever else the database holds."""
    shown = [[picture_value(row.get(key)) for key, _ in data.columns] for row in data.rows]
    said = (data.title, data.sentence, data.source, data.note, data.empty)
    return hashlib.sha256(repr((shown, said)).encode()).hexdigest()[:8]


def picture_value(value: object) -> object:
    """A cell as what is printed of it: a figure is its amount."""
    return value.get("fen") if isinstance(value, dict) else value


def embed_page(db: Database, chart: Chart, key: Key, look: Look, links: Links, embedded: str = "") -> str:
    """The whole HTML of an embed. embedded: the version that the address was copied at, '' where it names none."""
    lang = look.lang
    data = chart.load(db, dict(key), lang)
    title, who = data.title or chart.question(lang), whose(db, chart, key)
    kicker = f'<p class="who">{escape(who)}</p>' if who else ""
    drawings, dark_rules = _drawings(db, chart, key, look, links)
    said = data.empty or data.sentence
    note = changed_note(db, data, embedded, lang)
    version = f"{say(lang, '数据版本', 'data version')} {db.version}{f' · {links.stamp}' if links.stamp else ''}"
    unit = (
        say(lang, "金额单位：万元", "amounts in 10,000 CNY")
        if any(k == "fen" or k.endswith("_fen") for k, _ in data.columns)
        else ""
    )
    told = [escape(part) for part in (unit, data.note, data.source, places(data.rows, lang)) if part]
    links_line = _links_line(links, lang)
    body = (
        f'{kicker}<h1>{escape(title)}</h1><p class="answer">{escape(said)}</p>{note}{drawings}{_badge(db, data, links, lang)}'
        f"{_table(data, links, lang)}"
        f'<p class="src">{" · ".join(told)}</p><p class="src">{links_line} · {escape(version)}</p>'
    )
    return document(titled(db, chart, key, data, lang), said, body, look, links, dark_rules)


def titled(db: Database, chart: Chart, key: Key, data: ChartData, lang: str) -> str:
    """What a chart is called where it stands alone: its question, behind the department and year of a chart of one document."""
    who, title = whose(db, chart, key), data.title or chart.question(lang)
    return f"{who} · {title}" if who else title


def document(title: str, description: str, body: str, look: Look, links: Links, rules: str = "") -> str:
    """An HTML page outside the app: head with title and previews, body in <main>, the script that tells its height."""
    name = escape(f"{title} · 明账")
    metas = [("description", description)]
    properties = [
        ("og:title", title),
        ("og:description", description),
        ("og:type", "article"),
        ("og:site_name", "明账"),
        ("og:url", links.canonical),
        ("og:image", links.preview),
    ]
    if links.preview:
        metas += [
            ("twitter:card", "summary_large_image"),
            ("twitter:title", title),
            ("twitter:description", description),
            ("twitter:image", links.preview),
        ]
        properties += [("og:image:width", "1200"), ("og:image:height", "630"), ("og:image:alt", description)]
    head = "".join(f'<meta name="{key}" content="{escape(value)}">' for key, value in metas)
    head += "".join(f'<meta property="{key}" content="{escape(value)}">' for key, value in properties if value)
    head += f'<link rel="canonical" href="{escape(links.canonical)}">' if links.canonical else ""
    head += (
        f'<link rel="alternate" type="application/json+oembed" href="{escape(links.oembed)}" title="{name}">'
        if links.oembed
        else ""
    )
    vega = f' data-vega="{escape(links.vega)}"' if links.vega and look.theme != "auto" else ""
    look_used = lean(_look(), f'<main class="mz">{body}')
    return (
        f'<!DOCTYPE html><html lang="{"en" if look.lang == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{name}</title>{head}'
        f"<style>{look_used}{_sheet()}{_roles(look)}{rules}</style></head>"
        f'<body><main class="mz"{vega}>{body}</main><script>{_script()}</script></body></html>'
    )


def _links_line(links: Links, lang: str) -> str:
    named = [(links.home, "明账"), (links.data, say(lang, "数据", "Data")), (links.image, say(lang, "图片", "Image"))]
    shown = " · ".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{name}</a>' for address, name in named if address
    )
    return f"{shown} · {say(lang, '许可', 'Licence')} {LICENCE['name']}"


def changed_note(db: Database, data: ChartData, embedded: str, lang: str) -> str:
    """A note where the figures are no longer those that were embedded; '' where they are, or nothing is known."""
    version, _, rows = embedded.partition(".")
    if not embedded or version == db.version or rows == rows_hash(data):
        return ""
    if rows:
        text = say(
            lang,
            "嵌入之后，这张图的数字有过更新；这里显示的是现在的数字。",
            "The figures of this chart changed since it was embedded; these are the current ones.",
        )
    else:
        text = say(
            lang,
            "嵌入之后，数据有过更新；这里显示的是现在的数字。",
            "The data changed since this was embedded; these are the current figures.",
        )
    return f'<p class="note" role="note">{text}</p>'


def places(rows: list[Record], lang: str) -> str:
    """Where the figures of a chart are printed, from the first to the last, where they are of one document."""
    figures = [
        value
        for row in rows
        for value in (row.get("figure"), *row.values())
        if isinstance(value, dict) and value.get("line") is not None
    ]
    if not figures or len({figure.get("document_id") for figure in figures}) > 1:
        return ""
    ends = []
    for name, chinese, english in (("page", "页", "p."), ("line", "行", "line")):
        found = [figure[name] for figure in figures if figure.get(name) is not None]
        if found and (name == "page" or len({figure.get("page") for figure in figures}) == 1):
            span = f"{min(found)}" if min(found) == max(found) else f"{min(found)}–{max(found)}"
            ends.append(say(lang, f"第 {span} {chinese}", f"{english} {span}"))
    return " ".join(ends)


def _badge(db: Database, data: ChartData, links: Links, lang: str) -> str:
    """The line that says where figures of the chart differ from elsewhere."""
    return "" if data.empty else badge_of_rows(db, data.rows, lang, out_of(links.app))


def _table(data: ChartData, links: Links, lang: str) -> str:
    if not data.rows or data.empty:
        return ""
    shown: str = pieces.table(data.rows[:_MOST_ROWS], data.columns, lang, lead=out_of(links.app))
    rest = len(data.rows) - _MOST_ROWS
    if rest > 0 and links.data:
        words = say(lang, f"其余 {rest} 行见 CSV", f"{rest} more rows in the CSV")
        shown = f'{shown}<p class="src"><a href="{escape(links.data)}" target="_blank" rel="noopener">{words}</a></p>'
    return f'<details class="more"><summary>{say(lang, "数据", "Data")}（{len(data.rows)}）</summary>{shown}</details>'


def _drawings(db: Database, chart: Chart, key: Key, look: Look, links: Links) -> tuple[str, str]:
    """The drawing at each width, one shown at a time; and what recolours them on a dark device, where that is asked for."""
    boxes, rules = [], dict[tuple[str, str, str], None]()
    for width in EMBED_WIDTHS:
        drawn = picture.cached_inline(db, chart, key, look.paint, width, look.lang)
        if not drawn:
            return "", ""
        if look.theme == "auto":
            drawn, found = _both(drawn, picture.cached_inline(db, chart, key, DARK, width, look.lang))
            rules |= found
        more = f"{'&' if '?' in links.spec else '?'}w={width}" + ("&theme=dark" if look.theme == "dark" else "")
        spec = f' data-spec="{escape(links.spec + more)}"' if links.spec and look.theme != "auto" else ""
        boxes.append(f'<div class="drawing w{width}"{spec}>{drawn}</div>')
    said = "".join(f'[data-{kind[0]}="{a}{b}"]{{{kind}:#{b}}}' for kind, a, b in sorted(rules))
    return "".join(boxes), f"@media (prefers-color-scheme:dark){{{said}}}" if said else ""


def _both(light: str, dark: str) -> tuple[str, dict[tuple[str, str, str], None]]:
    """A light drawing that carries its dark colours, and the pairs of colours used; alone where the two differ in shape."""
    others = [match[2] for match in _PAINTED.finditer(dark)]
    if len(others) != len(_PAINTED.findall(light)):
        return light, {}
    used: dict[tuple[str, str, str], None] = {}
    colours = iter(others)

    def paired(match: re.Match[str]) -> str:
        kind, first, second = match[1], match[2].lstrip("#"), next(colours).lstrip("#")
        used[(kind, first, second)] = None
        return f'{match[0]} data-{kind[0]}="{first}{second}"'

    return _PAINTED.sub(paired, light), used


def _roles(look: Look) -> str:
    def roles(paint: Theme) -> str:
        note = "#22282E" if paint is DARK else "#F2EEE4"
        return (
            f":root{{--paper:{paint.paper};--ink:{paint.ink};--quiet:{paint.quiet};--rule:"
            f"{paint.rule};--blue:{paint.series};--card:{paint.paper};--note:{note}}}"
        )

    if look.theme == "auto":
        return f":root{{color-scheme:light dark}}{roles(LIGHT)}@media (prefers-color-scheme:dark){{{roles(DARK)}}}"
    return f":root{{color-scheme:{look.theme}}}{roles(look.paint)}"


@cache
def _look() -> str:
    return STYLE_FILE.read_text(encoding="utf-8")


@cache
def _sheet() -> str:
    return (STATIC / "embed.css").read_text(encoding="utf-8").replace("\n", "")


@cache
def _script() -> str:
    return (STATIC / "frame.js").read_text(encoding="utf-8")


@cache
def embed_policy() -> str:
    """What an embed may do: our own address and its own script, nothing of anyone else; be framed by anyone."""
    own = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline';"
        f" script-src 'self' 'sha256-{own}'; connect-src 'self'; "
        "frame-ancestors * file: data: blob:; base-uri 'none'; form-action 'none'"
    )


def host_script(_request: Request) -> Response:
    """/embed.js: what a host page loads so that its iframes get their heights."""
    return answer(
        (STATIC / "embed.js").read_text(encoding="utf-8"), "js", headers={"Cache-Control": "public, max-age=86400"}
    )
