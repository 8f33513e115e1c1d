"""What the text lists or counts, against tables that may lack rows or print them without names: not called different."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import made_facts

from budgetdata.base.facts import DocumentFacts, FigureFact, ParagraphFact, ProjectFact, RowFact, TableFact
from budgetdata.base.raw import Place
from budgetdata.narrative.checks import narrative_checks

BASIC = "一般公共预算基本支出情况说明"
LISTED = "2024年基本支出10万元，其中：公用经费10万元，主要包括：办公费、工会经费。"
GOALS = "预算绩效情况说明"
COUNTED = "2024年实行绩效目标管理的项目3个，涉及一般公共预算当年拨款6万元。"


def with_rows(facts: DocumentFacts, table_no: int, column: str, rows: list[tuple[str, str, int]]) -> DocumentFacts:
    """The facts with a table of 万元 of one column whose first row is its total: (code, label, amount)."""
    facts.tables = [TableFact(table_no, "", "万元", "data", None, Place(3, 1))]
    for number, (code, label, wan) in enumerate(rows, 1):
        at, level = Place(3, number), int(number > 1)
        facts.rows.append(RowFact(table_no, "", number, code, label, level, not level, "", at))
        facts.figures.append(
            FigureFact(
                table_no, "", number, code, label, level, not level, column, "", wan * 1_000_000, 2, f"{wan}.00", at
            )
        )
    return facts


def telling(section: str, text: str) -> DocumentFacts:
    """A document that prints one paragraph."""
    paragraphs = [ParagraphFact(3, section, text, Place(1, 1))]
    nothing = replace(made_facts(), rows=[], figures=[], tables=[], sheets=[], projects=[], checks=[], statements=[])
    return replace(nothing, paragraphs=paragraphs)


def verdict(facts: DocumentFacts, rule: str) -> tuple[str, str]:
    """The status of a check, and the reason why it was not evaluated."""
    [check] = [check for check in narrative_checks(facts) if check.rule == rule]
    reason = check.explanation.args.get("reason")
    return check.status, reason.code if reason and check.status == "not_evaluable" else ""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("", "合计", 10), ("30201", "办公费", 4), ("30228", "工会经费", 6)], ("balanced", "")),
        ([("", "合计", 10), ("30201", "办公费", 4), ("30229", "福利费", 6)], ("different", "")),
        ([("", "合计", 10), ("30201", "办公费", 4), ("30228", "", 6)], ("not_evaluable", "narrative.why.rows_unnamed")),
        ([("", "合计", 10), ("30201", "办公费", 4)], ("not_evaluable", "narrative.why.rows_lacking")),
    ],
)
def test_an_item_of_the_text_is_not_missed_among_rows_that_lack_one_or_a_name(
    rows: list[tuple[str, str, int]], told: tuple[str, str]
) -> None:
    facts = with_rows(telling(BASIC, LISTED), 6, "operating", rows)
    assert verdict(facts, "narrative.items.operating") == told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("", "合计", 6), ("", "修路", 1), ("", "架桥", 2), ("", "通渠", 3)], ("balanced", "")),
        ([("", "合计", 6), ("", "修路", 1), ("", "架桥", 5)], ("different", "")),
        ([("", "合计", 6), ("", "修路", 1), ("", "架桥", 2)], ("not_evaluable", "narrative.why.rows_lacking")),
    ],
)
def test_projects_are_not_miscounted_where_they_do_not_make_up_their_total(
    rows: list[tuple[str, str, int]], told: tuple[str, str]
) -> None:
    facts = with_rows(telling(GOALS, COUNTED), 12, "total", rows)
    facts.projects = [
        ProjectFact("current", number, label, "", {"total": wan * 1_000_000}, Place(3, number))
        for number, (_, label, wan) in enumerate(rows[1:], 2)
    ]
    assert verdict(facts, "narrative.projects_managed_count") == told


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("total", ("balanced", "")),
        ("parts", ("not_evaluable", "narrative.why.sum_blank")),
        ("", ("different", "")),
    ],
)
def test_a_share_is_not_held_against_a_sum_that_is_left_out_above_its_parts(
    printed: str, told: tuple[str, str]
) -> None:
    text = "2024年支出预算合计10万元，其中：基本支出6万元，占60%；项目支出4万元，占40%。"
    facts = with_rows(telling("支出预算情况说明", text), 3, "total", [("", "合计", 10), ("201", "公共服务", 10)])
    rows = {"total": (1, 2), "parts": (2,), "": ()}[printed]
    facts.figures += [
        replace(figure, column="project", fen=4_000_000, raw="4.00")
        for figure in facts.figures
        if figure.row_no in rows
    ]
    facts.figures += [replace(facts.figures[0], column="basic", fen=6_000_000, raw="6.00")]
    assert verdict(facts, "narrative.share.project") == told


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("", ("not_evaluable", "narrative.why.sum_blank")),
        ("9", ("different", "")),
        ("10", ("balanced", "")),
    ],
)
def test_an_amount_that_may_be_of_any_of_several_totals_is_not_held_against_one_where_another_is_blank(
    printed: str, told: tuple[str, str]
) -> None:
    text = "2024年全面实施绩效目标管理，涉及一级预算项目6个，预算资金10万元。"
    facts = with_rows(telling(GOALS, text), 3, "project", [("", "合计", 4), ("201", "公共服务", 4)])
    facts.tables.append(TableFact(1, "", "万元", "data", None, Place(2, 1)))
    for number, (label, role, wan) in enumerate(
        (("公共服务", "201", "10"), ("支出总计", "expenditure_total", printed)), 1
    ):
        at, level = Place(2, number), 2 - number
        facts.rows.append(RowFact(1, "expenditure", number, "", label, level, not level, role, at))
        cell = FigureFact(
            1, "expenditure", number, "", label, level, not level, "total", "", int(wan or 0) * 10**6, 2, f"{wan}.00", at,
            role=role,
        )  # fmt: skip
        facts.figures += [cell] if wan else []
    assert verdict(facts, "narrative.projects_first_level") == told
