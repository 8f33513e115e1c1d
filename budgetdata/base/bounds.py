"""Time and memory of what is done with one document, bounded: a part that takes too long ends, and the document goes on.

Processor time of this process is counted, so that a busy machine reads what an idle one does. Only the main thread can be
interrupted, and only where the system has timers for that; elsewhere nothing is bounded.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

PART_SECONDS = 20.0
"""Of a table, a check, the narrative …; the longest among the real documents takes 3."""
DOCUMENT_SECONDS = 60.0
"""After so long each further part has LEAST_SECONDS only, …"""
HARD_SECONDS = 120.0
"""… and after so long the document ends."""
LEAST_SECONDS = 1.0
MEMORY = 1536 * 1024 * 1024
"""What a document may need beyond what the process holds already."""
_AGAIN = 1.0  # seconds: where what was interrupted went on all the same, it is interrupted again


class TookTooLong(Exception):
    """What was done took longer than `seconds` of processor time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"over {seconds:.0f} s")
        self.seconds = seconds


class _Clock:
    """The ends of what is being timed, the innermost last."""

    def __init__(self) -> None:
        self.ends: list[tuple[float, float]] = []  # (when, after how many seconds)
        self.soft = 0.0

    def arm(self) -> None:
        """Set the timer for the innermost end, or off."""
        if self.ends:
            left = max(self.ends[-1][0] - time.process_time(), 1e-3)
            signal.setitimer(signal.ITIMER_PROF, left, _AGAIN)
        else:
            signal.setitimer(signal.ITIMER_PROF, 0.0)

    def rings(self, number: int, frame: FrameType | None) -> None:
        """End what is being done where its time is over."""
        if self.ends and time.process_time() >= self.ends[-1][0] - 0.05:
            raise TookTooLong(self.ends[-1][1])


_CLOCK = _Clock()


@contextlib.contextmanager
def document_bounds() -> Iterator[None]:
    """Bound what is done inside with one document. Raises TookTooLong, or MemoryError, where it goes beyond."""
    if not _can_interrupt() or _CLOCK.ends:
        yield
        return
    before = signal.signal(signal.SIGPROF, _CLOCK.rings)
    _CLOCK.soft = time.process_time() + DOCUMENT_SECONDS
    try:
        with _memory_bound(), _within(HARD_SECONDS):
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        _CLOCK.ends.clear()
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def part_bounds() -> Iterator[None]:
    """Bound a part of what is done with a document, inside `document_bounds`. Raises TookTooLong where it goes beyond."""
    if not _CLOCK.ends or not _can_interrupt():
        yield
        return
    with _within(max(LEAST_SECONDS, min(PART_SECONDS, _CLOCK.soft - time.process_time()))):
        yield


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    _CLOCK.ends.append((time.process_time() + seconds, seconds))
    depth = len(_CLOCK.ends)
    _CLOCK.arm()
    try:
        yield
    finally:
        del _CLOCK.ends[depth - 1 :]
        _CLOCK.arm()


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def _memory_bound() -> Iterator[None]:
    """This process may grow by MEMORY and no more."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + MEMORY
        if soft != resource.RLIM_INFINITY and soft <= most:
            raise ValueError
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ImportError, OSError, ValueError):  # a system without such limits, or one that has its own
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
