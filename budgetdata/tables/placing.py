"""Which canonical column each value of a fragment belongs to, proved by the table's own sums.

A fragment under its own header is placed by that header. A continuation without a header is placed as the part before
it, if the sums agree; where it has lost or gained a column, every order-keeping placement is tried and exactly one must
satisfy all sums. Where none or several do, the fragment is unreadable: nothing is placed by position alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, permutations, product

from budgetdata.base.said import Said, said
from budgetdata.forms.declared import Form, Side
from budgetdata.forms.header import SideLayout
from budgetdata.tables.sums import TableRow, identities, judge

Placement = dict[str, int]
"""Canonical column → printed column index."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome for one run: the layout to use (None: undecidable), what it rests on, and why not where it fails."""

    layout: SideLayout | None
    how: str
    reason: Said | None = None


def violations(
    form: Form, side: Side, rows: Sequence[TableRow], fragments: set[int], unit: str, bearing: int | None = None
) -> tuple[int, int]:
    """How many sums that touch rows of these fragments are broken, and how many had amounts on both sides and hold.

    Counted no further than to the first broken one beyond `bearing`.
    """
    broken = evaluated = 0
    printed = {column for row in rows for column in (*row.values, *row.broken)}
    for identity in identities(form, side, rows, printed):
        touched = [identity.whole[0], *(row for row, _ in identity.parts)]
        if not any(rows[row].fragment in fragments for row in touched):
            continue
        verdict = judge(identity, rows, unit)
        if verdict.status == "different":
            broken += 1
            if bearing is not None and broken > bearing:
                break
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


@dataclass(frozen=True, slots=True)
class Search:
    """The runs of one side whose columns are to be found together; `rows_with(layouts)` gives the side's rows under them.

    `may_be(run, layout)` is False where one of a run's rows by itself breaks a sum under a layout.
    """

    form: Form
    runs: Sequence[Run]
    unit: str
    rows_with: Callable[[Sequence[SideLayout]], list[TableRow]]
    may_be: Callable[[Run, SideLayout], bool]

    def count(self, layouts: Sequence[SideLayout], bearing: int | None = None) -> tuple[int, int]:
        """How many sums that touch the runs are broken under some layouts, and how many hold; as `violations`."""
        fragments = {fragment for run in self.runs for fragment in run.fragments}
        return violations(self.form, self.runs[0].own.side, self.rows_with(layouts), fragments, self.unit, bearing)


def prove(search: Search) -> list[Proof]:
    """The placement of every run of one side, found together.

    Each proof has a layout, or none and the reason: then the whole table cannot be published.
    """
    runs = search.runs
    if not runs:
        return []
    broken, evaluated = search.count([run.inherited or run.own for run in runs])
    if not broken and all(run.inherited is not None or not run.used for run in runs):
        return [_kept(run) for run in runs]
    options = [placements(run) for run in runs]
    if any(not choice for choice in options):
        most = max(len(run.used) for run in runs)
        return _undecided(runs, said("table.too_many_columns", n=most, known=len(runs[0].own.side.columns)))
    tried = trials(search, options)
    passing = [trial for trial in tried or () if not trial.broken and trial.held]
    if len(passing) == 1:
        return [_proved(run, layout) for run, layout in zip(runs, passing[0].layouts, strict=True)]
    if not passing and bearable(broken, evaluated, exhausted=tried is not None) and _every_place_kept(search):
        return [Proof(run.inherited, "position; some printed sums do not agree") for run in runs]
    return _undecided(runs, why_undecided(tried, len(passing)))


def _kept(run: Run) -> Proof:
    return Proof(run.inherited or run.own, "position and sums" if run.inherited and run.used else "blank")


def _proved(run: Run, layout: SideLayout) -> Proof:
    return Proof(layout, "position and sums" if layout is run.inherited else "sums")


def _undecided(runs: Sequence[Run], reason: Said) -> list[Proof]:
    return [Proof(None, "", reason) for _ in runs]


def bearable(broken: int, evaluated: int, *, exhausted: bool) -> bool:
    """Whether so few sums are broken that the publisher may have erred; fewer are borne where not every way was tried."""
    few, small = broken <= FEW, broken <= MOST * (broken + evaluated)
    return (few or small) if exhausted else (few and small)


def _every_place_kept(search: Search) -> bool:
    """True where every run can keep its place and every cell then is an amount."""
    kept = [run.inherited for run in search.runs if run.inherited is not None]
    return len(kept) == len(search.runs) and not any(row.broken for row in search.rows_with(kept))


def why_undecided(tried: Sequence[Trial] | None, passing: int) -> Said:
    """Why no placement is published: too many ways, none that holds, or several."""
    if tried is None:
        return said("table.too_many_ways")
    return said("table.several_placements", n=passing) if passing else said("table.no_placement")


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to place all runs, whether it breaks a sum, and how many hold under it, where it breaks none."""

    layouts: tuple[SideLayout, ...]
    broken: int
    held: int


def placements(run: Run) -> list[SideLayout]:
    """Order-keeping placements of a run's columns, the inherited one first; of too many only so many as show that."""
    names = list(run.order) or [column.name for column in run.own.side.columns]
    ways = combinations(names, len(run.used)) if run.order else permutations(names, len(run.used))
    found = (
        [
            replace(run.own, values=dict(zip(chosen, run.used, strict=True)), how="sums")
            for chosen in islice(ways, MAX_TRIES + 1)
        ]
        if len(run.used) <= len(names)
        else []
    )
    if run.inherited is None:
        return found
    placed = {name: column for name, column in run.inherited.values.items() if column in run.used}
    if len(placed) < len(run.used):
        return found
    return [run.inherited, *(layout for layout in found if layout.values != placed)]


def trials(search: Search, options: Sequence[list[SideLayout]]) -> list[Trial] | None:
    """Every combination tried: first with all runs that can keep their place doing so, then, if none holds, all.

    None where there are more than MAX_TRIES. Told are only those in which no run breaks a sum by itself.
    """
    held = [
        choice[:1] if run.inherited is not None else choice for run, choice in zip(search.runs, options, strict=True)
    ]
    found: list[Trial] = []
    for attempt in (held, options):
        if math.prod(len(choice) for choice in attempt) > MAX_TRIES:
            return None
        likely = [
            [layout for layout in choice if search.may_be(run, layout)]
            for run, choice in zip(search.runs, attempt, strict=True)
        ]
        found = [Trial(layouts, *search.count(layouts, 0)) for layouts in product(*likely)]
        if any(not trial.broken and trial.held for trial in found):
            break
    return found
