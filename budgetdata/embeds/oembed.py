"""/oembed?url=…: what a publishing system needs to turn an address of ours into an embed (oEmbed 1.0, JSON and XML)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.said import said
from budgetdata.charts.card import CARDS
from budgetdata.charts.shown import shown
from budgetdata.embeds.answers import Refused, answer, base_of
from budgetdata.embeds.asked import Asked, Otherwise, either, read, whole
from budgetdata.embeds.choices import chart_of, chosen, parameters
from budgetdata.embeds.figure import title_of
from budgetdata.embeds.heights import USUAL_WIDTH, height_of, height_of_figure
from budgetdata.markup.templates import render
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.words.catalogue import text

FORMATS = ("json", "xml")
LEAST, MOST = 200, 10_000
"""How small and how large a frame may be, in pixels."""
CACHE_AGE = 3600
_KNOWN = ("/embed/<chart>?…", "/chart/<chart>.png?…", "/embeds?chart=…", "/embed/figure?id=…", "/passport?f=…")


class AskedOembed(Asked):
    """What a publishing system asks; further parameters are ignored, as the specification has it."""

    model_config = ConfigDict(extra="ignore")

    url: str = Field(min_length=1, description=text("zh", "asked.url"))
    format: Annotated[either(FORMATS), Otherwise("refused.format")] = ""  # type: ignore[valid-type]
    maxwidth: Annotated[whole(LEAST, MOST), Otherwise("refused.whole")] = USUAL_WIDTH  # type: ignore[valid-type]
    maxheight: Annotated[whole(LEAST, MOST), Otherwise("refused.whole")] = MOST  # type: ignore[valid-type]


@dataclass(frozen=True, slots=True)
class _Embeddable:
    """What an address of ours is as an embed: its title, its own address, how tall it is at a width, its picture."""

    title: str
    src: str
    height_at: Callable[[int], int]
    thumbnail: dict[str, str | int] = field(default_factory=dict)


def oembed(request: Request) -> Response:
    """The iframe for an address of ours. Unknown addresses answer 404, unknown formats 400."""
    asked = read(AskedOembed, request.query_params.multi_items())
    base, db = base_of(request), open_database()
    found = _embeddable(asked.url, base, db)
    width = min(USUAL_WIDTH, asked.maxwidth)
    height = min(found.height_at(width), asked.maxheight)
    body: dict[str, Any] = {
        "version": "1.0", "type": "rich", "provider_name": text("zh", "embed.app"), "provider_url": base, "cache_age": CACHE_AGE,
        "title": found.title, **found.thumbnail, "width": width, "height": height,
        "html": iframe(found.src, found.title, height, base),
    }  # fmt: skip
    kind = asked.format or "json"
    told = json.dumps(body, ensure_ascii=False) if kind == "json" else render("embeds/oembed.xml", said=body)
    return answer(told, kind, version=db.version)


def iframe(address: str, title: str, height: int, base: str) -> str:
    """The iframe of an embed at full width, and the script that makes it as tall as what it holds."""
    return str(render("embeds/iframe.html", address=address, title=title, height=height, base=base))


def _embeddable(url: str, base: str, db: Database) -> _Embeddable:
    path, query = _parts(url, base)
    if path in ("embed/figure", "passport"):
        figure = amounts.figure(db, query.get("id") or query.get("f") or "")
        if figure is None:
            raise Refused(said("refused.no_figure"), _KNOWN, 404)
        src = f"{base}embed/figure?{urlencode([('id', figure['figure_id'])])}"
        return _Embeddable(title_of(figure, "zh"), src, partial(height_of_figure, figure, "zh"))
    chart = chart_of(_chart_id(path, query))
    known = parameters(chart, db, True).model_fields
    asked = chosen([pair for pair in query.items() if pair[0] in known], chart, db, embed=True)
    lang = asked.look.lang
    told = [*asked.key, *([("lang", lang)] if lang != "zh" else [])]
    width, height = CARDS["social"]
    return _Embeddable(
        shown(db, chart, asked.key, lang).title,
        f"{base}embed/{chart.id}" + (f"?{urlencode(told)}" if told else ""),
        partial(height_of, db, chart, asked.key, lang),
        {
            "thumbnail_url": f"{base}chart/{chart.id}.png?{urlencode([*told, ('size', 'social')])}",
            "thumbnail_width": width,
            "thumbnail_height": height,
        },
    )


def _parts(url: str, base: str) -> tuple[str, dict[str, str]]:
    """Path below our own address, and query. Raises Refused (404) for what is no address of ours."""
    try:
        parts, home = urlsplit(url), urlsplit(base)
        query = dict(parse_qsl(parts.query))
    except ValueError:
        raise Refused(said("refused.no_address"), _KNOWN, 404) from None
    if (parts.netloc or home.netloc) != home.netloc or not parts.path.startswith(home.path):
        raise Refused(said("refused.not_here"), _KNOWN, 404)
    return parts.path.removeprefix(home.path).strip("/"), query


def _chart_id(path: str, query: dict[str, str]) -> str:
    first, _, rest = path.partition("/")
    if first == "embed" and rest:
        return rest
    if first == "chart" and rest:
        return rest.rpartition(".")[0]
    if first in ("embeds", "gallery"):
        return query.pop("chart", "")
    raise Refused(said("refused.no_embed"), _KNOWN, 404)
