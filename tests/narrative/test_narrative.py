"""The narrative of the five documents: every statement typed, linked, checked; planted errors found, and no others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from documents import DOCUMENTS, read_registered
from sentences_typed import (
    EXPECTED,
    bent,
    different,
    every_number,
    new_differences,
    rows_of,
    stated,
    strangers,
    with_paragraphs,
)

from budgetdata.base.facts import figure_key
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import CLASSIFIED, LINKED, UNLINKED, coverage
from budgetdata.sentences.declared import declared
from tests.helpers.words import zh

TYPED = sorted(path.stem for path in EXPECTED.glob("*.csv") if path.stem in DOCUMENTS)


def test_at_least_two_documents_are_typed_whole() -> None:
    assert len(TYPED) >= 3


@pytest.mark.parametrize("document", TYPED)
def test_every_statement_equals_the_typed_truth(document: str) -> None:
    typed = Counter(tuple(row.values()) for row in rows_of(document))
    read = Counter((str(s.place.line), s.kind, s.subject, s.value, s.unit) for s in stated(read_registered(document)))
    assert read - typed == Counter() and typed - read == Counter()


COVERED = {
    "4bc610c22ba9": (46, 23), "01a1d3103f45": (54, 24), "b734d3efdd82": (44, 27), "947784cd9916": (73, 49),
    "6ad99d98ab19": (70, 32),
}  # fmt: skip
"""All amounts of 万元 outside the glossary, found by brute search, and how many are linked to a printed figure."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_amount_is_linked_or_has_a_reason_not_to_be(document: str) -> None:
    found = coverage(read_registered(document))
    assert [(a.place.line, a.value, a.text) for a in found.of(UNLINKED)] == []
    assert (len(found.amounts), len(found.of(LINKED))) == COVERED[document]
    reasons = {a.why for a in found.of(CLASSIFIED)}
    compared = {"change", "threshold", "reason_change", "reason_amount", "last_year", "blank"}
    assert reasons <= compared | {subject.id for subject in declared().subjects.values() if subject.no_table}
    assert found.share == 1.0


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_link_leads_to_the_figure_that_the_sentence_speaks_of(document: str) -> None:
    """Links are made by subject; that the amounts agree proves them, but for the differences the document really has."""
    facts = read_registered(document)
    figures = {figure_key(f.table_no, f.side, f.row_no, f.column): f for f in facts.figures}
    apart = {(c.left_ref, c.left_fen) for c in different(facts)}
    linked = [s for s in stated(facts) if s.kind == "amount" and s.links]
    assert len(linked) >= 20
    for statement in linked:
        fen = int(Decimal(statement.value) * 1_000_000)
        equal = any(figures[key].fen == fen for key in statement.links)
        assert equal or (f"line {statement.place.line}", fen) in apart, statement


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_zero_without_link_stands_for_a_blank_cell(document: str) -> None:
    facts = coverage(read_registered(document))
    assert {a.value for a in facts.of(CLASSIFIED) if a.why == "blank"} <= {"0", "0.00"}


REAL = {
    "4bc610c22ba9": [],
    "01a1d3103f45": [("narrative.share.projects_published", "line 417", "写的是78.23%，按表中数为77.22%")],
    "b734d3efdd82": [
        ("narrative.projects_managed", "line 405", "写的是23564.61万元，表5「合计」的项目支出为23550.20万元")
    ],
    "947784cd9916": [
        ("narrative.share.projects_published", "line 741", "写的是85.11%，按表中数为85.34%"),
        ("narrative.sum.projects_published", "line 741", "总数写的是35350.98万元，分项之和为0.00万元"),
        ("narrative.sum.projects_published_count", "line 741", "写的是28个，分项之和为0个"),
        ("narrative.projects_published", "line 741", "写的是35350.98万元，28张表之和为33107.9781万元"),
        ("narrative.limit.equipment", "line 1890", "写的是100万元以上7台（套），50万元以上4台（套）"),
    ],
    "6ad99d98ab19": [
        ("narrative.department_goal", "line 442", "写的是203.00万元，表1「支出总计」为359.95万元"),
        ("narrative.department_goal_basic", "line 442", "写的是0.00万元，表3「合计」的基本支出为156.95万元"),
    ],
}
"""Every difference there is in the narratives of the five, each confirmed by eye."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_real_differences_and_no_other(document: str) -> None:
    found = different(read_registered(document))
    assert [(c.rule, c.left_ref) for c in found] == [(rule, ref) for rule, ref, _ in REAL[document]]
    for check, (_, _, words) in zip(found, REAL[document], strict=True):
        assert zh(check.explanation).startswith(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_check_says_what_it_compared(document: str) -> None:
    facts = read_registered(document)
    keys = {figure_key(f.table_no, f.side, f.row_no, f.column) for f in facts.figures}
    for check in narrative_checks(facts):
        assert re.fullmatch(r"narrative(\.[a-z_]+)+", check.rule)
        assert zh(check.explanation) and not re.search(r"浪费|违规|造假|错误", zh(check.explanation))
        assert not re.search(r"[a-z]{4}", zh(check.label)), zh(check.label)
        for ref in filter(None, ";".join((check.left_ref, check.right_ref)).split(";")):
            assert ref in keys or re.fullmatch(r"line \d+|p\.\d+", ref)
        if check.status == "not_evaluable":
            assert (check.left_fen, check.right_fen) == (None, None)


PLANTS = [tuple(row.values()) for row in rows_of("plants")]


def test_there_are_plants_in_every_kind_of_sentence() -> None:
    assert len(PLANTS) >= 80
    assert {plant[0] for plant in PLANTS} == set(DOCUMENTS)
    assert len({plant[4] for plant in PLANTS}) >= 40


@pytest.mark.parametrize("document, line, old, new, rule", PLANTS)
def test_a_planted_error_is_found_and_named(document: str, line: str, old: str, new: str, rule: str) -> None:
    found = new_differences(document, bent(read_registered(document), int(line), old, new))
    assert rule in {c.rule for c in found}
    assert strangers(document, int(line), found) == []


UNCHECKED = re.compile(
    r"编制\d|编制人?数?为?\d|[正副][处科]\d|内设机构|职能科室|所属事业单位|参公单位|调入|在编|建筑总面积|价值\d|通用设备\d"
    r"|专用设备共|净值|企业扶持资金增加了|公用预算\d|下属预算单位\d|整体绩效目标，涉及资金|事业编制"
)
"""Numbers that a document prints only once and that bound nothing else, so that no error in them can be seen."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_number_that_can_be_checked_is(document: str) -> None:
    """Each number in turn is changed: a difference is found at its line, or it is one that nothing else is printed of."""
    facts = read_registered(document)
    found = silent = 0
    for index, match in every_number(facts):
        paragraph, value = facts.paragraphs[index], Decimal(match["digits"].replace(",", ""))
        grown = {"%": value + Decimal("1.37"), "万元": value * Decimal("1.1") + Decimal("1.23")}.get(
            match["unit"], value + 3
        )
        text = (
            f"{paragraph.text[: match.start('digits')]}{grown:.2f}".removesuffix(".00")
            + paragraph.text[match.end("digits") :]
        )
        new = new_differences(document, with_paragraphs(facts, index, replace(paragraph, text=text)))
        assert strangers(document, paragraph.place.line or 0, new) == []
        if new:
            found += 1
        else:
            around = paragraph.text[max(0, match.start() - 16) : match.end() + 8]
            assert UNCHECKED.search(re.sub(r"\s", "", around)), around
            silent += 1
    assert found >= 55 and silent <= 14


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_removed_paragraph_raises_no_alarm(document: str) -> None:
    facts = read_registered(document)
    numbered = sorted({index for index, _ in every_number(facts)})
    lost = Counter()
    for index in numbered:
        copy = with_paragraphs(facts, index)
        assert strangers(document, 0, new_differences(document, copy)) == []
        lost[len(stated(facts)) > len(stated(copy))] += 1
    assert lost[True] == len(numbered) >= 12


def test_a_missing_sentence_is_not_evaluable() -> None:
    facts = read_registered("947784cd9916")
    index = next(i for i, p in enumerate(facts.paragraphs) if p.place.line == 731)
    status = {c.rule: c.status for c in narrative_checks(with_paragraphs(facts, index))}
    assert status["narrative.sum.procurement"] == "not_evaluable"
