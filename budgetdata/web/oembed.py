"""/oembed?url=…: what a publishing system needs to turn an address of ours into an embed (oEmbed 1.0, JSON and XML)."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.charts import picture
from budgetdata.charts.card import CARDS
from budgetdata.charts.model import Chart
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database
from budgetdata.web.answers import Refused, answer, base_of
from budgetdata.web.choices import COMMON, Key, chart_key, chart_of
from budgetdata.web.figures import title_of

_PARAMETERS = ("url", "format", "maxwidth", "maxheight")
_ROOM, _WIDTH, _LINE = 190, 720, 24
FORMATS = ("json", "xml")
_KNOWN = ("/embed/<chart>?…", "/chart/<chart>.png?…", "/embeds?chart=…", "/embed/figure?id=…", "/passport?f=…")


def oembed(request: Request) -> Response:
    """The iframe for an address of ours. Unknown addresses answer 404, unknown formats and parameters 400."""
    asked = request.query_params
    for name in asked:
        if name not in _PARAMETERS:
            raise Refused(f"没有参数 {name[:30]}", _PARAMETERS)
    kind = asked.get("format") or "json"
    if kind not in FORMATS:
        raise Refused(f"没有这种格式：{kind[:12]}", FORMATS)
    base, db = base_of(request), open_database()
    body = _described(asked.get("url", ""), base, db)
    width = min(body["width"], _number(asked.get("maxwidth"), body["width"]))
    height = min(body["height"], _number(asked.get("maxheight"), body["height"]))
    body |= {"width": width, "height": height, "html": iframe(body.pop("src"), body["title"], height)}
    said = json.dumps(body, ensure_ascii=False) if kind == "json" else _xml(body)
    return answer(said, kind, version=db.version)


def _xml(body: dict[str, Any]) -> bytes:
    root = ElementTree.Element("oembed")
    for name, value in body.items():
        ElementTree.SubElement(root, name).text = str(value)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _number(asked: str | None, usual: int) -> int:
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdecimal()) or not 200 <= int(asked[:9]) <= 10_000:
        raise Refused("maxwidth、maxheight 要写成 200 到 10000 的整数", ["200…10000"])
    return int(asked)


def iframe(address: str, title: str, height: int) -> str:
    """The iframe of an embed at full width."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%"'
        f' height="{height}" style="border:0;width:100%" loading="lazy"></iframe>'
    )


def height_of(db: Database, chart: Chart, key: Key, lang: str) -> int:
    """About how tall an embed is at usual width, for a host page that runs no script."""
    return _ROOM + picture.height_of(db, chart, key, _WIDTH, lang)


def _described(url: str, base: str, db: Database) -> dict[str, Any]:
    try:
        parts, home = urlsplit(url), urlsplit(base)
        query = dict(parse_qsl(parts.query))
    except ValueError:
        raise Refused("url 不是一个地址", _KNOWN, 404) from None
    if (parts.netloc or home.netloc) != home.netloc or not parts.path.startswith(home.path):
        raise Refused("url 不是这里的地址", _KNOWN, 404)
    path = "/" + parts.path.removeprefix(home.path).strip("/")
    common = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "明账",
        "provider_url": base,
        "cache_age": 3600,
        "width": _WIDTH,
    }
    if path in ("/embed/figure", "/passport"):
        figure = amounts.figure(db, query.get("id") or query.get("f") or "")
        if figure is None:
            raise Refused("没有这个数字", _KNOWN, 404)
        return {
            **common,
            "height": 230,
            "title": title_of(figure, "zh"),
            "src": f"{base}embed/figure?{urlencode([('id', figure['figure_id'])])}",
        }
    chart = chart_of(_chart_id(path, query))
    asked = {name: value for name, value in query.items() if name in (*chart.parameters, *COMMON)}
    key = chart_key(asked, chart, db)
    lang = "en" if query.get("lang") == "en" else "zh"
    said = [*key, *([("lang", "en")] if lang == "en" else [])]
    width, height = CARDS["social"]
    return {
        **common,
        "height": height_of(db, chart, key, lang),
        "title": chart.question(lang),
        "src": f"{base}embed/{chart.id}" + (f"?{urlencode(said)}" if said else ""),
        "thumbnail_url": f"{base}chart/{chart.id}.png?{urlencode([*said, ('size', 'social')])}",
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _chart_id(path: str, query: dict[str, str]) -> str:
    first, _, rest = path.strip("/").partition("/")
    if first == "embed" and rest:
        return rest
    if first == "chart" and rest:
        return rest.rpartition(".")[0]
    if first in ("embeds", "gallery"):
        return query.pop("chart", "")
    raise Refused("这个地址没有可嵌入的图", _KNOWN, 404)
