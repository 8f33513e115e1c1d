"""One canonical name for every 科目 code, beside the name that was printed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgetdata.base.facts import DocumentFacts, FigureFact, RowFact
from budgetdata.base.text import key, squeeze, strip_markup, unnumbered
from budgetdata.forms.declared import standard_forms

CODES_FILE = Path(__file__).parent / "codes.csv"
_HIERARCHY = {"功能分类": "function", "部门经济分类": "economic", "政府经济分类": "economic"}
_BRACKETS = str.maketrans("()", "（）")

Name = tuple[str, str]
"""What a name is known by: hierarchy and code."""

Names = Mapping[Name, str]
"""(hierarchy, code) → canonical name; the hierarchies are those of the forms: function, economic, income."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a code has from one budget year to another; None where it is not known to begin or to end."""

    name: str
    since: int | None
    until: int | None

    def holds_in(self, year: int) -> bool:
        """Whether the code is called so in a budget year."""
        return (self.since or year) <= year <= (self.until or year)


@cache
def attested() -> Mapping[Name, tuple[Named, ...]]:
    """The names of codes.csv by code, the oldest first: each printed under its code in disclosures of other departments. since
    and until are the budget years of a code that was given another name; blank where no other name is known."""
    found: dict[Name, list[Named]] = {}
    with CODES_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            since, until = (int(row[name]) if row[name] else None for name in ("since", "until"))
            found.setdefault((_HIERARCHY[row["kind"]], row["code"]), []).append(Named(row["name"], since, until))
    return {name: tuple(named) for name, named in found.items()}


@cache
def _keys() -> Mapping[Name, frozenset[str]]:
    return {name: frozenset(key(each.name) for each in named) for name, named in attested().items()}


def names_of(hierarchy: str, code: str) -> frozenset[str]:
    """Every name that is attested for a code, as `key` writes it."""
    return _keys().get((hierarchy, code), frozenset())


@cache
def attested_names() -> Names:
    """The names of codes.csv that codes have now."""
    return {name: named[-1].name for name, named in attested().items()}


def name_in(year: int, hierarchy: str, code: str, printed: str) -> str:
    """What a code is called in a budget year, '' where no name is attested. A document that prints the name of another year is
    taken at its word."""
    named = attested().get((hierarchy, code), ())
    if any(each.name == printed for each in named):
        return printed
    return next((each.name for each in reversed(named) if each.holds_in(year)), "")


def hierarchy_of(table_no: int, side: str) -> str:
    """The classification that the codes of a table's side belong to: function, economic, income, or '' for none."""
    return standard_forms()[table_no].side(side).hierarchy


def canonical_names(documents: Iterable[DocumentFacts]) -> Names:
    """The attested names, and for other codes what these documents print most often (then longest, then first)."""
    printed: dict[Name, Counter[str]] = {}
    for facts in documents:
        for name, counter in printed_names(facts).items():
            printed.setdefault(name, Counter()).update(counter)
    return chosen_names(printed)


def printed_names(facts: DocumentFacts) -> dict[Name, Counter[str]]:
    """How often a document prints which name for each code that has no attested one."""
    printed: dict[Name, Counter[str]] = {}
    for row in facts.rows:
        name = (hierarchy_of(row.table_no, row.side), row.code)
        if row.code and name not in attested_names():
            printed.setdefault(name, Counter())[plain_label(row.label)] += 1
    return printed


def chosen_names(printed: Mapping[Name, Counter[str]]) -> Names:
    """The attested names and, for each other code, the name printed most often."""
    return {**{name: _most_printed(counter) for name, counter in printed.items()}, **attested_names()}


def used_codes(facts: DocumentFacts) -> set[Name]:
    """The codes without attested name by which a document's rows may be named: their own, or that their form declares."""
    return {_named_by(row) for row in facts.rows if code_of(row)} - attested_names().keys()


def _most_printed(counter: Counter[str]) -> str:
    return max(counter, key=lambda name: (counter[name], len(name)))


def canonical_label(names: Names, fact: RowFact | FigureFact, year: int) -> str:
    """The canonical name of a row in a budget year: by its code, by the code that its form declares, else the plain label."""
    plain = plain_label(fact.label)
    if not code_of(fact):
        return plain
    hierarchy, code = _named_by(fact)
    return name_in(year, hierarchy, code, plain) or names.get((hierarchy, code)) or plain


def code_of(fact: RowFact | FigureFact) -> str:
    """The code that a row prints, else the one that its form declares for it; '' for none."""
    return fact.code or (fact.role if fact.role.isdecimal() else "")


def _named_by(fact: RowFact | FigureFact) -> Name:
    return hierarchy_of(fact.table_no, fact.side) if fact.code else "function", code_of(fact)


def plain_label(label: str) -> str:
    """A printed label without list numbering, markup and white space, its brackets full-width."""
    bare = squeeze(strip_markup(label))
    return bare[len(key(label)) - len(unnumbered(label)) :].translate(_BRACKETS)
