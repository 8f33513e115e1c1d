"""All layouts by name."""

from __future__ import annotations

from benchmarks.elsewhere.below import BELOW
from benchmarks.elsewhere.beside import BESIDE
from benchmarks.elsewhere.indexed import INDEXED
from benchmarks.elsewhere.layouts import FIRST
from benchmarks.elsewhere.misleading import MISLEADING
from benchmarks.elsewhere.more import SECOND
from benchmarks.elsewhere.numbers import THIRD
from benchmarks.elsewhere.promises import PROMISES
from benchmarks.elsewhere.traps import TRAPS

ALL = {**FIRST, **THIRD, **SECOND, **TRAPS, **MISLEADING, **PROMISES, **INDEXED, **BELOW, **BESIDE}
