"""What a second worker of a Dask cluster is worth: the same disclosures read by one and by two, on this machine.

    python -m benchmarks.cluster [--documents 40] [--workers 1 2]

Invented disclosures are sent to workers in processes of their own, each of which has read one before. Printed are seconds on the
clock, and the seconds of a processor that this process (sending, receiving) and each worker took. On a machine that does
something else besides the clock says little: then the busiest of these processes says how long it takes where each has a
processor for itself, and the speed-up is that of one worker divided by that of more. Storing is not in it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import LocalCluster

from benchmarks.made.__main__ import write
from benchmarks.searches import SEED
from budgetdata.build.cluster import each_read
from budgetdata.register.inputs import Input, directory_inputs


@dataclass(frozen=True, slots=True)
class Took:
    """What reading took: seconds on the clock, and of a processor for this process and for each worker with its reader."""

    clock: float
    here: float
    workers: list[float]

    @property
    def busiest(self) -> float:
        """Seconds that it takes at least where each process has a processor."""
        return max(self.here, *self.workers)


def read_by(workers: int, inputs: list[Input]) -> Took:
    """Read inputs with so many workers; those that come first, one a worker, are read before the clock starts."""
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        first, rest = inputs[: 4 * workers], inputs[4 * workers :]
        _read(cluster.scheduler_address, first)
        before, own, began = _spent(), time.process_time(), time.perf_counter()
        _read(cluster.scheduler_address, rest)
        clock, here = time.perf_counter() - began, time.process_time() - own
        after = _spent()
        spent = [after[pid] - before[pid] for pid in after if pid in before]
        return Took(clock, here, sorted(spent)[-workers:])


def _read(address: str, inputs: list[Input]) -> None:
    failed = [read.error for _, read in each_read(address, inputs, False) if read.packed is None]
    if failed:
        raise RuntimeError(f"{len(failed)} were not read: {failed[0]}")


def _spent() -> dict[int, float]:
    """Seconds of a processor by worker: what a child of this process and those below it have taken."""
    found: dict[int, float] = {}
    for child in psutil.Process().children():
        every = [child, *child.children(recursive=True)]
        times = [each.cpu_times() for each in every]
        found[child.pid] = sum(each.user + each.system for each in times)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--workers", type=int, nargs=2, default=(1, 2))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), options.documents + 4 * max(options.workers), SEED)
        inputs = directory_inputs(Path(folder))[0]
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
        taken = []
        for workers in options.workers:
            took = read_by(workers, inputs[: options.documents + 4 * workers])
            taken.append(took)
            each = ", ".join(f"{one:.1f}" for one in took.workers)
            print(
                f"{workers} workers: {took.clock:.1f} s; of a processor: here {took.here:.1f}, each worker {each} s",
                flush=True,
            )
    print(f"speed-up on the clock: {taken[0].clock / taken[1].clock:.2f}")
    print(f"speed-up where each process has a processor: {taken[0].busiest / taken[1].busiest:.2f}")


if __name__ == "__main__":
    main()
