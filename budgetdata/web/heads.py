"""The first HTML of every page: Streamlit's own index with the page's language, title, description and preview in it."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.charts.card import CARDS
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.charts.shown import shown
from budgetdata.embeds.answers import Refused, base_of
from budgetdata.embeds.choices import chart_key, chart_of
from budgetdata.gate.policies import page_policy
from budgetdata.gate.settings import settings
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.web import preloads
from budgetdata.web.packing import accepted, gzipped
from budgetdata.web.sight import drawn, first_sight, lead_of, names_itself
from budgetdata.words.catalogue import has, text

CHART_OF_PAGE = {
    "home": "departments-by-fund",
    "department": "spending-by-function",
    "compare": "compare-functions",
    "three_public": "three-public",
    "performance": "targets-by-department",
}
CHOICES = (
    "d",
    "lang",
    "chart",
    "f",
    "y",
    "q",
    "m",
    "h",
    "code",
    "r",
    "s",
    "kind",
    "page",
    "year",
    "region",
    "document_kind",
)
"""The choices of a page's address that its head may speak of."""
_STOCK_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.S)
_ROOT = '<div id="root"></div>'
_FONT_PRELOAD = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', re.S)


@dataclass(frozen=True, slots=True)
class Page:
    """What the head of a page says of it."""

    name: str
    description: str
    canonical: str
    image: str = ""
    oembed: str = ""


def page_response(request: Request, page: str, static: Path) -> Response:
    """The first HTML of a page. static: where Streamlit keeps its index."""
    query = tuple(sorted((name, value) for name, value in request.query_params.items() if name in CHOICES))
    body = shell(page, base_of(request), query, static).encode("utf-8")
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": page_policy(static / "index.html", settings()),
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in accepted(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = gzipped(body)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def shell(page: str, base: str, query: tuple[tuple[str, str], ...], static: Path) -> str:
    """The patched index of a page for an address."""
    asked = dict(query)
    lang = "en" if asked.get("lang") == "en" else "zh"
    title, description, image = _described(page, asked, lang)
    seen = first_sight(page, asked, lang)
    if seen and names_itself(page, asked):
        title, description = seen.title, next(iter(seen.said), description)
    place = "" if page == "home" else page
    canonical = f"{base}{place}" + (f"?{urlencode(query)}" if query else "")
    embeddable = page in ("embeds", "gallery", "passport")
    told = Page(
        name=title if page == "home" else f"{title} · {text(lang, 'app')}",
        description=description,
        canonical=canonical,
        image=f"{base}{image}" if image else "",
        oembed=f"{base}oembed?{urlencode([('url', canonical), ('format', 'json')])}" if embeddable else "",
    )
    head = render(
        "web/head.html", lang, page=told, tags=_tags(told, lang), card=CARDS["social"],
        bundles=preloads.bundles(static, page), pictures=[source[:2] for source in seen.sources] if seen else [],
    )  # fmt: skip
    return _patched(
        (told.name, description), lang, head, drawn(seen, lang), static, (static / "index.html").stat().st_mtime
    )


def _tags(page: Page, lang: str) -> list[tuple[str, str]]:
    """What a preview of the page elsewhere shows (Open Graph)."""
    return [
        ("og:title", page.name),
        ("og:description", page.description),
        ("og:type", "website"),
        ("og:site_name", text(lang, "app")),
        ("og:url", page.canonical),
        ("og:locale", "en" if lang == "en" else "zh_CN"),
        ("og:image", page.image),
    ]


@lru_cache(maxsize=256)
def _patched(told: tuple[str, str], lang: str, head: str, seen: str, static: Path, _modified: float) -> str:
    """Streamlit's index with our head in the place of its title, our words in the place of its <noscript>, and what is seen
    first before its root. told: the page's title and description."""
    name, description = told
    stock = (static / "index.html").read_text(encoding="utf-8")
    page = stock.replace('<html lang="en">', f'<html lang="{"en" if lang == "en" else "zh-CN"}">', 1)
    titled = render("web/title.html", lang, name=name) + head
    page = page.replace("<title>Streamlit</title>", str(titled), 1)
    noscript = str(render("web/noscript.html", lang, name=name, description=description))
    page = page.replace(_ROOT, f"{seen}{_ROOT}", 1)
    return _FONT_PRELOAD.sub("", _STOCK_NOSCRIPT.sub(lambda _: noscript, page, count=1))


def _described(page: str, asked: Mapping[str, str], lang: str) -> tuple[str, str, str]:
    """Title, description and preview picture of a page; of the department it shows, where it names one."""
    title = text(lang, f"nav.{page}") if has(f"nav.{page}") else text(lang, "app")
    lead = lead_of(page, lang) or lead_of("home", lang)
    if page == "home":
        title = f"{text(lang, 'app')} · {text(lang, 'home.title')}"
    chart_id = CHART_OF_PAGE.get(page, "departments-by-fund")
    with contextlib.suppress(BudgetDataError):
        db = open_database()
        card = {"size": "social"} | ({"lang": "en"} if lang == "en" else {})
        if page in ("embeds", "gallery") and asked.get("chart"):
            return _of_chart(db, asked, title, lang, card)
        document = held.document(db, asked.get("d", "")) if page in ("department", "embeds", "gallery") else None
        if document is not None:
            key = (("d", document["document_id"]),)
            spending = shown(db, registered("spending-by-function"), key, lang).data
            if page == "department":
                title = f"{document['department']} {document['year']}"
            image = f"chart/spending-by-function.png?{urlencode(dict(key) | card)}"
            return title, spending.sentence or lead, image
    if registered(chart_id).group == "department":
        chart_id = "departments-by-fund"
    return (
        title,
        lead,
        "" if page == "compare" else f"chart/{chart_id}.png?size=social{'&lang=en' if lang == 'en' else ''}",
    )


def _of_chart(
    db: Database, asked: Mapping[str, str], page: str, lang: str, card: dict[str, str]
) -> tuple[str, str, str]:
    """The same of the chart that an address of 嵌入 names, as it is chosen there; the page's own where it names none that is."""
    try:
        chart = chart_of(asked["chart"])
        key = chart_key({name: asked[name] for name in chart.parameters if name in asked}, chart, db)
    except Refused:
        return page, "", ""
    one = shown(db, chart, key, lang)
    return f"{one.title} · {page}", one.answer, f"chart/{chart.id}.png?{urlencode(dict(key) | card)}"
