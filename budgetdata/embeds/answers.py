"""An answer of one of our addresses, and errors that list what exists."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError, TooLongError
from budgetdata.base.money import wan
from budgetdata.base.records import Record
from budgetdata.base.said import Said, said
from budgetdata.exports.tables import csv_text as guarded
from budgetdata.markup.pieces import ABSENT
from budgetdata.words.catalogue import tell

TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8", "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
PASSPORT = ("figure_id", "document_id", "table_no", "raw", "page", "line")
"""What of a figure's passport travels into CSV and JSON."""
STATE = "state"
"""The column of a CSV that tells a blank from what was not read, and stands alone on the lines of tables not read whole."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
"""A number as it is shown to people."""


def answer(
    body: str | bytes, kind: str, *, version: str = "", headers: dict[str, str] | None = None, status: int = 200
) -> Response:
    """A response of a kind that any cache may keep for a minute and that any page may read."""
    all_headers = {
        "Cache-Control": "public, max-age=60, stale-while-revalidate=86400", "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff", **({"X-Data-Version": version} if version else {}), **(headers or {}),
    }  # fmt: skip
    return Response(body, status_code=status, media_type=TYPES[kind], headers=all_headers)


MOST_LISTED = 60
"""So many valid values a refusal lists: it does not grow with what is held."""


def refuse(message: Said, valid: Sequence[str] = (), status: int = 400, lang: str = "zh") -> Response:
    """An error as JSON: what is wrong, and what exists; of a long list the first ones, and how many there are beside them."""
    listed: dict[str, Any] = {"error": tell(lang, message), "valid": list(valid[:MOST_LISTED])}
    if len(valid) > MOST_LISTED:
        listed["more"] = len(valid) - MOST_LISTED
    body = json.dumps(listed, ensure_ascii=False)
    return answer(body, "json", status=status, headers={"Cache-Control": "no-store"})


class Refused(Exception):
    """A request names something that does not exist; `valid` lists what does."""

    def __init__(
        self, message: Said, valid: Sequence[str] = (), status: int = 400, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(tell("zh", message))
        self.message, self.valid, self.status, self.headers = message, list(valid), status, dict(headers or {})

    def response(self, lang: str = "zh") -> Response:
        """The refusal as an answer."""
        response = refuse(self.message, self.valid, self.status, lang)
        response.headers.update(self.headers)
        return response


def base_of(request: Request) -> str:
    """The public address of the app with a slash at its end: BUDGETDATA_URL where a proxy hides it, else the request's."""
    return public_address() or str(request.base_url)


def public_address() -> str:
    """The address that BUDGETDATA_URL sets, with a slash at its end; '' where the host that a request claims is believed."""
    set_to = os.environ.get("BUDGETDATA_URL", "").rstrip("/")
    return f"{set_to}/" if set_to else ""


def language_of(request: Request) -> str:
    """The language that an address asks for, also where the rest of it is wrong."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def unavailable(error: BudgetDataError, lang: str = "zh") -> Response:
    """503 for visitors; what is wrong goes to the log, with places of this machine that are none of their business."""
    if isinstance(error, TooLongError):
        return refuse(said("refused.slow"), status=503, lang=lang)
    logging.getLogger("budgetdata").error("%s", error)
    return refuse(said("refused.unavailable"), status=503, lang=lang)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV that Excel opens rightly: UTF-8 with a mark, None as empty, nothing that it would run as a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue()


def flat(row: Record, columns: Sequence[tuple[str, str]]) -> list[Any]:
    """A chart's row as CSV cells: amounts as decimal strings in 万元, the passport of its figure and its state behind them."""
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
    return [*cells, *(figure.get(name) for name in PASSPORT), state_of(row)]


def state_of(row: Record) -> str | None:
    """The state of a row's amount: stated, or why it is not there; None for a row without one."""
    if "fen" not in row:
        return None
    if row["fen"] is not None:
        return "stated"
    figure = row.get("figure") or {}
    told = row.get("state") or figure.get("status")
    return str(told) if told in ABSENT else "blank"


def unread_lines(unread: Iterable[Record], columns: int) -> list[list[Any]]:
    """The lines of a CSV that name tables not read whole: no cell of the answer, the table, and its state."""
    return [
        [*[None] * columns, None, row["document_id"], row["table_no"], None, row["page"], row["line"], row["status"]]
        for row in unread
    ]
