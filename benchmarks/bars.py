"""Which questions take longer than they may among many documents, but for those that slow.toml lists with the reason.

    python -m benchmarks.bars LARGE.db SMALL.db

A question may take 50 ms of a processor, and 1.5 times what it takes of SMALL.db, each at the 95th percentile over some documents
with nothing known beforehand; up to 3 ms it may grow as it likes. Prints those that take longer, dearest first. Exit 1 where one
of them is not listed; what is listed in vain is named.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import every_question, examples, forget
from benchmarks.sessions import percentile
from budgetdata.queries.base import Database, database_at

FILE = Path(__file__).with_name("slow.toml")
EXAMPLES = 12
"""Documents that each question is asked about."""
TURNS = 2
"""How often each is asked about a document: the faster time counts, for other processes make a core slower, never faster."""
LONG = 4.0
"""Seconds after which a question is asked about no more documents than three."""
SLOW = 0.05
"""Seconds that a question may take."""
GROWS = 1.5
"""How many times as long as of the small database it may take."""
NOTHING = 0.003
"""Seconds up to which nobody asks how a question grows."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Seconds of each question of a large database, and of a small one; {} where there is none."""

    now: Mapping[str, float]
    before: Mapping[str, float]

    def over(self) -> Iterator[tuple[str, float]]:
        """Each question over a bar with its seconds, the dearest first."""
        for name, took in sorted(self.now.items(), key=lambda pair: -pair[1]):
            if took > SLOW or (name in self.before and took > max(GROWS * self.before[name], NOTHING)):
                yield name, took

    def said(self, name: str, took: float) -> str:
        """A question's times."""
        return f"{1e3 * took:.1f} ms" + (f" (small {1e3 * self.before[name]:.1f})" if name in self.before else "")


def asked(db: Database) -> dict[str, float]:
    """The 95th percentile of each question's seconds (of a processor) over some documents, nothing known beforehand."""
    chosen = list(examples(db, EXAMPLES))
    found: dict[str, float] = {}
    for name, ask in every_question().items():
        times: list[float] = []
        for one in chosen:
            each = []
            for _ in range(TURNS):
                forget()
                began = time.thread_time()
                ask(db, one)
                each.append(time.thread_time() - began)
            times.append(min(each))
            if TURNS * sum(times) > LONG and len(times) >= 3:
                break
        found[name] = percentile(times, 0.95)
    return found


def listed() -> dict[str, str]:
    """The reason of each question that may take longer."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["slow"]
    return {name: entry["reason"] for entry in entries for name in entry["questions"]}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    options = parser.parse_args()
    small, large = database_at(options.small), database_at(options.large)
    bars, reasons = Bars(asked(large), asked(small)), listed()
    found = dict(bars.over())
    for name, took in found.items():
        print(f"{'listed' if name in reasons else 'NOT LISTED'}  {name}: {bars.said(name, took)}")
    middle = 1e3 * percentile(list(bars.now.values()), 0.5)
    slow = sum(took > SLOW for took in bars.now.values())
    print(
        f"{len(bars.now)} questions of {large.documents} documents beside {small.documents}: median {middle:.1f} ms, "
        f"{slow} over {1e3 * SLOW:.0f} ms, {len(found)} over a bar"
    )
    if vain := sorted(reasons.keys() - found.keys()):
        print(f"listed and within the bars now: {', '.join(vain)}")
    return 1 if found.keys() - reasons.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
