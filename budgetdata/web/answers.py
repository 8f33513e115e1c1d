"""How our addresses answer: text with an ETag, 304 where nothing changed, errors that list what exists."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.queries.base import Record

TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8", "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8",
}  # fmt: skip


def answer(request: Request, body: str | bytes, kind: str, *, version: str = "", headers: dict[str, str] | None = None, status: int = 200) -> Response:
    """A response of a kind, cacheable and revalidated by a hash of its bytes; 304 where the client has them."""
    content = body.encode("utf-8") if isinstance(body, str) else body
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    all_headers = {
        "ETag": tag, "Cache-Control": "public, max-age=60, stale-while-revalidate=86400", "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff", **({"X-Data-Version": version} if version else {}), **(headers or {}),
    }  # fmt: skip
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=all_headers)
    return Response(content, status_code=status, media_type=TYPES[kind], headers=all_headers)


def refuse(message: str, valid: Sequence[str] = (), status: int = 400) -> Response:
    """An error as JSON: what is wrong, and what exists."""
    body = json.dumps({"error": message, "valid": list(valid)}, ensure_ascii=False)
    return Response(body, status_code=status, media_type=TYPES["json"], headers={"Access-Control-Allow-Origin": "*"})


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV that Excel opens rightly: UTF-8 with a mark, None as empty."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
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
        cells.append(value)
    figure = row.get("figure") or {}
    return [*cells, *(figure.get(name) for name in PASSPORT)]


PASSPORT = ("figure_id", "document_id", "table_no", "raw", "page", "line")
"""What of a figure's passport travels into CSV and JSON."""
