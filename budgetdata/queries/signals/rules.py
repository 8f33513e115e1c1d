"""Signals on performance targets: named rules that anyone can run again, each a sentence and the places where it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from budgetdata.base.records import Record
from budgetdata.queries.base import Database, known
from budgetdata.queries.signals import sheets, targets
from budgetdata.queries.signals.material import Hit, Material, departments, material
from budgetdata.words.catalogue import tell, text


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule: public id (a promise) and what finds its hits; its words are signal.<id>, ….sentence and ….counts."""

    id: str
    find: Callable[[Material], Iterator[Hit]]

    def name(self, lang: str) -> str:
        """What it is called."""
        return text(lang, f"signal.{self.id}")

    def sentence(self, lang: str) -> str:
        """What it says, in one sentence."""
        return text(lang, f"signal.{self.id}.sentence")

    def counts(self, lang: str) -> str:
        """What counts as a hit."""
        return text(lang, f"signal.{self.id}.counts")


FINDERS: tuple[Callable[[Material], Iterator[Hit]], ...] = (
    targets.trivial,
    targets.zero,
    targets.default_hundred,
    targets.rate_not_percent,
    targets.count_as_percent,
    targets.unit_in_name,
    targets.quantity_without_number,
    targets.duplicate,
    targets.garbled,
    targets.printed_twice,
    sheets.same_goal,
    sheets.goal_of_another,
    sheets.year_equals_term,
    sheets.goal_year_equals_term,
    sheets.funds_year_equals_term,
    sheets.one_year_more_money,
    sheets.one_year_lists_differ,
    sheets.annual_over_term,
    targets.cost_is_budget,
    sheets.missing_category,
    sheets.money_without_sheet,
)
"""What finds the hits of a rule: the function named as its id."""


RULES = tuple(Signal(finder.__name__.replace("_", "-"), finder) for finder in FINDERS)
"""The rules in the order of the page. Signals, not verdicts: each says what is printed."""

IDS = tuple(rule.id for rule in RULES)


def rule_of(rule_id: str) -> Signal:
    """The rule with an id. Raises UnknownNameError listing what exists."""
    return RULES[IDS.index(known(rule_id, IDS, "signal.unknown"))]


def hits(db: Database, rule_id: str, document_id: str | None = None, lang: str = "zh") -> list[Record]:
    """The hits of a rule in all documents or one, in the order of sheets and lines.

    Columns: rule, name, document_id, department, short, year, sheet_id, project_id, project_name, target_id, horizon
    (term | annual | ''), category, indicator, target ('' where the hit is about a whole sheet or row), said (the coded
    sentence), seen (its words), page, line.
    Raises UnknownNameError where there is no such rule.
    """
    rule = rule_of(rule_id)
    return [
        {**row, "name": rule.name(lang), "seen": tell(lang, row["said"])}
        for row in _hits(db, document_id or "")[rule_id]
    ]


def counts(db: Database, document_id: str | None = None, lang: str = "zh") -> list[Record]:
    """Every rule in order with how often it holds: rule, name, sentence, counts (words of `lang`), hits, documents."""
    found = []
    for rule in RULES:
        rows = _hits(db, document_id or "")[rule.id]
        found.append({
            "rule": rule.id, "name": rule.name(lang), "sentence": rule.sentence(lang), "counts": rule.counts(lang),
            "hits": len(rows), "documents": len({row["document_id"] for row in rows}),
        })  # fmt: skip
    return found


@lru_cache(maxsize=16)
def _hits(db: Database, document_id: str) -> dict[str, tuple[Record, ...]]:
    held, documents = material(db, document_id), departments(db, document_id)
    return {rule.id: tuple(_record(rule, hit, documents[hit.document_id]) for hit in rule.find(held)) for rule in RULES}


def _record(rule: Signal, hit: Hit, document: Record) -> Record:
    target = hit.target or {}
    return {
        "rule": rule.id, "document_id": hit.document_id, "department": document["department"],
        "short": document["short"], "year": document["year"], "sheet_id": hit.sheet_id, "project_id": hit.project_id,
        "project_name": hit.project, "target_id": target.get("target_id"), "horizon": hit.horizon,
        "category": target.get("category", ""), "indicator": target.get("indicator", ""), "target": target.get("target", ""),
        "said": hit.seen, "page": hit.page, "line": hit.line,
    }  # fmt: skip
