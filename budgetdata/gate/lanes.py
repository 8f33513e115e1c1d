"""Threads for one kind of work each, so that what is dear never takes the place of what is quick.

A lane does so many things at once, lets so many wait, and tells who waits too long to come again (503 with Retry-After). A thread
cannot be stopped: it keeps its place until it is done, and what it made is there for who comes again.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread

from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused

T = TypeVar("T")
_RETRY = 5
"""Seconds after which who was sent away may come again."""


class Busy(Refused):
    """There is no place just now, or the work takes longer than one may wait."""

    def __init__(self, retry: int = _RETRY) -> None:
        super().__init__(said("refused.busy"), status=503, headers={"Retry-After": str(retry)})


class Lane:
    """One kind of work: how much at once, how many may wait, how long (seconds)."""

    def __init__(self, name: str, at_once: int, waiting: int, patience: float) -> None:
        self.name, self.at_once, self.waiting, self.patience = name, at_once, waiting, patience
        self._limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, anyio.CapacityLimiter] = WeakKeyDictionary()
        self._jobs: set[asyncio.Task[Any]] = set()

    def limiter(self) -> anyio.CapacityLimiter:
        """The places of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._limiters:
            self._limiters[loop] = anyio.CapacityLimiter(self.at_once)
        return self._limiters[loop]

    def is_at_work(self) -> bool:
        """Whether something is being done, or waits to be."""
        return bool(self._jobs)

    def is_full(self) -> bool:
        """Whether nobody more may wait."""
        return len(self._jobs) >= self.at_once + self.waiting

    def start(self, job: Callable[[], T]) -> asyncio.Task[T]:
        """A job given to a thread of this lane; it ends whoever waits for it. Raises Busy where the lane is full."""
        return self.take(partial(self.run_in_thread, job))

    async def run_in_thread(self, job: Callable[[], T]) -> T:
        """What a job gives back, done by a thread of this lane when one is free."""
        return await anyio.to_thread.run_sync(job, limiter=self.limiter())

    def take(self, work: Callable[[], Coroutine[Any, Any, T]]) -> asyncio.Task[T]:
        """Work of this lane, wherever it is done; it ends whoever waits for it. Raises Busy where the lane is full."""
        if self.is_full():
            raise Busy
        task = asyncio.get_running_loop().create_task(work())
        self._jobs.add(task)
        task.add_done_callback(self._done)
        return task

    async def wait(self, task: asyncio.Task[T]) -> T:
        """What a job under way gives back. Raises Busy where that takes too long."""
        try:
            return await asyncio.wait_for(asyncio.shield(task), self.patience)
        except TimeoutError:
            raise Busy from None

    async def run(self, job: Callable[[], T]) -> T:
        """What a job gives back, done by a thread of this lane. Raises Busy where it is full or takes too long."""
        return await self.wait(self.start(job))

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._jobs.discard(task)
        if not task.cancelled():
            task.exception()  # who waited has it; nobody may have waited


_CORES = os.cpu_count() or 1
READING = Lane("reading", at_once=4, waiting=200, patience=15.0)
"""Rows, lists, small answers."""
DRAWING = Lane("drawing", at_once=max(2, _CORES), waiting=600, patience=20.0)
"""Charts and embeds: the renderer draws one at a time, so more threads would only wait for it."""
PAGES = Lane("pages", at_once=4, waiting=400, patience=15.0)
"""The first HTML of pages."""
FILES = Lane("files", at_once=2, waiting=100, patience=45.0)
"""Downloads that are made once a version."""
LANES = (READING, DRAWING, PAGES, FILES)


_SHOWN: set[object] = set()
"""A mark for each page whose script runs now."""
_shown_at = -math.inf
"""When the last of them ended."""


@contextmanager
def showing() -> Iterator[None]:
    """While a page is being shown somebody waits for it."""
    global _shown_at
    mark = object()
    _SHOWN.add(mark)
    try:
        yield
    finally:
        _SHOWN.discard(mark)
        _shown_at = time.monotonic()


def since_shown() -> float:
    """Seconds since a page was shown; 0 while one is."""
    return 0.0 if _SHOWN else time.monotonic() - _shown_at


def is_at_work() -> bool:
    """Whether anything is being made for a visitor now."""
    return bool(_SHOWN) or any(lane.is_at_work() for lane in LANES)
