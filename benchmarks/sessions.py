"""Live sessions of the app for a benchmark: websocket clients that act as readers do, and how long each rerun takes."""

from __future__ import annotations

import asyncio
import random
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from scripts import serving

THINK = 2.0
"""Seconds that a reader looks at a page before the next choice, half as long or half as much again."""


@dataclass(slots=True)
class Reruns:
    """What the sessions met: seconds of each rerun, what went wrong, and seconds of each session's first page."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    first: list[float] = field(default_factory=list)

    def said(self) -> str:
        """Count, median, 95th percentile and errors in one line."""
        if not self.times:
            return f"no rerun, {len(self.errors)} errors {self.errors[:2]}"
        late = self.percentile(0.95)
        return (
            f"{len(self.times)} reruns, p50 {1e3 * statistics.median(self.times):.0f} ms, "
            f"p95 {1e3 * late:.0f} ms, first pages p50 {1e3 * statistics.median(self.first):.0f} ms, "
            f"slowest {1e3 * max(self.first):.0f} ms, {len(self.errors)} errors"
        )

    def percentile(self, part: float) -> float:
        """The time that this part of the reruns stays below, in seconds."""
        return percentile(self.times, part)


def percentile(times: Sequence[float], part: float) -> float:
    """The time that this part of some times stays below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


async def rerun(socket: ClientConnection, page: str, query: str) -> float:
    """Ask for a page as the browser does at a choice; seconds until the script has finished."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    start = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(await asyncio.wait_for(socket.recv(), 60)))  # type: ignore[arg-type]
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise ValueError(f"{page}: script finished with {answer.script_finished}")
            return time.perf_counter() - start


@dataclass(slots=True)
class _Clock:
    """When measuring ends; it begins when every session has its first page."""

    seconds: float
    missing: int
    until: float = 0.0

    def arrived(self) -> None:
        """One session more has its first page, or never will."""
        self.missing -= 1
        if not self.missing:
            self.until = time.perf_counter() + self.seconds


async def _reader(
    address: str, pages: list[tuple[str, str]], seed: int, clock: _Clock, found: Reruns, think: float
) -> None:
    chance, came = random.Random(seed), False
    try:
        async with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            found.first.append(await rerun(socket, *pages[seed % len(pages)]))
            came = True
            clock.arrived()
            while clock.missing or time.perf_counter() < clock.until:
                await asyncio.sleep(think * chance.uniform(0.5, 1.5))
                counts = not clock.missing and time.perf_counter() < clock.until
                took = await rerun(socket, *chance.choice(pages))
                if counts:
                    found.times.append(took)
    except Exception as error:
        found.errors.append(f"{type(error).__name__}: {error}")
        if not came:
            clock.arrived()


def readers(port: int, pages: list[tuple[str, str]], count: int, seconds: float, think: float = THINK) -> Reruns:
    """Hold `count` sessions, each choosing a page now and then, for some seconds from when all have come.

    They come within a second. `think` is how long each looks at a page, in seconds.
    """
    found = Reruns()

    async def all_of() -> None:
        clock = _Clock(seconds, count)
        tasks = []
        for number in range(count):
            address = f"ws://127.0.0.1:{port}/_stcore/stream"
            tasks.append(asyncio.create_task(_reader(address, pages, number, clock, found, think)))
            await asyncio.sleep(min(1.0, seconds / 4) / count)
        await asyncio.gather(*tasks)

    asyncio.run(all_of())
    return found


def memory(process: subprocess.Popen[bytes]) -> str:
    """The resident memory of a process where the system tells it."""
    held = serving.resident(process.pid)
    return f"{held:.0f} MiB" if held else "unknown"
