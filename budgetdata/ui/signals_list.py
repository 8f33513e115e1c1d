"""绩效目标里值得一看的地方: the declared signals on targets and sheets, each with its sentence and its hits. No verdicts."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.queries.signals import rules as signals
from budgetdata.ui.frame import DRAWN, section, write
from budgetdata.words.catalogue import text

RULES_SHOWN = 10
"""Rules shown before the rest is folded."""
SHOWN, MOST = 6, 60
"""Hits of a rule: so many at once, so many behind 全部."""


def signals_list(db: Database, lang: str, document_id: str = "") -> None:
    """Every rule that has hits, the ones with most first: what it looks for, how often, and the first hits with their place."""
    drawn = _drawn(db, lang, document_id)
    if drawn:
        section("signals", text(lang, "signals.title"))
        write(drawn)


@DRAWN.keeps
def _drawn(db: Database, lang: str, document_id: str) -> Markup:
    """The rules with their hits, drawn once for each version of the facts; empty where nothing was hit."""
    found = [row for row in signals.counts(db, document_id or None, lang) if row["hits"]]
    if not found:
        return Markup()
    listed = [_rule(db, row, lang, document_id) for row in sorted(found, key=lambda row: -row["hits"])]
    said = text(lang, "signals.said", n=len(found))
    return macros("signals.html", lang).rules(said, listed[:RULES_SHOWN], listed[RULES_SHOWN:], len(listed))


def _rule(db: Database, row: Record, lang: str, document_id: str) -> tuple[Any, ...]:
    """A rule as its macro takes it: the first hits, then all of them folded; past MOST only how many more there are."""
    hits = signals.hits(db, row["rule"], document_id or None, lang)
    return row, hits[:SHOWN], hits[SHOWN:MOST], len(hits) - MOST
