"""Processes to read with: they leave Ctrl-C to the process that started them and never outlive it."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from types import FrameType
from typing import TypeVar

_SECONDS_TO_END = 2.0

Item = TypeVar("Item")
Result = TypeVar("Result")


def each_done(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Generator[tuple[int, Result | Exception], None, None]:
    """(index, result) of work(item) for every item, in the order they are done; the error where its process failed.

    work must be picklable. Leaving the iteration early, by whatever error, ends the processes at once.
    """
    context = multiprocessing.get_context(_way())
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)
    done = False
    try:
        with _undisturbed():
            futures: dict[Future[Result], int] = {pool.submit(_guarded, work, item): n for n, item in enumerate(items)}
        for future in as_completed(futures):
            error = future.exception()
            if error is not None and not isinstance(error, Exception):
                raise error
            number = futures.pop(future)  # its result is let go of
            yield number, future.result() if error is None else error
        done = True
    finally:
        if not done:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _way() -> str:
    """How processes are started: forked, which spares each the import of what this one has, where this one is a single thread.

    A forked child would inherit the locks that other threads hold (the app's), and on macOS what its system does not let go on.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _guarded(work: Callable[[Item], Result], item: Item) -> Result:
    """work(item); a process told to end while it works ends, where the pool would go on to the next item."""
    try:
        return work(item)
    except SystemExit:
        os._exit(1)


def _begin() -> None:
    """Set up a worker: deaf to Ctrl-C, ended by SIGTERM with what it started itself, ended when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _end(signum: int, frame: FrameType | None) -> None:
    """Leave whatever runs, so that a process started by it is stopped, and make sure of it a little later."""
    timer = threading.Timer(_SECONDS_TO_END, os._exit, (1,))
    timer.daemon = True
    timer.start()
    raise SystemExit(1)


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        threading.Timer(_SECONDS_TO_END, os._exit, (1,)).start()
        os.kill(os.getpid(), signal.SIGTERM)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait for the end, so that no process is left half started; those started inherit the deafness
    to Ctrl-C before their first line runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda signum, frame: came.append(signum))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    _mask_interrupts(block=True)
    try:
        yield
    finally:
        _mask_interrupts(block=False)
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        if came:
            signal.raise_signal(came[0])


def _mask_interrupts(block: bool) -> None:
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK if block else signal.SIG_UNBLOCK, {signal.SIGINT})


@contextlib.contextmanager
def stops_on_terminate() -> Iterator[None]:
    """SIGTERM inside is a KeyboardInterrupt, as Ctrl-C is: temporary files and processes are cleared away."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
