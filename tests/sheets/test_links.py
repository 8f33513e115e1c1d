"""Every sheet finds its project row: on the registered documents, and on names and amounts made by hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from documents import DOCUMENTS, facts_of_text, text_of

from budgetdata.base.facts import ANNUAL, ProjectFact, SheetFact
from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Place
from budgetdata.readers.text import parse_text
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.links import folded_name, foreign_sheets, link_projects, office_of
from tests.helpers.words import zh

SHEETS = {"4bc610c22ba9": 5, "01a1d3103f45": 4, "b734d3efdd82": 12, "947784cd9916": 28, "6ad99d98ab19": 4}
NOT_EXACT = {"驻外招商工作站服务和经费", "应急管理部—数字化城管项目改造费"}
"""The project sheets whose name differs from their row's in more than dashes, spaces and widths."""


def projects_of(text: str) -> list[ProjectFact]:
    """The rows of the two project tables: a name, then amounts in 万元; the first is the total."""
    projects: list[ProjectFact] = []
    stage, department = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        if title := re.fullmatch(r"(?:#+ )?20\d\d年项目支出预算表（(本年预算|上年结转)）\s*", line):
            stage = "current" if title.group(1) == "本年预算" else "carryover"
        elif line.startswith("部门名称："):
            department = line.removeprefix("部门名称：").strip()
        elif "第三部分" in line and projects:
            break
        elif stage and "\t" in line:
            name, first, *_ = (cell.strip() for cell in line.split("\t"))
            amount = parse_amount(first, "万元")
            if name and amount and not name.isdigit() and name != department:
                projects.append(
                    ProjectFact(stage, number, name, office_of(name), {"total": amount.fen}, Place(None, number))
                )
    return projects


def project(name: str, yuan: int, stage: str = "current") -> ProjectFact:
    return ProjectFact(stage, 1, name, "", {"total": yuan * 100}, Place(None, 1))


def sheet(name: str, yuan: int | None, scope: str = "project") -> SheetFact:
    funds = {} if yuan is None else {(ANNUAL, "total"): yuan * 100}
    return SheetFact(name, scope, Place(None, 1), funds=funds)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_project_sheet_finds_its_row(document: str) -> None:
    text = text_of(document)
    sheets, _, _ = read_sheets(parse_text(text, document).blocks)
    projects = projects_of(text)
    links = link_projects(projects, sheets)
    linked = {found: (number, how) for number, (found, how) in links.items() if found is not None}
    expected = {number for number, sheet in enumerate(sheets) if sheet.scope == "project"}
    assert len(expected) == SHEETS[document]
    assert set(linked) == expected
    assert set(links) == set(range(len(projects)))
    for number, (row, how) in linked.items():
        exact = sheets[number].project_name not in NOT_EXACT
        assert how == ("exact" if exact else "similar"), sheets[number].project_name
        assert abs(sheets[number].funds[ANNUAL, "total"] - (projects[row].funds["total"] or 0)) <= 5_000
    assert Counter(how for found, how in links.values() if found is None) in (
        {},
        {"none": len(projects) - len(expected)},
    )


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("建设环保管理部—路灯运行维护费", "建设环保管理部"),
        ("建设环保管理部一云中消防站建设项目", "建设环保管理部"),
        ("土地储备与规划事务中心一占补平衡费", "土地储备与规划事务中心"),
        ("招商投资促进部一大龙网项目", "招商投资促进部"),
        ("第一招商服务中心—招商引资经费", "第一招商服务中心"),
        ("综合办公室-食堂外包服务费", "综合办公室"),
        ("综合执法大队－装备购置", "综合执法大队"),
        ("财务部——审计费", "财务部"),
        ("应急管理—数字化城管项目改造费", "应急管理"),
        ("行政审批服务管理局—“互联网+政务服务”平台运维服务费", "行政审批服务管理局"),
        ("中小企业发展专项转移支付——“支持开发区建设中小企业园”项目", ""),
        ("标准化战略经费-标准化试点示范项目补助经费", ""),
        ("服务中心一期工程", ""),
        ("投资促进局一企一策资金", ""),
        ("2023-2024年度供热补贴", ""),
        ("招商经费", ""),
        ("", ""),
    ],
)
def test_the_office_a_name_opens_with(name: str, office: str) -> None:
    assert office_of(name) == office


def test_a_folded_name_knows_one_dash() -> None:
    names = ["管理部—费用（甲）", "管理部一费用(甲)", "管理部 - 费用（甲）", "管理部——费用（ 甲 ）"]
    assert len({folded_name(name) for name in names}) == 1
    assert folded_name("服务中心一期工程") != folded_name("服务中心—期工程")


def test_the_same_name_is_exact_even_where_the_amounts_differ() -> None:
    assert link_projects([project("保密费", 2000)], [sheet("保密费", 3000)]) == {0: (0, "exact")}


def test_of_rows_with_the_same_name_the_one_with_the_amount_is_linked() -> None:
    rows = [project("修路费", 100), project("修路费", 200, "carryover")]
    assert link_projects(rows, [sheet("修路费", 200)]) == {0: (None, "none"), 1: (0, "exact")}


@pytest.mark.parametrize(
    ("yuan", "link"), [(800_000, "similar"), (800_050, "similar"), (800_051, "none"), (None, "none")]
)
def test_a_similar_name_needs_the_amount_within_rounding(yuan: int | None, link: str) -> None:
    found = link_projects([project("驻外招商工作站服务和工作经费", 800_000)], [sheet("驻外招商工作站服务和经费", yuan)])
    assert found[0][1] == link


def test_a_sheet_goes_to_one_project_only() -> None:
    rows = [project("消防站建设补贴费用", 200), project("消防站建设补贴费用（2023年暂付）", 200)]
    assert link_projects(rows, [sheet("消防站建设补贴费用", 200)]) == {0: (0, "exact"), 1: (None, "none")}


def test_two_equally_similar_rows_stay_open() -> None:
    rows = [project("绿化养护维修费用甲", 200), project("绿化养护维修费用乙", 200)]
    assert link_projects(rows, [sheet("绿化养护维修费用丙", 200)]) == {0: (None, "none"), 1: (None, "none")}


def test_the_amount_alone_links_only_where_it_is_unique_and_the_names_share_something() -> None:
    rows = [project("智慧园区运行保障", 123), project("办公用房", 456)]
    sheets = [sheet("园区运行监测平台维护及网络安全服务采购", 123), sheet("车辆购置", 456)]
    assert link_projects(rows, sheets) == {0: (0, "amount"), 1: (None, "none")}
    twice = [*rows, project("园区运行能源费", 123)]
    assert link_projects(twice, sheets[:1])[0] == (None, "none")


@pytest.mark.parametrize(
    ("row", "title", "link"),
    [
        ("土地储备与规划事务中心—测绘费", "土地储备与规划事务中心—办公家具", "none"),
        ("综合执法大队装备购置", "综合执法大队车辆租赁", "none"),
        ("财务部—智慧园区运行保障", "建设部—园区运行监测平台维护采购", "none"),
        ("甲县—道路工程专项资金", "乙县—食堂工程专项资金", "none"),
        ("财务部—智慧园区运行保障", "财务部—园区运行监测平台维护采购", "amount"),
        ("智慧园区运行保障", "建设部—园区运行监测平台维护采购", "amount"),
    ],
)
def test_a_shared_office_or_a_common_word_is_no_likeness(row: str, title: str, link: str) -> None:
    assert link_projects([project(row, 123)], [sheet(title, 123)])[0][1] == link


OTHER = "阳泉市招商中心"


def printed_sheet(authority: str, unit: str = "") -> SheetFact:
    return SheetFact("修剪费", "project", Place(None, 1), authority=authority, unit_name=unit or authority)


@pytest.mark.parametrize(
    ("authority", "unit", "foreign"),
    [
        ("山西忻州经济开发区管理委员会", "", False),
        ("忻州经济开发区管委会", "", False),
        ("忻州市人民政府", "山西忻州经济开发区管理委员会", False),
        ("", "", False),
        (OTHER, "", True),
        (OTHER, "阳泉市招商服务站", True),
        ("山西忻州经济开发区科技金融部", "", True),
    ],
)
def test_a_sheet_of_another_department_is_foreign(authority: str, unit: str, foreign: bool) -> None:
    found = foreign_sheets([printed_sheet(authority, unit)], "山西忻州经济开发区管理委员会")
    assert found == ([(0, authority)] if foreign else [])


def test_no_sheet_is_foreign_to_a_document_without_a_department() -> None:
    assert foreign_sheets([printed_sheet(OTHER)], "") == []


def test_a_sheet_of_another_department_is_reported_and_not_published() -> None:
    own, other = text_of("6ad99d98ab19"), text_of("947784cd9916")
    whole = facts_of_text(own)
    start = other.index("项目名称\t建设环保管理部—2022年度道路路灯LED")
    end = other.index("\n", other.index("填报日期", start))
    facts = facts_of_text(f"{own}\n\n{other[start:end]}\n")
    assert [sheet.project_name for sheet in facts.sheets] == [sheet.project_name for sheet in whole.sheets]
    (problem,) = [p for p in facts.problems if p.severity == "unread" and "主管部门印作" in zh(p.message)]
    assert (
        problem.subject == "sheet"
        and "山西忻州经济开发区管理委员会" in zh(problem.message)
        and OTHER in zh(problem.message)
    )
    assert facts.department == OTHER and facts.department_code == whole.department_code


def test_the_departments_own_sheet_is_never_linked() -> None:
    assert link_projects([project("招商中心", 100)], [sheet("招商中心", 100, "department")]) == {0: (None, "none")}


def test_nothing_in_nothing_out() -> None:
    assert link_projects([], [sheet("甲", 1)]) == {}
    assert link_projects([project("甲", 1)], []) == {0: (None, "none")}
