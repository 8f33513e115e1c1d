"""/healthz and /readyz: for machines that watch the server. Answered on the spot, whatever else runs: no thread, no database."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.charts.drawing import engine
from budgetdata.embeds.answers import answer
from budgetdata.gate.lanes import LANES
from budgetdata.gate.sessions import SESSIONS
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.held import trouble
from budgetdata.web import beside

_HEADERS = {"Cache-Control": "no-store"}
_BEGAN = time.monotonic()


async def healthz(_request: Request) -> Response:
    """200 where facts can be answered from, else 503; with their version, age and count, and what is not as it should be."""
    db = _facts()
    body: dict[str, object] = {
        "status": "failing" if db is None else "degraded" if trouble() or engine.state() == "stuck" else "ok",
        "database": "ok" if db is not None and trouble() is None else _what_is_wrong(db),
        "renderer": engine.state(),
        "embeds": beside.state(),
        "sessions": SESSIONS.count,
        "up_seconds": round(time.monotonic() - _BEGAN),
    }
    if db is not None:
        body |= {"version": db.version, "documents": db.documents, "built_at": db.built_at, "age_seconds": _age(db)}
    return _told(body, db)


async def readyz(_request: Request) -> Response:
    """200 where a visitor may be sent here now: there are facts, room in every lane, and who draws embeds; else 503."""
    db = _facts()
    full = [lane.name for lane in LANES if lane.is_full()]
    waits = full or beside.state() == "starting"
    ready = db is not None and not waits
    return _told({"status": "ready" if ready else "busy" if waits else "no database"}, db if ready else None)


def _facts() -> Database | None:
    try:
        return open_database()
    except BudgetDataError:
        return None


def _told(body: dict[str, object], db: Database | None) -> Response:
    told = json.dumps(body, ensure_ascii=False)
    version = db.version if db else ""
    return answer(told, "json", status=200 if db else 503, version=version, headers=_HEADERS)


def _what_is_wrong(db: Database | None) -> str:
    """In a word, for a visitor too: places of this machine stand in the log."""
    return "missing or damaged" if db is None else "changed to one that cannot be served; the last whole one is"


def _age(db: Database) -> int | None:
    try:
        return round((datetime.now(UTC) - datetime.fromisoformat(db.built_at)).total_seconds())
    except (ValueError, TypeError):
        return None
