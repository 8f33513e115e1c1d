"""What could not be checked over many documents, and why, as a piece of a page."""

from __future__ import annotations

from markupsafe import Markup

from budgetdata.checks.kinds import all_kinds
from budgetdata.markup import pieces as html
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.queries.signals.rates import Numbers, Part
from budgetdata.queries.signals.unchecked import Reasons, reasons
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share
from budgetdata.words.phrases import headings

FIRST, ALL = 8, 50
"""So many reasons stand on the page, so many of the rest behind them; those left are one line."""
MOST = 20_000
"""Of more checks than this no reason is looked for: it takes longer than a reader waits, and a place or a budget has fewer."""


def why(db: Database, part: Part, number: Numbers, there: str, lang: str) -> Markup:
    """How many checks of a part of the documents could not be evaluated, and why; nothing where all could.

    number: how many have each status; there: the address of the list of them.
    """
    count = number["not_evaluable"]
    if not count:
        return Markup()
    said = text(lang, "unchecked.said", n=count, all=number.total(), rate=share(count, number.total()))
    drawn = macros("rates.html", lang)
    if count > MOST:
        return drawn.unchecked(text(lang, "unchecked.narrow", said=said), Markup(), Markup(), there)
    found = _cut(reasons(db, part, lang), lang)
    rest = html.fold(text(lang, "unchecked.more", n=len(found) - FIRST), _table(found[FIRST:], lang), lang)
    return drawn.unchecked(said, _table(found[:FIRST], lang), rest, there)


def _cut(found: Reasons, lang: str) -> Reasons:
    """The reasons of which the least frequent are one where they are many."""
    if len(found) <= ALL:
        return found
    left = sum((number for _, number in found[ALL:]), Numbers())
    return [*found[:ALL], (text(lang, "unchecked.others", n=len(found) - ALL), left)]


def _table(found: Reasons, lang: str) -> Markup:
    """Reasons with how many checks have each, and of which kinds these are."""
    rows = [{"reason": reason, "n": number.total(), "kinds": _named(number, lang)} for reason, number in found]
    return html.table(rows, headings(lang, reason="why", n="checks", kinds="category"), lang) if rows else Markup()


def _named(number: Numbers, lang: str) -> str:
    return text(lang, "list.names").join([all_kinds()[kind].name(lang) for kind, _ in number.most_common()])
