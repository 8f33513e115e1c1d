"""What of what must be disclosed is not whole over many documents, as pieces of a page: by item, and by document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.checks.disclosure import GROUPS
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.queries.signals import rates
from budgetdata.queries.signals.lacking import LACKING, falls_short, is_whole
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share
from budgetdata.words.phrases import headings

TEMPLATE = "rates.html"
Cells = Mapping[tuple[str, str], rates.Numbers]
"""(whose, item) → how many documents have each status."""


def told(cells: Cells, group: str, lang: str) -> str:
    """How many items of a group are published, of how many that were read; how many in part."""
    number = sum((rates.total(cells, item) for item in _items(group)), rates.Numbers())
    part, whole = rates.told(number)
    key = f"rates.disclosure{'.partly' if number['partial'] else ''}"
    return text(lang, key, part=part, whole=whole, rate=share(part, whole), partly=number["partial"])


def _items(group: str) -> list[str]:
    return [item["id"] for item in disclosed.profile().items if item["group"] == group]


def groups(cells: Cells, to: Callable[[str], str], lang: str) -> Markup:
    """Of each group the items that fall short, the least published first; those that were not read everywhere, and those that are
    whole, as one line each that unfolds.

    to: the address of the documents where an item is not whole.
    """
    return Markup().join(_group(cells, group, to, lang) for group in GROUPS)


def _group(cells: Cells, group: str, to: Callable[[str], str], lang: str) -> Markup:
    numbers = {item: number for item in _items(group) if (number := rates.total(cells, item))}
    short = [item for item, number in numbers.items() if falls_short(number)]
    short.sort(key=lambda item: -numbers[item]["missing"] - numbers[item]["partial"])
    unread = [item for item, number in numbers.items() if item not in short and not is_whole(number)]
    unread.sort(key=lambda item: -numbers[item]["unread"])
    whole = [text(lang, f"disclosure.item.{item}") for item in numbers if item not in (*short, *unread)]
    tables = [_table({item: numbers[item] for item in items}, to, lang) for items in (short, unread)]
    said = told(cells, group, lang) if numbers and group != GROUPS[0] else ""
    return macros(TEMPLATE, lang).not_whole(group, said, *tables, len(unread), whole) if numbers else Markup()


def _table(numbers: Mapping[str, rates.Numbers], to: Callable[[str], str], lang: str) -> Markup:
    """Items with how many documents lack each, print it in part, were not read; nothing where there are none."""
    rows = [
        {
            "item": text(lang, f"disclosure.item.{item}"),
            "link": to(item),
            **{status: number[status] for status in LACKING},
            "told": _of_those_read(number),
        }
        for item, number in numbers.items()
    ]
    states = [(status, text(lang, f"disclosure_state.{status}")) for status in LACKING]
    heads = [*headings(lang, item="disclosed"), *states, ("told", text(lang, "rates.told"))]
    return html.table(rows, heads, lang, links={"item": "link"}) if rows else Markup()


def _of_those_read(number: rates.Numbers) -> str | None:
    """So many published of so many read; None where none was read."""
    part, whole = rates.told(number)
    return f"{part:,}/{whole:,}" if whole else None


def documents(db: Database, rows: Sequence[Record], lang: str) -> Markup:
    """Documents where an item is not whole: its state in each, with the evidence; each leads to all of its items."""
    listed = [
        disclosed.in_words(row, lang)
        | {
            "who": f"{population.name_of(db, row)} {row['year']}",
            "link": address("disclosure", lang, d=row["document_id"]),
        }
        for row in rows
    ]
    heads = headings(lang, who="department", state="status", evidence="evidence")
    return html.table(listed, heads, lang, links={"who": "link"})
