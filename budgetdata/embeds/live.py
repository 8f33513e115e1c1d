"""/embed/<chart> as our own server answers it, and what is said in a page where an embed is not there."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError, NoRendererError, ReplacedError
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Key, shown
from budgetdata.embeds.answers import MOST_LISTED, Refused, answer, base_of, language_of, unavailable
from budgetdata.embeds.choices import Look, chart_of, chosen
from budgetdata.embeds.document import STATIC, Links, document, embed_policy
from budgetdata.embeds.page import embed_page
from budgetdata.embeds.vega import VEGA_ADDRESS
from budgetdata.markup.templates import render
from budgetdata.queries.base import open_database
from budgetdata.words.catalogue import tell, text

_SPREAD = 20
"""Seconds over which those who were sent away come again."""


def embed(request: Request) -> Response:
    """A registered chart as a page for an iframe; what is asked wrongly is said in a page, for it stands in an article."""
    return framed(_embed, request)


def framed(handler: Callable[[Request], Response], request: Request) -> Response:
    """The answer of a handler of embeds, or a page that says why there is none."""
    try:
        return handler(request)
    except Refused as refused:
        return no_embed(refused, request)
    except (ReplacedError, NoRendererError):
        raise
    except BudgetDataError as error:
        unavailable(error)
        lang = language_of(request)
        return _no_embed(text(lang, "embed.unavailable"), [], 503, lang, base_of(request))


def no_embed(refused: Refused, request: Request) -> Response:
    """A page for an iframe that says why there is no embed; where there may be one soon it loads again, not all at once."""
    lang = language_of(request)
    page = _no_embed(tell(lang, refused.message), refused.valid, refused.status, lang, base_of(request))
    page.headers.update(refused.headers)
    if "Retry-After" in refused.headers:
        page.headers["Refresh"] = str(int(refused.headers["Retry-After"]) + secrets.randbelow(_SPREAD))
    return page


def _no_embed(message: str, valid: Sequence[str], status: int, lang: str, home: str) -> Response:
    body = render("embeds/none.html", lang, message=message, valid=valid[:MOST_LISTED], home=home)
    page = document(text(lang, "embed.none"), message, body, Look(lang=lang), Links())
    policy = {"Content-Security-Policy": embed_policy(), "Cache-Control": "no-store"}
    return answer(page, "html", status=status, headers=policy)


def _embed(request: Request) -> Response:
    chart = chart_of(request.path_params["chart"])
    db = open_database()
    asked = chosen(request.query_params.multi_items(), chart, db, embed=True)
    links = live_links(base_of(request), chart, asked.key, asked.look)
    body = embed_page(shown(db, chart, asked.key, asked.look.lang), asked.look, links, asked.embedded)
    return answer(body, "html", version=db.version, headers={"Content-Security-Policy": embed_policy()})


def live_links(base: str, chart: Chart, key: Key, look: Look) -> Links:
    """The addresses behind an embed that our own server answers."""
    asked = [*key, *([("lang", look.lang)] if look.lang != "zh" else [])]
    tail = f"?{urlencode(asked)}" if asked else ""
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
        preview=f"{base}chart/{chart.id}.png?{urlencode([*asked, ('size', 'social')])}",
        oembed=f"{base}oembed?{urlencode([('url', canonical), ('format', 'json')])}",
        vega=f"..{VEGA_ADDRESS}",
        spec=f"./{chart.id}.vega.json{tail}",
    )


def host_script(_request: Request) -> Response:
    """/embed.js: what a host page loads so that its iframes get their heights."""
    return answer(
        (STATIC / "embed.js").read_text(encoding="utf-8"), "js", headers={"Cache-Control": "public, max-age=86400"}
    )
