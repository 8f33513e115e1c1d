"""An answer of one of our addresses, and errors that list what exists."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.records import Record
from budgetdata.exports.tables import csv_text as guarded

TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8", "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}  # fmt: skip
PASSPORT = ("figure_id", "document_id", "table_no", "raw", "page", "line")
"""What of a figure's passport travels into CSV and JSON."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
"""A number as it is shown to people."""
_COUNTED = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|bd_vid|spm|from|isappinstalled|scene|share_token|weibo_id"
)
"""Parameters that newsletters, WeChat, Weibo and others add to a link that is shared."""


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


def unavailable(error: BudgetDataError) -> Response:
    """503 for visitors; what is wrong goes to the log, with places of this machine that are none of their business."""
    logging.getLogger("budgetdata").error("%s", error)
    return refuse("数据库暂时打不开，请稍后再试；维护者请看服务器的日志", status=503)


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
    from budgetdata.base.money import wan

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
