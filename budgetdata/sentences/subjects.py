"""Which declared phrase a text names: the one that ends last, of these the longest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from budgetdata.sentences.declared import ANYWHERE, Phrase, declared

CONTINUES = re.compile(r"(?:涉及|共计|合计|总计|金额|资金|预算|设计|安排)[^,;。]{0,20}$")
"""Words before an amount that has no subject of its own: it is the money of what was named just before."""

ITS_AMOUNT = re.compile(r"^(?:20\d\d年)?(?:年初)?预算数?(?:为)?$")
"""Words of a sentence that gives the amount of what the sentence before it names as its heading."""

_REMARK = re.compile(r"(?<=[一-龥])\([^()]*\)$")
"""A remark in brackets behind a name: what it speaks of is not what the number is of."""

Named = tuple[Phrase, int, int]
"""A phrase with its extent in the text."""


def countable(subject: str, unit: str) -> bool:
    """True where a subject can be counted in a unit."""
    entry = declared().subjects.get(subject)
    return entry is not None and unit in entry.units


def without_table(subject: str) -> bool:
    """True where the amounts of a subject stand in none of the thirteen tables."""
    entry = declared().subjects.get(subject)
    return entry is not None and entry.no_table


@cache
def counted_only(subject: str) -> bool:
    """True for what is counted and has no money of its own: vehicles held, staff."""
    entry = declared().subjects[subject]
    of_money = (
        entry.no_table
        or entry.money_is
        or entry.sum_of
        or any(phrase.links for phrase in declared().phrases if phrase.subject == subject)
    )
    return bool(entry.units) and not of_money


@cache
def phrases_for(
    kind: str, head: str, right: bool = False, money: bool = False
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """(those declared for a kind of section, those that hold in any) among the phrases that may be meant there.

    money: of an amount, which is of nothing that is only counted.
    """
    fitting = [p for p in declared().phrases if p.right == right and p.under in ("", head)]
    fitting = [p for p in fitting if not money or not counted_only(p.subject)]
    anywhere = tuple(p for p in fitting if ANYWHERE in p.sections)
    own = tuple(p for p in fitting if kind in p.sections)
    return (own if kind else (*own, *anywhere)), anywhere


def best_phrase(text: str, phrases: Sequence[Phrase]) -> Named | None:
    """The phrase that ends last in a text, of these the longest, of these the one bound to a head; with its extent."""
    hits = [
        (match.end(), match.end() - match.start(), bool(phrase.under), -number, phrase)
        for number, phrase in enumerate(phrases)
        for match in phrase.pattern.finditer(text)
        if match.end() > match.start()
    ]
    if not hits:
        return None
    end, length, _, _, phrase = max(hits, key=lambda hit: hit[:4])
    return phrase, end - length, end


@lru_cache(maxsize=1 << 14)
def named_in(text: str, kind: str, head: str, right: bool = False, money: bool = False) -> Named | None:
    """What a text names in a kind of section: a phrase of that kind of section, else one that holds in any."""
    own, anywhere = phrases_for(kind, head, right, money)
    hit = best_phrase(text, own) or best_phrase(text, anywhere)
    remark = None if right or hit is None else _REMARK.search(text)
    if remark is not None and hit is not None and hit[1] > remark.start():
        return named_in(text[: remark.start()], kind, head, money=money)
    return hit
