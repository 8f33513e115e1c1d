"""In front of Streamlit: the first HTML of every page with its own language, title and preview; a real 404; packed bundles."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from budgetdata.base.errors import BudgetDataError
from budgetdata.charts.registered.registry import chart as registered
from budgetdata.embeds.answers import Refused, base_of, refuse
from budgetdata.embeds.choices import chart_key, chart_of
from budgetdata.embeds.page import titled
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.web import preloads
from budgetdata.web.quick import accepted
from budgetdata.words.catalogue import catalogue, has, text

STREAMLIT_PREFIXES = ("_stcore", "media", "component", "static")
POLICY = "frame-ancestors 'self'"
CHART_OF_PAGE = {
    "home": "departments-by-fund",
    "department": "spending-by-function",
    "compare": "compare-functions",
    "three_public": "three-public",
    "performance": "targets-by-department",
}
_STOCK_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.S)
_FONT_PRELOAD = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', re.S)
_PACKED_KINDS = (".js", ".css", ".html", ".json", ".svg", ".wasm", ".ttf")


@cache
def static_directory() -> Path:
    """Where Streamlit's wheel keeps its bundles."""
    import streamlit

    return Path(streamlit.__file__).parent / "static"


@cache
def page_names() -> frozenset[str]:
    """The pages that have an address; '' is the first page."""
    return frozenset({"", *(name for name in (*PAGES, *HIDDEN) if name != "home")})


class Front:
    """ASGI middleware: answers pages, bundles and unknown addresses itself; everything else, and any failure, is Streamlit's."""

    def __init__(self, app: ASGIApp, own: Sequence[BaseRoute] = ()) -> None:
        self.app = app
        self.own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS") and self._is_own(scope):
            await _only_read()(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope.get("root_path"):
            await self.app(scope, receive, send)
            return
        response: Response | None = None
        with contextlib.suppress(OSError, BudgetDataError):
            response = await self._answer(Request(scope))
        await (response or self.app)(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is not Match.NONE for route in self.own)

    async def _answer(self, request: Request) -> Response | None:
        path = request.url.path
        name = path.removeprefix("/")
        first = name.split("/", 1)[0]
        if name in page_names():
            return await run_in_threadpool(page_response, request, name or "home")
        if first == "static":
            return await run_in_threadpool(bundle_response, request, name)
        if self._is_own(request.scope):
            return None
        if first in STREAMLIT_PREFIXES or path.startswith("//"):
            return None
        if path.endswith("/") or ("/" not in name and (static_directory() / name).is_file() and name != "index.html"):
            return None
        return not_found(request)


def _only_read() -> Response:
    response = refuse("这里只能读取", ["GET", "HEAD"], 405)
    response.headers["Allow"] = "GET, HEAD"
    return response


def page_response(request: Request, page: str) -> Response:
    """The first HTML of a page: Streamlit's own, with lang, title, description, preview and canonical address in it."""
    query = dict(request.query_params)
    body = shell(
        page,
        base_of(request),
        tuple(sorted((k, v) for k, v in query.items() if k in ("d", "lang", "chart", "f", "y", "q", "m", "h", "code"))),
    )
    return _sent(
        request,
        body.encode("utf-8"),
        "text/html; charset=utf-8",
        {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "strict-origin-when-cross-origin",
        },
    )


@lru_cache(maxsize=256)
def _patched(title: str, description: str, lang: str, head: str, stamp: float) -> str:
    stock = (static_directory() / "index.html").read_text(encoding="utf-8")
    page = stock.replace('<html lang="en">', f'<html lang="{lang}">', 1).replace(
        "<title>Streamlit</title>", f"<title>{escape(title)}</title>{head}", 1
    )
    noscript = (
        f"<noscript><main><h1>{escape(title)}</h1><p>{escape(description)}</p><p>这一页需要 JavaScript。不用脚本也能看："
        '<a href="./data/">数据（CSV、JSON）</a> · <a href="./sitemap.xml">图的清单</a></p></main></noscript>'
    )
    return _FONT_PRELOAD.sub("", _STOCK_NOSCRIPT.sub(lambda _: noscript, page, count=1))


def shell(page: str, base: str, query: tuple[tuple[str, str], ...]) -> str:
    """The patched index of a page for an address."""
    asked = dict(query)
    lang = "en" if asked.get("lang") == "en" else "zh"
    title, description, image = _described(page, asked, lang)
    place = "" if page == "home" else page
    canonical = f"{base}{place}" + (f"?{urlencode(query)}" if query else "")
    name = title if page == "home" else f"{title} · {text(lang, 'app')}"
    tags = {
        "og:title": name,
        "og:description": description,
        "og:type": "website",
        "og:site_name": text(lang, "app"),
        "og:url": canonical,
        "og:locale": "en" if lang == "en" else "zh_CN",
        "og:image": f"{base}{image}" if image else "",
    }
    head = f'<meta name="description" content="{escape(description)}"><link rel="canonical" href="{escape(canonical)}">'
    head += "".join(f'<meta property="{key}" content="{escape(value)}">' for key, value in tags.items() if value)
    head += (
        '<meta name="twitter:card" content="summary_large_image"><meta name="twitter:title"'
        f' content="{escape(name)}"><meta name="twitter:description" content="{escape(description)}">'
    )
    if image:
        head += (
            f'<meta name="twitter:image" content="{escape(base + image)}"><meta'
            ' property="og:image:width" content="1200"><meta property="og:image:height" content="630">'
        )
    if page in ("embeds", "gallery", "passport"):
        oembed = urlencode([("url", canonical), ("format", "json")])
        head += f'<link rel="alternate" type="application/json+oembed" href="{escape(f"{base}oembed?{oembed}")}">'
    with contextlib.suppress(BudgetDataError, OSError):
        plain = not set(asked) - {"lang"}
        head += preloads.links(static_directory(), page, open_database() if plain else None, lang, plain)
    index = static_directory() / "index.html"
    return _patched(name, description, "en" if lang == "en" else "zh-CN", head, index.stat().st_mtime)


def _described(page: str, asked: Mapping[str, str], lang: str) -> tuple[str, str, str]:
    """Title, description and preview picture of a page; of the department it shows, where it names one."""
    title = text(lang, f"nav.{page}") if has(f"nav.{page}") else text(lang, "app")
    leads = (f"{page}.page.lead", f"{page}.lead", "home.lead")
    lead = next((text(lang, key) for key in leads if has(key) and "{" not in catalogue(lang)[key][0]), "")
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
            said = registered("spending-by-function").load(db, {"d": document["document_id"]}, lang)
            if page == "department":
                title = f"{document['department']} {document['year']}"
            return (
                title,
                said.sentence or lead,
                f"chart/spending-by-function.png?{urlencode({'d': document['document_id']} | card)}",
            )
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
        shown = chart_of(asked["chart"])
        key = chart_key({name: asked[name] for name in shown.parameters if name in asked}, shown, db)
    except Refused:
        return page, "", ""
    data = shown.load(db, dict(key), lang)
    title = f"{titled(db, shown, key, data, lang)} · {page}"
    return title, data.empty or data.sentence, f"chart/{shown.id}.png?{urlencode(dict(key) | card)}"


def not_found(request: Request) -> Response:
    """A page that says that there is none here, with where to go, as 404."""
    links = "".join(
        f'<li><a href="/{"" if name == "home" else name}">{escape(text("zh", f"nav.{name}"))}</a></li>'
        for name in PAGES
    )
    body = (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<title>没有这一页 · 明账</title><style>body{font-family:PingFang SC,Microsoft"
        " YaHei,Noto Sans CJK SC,WenQuanYi Micro Hei,sans-serif;background:#FBFAF7;"
        "color:#1F2933;max-width:40rem;margin:12vh auto;padding:0 1rem;line-height:1.65}a{color:#1D4E79}</style></head>"
        f"<body><main><h1>没有这一页</h1><p>地址 <code>{escape(request.url.path[:80])}"
        f"</code> 下没有内容。这里有：</p><ul>{links}</ul></main></body></html>"
    )
    return Response(
        body, 404, media_type="text/html", headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    )


def bundle_response(request: Request, name: str) -> Response | None:
    """One of Streamlit's bundles, packed once and kept; None where it is none that is worth packing."""
    root = static_directory().resolve()
    file = (root / name).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return Response("not found", 404)
    coding = next((coding for coding in codings() if coding in _accepted(request)), "")
    if file.suffix not in _PACKED_KINDS or not coding:
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kind = "text/javascript" if file.suffix == ".js" else kind
    stamp = file.stat()
    headers = {
        "Content-Encoding": coding,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{stamp.st_mtime_ns:x}-{stamp.st_size:x}-{coding}"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(packed(str(file), stamp.st_mtime_ns, coding), media_type=kind, headers=headers)


def _accepted(request: Request) -> set[str]:
    return accepted(request.headers.get("accept-encoding", ""))


@cache
def codings() -> dict[str, Callable[[bytes], bytes]]:
    """The ways to pack, best first: brotli where it is installed, and gzip."""
    ways: dict[str, Callable[[bytes], bytes]] = {}
    with contextlib.suppress(ImportError):
        import brotli  # type: ignore[import-untyped]

        ways["br"] = lambda data: brotli.compress(data, quality=6)
    ways["gzip"] = lambda data: gzip.compress(data, 6, mtime=0)
    return ways


@lru_cache(maxsize=512)
def packed(file: str, _modified: int, coding: str) -> bytes:
    """The packed bytes of a bundle."""
    return codings()[coding](Path(file).read_bytes())


def warm_bundles() -> int:
    """Pack what every first visit fetches: the bundles that the index and our pages name; how many there were."""
    root = static_directory()
    names = re.findall(
        r'(?:href|src)="\./(static/[^"]+\.(?:js|css))"', (root / "index.html").read_text(encoding="utf-8")
    )
    names += [
        f"static/js/{name}" for page in sorted(page_names() - {""} | {"home"}) for name in preloads.bundles(root, page)
    ]
    names = list(dict.fromkeys(names))
    for name in names:
        file = root / name
        for coding in list(codings())[:1]:
            packed(str(file), file.stat().st_mtime_ns, coding)
    return len(names)


def _sent(request: Request, body: bytes, kind: str, headers: dict[str, str]) -> Response:
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {**headers, "ETag": tag, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in _accepted(request):
        return Response(
            gzip.compress(body, 5, mtime=0), media_type=kind, headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(body, media_type=kind, headers=headers)
