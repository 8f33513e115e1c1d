"""How our addresses answer: kept by (database version, address), with ETag, 304 and gzip; errors that list what exists."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import logging
import os
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.errors import BudgetDataError
from budgetdata.exports import csv_text as guarded
from budgetdata.queries.base import Record, open_database
from budgetdata.web.quick import RECENT, Whole

TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8", "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}  # fmt: skip
PASSPORT = ("figure_id", "document_id", "table_no", "raw", "page", "line")
"""What of a figure's passport travels into CSV and JSON."""
_SMALL = 500
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
"""A number as it is shown to people."""
_COUNTED = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|bd_vid|spm|from|isappinstalled|scene|share_token|weibo_id")
"""Parameters that newsletters, WeChat, Weibo and others add to a link that is shared."""
_MOST_KEPT = 96 * 2**20


def answer(
    body: str | bytes, kind: str, *, version: str = "", headers: dict[str, str] | None = None, status: int = 200
) -> Response:
    """A response of a kind that any cache may keep for a minute and that any page may read."""
    all_headers = {
        "Cache-Control": "public, max-age=60, stale-while-revalidate=86400", "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff", **({"X-Data-Version": version} if version else {}), **(headers or {}),
    }  # fmt: skip
    return Response(body, status_code=status, media_type=TYPES[kind], headers=all_headers)


def refuse(message: str, valid: Sequence[str] = (), status: int = 400) -> Response:
    """An error as JSON: what is wrong, and what exists."""
    body = json.dumps({"error": message, "valid": list(valid)}, ensure_ascii=False)
    return answer(body, "json", status=status, headers={"Cache-Control": "no-store"})


class Refused(Exception):
    """A request names something that does not exist; `response` says what does."""

    def __init__(self, message: str, valid: Sequence[str] = (), status: int = 400) -> None:
        super().__init__(message)
        self.message, self.valid, self.status = message, list(valid), status
        self.response = refuse(message, valid, status)


def base_of(request: Request) -> str:
    """The public address of the app with a slash at its end: BUDGETDATA_URL where a proxy hides it, else the request's."""
    return (
        os.environ.get("BUDGETDATA_URL", "").rstrip("/") + "/"
        if os.environ.get("BUDGETDATA_URL")
        else str(request.base_url)
    )


def asked_of(request: Request, lists: Sequence[str] = ()) -> dict[str, str]:
    """What an address asks, without what others add to count their readers (utm_source, fbclid, from …).

    A parameter of `lists` may stand several times, and is then joined by commas. Raises Refused (400) where another does.
    """
    asked: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if _COUNTED.fullmatch(name):
            continue
        if name in asked and name not in lists:
            raise Refused(f"参数 {name[:30]} 写了不止一次", list(dict(request.query_params)))
        asked[name] = f"{asked[name]},{value}" if name in asked else value
    return asked


@dataclass(slots=True)
class Kept:
    """Answers by key, the least used let go when they take too much room. Used from the event loop only."""

    most: int = _MOST_KEPT
    held: OrderedDict[tuple[str, ...], Whole] = field(default_factory=OrderedDict)
    size: int = 0

    def find(self, key: tuple[str, ...]) -> Whole | None:
        """The answer of a key, or None."""
        found = self.held.get(key)
        if found is not None:
            self.held.move_to_end(key)
        return found

    def keep(self, key: tuple[str, ...], kept: Whole) -> None:
        """Keep an answer, where it is small enough to be worth its room."""
        room = len(kept.body)
        if room > self.most // 8 or key in self.held:
            return
        self.held[key] = kept
        self.size += room
        while self.size > self.most:
            _, old = self.held.popitem(last=False)
            self.size -= len(old.body)


KEPT = Kept()
Handler = Callable[[Request], Response]


def kept(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose good answers are kept for a version of the facts and an address, revalidated and compressed.

    The handler runs in a thread; it may raise Refused, and any BudgetDataError answers 503.
    """

    async def endpoint(request: Request) -> Response:
        try:
            version = open_database().version
        except BudgetDataError:
            version = ""
        key = (
            handler.__name__,
            version,
            base_of(request),
            request.url.path,
            *(f"{k}={v}" for k, v in sorted(request.query_params.multi_items(), key=lambda pair: pair[0])),
        )
        found = KEPT.find(key) if version else None
        if found is None:
            response = await run_in_threadpool(_run, handler, request)
            if response.status_code != 200 or response.headers.get("cache-control", "") in ("no-store", "no-cache"):
                return response
            found = await run_in_threadpool(_pack, response)
            KEPT.keep(key, found)
        if version:
            RECENT.keep(request.scope, version, found)
        return _Sent(found, request)

    return endpoint


def _run(handler: Handler, request: Request) -> Response:
    try:
        return handler(request)
    except Refused as refused:
        return refused.response
    except BudgetDataError as error:
        return unavailable(error)


def unavailable(error: BudgetDataError) -> Response:
    """503 for visitors; what is wrong goes to the log, with places of this machine that are none of their business."""
    logging.getLogger("budgetdata").error("%s", error)
    return refuse("数据库暂时打不开，请稍后再试；维护者请看服务器的日志", status=503)


def _pack(response: Response) -> Whole:
    plain = bytes(response.body)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    text = not headers.get("content-type", "").startswith(("image/png", "application/zip", "application/vnd"))
    packs = text and len(plain) > _SMALL
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
    body = gzip.compress(plain, 6, mtime=0) if packs else plain
    return Whole(body, packs, tag, {**headers, "etag": tag, "vary": "Accept-Encoding"})


class _Sent(Response):
    """A whole answer as a response to a request."""

    def __init__(self, whole: Whole, request: Request) -> None:
        asked = request.headers.get("if-none-match", "")
        start, body = whole.messages(asked, request.headers.get("accept-encoding", ""))
        super().__init__(body["body"], status_code=start["status"])
        self.raw_headers = list(start["headers"])


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV that Excel opens rightly: UTF-8 with a mark, None as empty, nothing that it would run as a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue()


def flat(row: Record, columns: Sequence[tuple[str, str]]) -> list[Any]:
    """A chart's row as CSV cells: amounts as decimal strings in 万元, the passport of its figure behind them."""
    from budgetdata.money import wan

    cells: list[Any] = []
    for key, _ in columns:
        value = row.get(key)
        if isinstance(value, dict):
            value = None if value.get("fen") is None else wan(value["fen"])
        elif key == "fen" or key.endswith("_fen"):
            value = None if value is None else wan(value)
        elif isinstance(value, str) and _GROUPED.fullmatch(value):
            value = value.replace(",", "")
        cells.append(value)
    figure = row.get("figure") or {}
    return [*cells, *(figure.get(name) for name in PASSPORT)]
