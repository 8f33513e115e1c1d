"""/oembed?url=…: what a publishing system needs to turn an address of ours into an embed (oEmbed 1.0, JSON and XML)."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.records import Record
from budgetdata.charts import picture
from budgetdata.charts.card import CARDS
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import whose
from budgetdata.embeds.answers import Refused, answer, asked_of, base_of
from budgetdata.embeds.choices import COMMON, Key, chart_key, chart_of
from budgetdata.embeds.figure import title_of
from budgetdata.embeds.page import EMBED_WIDTHS, PADDING, places, titled
from budgetdata.markup.badge import badge_of_rows
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database, open_database

_PARAMETERS = ("url", "format", "maxwidth", "maxheight")
_WIDTH = 720
_LOOSE = 6
"""Pixels to spare in a height that is worked out and not measured."""
FORMATS = ("json", "xml")
_KNOWN = ("/embed/<chart>?…", "/chart/<chart>.png?…", "/embeds?chart=…", "/embed/figure?id=…", "/passport?f=…")


def oembed(request: Request) -> Response:
    """The iframe for an address of ours. Unknown addresses answer 404, unknown formats and parameters 400."""
    asked = asked_of(request)
    for name in asked:
        if name not in _PARAMETERS:
            raise Refused(f"没有参数 {name[:30]}", _PARAMETERS)
    kind = asked.get("format") or "json"
    if kind not in FORMATS:
        raise Refused(f"没有这种格式：{kind[:12]}", FORMATS)
    base, db = base_of(request), open_database()
    body = _described(asked.get("url", ""), base, db)
    width = min(_WIDTH, _number(asked.get("maxwidth"), _WIDTH))
    height = min(body.pop("height_at")(width), _number(asked.get("maxheight"), 10_000))
    body |= {"width": width, "height": height, "html": iframe(body.pop("src"), body["title"], height, base)}
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


def iframe(address: str, title: str, height: int, base: str) -> str:
    """The iframe of an embed at full width, and the script that makes it as tall as what it holds."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%"'
        f' height="{height}" style="border:0;width:100%" loading="lazy"></iframe>'
        f'<script async src="{escape(base)}embed.js"></script>'
    )


def height_of(db: Database, chart: Chart, key: Key, lang: str, width: int = _WIDTH) -> int:
    """About how tall an embed is in an iframe of a width, in pixels: for a host page that runs no script. A little too tall."""
    data, inner = chart.load(db, dict(key), lang), width - 2 * PADDING
    drawn_at = max((each for each in EMBED_WIDTHS if each <= inner), default=EMBED_WIDTHS[0])
    drawing = picture.height_of(db, chart, key, drawn_at, lang) * inner / drawn_at
    unit = "金额单位：万元 · "
    badge = badge_of_rows(db, data.rows, lang)
    texts = [
        (whose(db, chart, key), 14, 24), (data.title or chart.question(lang), 18.5, 26), (data.empty or data.sentence, 16.5, 28),
        (re.sub("<[^>]*>", "", badge), 15, 26), (unit + data.note + data.source + places(data.rows, lang), 13.2, 22),
        ("明账 · 数据 · 图片 · 许可 MIT · 数据版本 0123456789abcdef", 13.2, 22),
    ]  # fmt: skip
    return round(drawing) + _fold_and_gaps(bool(data.rows)) + _tall(texts, inner)


def height_of_figure(figure: Record, lang: str, width: int = _WIDTH) -> int:
    """The same for the chip of a figure."""
    beside = width - 2 * PADDING - 80
    source = f"{figure['department']} {figure['year']}年度部门预算公开，表10 {figure['table_title'] or ''}"
    listed = [
        ("准确值", 14, 23),
        (source, 14, 23),
        ("位置", 14, 23),
        ("原文印作", 14, 23),
        (figure["figure_id"], 14, 23),
    ]
    texts = [(title_of(figure, lang), 18.5, 26), ("明账 · 数据 · 许可 MIT · 数据版本 0123456789abcdef", 13.2, 22)]
    return 50 + _fold_and_gaps(False) + _tall(listed, beside) + _tall(texts, width - 2 * PADDING)


def _fold_and_gaps(has_table: bool) -> int:
    return 2 * PADDING + (38 if has_table else 0) + 40 + _LOOSE


def _tall(texts: Sequence[tuple[str, float, int]], inner: float) -> int:
    """How tall some paragraphs of (text, size of type, height of a line) are in a column of that width."""

    def lines(text: str, size: float) -> int:
        wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.6 for letter in text)
        return math.ceil(wide * size / inner)

    return sum(lines(text, size) * line for text, size, line in texts)


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
    }
    if path in ("/embed/figure", "/passport"):
        figure = amounts.figure(db, query.get("id") or query.get("f") or "")
        if figure is None:
            raise Refused("没有这个数字", _KNOWN, 404)
        return {
            **common,
            "height_at": partial(height_of_figure, figure, "zh"),
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
        "height_at": partial(height_of, db, chart, key, lang),
        "title": titled(db, chart, key, chart.load(db, dict(key), lang), lang),
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
