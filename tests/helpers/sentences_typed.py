"""The narrative of the five documents as typed by hand, bent, and the differences it truly has."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from documents import read_registered

from budgetdata.base.facts import CheckFact, DocumentFacts, ParagraphFact, StatementFact
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import read_statements
from tests.helpers.words import zh

EXPECTED = Path(__file__).parents[1] / "expected" / "narrative"
Typed = tuple[str, str, str, str, str]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a hand-typed file."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stated(facts: DocumentFacts) -> list[StatementFact]:
    """The statements that are printed, without those rebuilt from them."""
    return [s for s in read_statements(facts) if not s.kind.startswith("rebuilt")]


def said(facts: DocumentFacts) -> Counter[tuple[str, str, str, str]]:
    """What is stated, without its place."""
    return Counter((s.kind, s.subject, s.value, s.unit) for s in stated(facts))


def with_paragraphs(facts: DocumentFacts, index: int, *new: ParagraphFact) -> DocumentFacts:
    """A copy of the facts in which one paragraph is replaced by others."""
    return replace(facts, paragraphs=[*facts.paragraphs[:index], *new, *facts.paragraphs[index + 1 :]])


def bent(facts: DocumentFacts, line: int, old: str, new: str) -> DocumentFacts:
    """A copy of the facts in which the paragraph of a line reads otherwise; the old words stand in it exactly once."""
    index = next(i for i, p in enumerate(facts.paragraphs) if p.place.line == line)
    paragraph = facts.paragraphs[index]
    assert paragraph.text.count(old) == 1, (line, old)
    return with_paragraphs(facts, index, replace(paragraph, text=paragraph.text.replace(old, new)))


def different(facts: DocumentFacts) -> list[CheckFact]:
    return [check for check in narrative_checks(facts) if check.status == "different"]


@cache
def really(document: str) -> tuple[CheckFact, ...]:
    """The differences that a document really has."""
    return tuple(different(read_registered(document)))


def new_differences(document: str, facts: DocumentFacts) -> list[CheckFact]:
    """What a bent copy has that the document has not."""
    known = {zh(c.explanation) for c in really(document)}
    return [c for c in different(facts) if zh(c.explanation) not in known]


def strangers(document: str, line: int, found: list[CheckFact]) -> list[CheckFact]:
    """The differences that neither speak of a line nor are a real one of the document, in other words."""
    elsewhere = [c for c in found if f"line {line}" not in f"{c.left_ref};{c.right_ref}".split(";")]
    known = {(c.rule, zh(c.label), c.left_ref) for c in really(document)}
    return [c for c in elsewhere if (c.rule, zh(c.label), c.left_ref) not in known]


_NUMBER = re.compile(r"(?<![\d.〔])(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|%|个|辆|平方米|台|名|人|家|件|元)")


def every_number(facts: DocumentFacts) -> Iterator[tuple[int, re.Match[str]]]:
    for index, paragraph in enumerate(facts.paragraphs):
        if paragraph.part != 4:
            yield from ((index, match) for match in _NUMBER.finditer(paragraph.text))
