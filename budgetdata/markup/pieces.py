"""Pieces of HTML: figures that open their passport, tables that become cards on a phone, headline numbers, quotes.

Every piece is drawn by a macro of templates/pieces.html; here is told what a cell is, and what stands in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from markupsafe import Markup, escape

from budgetdata.base.records import Record
from budgetdata.markup.address import WITHIN, Lead, address
from budgetdata.markup.templates import Macros, macros
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import money, place_of, wan_text
from budgetdata.words.phrases import account, column_name, unit_of

PIECES = "pieces.html"
ABSENT = ("blank", "empty_stated", "empty", "missing", "unreadable", "apart", "no_column")
"""The states of an amount that is not there."""
_NUMBER = re.compile(r"[-<>\d][^%]*%|[\d,]+/[\d,]+")
"""A share, or so many of so many: a number that is no amount."""
Columns = Sequence[tuple[str, str]]
"""(key, heading in the reader's language) of each column of a table."""
Cell = tuple[str, Any, bool]
"""What a cell is (text, figure, statement, state, none), its value, and whether it is a number."""
_NAMES = ("name", "who", "region", "office")
"""Columns of names, which are said in Latin letters too."""


Passport = tuple[str, str, str, str, str, str]
"""What opens under a figure: document, table, place, the printed text, how it was read, the address of its own page."""


def passport_of(figure: Record, lang: str) -> Passport:
    """The passport of a figure in words."""
    row, column = account(lang, figure.get("label") or ""), column_name(lang, figure)
    return (
        f"{cited(lang, figure['department'])} {figure['year']}",
        text(lang, "passport.table.named", no=figure["table_no"], title=figure.get("table_title") or ""),
        place_of(figure, lang),
        f"“{figure['raw']}”",
        text(lang, "passport.rule.figure", row=row, column=column, unit=unit_of(lang, figure)),
        address("passport", lang, f=figure["figure_id"]),
    )


def figure_html(
    figure: Record | None, lang: str, *, prose: bool = False, state: str = "blank", lead: Lead = WITHIN
) -> Markup:
    """An amount that opens its passport; without a figure its state in words. prose: 1.4 亿元, else 14,000.00 in 万元."""
    if figure is None or figure.get("fen") is None:
        return state_html(figure.get("status", state) if figure else state, lang)
    shown = money(figure["fen"], lang) if prose else wan_text(figure["fen"])
    if not figure["figure_id"]:
        return escape(shown)
    drawn = macros(PIECES, lang)
    return drawn.figure(shown, passport_of(figure, lang), lead, drawn.way(lead))


def term(word: str, words: str, lang: str) -> Markup:
    """Words of the trade that a tap explains where they stand. word: the glossary's word for what they mean."""
    return macros(PIECES, lang).term(word, words)


def state_html(state: str, lang: str) -> Markup:
    """Blank, empty, missing or unreadable, each with its own look."""
    return macros(PIECES, lang).state(state)


def cell_of(value: Any, key: str = "") -> Cell:
    """What a table cell is. A dict is a figure; an int under fen or …_fen is an amount.

    One without figure_id is an amount that is added up. A dict with `shown` is a statement: what is printed there, opening on its
    sentence.
    """
    is_amount = _is_amount(key)
    if isinstance(value, dict):
        if "shown" in value:
            return "statement", value, True
        blank = value.get("fen") is None
        if not blank and not value.get("figure_id"):
            return "text", wan_text(value["fen"]), True
        return ("state", value.get("status", "blank"), True) if blank else ("figure", value, True)
    if value is None:
        return ("state", "blank", True) if is_amount else ("none", "", False)
    if isinstance(value, int):
        if is_amount:
            return "text", wan_text(value), True
        return "text", str(value) if key in ("year", "line", "page") else f"{value:,}", key != "year"
    shown = value if isinstance(value, Markup) else str(value)
    return "text", shown, bool(_NUMBER.fullmatch(shown))


def table(
    rows: Sequence[Record],
    columns: Columns,
    lang: str,
    *,
    caption: str = "",
    links: Mapping[str, str] | None = None,
    lead: Lead = WITHIN,
) -> Markup:
    """Rows as a table; each amount with a `figure` opens its passport. links: column → key that holds an address.

    An amount column whose row holds `figure` is that figure; a column whose value is a figure is one too.
    """
    drawn = macros(PIECES, lang)
    heads, drawn_columns = [], []
    listed = [[_cell(row, key, lang) for row in rows] for key, _ in columns]
    for number, ((key, name), cells) in enumerate(zip(columns, listed, strict=True)):
        numeric = _is_amount(key) or any(is_number for _, _, is_number in cells)
        classes = ["n"] * numeric + ["first"] * (not number) + ["code"] * (key == "code")
        name = spoken(lang, name)
        titled = text(lang, "table.in_wan", name=name) if _is_amount(key) or _are_amounts(cells) else name
        mark = cache(partial(_mark, drawn, classes, titled))
        addresses = [str(row.get(links[key]) or "") for row in rows] if links and key in links else [""] * len(rows)
        heads.append((name, numeric))
        drawn_columns.append(
            [
                (mark(""), "dash", None, "")
                if numeric and cell[0] == "none"
                else (mark(_more(cell, numeric, link)), cell[0], cell[1], link)
                for cell, link in zip(cells, addresses, strict=True)
            ]
        )
    body = [(row.get("is_total"), cells) for row, cells in zip(rows, zip(*drawn_columns, strict=True), strict=True)]
    return drawn.table(heads, body, caption, lead, _fits(listed))


def _mark(drawn: Macros, classes: list[str], name: str, more: str) -> Markup:
    """What stands in the tags of a column's cells, with what the class of some says besides."""
    return drawn.mark(" ".join([*classes, more]).strip(), name)


def _more(cell: Cell, numeric: bool, link: str) -> str:
    """What the class of a cell says besides its column's: that it is void, or words among numbers, whose lines may break."""
    kind, value, is_number = cell
    if value == "" and not link:
        return "void"
    return "words" if numeric and (kind == "state" or not is_number) else ""


def _are_amounts(cells: Sequence[Cell]) -> bool:
    """Whether all that a column states are amounts: one of many measures has shares and counts in it."""
    kinds = {kind for kind, value, _ in cells if value != ""}
    return "figure" in kinds and kinds <= {"figure", "state", "none"}


_PHONE, _COLUMN = 12.2, 3.0
"""Ems that the numbers of a table may take beside its first column on a phone of 320 pixels; the least of one column."""


def _fits(listed: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table stands as one on a phone, its rows need not become cards: numbers alone beside its first column."""
    wide = [max(map(_ems, cells), default=0.0) for cells in listed[1:]]
    numbers = all(any(is_number for _, _, is_number in cells) for cells in listed[1:])
    return numbers and bool(wide) and sum(max(one, _COLUMN) for one in wide) <= _PHONE


def _ems(cell: Cell) -> float:
    """How wide a number is, about; what is no number may break."""
    kind, value, is_number = cell
    shown = value[0] if kind == "figure" else value["shown"] if kind == "statement" else value
    return 0.6 * len(str(shown)) if is_number and kind != "state" else 0.0


def _is_amount(key: str) -> bool:
    return key == "fen" or key.endswith("_fen")


def _cell(row: Record, key: str, lang: str) -> Cell:
    """A cell of a row as its macro draws it: a figure as its amount and its passport."""
    value = row["figure"] if key == "fen" and row.get("figure") else row.get(key)
    kind, shown, is_number = cell_of(value, key)
    if key in _NAMES and kind == "text" and not isinstance(value, Markup) and spoken(lang, shown) != shown:
        return kind, called(shown, lang), False
    if kind == "state" and value is None and row.get("state") in ABSENT:
        return kind, row["state"], is_number
    if kind == "figure":
        return kind, (wan_text(shown["fen"]), passport_of(shown, lang)), True
    return kind, shown, is_number


def fold(summary: str, inside: str, lang: str = "zh") -> Markup:
    """Something behind its summary, each markup or words; nothing at all where there is nothing inside."""
    return macros(PIECES, lang).fold(summary, inside)


def folded(
    rows: Sequence[Record],
    columns: Columns,
    lang: str,
    *,
    show: int = 10,
    links: Mapping[str, str] | None = None,
) -> Markup:
    """The first rows of a table, and the whole of it behind '全部 N 行' where there are more."""
    if len(rows) <= show + 2:
        return table(rows, columns, lang, links=links)
    first = table(rows[:show], columns, lang, links=links)
    whole = table(rows[show:], columns, lang, links=links)
    return first + fold(text(lang, "table.all", n=len(rows)), whole, lang)


def heads(items: Iterable[tuple[str, str, str]]) -> Markup:
    """Headline numbers: (what it is, the number as words or markup, scope)."""
    return macros(PIECES, "zh").heads(items)


def quote(paragraph: Record, document: Record, lang: str) -> Markup:
    """A paragraph as printed, with its section and place."""
    return macros(PIECES, lang).quote(paragraph, document)


def quotes(paragraphs: Iterable[Record], document: Record, lang: str) -> Markup:
    """Paragraphs of a document as printed, one behind the other."""
    return Markup("").join(quote(paragraph, document, lang) for paragraph in paragraphs)


def doors(items: Iterable[tuple[str, str, str]]) -> Markup:
    """Links as doors: (address, question, remark)."""
    return macros(PIECES, "zh").doors(items)


def called(name: str, lang: str) -> Markup:
    """A Chinese name; in English in Latin letters behind it too."""
    return macros(PIECES, lang).called(name)


def marked(shown: str, needle: str) -> Markup:
    """Text with every occurrence of the needle marked."""
    parts = re.split(f"({re.escape(needle)})", shown) if needle else [shown]
    return macros(PIECES, "zh").marked([(part, number % 2 == 1) for number, part in enumerate(parts) if part])


def marked_parts(parts: Iterable[tuple[str, bool]]) -> Markup:
    """Text of which some parts are marked: each with whether it is."""
    return macros(PIECES, "zh").marked([part for part in parts if part[0]])
