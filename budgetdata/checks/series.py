"""The series of tables that a document follows: what only some places ask for is lacking only where its series holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from budgetdata.base.facts import TableFact
from budgetdata.base.said import said
from budgetdata.forms.declared import Form

LOCAL = "local"
NOT_IN_SERIES = "table.not_in_series"


def follows_series(tables: Iterable[TableFact], forms: dict[int, Form]) -> bool:
    """True where a document prints nearly all tables that only some places ask for: it follows the thirteen, and lacks what is
    not there. Another series need not hold what the thirteen do."""
    local = {form.no for form in forms.values() if form.group == LOCAL}
    return sum(bool(table.title) for table in tables if table.table_no in local) >= len(local) - 1


def without_local(tables: Sequence[TableFact], forms: dict[int, Form]) -> list[TableFact]:
    """The tables; where a document follows another series, one of the local forms that is nowhere is told to be not in it."""
    if follows_series(tables, forms):
        return list(tables)
    return [
        replace(table, reason=said(NOT_IN_SERIES, title=forms[table.table_no].title))
        if table.status == "missing" and forms[table.table_no].group == LOCAL
        else table
        for table in tables
    ]
