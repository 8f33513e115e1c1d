"""Every identity that can be evaluated on a document, with both sides and their places: signals, not verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from budgetdata.base.facts import CheckFact, TableFact
from budgetdata.checks.between import between
from budgetdata.checks.index import Index
from budgetdata.checks.inside import inside
from budgetdata.forms.declared import Form
from budgetdata.forms.identities import standard_identities
from budgetdata.tables.reading import TableReading

Part = tuple[str, int | None, Callable[[], Iterable[CheckFact]]]
"""A part of the checks that is evaluated by itself: its rule or table, the table's number, and the work."""


def table_checks(
    tables: Sequence[TableFact], readings: Mapping[int, TableReading], forms: Mapping[int, Form]
) -> list[Part]:
    """The checks that rest on the tables, part by part: inside each table, then between tables."""
    index = Index(tables, readings)
    read = {no: readings[no].form if no in readings else form for no, form in forms.items()}
    parts: list[Part] = [
        (f"t{form.no:02d}", form.no, partial(inside, index, form, side))
        for form in read.values()
        for side in form.sides
    ]
    parts += [(identity.id, None, partial(between, index, identity)) for identity in standard_identities()]
    return parts
