"""PDFs of a budget that does not exist, printed in three ways: each gives the facts of its text, without ../shared."""

from __future__ import annotations

from collections import Counter

import pytest
from invented import as_text, invented
from printing import KINDS, sample

from budgetdata.base.facts import DocumentFacts
from budgetdata.build.document import facts_of, read_facts
from budgetdata.forms.declared import standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source


def figures(facts: DocumentFacts) -> list[tuple[int, str, str, str, int]]:
    """What is published of each figure, its place apart."""
    return sorted((f.table_no, f.side, f.label, f.column, f.fen) for f in facts.figures)


@pytest.mark.parametrize("kind", KINDS)
def test_a_printed_sample_gives_the_facts_of_its_text(kind: str) -> None:
    text = facts_of(parse_text(as_text(invented()), "a.txt"), Source("a.txt", "0" * 64), standard_forms())
    read = read_facts(sample(kind), Source("a.pdf", "0" * 64))
    assert figures(read) == figures(text) and len(read.figures) > 50
    assert (read.department, read.year) == (text.department, text.year)
    assert [sheet.funds for sheet in read.sheets] == [sheet.funds for sheet in text.sheets]
    assert Counter(check.status for check in read.checks) == Counter(check.status for check in text.checks)
    assert [problem.message for problem in read.problems if problem.severity == "unread"] == []
