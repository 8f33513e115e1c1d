"""Documents read by the workers of a Dask cluster: a lost worker's documents go to another, one that ends its reader is told."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

from budgetdata.base.errors import BudgetDataError
from budgetdata.build.reader import answer_of, order_of, read_there
from budgetdata.build.reading import Read
from budgetdata.register.inputs import Input, UsageError

if TYPE_CHECKING:
    from distributed import Client

INSTALL = "a scheduler needs Dask: python -m pip install 'budgetdata[scale]'"
_SECONDS = 15
"""How long the scheduler is waited for."""
_AHEAD = 3
"""So many documents for each thread of the cluster are on their way at once."""


def each_read(address: str, inputs: Sequence[Input], ocr: bool) -> Generator[tuple[int, Read], None, None]:
    """(index, what was read) of each input, in the order they are done by the cluster whose scheduler is at an address.

    Raises UsageError where Dask is not installed or no scheduler answers, BudgetDataError where a worker runs another version.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise UsageError(INSTALL) from error
    try:
        client: Client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"{address}: no Dask scheduler answers there ({error}); start one with: dask scheduler"
        ) from error
    with client:
        at: dict[Any, int] = {}
        waiting = iter(enumerate(inputs))
        running = as_completed(loop=client.loop)
        yield from _sent(client, waiting, running, at, ocr, _AHEAD * max(sum(client.nthreads().values()), 1))
        for future in running:
            number = at.pop(future.key)
            yield number, _read(address, future)
            future.release()
            yield from _sent(client, waiting, running, at, ocr, 1)


def _sent(
    client: Client, waiting: Any, running: Any, at: dict[Any, int], ocr: bool, most: int
) -> Generator[tuple[int, Read], None, None]:
    """Send the next documents; one that cannot be opened is answered at once."""
    for number, item in waiting:
        if item.error:
            yield number, Read(error=item.error)
            continue
        try:
            order = order_of(item, ocr)
        except OSError as error:
            yield number, Read(error=f"cannot be read ({error.strerror}); check the file and its permissions")
            continue
        future = client.submit(read_there, order, pure=False, retries=2)
        at[future.key] = number
        running.add(future)
        most -= 1
        if most <= 0:
            return


def _read(address: str, future: Any) -> Read:
    error = future.exception()
    if error is not None:
        return Read(error=f"the worker reading it ended ({type(error).__name__}); try again with --jobs 1")
    answer = answer_of(future.result())
    if answer.program:
        raise BudgetDataError(
            f"{address}: a worker there runs another version of this program; install the same on all of them"
        )
    return answer.read()
