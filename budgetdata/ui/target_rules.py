"""怎样的目标算可核对: the rules that grade a target, in words, each with its hits; run again for each version of the facts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.queries.signals.target_rules import rule_hits
from budgetdata.ui.frame import DRAWN, section, write
from budgetdata.words.catalogue import tell, text
from budgetdata.words.numbers import share

TEMPLATE = "target_rules.html"
LONGEST = 24
"""Characters of a printed example that are shown."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule as its row shows it."""

    rule: str
    grade: str
    sentence: str
    hits: int
    share: str
    examples: list[str]


def rules(db: Database, lang: str, document_id: str = "") -> None:
    """The rules in the order they are tried, with how many targets each decided and what those print."""
    section("rules", text(lang, "target_rules.title"))
    write(_drawn(db, lang, document_id))


@DRAWN.keeps
def _drawn(db: Database, lang: str, document_id: str) -> Markup:
    """The rules with their hits, drawn once for each version of the facts."""
    found, total, same = rule_hits(db, document_id)
    if not total:
        return macros(TEMPLATE, lang).nothing()
    key = "target_rules.said" if same == total else "target_rules.said_apart"
    said = text(lang, key, n=len(found), total=total, apart=total - same)
    return macros(TEMPLATE, lang).table(said, [_row(row, total, lang) for row in found])


def _row(row: Record, total: int, lang: str) -> _Rule:
    examples = [shown[:LONGEST] + ("…" if len(shown) > LONGEST else "") for shown, _ in row["examples"] if shown]
    grade = text(lang, "target_rules.not_checkable" if row["quality"] == "vague" else f"quality.{row['quality']}")
    return _Rule(row["rule"], grade, tell(lang, row["said"]), row["hits"], share(row["hits"], total), examples)
