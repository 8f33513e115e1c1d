"""Amounts itemised in a running text: the items, the total it states, and whether they are a complete list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from budgetdata.base.money import UNITS
from budgetdata.base.text import half_width, squeeze

_AMOUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(亿元|万元|万(?=[、,;。)]|$|以及|和|等|用于)|千元|元)(?!/|每)"
)
_TOTAL = re.compile(r"(?:合计|共计|总计|总共|共需|共|总额|需求资金|总投资|总资金)[^\d,，。;；]{0,8}$")
_RATE = re.compile(r"(?:每|/|标准|单价|不超过|不低于|以上|按照?|达到?|约)[^\d,，。;；、]{0,8}$")
_CLAUSE = re.compile(r"[、,;。\n]|以及|和(?=[^,;。]*\d)")
_NESTED = re.compile(r"\([^()]*\)")
_OPEN_END = re.compile(r"等(?:[,;。]|$|相关|费用|支出|工作)")
_UNITS = {"万": UNITS["万元"], **UNITS}


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items of a sentence in fen, the total the text states (None: none), and whether the list says it is not complete."""

    items: tuple[int, ...]
    total: int | None
    open_ended: bool
    text: str


def item_lists(text: str) -> list[ItemList]:
    """Every sentence of a text that lists at least two amounts clause by clause, with the total stated around it.

    What stands in brackets belongs to the item before it and is left out; unit prices and rates are no items. A
    sentence of which a clause between two items names no amount is no list.
    """
    flat = _flat(text)
    numbered = _numbered(flat)
    if numbered is not None:
        return [numbered]
    found = []
    for sentence in re.split(r"[。\n]", flat):
        clauses = [clause for clause in _CLAUSE.split(sentence) if clause and clause.strip()]
        amounts = [_clause_amounts(clause) for clause in clauses]
        if any(kind == "unclear" for kind, _ in amounts):
            continue
        totals = [fen for kind, fen in amounts if kind == "total"]
        places = [index for index, (kind, _) in enumerate(amounts) if kind == "item"]
        items = tuple(amounts[index][1] for index in places)
        if len(items) < 2 or len(totals) > 1:
            continue
        between = [kind for kind, _ in amounts[places[0] : places[-1] + 1]]
        if "none" in between:
            continue
        found.append(ItemList(items, totals[0] if totals else None, bool(_OPEN_END.search(sentence)), sentence))
    return found


def _numbered(flat: str) -> ItemList | None:
    """A list of the form 1.… 2.… where every number names exactly one amount, and a total may follow the last."""
    starts = [match.start() for match in re.finditer(r"(?<![\d.])\d{1,2}[.、](?!\d)", flat)]
    if len(starts) < 2:
        return None
    segments = [flat[a:b] for a, b in zip(starts, [*starts[1:], len(flat)], strict=True)]
    last, *tail = segments[-1].split("。")
    amounts = [_clause_amounts(segment) for segment in (*segments[:-1], last)]
    if any(kind != "item" for kind, _ in amounts):
        return None
    totals = [
        fen for sentence in tail for kind, fen in map(_clause_amounts, _CLAUSE.split(sentence)) if kind == "total"
    ]
    if len(totals) > 1:
        return None
    return ItemList(tuple(fen for _, fen in amounts), totals[0] if totals else None, False, flat)


def _flat(text: str) -> str:
    flat = half_width(squeeze(text))
    while _NESTED.search(flat):
        flat = _NESTED.sub("", flat)
    return flat


def _clause_amounts(clause: str) -> tuple[str, int]:
    """('item' | 'total' | 'none' | 'unclear', fen) of one clause."""
    hits = list(_AMOUNT.finditer(clause))
    if not hits:
        return "none", 0
    if len(hits) > 1:
        return "unclear", 0
    before = clause[: hits[0].start()]
    fen = int(Decimal(hits[0].group(1).replace(",", "")) * _UNITS[hits[0].group(2)])
    if _TOTAL.search(before):
        return "total", fen
    return ("unclear", fen) if _RATE.search(before) else ("item", fen)
