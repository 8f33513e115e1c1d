"""Projects printed as the leaves of an expenditure table: rows without code below the 科目 that they make up. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import facts_of_text

from budgetdata.base.facts import EXPENDITURE_LEAF, DocumentFacts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import open_database
from budgetdata.store.database import create

HEAD = "大观园管理处\n\n2026年部门预算\n\n第二部分 2026年部门预算表\n\n{title}\n部门名称：大观园管理处 单位：万元\n\n"
ROWS = """科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t180.00\t100.00\t80.00
201\t一般公共服务支出\t180.00\t100.00\t80.00
20101\t人大事务\t180.00\t100.00\t80.00
2010101\t行政运行\t100.00\t100.00\t
\t人员经费\t70.00\t70.00\t
\t公用经费\t30.00\t30.00\t
2010102\t一般行政管理事务\t80.00\t\t80.00
\t信息化运维项目\t50.00\t\t50.00
\t园林养护项目\t30.00\t\t30.00
"""


def facts(rows: str = ROWS, title: str = "预算支出总表") -> DocumentFacts:
    return facts_of_text(HEAD.format(title=title) + rows)


@pytest.mark.parametrize(
    ("title", "funds"),
    [("预算支出总表", {}), ("一般公共预算支出预算表", {"general": 50_000_000})],
)
def test_rows_that_make_up_the_account_above_are_its_leaves_and_projects(title: str, funds: dict[str, int]) -> None:
    found = facts(title=title)
    leaves = [(row.label, row.level, row.parent_row_no) for row in found.rows if row.level == 4]
    assert leaves == [("人员经费", 4, 4), ("公用经费", 4, 4), ("信息化运维项目", 4, 7), ("园林养护项目", 4, 7)]
    assert [row.label for row in found.rows if row.row_no in (4, 7) and row.is_sum] == ["行政运行", "一般行政管理事务"]
    assert [(project.name, project.source) for project in found.projects] == [
        ("信息化运维项目", EXPENDITURE_LEAF), ("园林养护项目", EXPENDITURE_LEAF),
    ]  # fmt: skip
    assert found.projects[0].funds == {"total": 50_000_000, **funds}
    assert not [check for check in found.checks if check.status == "different"]


def test_rows_that_do_not_make_it_up_are_no_leaves() -> None:
    found = facts(ROWS.replace("30.00\t\t30.00", "29.00\t\t29.00"))
    assert found.projects == [] and not any(row.level == 4 for row in found.rows)


def test_a_leaf_has_the_passport_of_its_printed_amount(tmp_path: Path) -> None:
    create(tmp_path / "b.db", [facts()])
    rows = performance.projects(open_database(tmp_path / "b.db"))
    assert [(row["name"], row["figure"]["table_no"], row["figure"]["raw"], row["state"]) for row in rows] == [
        ("信息化运维项目", 3, "50.00", "stated"), ("园林养护项目", 3, "30.00", "stated"),
    ]  # fmt: skip
