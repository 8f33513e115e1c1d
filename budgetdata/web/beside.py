"""A process beside the server that makes answers: what nobody drew before is drawn on another core than pages are answered on.

Python computes in one thread of a process at a time. Six hundred embeds that nobody asked for before are four seconds of work,
and in the server's own process every page waits behind them. The process beside is started with the server and again where it
ended; while it is not there, the server makes its answers itself. What may have ended it is asked of it once more, then refused:
never is it tried in the server's own process.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cachetools import TTLCache
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.kept_on_disk import kept_on
from budgetdata.gate.lanes import Busy
from budgetdata.queries.base import Database
from budgetdata.web.recent import Key
from budgetdata.web.whole import Whole, unpacked

_MODULE = "budgetdata.web.beside_child"
_ROOT = Path(__file__).resolve().parents[2]
SENT = 4
"""Jobs that are sent at a time: two are made, two are there when those are done."""
LONGEST = 40.0
"""Seconds that a job may take; then the process is ended."""
STARTING = 20.0
"""Seconds that a job which was under way when the process ended waits for the next process."""
TRIALS = 2
"""Ends of the process during a job after which that is refused."""
REFUSED_FOR = 600
_LOOK = 2.0
_SHORT = 10.0
"""Seconds of life below which the next process is waited with, longer each time, up to _PAUSE."""
_PAUSE = 60.0
_COUNT_AT = 2**20
"""Bytes on disk by which the server's count of them may be behind."""


class _Gone(Exception):
    """The process ended with a job under way."""


@dataclass(slots=True)
class _Asked:
    """A job under way."""

    name: str
    answer: asyncio.Future[tuple[str, bytes]]
    began: float = field(default_factory=time.monotonic)


class Beside:
    """The process beside, asked from one event loop."""

    def __init__(self, drawings: str = "") -> None:
        self.command = [sys.executable, "-m", _MODULE, drawings]
        self.process: subprocess.Popen[bytes] | None = None
        self.loop = asyncio.get_running_loop()
        self.began = time.monotonic()
        self._is_here = asyncio.Event()
        self._out: asyncio.StreamWriter | None = None
        self._asked: dict[int, _Asked] = {}
        self._numbers = 0
        self._places = asyncio.Semaphore(SENT)
        self._ends: TTLCache[str, int] = TTLCache(256, REFUSED_FOR)
        self._counted = 0
        self._life = self.loop.create_task(self._live())

    @property
    def is_here(self) -> bool:
        """Whether it answers."""
        return self._is_here.is_set()

    async def close(self) -> None:
        """End it."""
        self._life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._life
        self._lost()

    async def ask(self, job: dict[str, Any]) -> Whole | Response | None:
        """The answer to a job; None where it is to be made here. Raises Busy for what ends the process."""
        name = json.dumps([job["handler"], job["path"], job["query"]])
        while True:
            if self._life.done():
                return None
            ended = self._ends.get(name, 0)
            if ended >= TRIALS:
                raise Busy(60)
            if ended and not await self._waited():
                raise Busy
            async with self._places:
                if not self.is_here:
                    if ended:
                        continue
                    return None
                with contextlib.suppress(_Gone, OSError):
                    return _answer(*await self._sent(name, job))

    async def _waited(self) -> bool:
        """Whether the process is there within the time that is waited for it."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_here.wait(), STARTING)
        return self.is_here

    async def _sent(self, name: str, job: dict[str, Any]) -> tuple[str, bytes]:
        if self._out is None:
            raise _Gone
        self._numbers += 1
        asked = _Asked(name, self.loop.create_future())
        self._asked[self._numbers] = asked
        self._out.write(json.dumps({**job, "number": self._numbers}).encode("ascii") + b"\n")
        return await asked.answer

    async def _live(self) -> None:
        """Keep a process there until told to end."""
        short = 0
        while True:
            began = time.monotonic()
            with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError):
                await self._one_life()
            self._lost()
            short = short + 1 if time.monotonic() - began < _SHORT else 0
            await asyncio.sleep(min(_PAUSE, 2.0**short - 1) if short else 0)

    async def _one_life(self) -> None:
        """From the start of a process to its end. Raises OSError where it cannot be started."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as unused:
            unused.callback(ours.close)
            paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
            process = subprocess.Popen(self.command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=environment)
            unused.pop_all()
        self.process = process
        try:
            incoming, out = await asyncio.open_unix_connection(sock=ours)
            watch = self.loop.create_task(self._watch(process))
            try:
                await self._listen(incoming, out)
            finally:
                watch.cancel()
                out.close()
        finally:
            process.kill()
            process.wait()

    async def _listen(self, incoming: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        """Hand each answer to who waits for it, until the process ends."""
        if not await incoming.readline():
            return
        self._out, self._counted = out, 0
        self._is_here.set()
        while line := await incoming.readline():
            head = json.loads(line)
            body = await incoming.readexactly(head["size"])
            asked = self._asked.pop(head["number"], None)
            if asked is not None and not asked.answer.done():
                self._ends.pop(asked.name, None)
                asked.answer.set_result((head["kind"], body))
            self._count(head["stored"])

    def _count(self, stored: int) -> None:
        """Count what the process put on disk; where too much is there, the oldest leaves."""
        disk = kept_on()
        if disk is not None and stored - self._counted > _COUNT_AT:
            self.loop.run_in_executor(None, disk.count, stored - self._counted)
            self._counted = stored

    async def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End a process that is too long at a job."""
        while True:
            await asyncio.sleep(_LOOK)
            if any(time.monotonic() - asked.began > LONGEST for asked in self._asked.values()):
                process.kill()

    def _lost(self) -> None:
        """The process is no more: whoever waits for an answer hears of it."""
        self._is_here.clear()
        self._out = None
        lost, self._asked = self._asked, {}
        for asked in lost.values():
            self._ends[asked.name] = self._ends.get(asked.name, 0) + 1
            if not asked.answer.done():
                asked.answer.set_exception(_Gone())


def _answer(kind: str, body: bytes) -> Whole | Response | None:
    if kind == "whole":
        return unpacked(body)
    if kind != "plain":
        return None
    head, _, rest = body.partition(b"\n")
    told = json.loads(head)
    response = Response(rest, status_code=told["status"])
    response.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told["headers"]]
    return response


_beside: Beside | None = None


def start(drawings: str = "") -> None:
    """From now on make answers in a process beside this one, where the system has what that needs."""
    global _beside
    if _beside is None and hasattr(asyncio, "open_unix_connection"):
        _beside = Beside(drawings)


async def end() -> None:
    """From now on make answers here; the process beside ends."""
    global _beside
    before, _beside = _beside, None
    if before is not None:
        await before.close()


def state() -> str:
    """Where answers are made: here, or beside; starting, where that is about to be so."""
    if _beside is None:
        return "here"
    if _beside.is_here:
        return "beside"
    return "starting" if time.monotonic() - _beside.began < STARTING else "here"


def job_of(handler: str, request: Request, db: Database, key: Key) -> dict[str, Any]:
    """What the process beside is asked for the answer to a request, as JSON takes it. key: as what it is kept on disk."""
    scope = request.scope
    return {
        "handler": handler, "scheme": scope["scheme"], "host": request.headers.get("host", ""), "path": scope["path"],
        "root_path": scope.get("root_path", ""), "query": scope["query_string"].decode("latin-1"),
        "path_params": scope["path_params"], "key": key, "database": str(db.path), "version": db.version, "stamp": db.stamp,
    }  # fmt: skip


async def asked(job: dict[str, Any]) -> Whole | Response | None:
    """The answer to a job; None where it is to be made here. Raises Busy for what ends the process beside."""
    if _beside is None or _beside.loop is not asyncio.get_running_loop():
        return None
    return await _beside.ask(job)


def asked_by_a_thread(job: dict[str, Any]) -> Whole | Response | None:
    """The same for a thread of the server that may wait."""
    if _beside is None or not _beside.is_here:
        return None
    waiting: Future[Whole | Response | None] = asyncio.run_coroutine_threadsafe(_beside.ask(job), _beside.loop)
    return waiting.result(LONGEST + STARTING)
