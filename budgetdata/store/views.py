"""The public views as views.sql declares them, its macros written out as plain SQL."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from budgetdata.base.leaves import FILE, KIND

VIEWS_FILE = Path(__file__).with_name("views.sql")
_MACRO = re.compile(r"\b(wan|yuan|leaf|file|worksheet)\(([^()]*)\)")
_VIEW = re.compile(r"CREATE VIEW (\w+) AS\s+(.*?)\s*;", re.DOTALL)


def wan_sql(expression: str) -> str:
    """SQL that writes fen as `money.wan` does: 万元, two decimals or as many as needed; NULL stays NULL."""
    x = f"({expression})"
    return (
        f"CASE WHEN {x} IS NULL THEN NULL ELSE CASE WHEN {x} < 0 THEN '-' ELSE '' END"
        f" || printf('%d.%02d', abs({x}) / 1000000, abs({x}) % 1000000 / 10000)"
        f" || rtrim(printf('%04d', abs({x}) % 10000), '0') END"
    )


def yuan_sql(expression: str) -> str:
    """SQL that writes fen as `money.yuan` does: 元, decimals only where needed; NULL stays NULL."""
    x = f"({expression})"
    return (
        f"CASE WHEN {x} IS NULL THEN NULL ELSE CASE WHEN {x} < 0 THEN '-' ELSE '' END || printf('%d', abs({x}) / 100)"
        f" || CASE WHEN {x} % 100 = 0 THEN '' ELSE printf('.%02d', abs({x}) % 100) END END"
    )


def leaf_sql(page: str) -> str:
    """SQL for the number of a page or worksheet within its file; NULL where a file has none."""
    return f"nullif({page} % {KIND}, 0)"


def file_sql(row: str) -> str:
    """SQL for the name of the file that a row stands in, where a disclosure has several. row: a table, or its column."""
    name, page = _page_of(row)
    return _name_sql(name, f"{page} / {FILE} * {FILE}")


def worksheet_sql(row: str) -> str:
    """SQL for the name of the worksheet that a row stands in. row: a table, or its column."""
    return _name_sql(*_page_of(row))


def _page_of(row: str) -> tuple[str, str]:
    name, _, column = row.partition(".")
    return name, f"{name}.{column or 'page'}"


def _name_sql(row: str, page: str) -> str:
    return f"(SELECT name FROM leaf WHERE leaf.document_id = {row}.document_id AND leaf.page = {page})"


@cache
def public_views() -> dict[str, str]:
    """The SELECT behind every public view, by name, as plain SQL."""
    text = re.sub(r"--[^\n]*", "", VIEWS_FILE.read_text(encoding="utf-8"))
    writers = {"wan": wan_sql, "yuan": yuan_sql, "leaf": leaf_sql, "file": file_sql, "worksheet": worksheet_sql}
    plain = _MACRO.sub(lambda match: writers[match[1]](match[2]), text)
    return {match[1]: match[2] for match in _VIEW.finditer(plain)}
