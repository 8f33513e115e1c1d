"""Which canonical column each value of a fragment belongs to, proved by the table's own sums.

A fragment under its own header is placed by that header. A continuation without a header is placed as the part before
it, if the sums agree; where it has lost or gained a column, every order-keeping placement is tried and exactly one must
satisfy all sums. Where none or several do, the fragment is unreadable: nothing is placed by position alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product

from budgetdata.forms.declared import Form, Side
from budgetdata.tables.header import SideLayout
from budgetdata.tables.sums import TableRow, identities, judge

Placement = dict[str, int]
"""Canonical column → printed column index."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one run: the layout to use (None: undecidable), what it rests on, and why not where it fails."""

    layout: SideLayout | None
    how: str
    reason: str = ""


def violations(form: Form, side: Side, rows: Sequence[TableRow], fragments: set[int], unit: str) -> tuple[int, int]:
    """How many sums that touch rows of these fragments are broken, and how many had amounts on both sides and hold."""
    broken = evaluated = 0
    for identity in identities(form, side, rows):
        touched = [identity.whole[0], *(row for row, _ in identity.parts)]
        if not any(rows[row].fragment in fragments for row in touched):
            continue
        verdict = judge(identity, rows, unit)
        if verdict.status == "different":
            broken += 1
        elif verdict.left_fen is not None and verdict.right_fen is not None:
            evaluated += 1
    return broken, evaluated


@dataclass(frozen=True, slots=True)
class Run:
    """Headerless rows that must share one placement: the fragments they stand in, what they print, what they inherit.

    `own` carries their code and label columns and no amount column; `used` are the columns that print something;
    `inherited` is the layout of the part before them where their width and text columns are the same, else None. `order`
    are the amount columns in the order of the table's header; without one any order must be thought possible.
    """

    fragments: tuple[int, ...]
    own: SideLayout
    used: tuple[int, ...]
    inherited: SideLayout | None
    order: tuple[str, ...] = ()


MAX_TRIES = 4000
FEW, MOST = 3, 0.34
"""A run whose label columns keep their place may break so few sums, or this share of them: a publisher's own error."""


def prove(
    form: Form, runs: Sequence[Run], unit: str, rows_with: Callable[[Sequence[SideLayout]], list[TableRow]]
) -> list[Proof]:
    """The placement of every run of one side, found together; `rows_with(layouts)` gives the side's rows under them.

    Each proof has a layout, or none and the reason: then the whole table cannot be published.
    """
    if not runs:
        return []
    kept = [run.inherited for run in runs]
    broken, evaluated = _count(form, runs, [k or r.own for k, r in zip(kept, runs, strict=True)], unit, rows_with)
    if not broken and all(k is not None or not run.used for k, run in zip(kept, runs, strict=True)):
        return [
            Proof(k or run.own, "position and sums" if k and run.used else "blank")
            for k, run in zip(kept, runs, strict=True)
        ]
    options = [_options(run) for run in runs]
    if any(not choice for choice in options):
        reason = f"print {max(len(run.used) for run in runs)} amount columns where the form has {len(runs[0].own.side.columns)}"
        return [Proof(None, "", reason) for _ in runs]
    trials = _trials(form, runs, options, unit, rows_with)
    passing = [trial for trial in trials or () if not trial.broken and trial.held]
    if len(passing) == 1:
        return [
            Proof(layout, "position and sums" if layout is run.inherited else "sums")
            for layout, run in zip(passing[0].layouts, runs, strict=True)
        ]
    few, small = broken <= FEW, broken <= MOST * (broken + evaluated)
    bearable = (few and small) if trials is None else (few or small)
    if not passing and bearable and all(kept) and not any(row.broken for row in rows_with([k for k in kept if k])):
        return [Proof(layout, "position; some printed sums do not agree") for layout in kept]
    if trials is None:
        return [Proof(None, "", "too many ways to place the amounts of several such runs") for _ in runs]
    reason = (
        f"{len(passing)} placements of the amounts satisfy the sums"
        if passing
        else "no placement of the amounts satisfies the table's sums"
    )
    return [Proof(None, "", reason) for _ in runs]


@dataclass(frozen=True, slots=True)
class _Trial:
    layouts: tuple[SideLayout, ...]
    broken: int
    held: int


def _options(run: Run) -> list[SideLayout]:
    """Every order-keeping placement of a run's columns, the inherited one first."""
    names = list(run.order) or [column.name for column in run.own.side.columns]
    ways = combinations(names, len(run.used)) if run.order else permutations(names, len(run.used))
    found = (
        [replace(run.own, values=dict(zip(chosen, run.used, strict=True)), how="sums") for chosen in ways]
        if len(run.used) <= len(names)
        else []
    )
    if run.inherited is None:
        return found
    placed = {name: column for name, column in run.inherited.values.items() if column in run.used}
    if len(placed) < len(run.used):
        return found
    return [run.inherited, *(layout for layout in found if layout.values != placed)]


def _trials(
    form: Form,
    runs: Sequence[Run],
    options: Sequence[list[SideLayout]],
    unit: str,
    rows_with: Callable[[Sequence[SideLayout]], list[TableRow]],
) -> list[_Trial] | None:
    """Every combination tried: first with all runs that can keep their place doing so, then, if none holds, all."""
    held = [choice[:1] if run.inherited is not None else choice for run, choice in zip(runs, options, strict=True)]
    trials: list[_Trial] = []
    for attempt in (held, options):
        if math.prod(len(choice) for choice in attempt) > MAX_TRIES:
            return None
        trials = [_Trial(layouts, *_count(form, runs, layouts, unit, rows_with)) for layouts in product(*attempt)]
        if any(not trial.broken and trial.held for trial in trials):
            break
    return trials


def _count(
    form: Form,
    runs: Sequence[Run],
    layouts: Sequence[SideLayout],
    unit: str,
    rows_with: Callable[[Sequence[SideLayout]], list[TableRow]],
) -> tuple[int, int]:
    rows = rows_with(layouts)
    fragments = {fragment for run in runs for fragment in run.fragments}
    return violations(form, runs[0].own.side, rows, fragments, unit)
