"""The process beside: makes answers a server asks it for, and nothing else; it knows neither Streamlit nor the renderer.

Started by `beside`. A job is a line of JSON; an answer a line of JSON (`number`, `kind`, `size`, `stored`), then so many bytes.
Two are made at a time, so that a dear one does not keep the others waiting. It ends when nobody is there to ask.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import ReplacedError
from budgetdata.base.kept_on_disk import Disk, keep_on, kept_on
from budgetdata.charts import picture, shown
from budgetdata.charts.drawing import engine
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import Refused, language_of
from budgetdata.embeds.figure import figure_embed
from budgetdata.embeds.live import embed
from budgetdata.gate.memory import give_back
from budgetdata.markup import templates
from budgetdata.queries import base as queries
from budgetdata.queries.base import Database, database_at
from budgetdata.web.making import Handler, made, ran_once
from budgetdata.web.whole import Whole

HANDLERS: dict[str, Handler] = {handler.__name__: handler for handler in (embed, figure_embed)}
AT_ONCE = 2
WHOLE, PLAIN, NOT_HERE = "whole", "plain", "not here"
"""Kinds of answers: one to be kept, one that is not, and none: whoever asked makes it himself."""
_ROOMS = (picture.PICTURES, shown.ROOM)
_LET_GO_AFTER = 50
"""Answers after which what they were made of is let go: the server keeps them, and each is asked for once."""
_MOST_MEMORY = 256 * 2**20
"""Bytes in memory above which the process ends between two answers; the server starts another."""


def answer_of(job: dict[str, Any]) -> tuple[str, bytes]:
    """The kind of the answer to a job, and its bytes."""
    try:
        found = made(HANDLERS[job["handler"]], _request(job), _facts(job), tuple(job["key"]), _ran)
    except Exception:  # made again by who asked, who says and logs what is wrong
        return NOT_HERE, b""
    if isinstance(found, Whole):
        return WHOLE, found.packed()
    if found.status_code >= 500:
        return NOT_HERE, b""
    head = {"status": found.status_code, "headers": list(found.headers.items())}
    return PLAIN, json.dumps(head).encode("ascii") + b"\n" + bytes(found.body)


def _ran(handler: Handler, request: Request, db: Database | None) -> Response:
    try:
        return ran_once(handler, request, db)
    except Refused as refused:
        return refused.response(language_of(request))


def _request(job: dict[str, Any]) -> Request:
    scope = {name: job[name] for name in ("scheme", "path", "root_path", "path_params")}
    headers = [(b"host", job["host"].encode("latin-1"))] if job["host"] else []
    query = job["query"].encode("latin-1")
    return Request(
        {"type": "http", "method": "GET", "server": None, "headers": headers, "query_string": query, **scope}
    )


def _facts(job: dict[str, Any]) -> Database:
    """The file that the answer is to be of. Raises ReplacedError where it is not there, or holds other facts."""
    stamp = tuple(job["stamp"]) if job["stamp"] else None
    db = replace(database_at(Path(job["database"])), stamp=stamp)
    if db.version != job["version"]:
        raise ReplacedError(f"{db.path}: of another version")
    return db


class Answers:
    """Where answers go, as they are made."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.count = self.waiting = 0
        self._turn = threading.Lock()

    def make(self, job: dict[str, Any]) -> None:
        """Answer a job."""
        kind, body = answer_of(job)
        disk = kept_on()
        head = {"number": job["number"], "kind": kind, "size": len(body), "stored": disk.held if disk else 0}
        with self._turn:
            self.out.write(json.dumps(head).encode("ascii") + b"\n" + body)
            self.out.flush()
            self.count += 1
            self.waiting -= 1
            if self.count % _LET_GO_AFTER == 0:
                _let_go()
            if not self.waiting and _memory() > _MOST_MEMORY:
                os._exit(0)

    def take(self, line: bytes, pool: ThreadPoolExecutor) -> None:
        """Let a job be answered."""
        with self._turn:
            self.waiting += 1
        pool.submit(self.make, json.loads(line))


def _let_go() -> None:
    for room in _ROOMS:
        room.clear()
    queries.forget()


def _memory() -> int:
    """Bytes resident in this process; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def main(drawings: str = "") -> None:
    """Answer jobs from the socket that is standard input, until it closes. drawings: where answers are kept, '' for nowhere."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # the server's to obey; this process ends with it
    engine.elsewhere()
    picture.trust(True)
    give_back()
    all_charts()
    templates.load()
    for room in _ROOMS:
        room.weigh_nothing()
    if drawings:
        with contextlib.suppress(OSError):
            keep_on(Disk(Path(drawings), sys.maxsize))  # bounded by the server's count
    gc.collect()
    gc.freeze()
    channel = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    incoming, out = channel.makefile("rb"), channel.makefile("wb")
    answers = Answers(out)
    out.write(b"here\n")
    out.flush()
    pool = ThreadPoolExecutor(AT_ONCE)
    with contextlib.suppress(OSError):
        for line in incoming:
            answers.take(line, pool)
    os._exit(0)  # whatever is still being made: nobody waits for it


if __name__ == "__main__":
    main(*sys.argv[1:])
