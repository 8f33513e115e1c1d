"""Ways in which other places print the standard tables: two years side by side, one cell for code and name, remarks in titles."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from documents import facts_of_text

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.money import wan
from budgetdata.store.three_public import three_public
from tests.helpers.words import en, zh

HEAD = """虚构市水务局2031年部门预算

第二部分 2031年部门预算报表

表一

2031年预算收支总表

单位：万元

收入\t\t支出\t
项目\t2031年\t项目\t2031年合计
一、一般公共预算\t300.00\t一、一般公共服务支出\t120.00
\t\t二、农林水支出\t180.00
本年收入合计\t300.00\t本年支出合计\t300.00
收入总计\t300.00\t支出总计\t300.00

"""
T5 = [
    ("合计", "", "300.00", "100.00", "200.00"),
    ("201", "一般公共服务支出", "120.00", "100.00", "20.00"),
    ("20103", "政府办公厅（室）及相关机构事务", "120.00", "100.00", "20.00"),
    ("2010301", "行政运行", "120.00", "100.00", "20.00"),
    ("213", "农林水支出", "180.00", "", "180.00"),
    ("21303", "水利", "180.00", "", "180.00"),
    ("2130314", "防汛", "180.00", "", "180.00"),
]
FIGURES = {
    (code or label, column): amount
    for label, code, amounts in ((row[1] or row[0], row[0] if row[1] else "", row[2:]) for row in T5)
    for column, amount in zip(("total", "basic", "project"), amounts, strict=True)
    if amount
}


def table(title: str, heads: list[str], rows: list[str]) -> DocumentFacts:
    """The facts of a document that holds table 1 and one more."""
    body = "\n".join(line.replace("|", "\t") for line in [*heads, *rows])
    return facts_of_text(f"{HEAD}{title}\n\n单位：万元\n\n{body}\n")


def figures(facts: DocumentFacts, table_no: int) -> dict[tuple[str, str], str]:
    """(code or label, column) → amount of every figure of a table."""
    rows = {(row.side, row.row_no): row for row in facts.rows if row.table_no == table_no}
    held = [(rows[f.side, f.row_no], f) for f in facts.figures if f.table_no == table_no]
    return {(row.code or row.label, f.column): wan(f.fen) for row, f in held}


def problems(facts: DocumentFacts) -> list[str]:
    return [en(problem.message) for problem in facts.problems if problem.severity == "unread"]


def different(facts: DocumentFacts) -> list[str]:
    return [zh(check.label) for check in facts.checks if check.status == "different"]


CARS = "小计|公务用车购置费|公务用车运行维护费"
THREE = "合计|基本支出|项目支出"


@pytest.mark.parametrize(
    ("heads", "before", "after"),
    [
        (["科目编码|科目名称|2030年预算数|||2031年预算数||", f"||{THREE}|{THREE}"], "9.00|4.00|5.00|", ""),
        (["科目编码|科目名称|上年预算数|||本年预算数||", f"||{THREE}|{THREE}"], "9.00|4.00|5.00|", ""),
        (["科目编码|科目名称|2030年执行数|2031年预算数||", f"|||{THREE}"], "9.00|", ""),
        (["科目编码|科目名称|2031年预算数|||增减额|增减%", f"||{THREE}||"], "", "|1.00|5.0"),
        (["科目编码|科目名称|2031年预算数|||2030年预算数||", f"||{THREE}|{THREE}"], "", "|9.00|4.00|5.00"),
        (["单位编码|单位名称|科目编码|科目名称|2031年预算数|||备注", f"||||{THREE}|"], None, "|"),
    ],
    ids=["last year first", "words for years", "executed", "change", "last year behind", "unit and remark"],
)
def test_only_this_years_amounts_are_published(heads: list[str], before: str | None, after: str) -> None:
    lead = "024001|虚构市水务局|" if before is None else ""
    rows = [f"{lead}{row[0]}|{row[1]}|{before or ''}{'|'.join(row[2:])}{after}" for row in T5]
    facts = table("表五 2031年一般公共预算支出预算表", heads, rows)
    assert figures(facts, 5) == FIGURES
    assert problems(facts) == []
    assert different(facts) == []


@pytest.mark.parametrize(
    ("heads", "cells", "published"),
    [
        (["项目|2030年预算数|2031年预算数"], [("合计", "15.00"), ("公务接待费", "5.00")], "13.00"),
        (["项目|2031年预算数|2030年预算数"], [("合计", "13.00"), ("公务接待费", "4.00")], "13.00"),
    ],
)
def test_three_public_expenses_are_this_years(heads: list[str], cells: list[tuple[str, str]], published: str) -> None:
    last = {"15.00": "13.00", "13.00": "15.00", "5.00": "4.00", "4.00": "5.00"}
    facts = table("表十 2031年“三公”经费支出预算表", heads, [f"{label}|{cell}|{last[cell]}" for label, cell in cells])
    assert figures(facts, 10) == {("合计", "total"): published, ("公务接待费", "total"): "4.00"}


@pytest.mark.parametrize("joined", ["{} {}", "{}{}", "[{}]{}", "{}-{}", "（{}）{}"])
@pytest.mark.parametrize("head", ["功能分类科目", "功能科目名称", "项目"])
def test_code_and_name_in_one_cell(joined: str, head: str) -> None:
    rows = ["|".join([joined.format(row[0], row[1]) if row[1] else row[0], *row[2:]]) for row in T5]
    facts = table("表五 2031年一般公共预算支出预算表", [f"{head}|2031年预算数||", "|合计|基本支出|项目支出"], rows)
    assert figures(facts, 5) == FIGURES
    assert {row.label for row in facts.rows if row.code == "213"} == {"农林水支出"}


CONTINUED = ["表五 2031年一般公共预算支出预算表（续表）", "表五 2031年一般公共预算支出预算表（续）", "续表"]


@pytest.mark.parametrize("again", CONTINUED)
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_under_a_continued_title(again: str, repeated: bool) -> None:
    heads = ["科目编码|科目名称|合计|基本支出|项目支出"]
    rows = ["|".join(row) for row in T5]
    more = [*(heads if repeated else []), *rows[4:]]
    facts = table("表五 2031年一般公共预算支出预算表", heads, [*rows[:4], "", again, "", "单位：万元", "", *more])
    assert figures(facts, 5) == FIGURES
    assert different(facts) == []


@pytest.mark.parametrize(
    "title",
    [
        "2031年预算单位一般公共预算支出功能分类预算表",
        "一般公共预算支出表（按功能分类）",
        "一般公共预算支出情况表（按功能分类科目）",
        "一般公共预算支出明细表（按支出功能分类科目-不含上年结转）",
    ],
)
def test_titles_that_name_the_classification(title: str) -> None:
    facts = table(title, ["科目编码|科目名称|合计|基本支出|项目支出"], ["|".join(row) for row in T5])
    assert figures(facts, 5) == FIGURES


@pytest.mark.parametrize("title", ["一般公共预算支出表（按经济分类）", "基本支出总表", "2031年政府采购支出预算表"])
def test_a_table_of_another_title_is_not_told_by_its_header(title: str) -> None:
    facts = table(title, ["科目编码|科目名称|合计|基本支出|项目支出"], ["|".join(row) for row in T5])
    assert {f.table_no for f in facts.figures} == {1}
    named = [problem.message.args.get("title") for problem in facts.problems]
    assert title in [*named, *(fact.title for fact in facts.tables)]


def test_a_sideways_total_under_another_head_is_published() -> None:
    heads = ["“三公”经费财政拨款预算总额|因公出国（境）费用|公务接待费|公务用车购置及运行维护费||", f"|||{CARS}"]
    facts = table("表十 2031年财政拨款“三公”经费支出表", heads, ["40.77|17.10|0.15||18.69|4.83"])
    roles = {f.role: wan(f.fen) for f in facts.figures if f.table_no == 10}
    assert roles["total"] == "40.77" and "vehicles" not in roles
    assert different(facts) == []


def test_a_sideways_column_of_another_head_is_kept_with_its_head() -> None:
    heads = ["“三公”经费合计|因公出国（境）费用|公务接待费|公务用车购置及运行维护费|||会议费", f"|||{CARS}|"]
    facts = table("表十 2031年“三公”经费、会议费支出表", heads, ["40.77|17.10|0.15|23.52|18.69|4.83|6.00"])
    assert figures(facts, 10)["会议费", "total"] == "6.00"
    assert different(facts) == []


def test_a_blank_sideways_column_of_another_head_is_a_row_and_the_line_it_may_be_is_not_missing() -> None:
    heads = ["“三公”经费合计|出洋公干之费|公务接待费|公务用车购置及运行维护费||", f"|||{CARS}"]
    facts = table("表十 2031年“三公”经费支出表", heads, ["23.67||0.15|23.52|18.69|4.83"])
    rows = [{**asdict(row), "document_id": "", "unread": bool(row.unread)} for row in facts.rows if row.table_no == 10]
    assert "出洋公干之费" in {row["label"] for row in rows}
    state = {"document_id": "", "table_no": 10, "status": "data"}
    printed = {"form_table": [state], "form_row": rows, "figure": []}
    assert {line["status"] for line in three_public(printed) if line["item"] == "overseas"} == {"unreadable"}
    printed["form_row"] = [row for row in rows if row["role"]]
    assert {line["status"] for line in three_public(printed) if line["item"] == "overseas"} == {"missing"}


def test_rows_of_items_only_are_summed_for_the_classes() -> None:
    rows = ["|".join(row) for row in T5 if len(row[0]) in (2, 7)]
    facts = table("表三 2031年预算支出总表", ["科目编码|科目名称|合计|基本支出|项目支出"], rows)
    assert {check.status for check in facts.checks if check.rule == "t03.class_equals_t01"} == {"balanced"}
    assert different(facts) == []


def test_a_blank_total_is_not_compared_as_zero() -> None:
    rows = ["|".join(row) for row in T5]
    rows[4] = "213|农林水支出||| 180.00"
    facts = table("表五 2031年一般公共预算支出预算表", ["科目编码|科目名称|合计|基本支出|项目支出"], rows)
    row_checks = [c for c in facts.checks if c.rule in {"t05.row", "t05.hierarchy"} and "「213」" in zh(c.label)]
    assert {c.status for c in row_checks if "未填" in zh(c.explanation)} == {"not_evaluable"}


def test_two_pairs_of_code_and_name() -> None:
    heads = [
        "部门预算支出经济分类科目||政府预算支出经济分类科目||2031年预算数||",
        "科目编码|科目名称|科目编码|科目名称|合计|人员经费|公用经费",
    ]
    rows = [
        "合计||||100.00|80.00|20.00",
        "301|工资福利支出|501|机关工资福利支出|80.00|80.00|",
        "30101|基本工资|50101|工资奖金津补贴|80.00|80.00|",
        "302|商品和服务支出|502|机关商品和服务支出|20.00||20.00",
        "30201|办公费|50201|办公经费|20.00||20.00",
    ]
    facts = table("表六 2031年一般公共预算安排基本支出分经济科目表", heads, rows)
    assert figures(facts, 6)["30201", "operating"] == "20.00"
    assert {row.label: row.group_label for row in facts.rows if row.table_no == 6}["办公费"] == "办公经费"
    assert problems(facts) == []


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("共有车辆4辆，其中：一般公务用车3辆、其他用车1辆。", {"held": 4, "general": 3, "other": 1}),
        ("车辆编制5辆，实有车辆4辆，其中：一般公务用车4辆。", {"quota": 5, "held": 4, "general": 4}),
    ],
)
def test_vehicles_are_told_from_their_parts_and_their_establishment(sentence: str, read: dict[str, int]) -> None:
    facts = facts_of_text(f"{HEAD}第三部分 情况说明\n\n八、国有资产占有使用情况\n\n截至上年末，{sentence}\n")
    counted = {s.subject: s.value for s in facts.statements if s.subject.startswith("vehicles")}
    assert {name.removeprefix("vehicles_"): int(float(value)) for name, value in counted.items()} == read
    assert different(facts) == []


def test_a_number_of_budget_units_is_no_number_of_posts() -> None:
    text = "纳入本部门2031年部门预算编制范围的二级预算单位共有2个。本部门人员编制105人，实有人员97人。"
    facts = facts_of_text(f"{HEAD}第三部分 情况说明\n\n一、部门人员情况说明\n\n{text}\n")
    assert {s.value for s in facts.statements if s.subject == "staff_quota"} == {"105"}
    assert different(facts) == []


UNITS = [
    "合计||400.00|140.00|260.00",
    "|虚构市水务局（本级）|300.00|100.00|200.00",
    "201|一般公共服务支出|120.00|100.00|20.00",
    "20103|政府办公厅（室）及相关机构事务|120.00|100.00|20.00",
    "213|农林水支出|180.00||180.00",
    "21303|水利|180.00||180.00",
    "|虚构市节水中心|100.00|40.00|60.00",
    "201|一般公共服务支出|40.00|40.00|",
    "20103|政府办公厅（室）及相关机构事务|40.00|40.00|",
    "213|农林水支出|60.00||60.00",
    "21303|水利|60.00||60.00",
]


def test_units_above_their_codes_are_subtotals() -> None:
    facts = table("表五 2031年一般公共预算支出预算表", ["科目编码|科目名称|合计|基本支出|项目支出"], UNITS)
    rows = [row for row in facts.rows if row.table_no == 5]
    assert [row.level for row in rows] == [0, 0, 1, 2, 1, 2, 0, 1, 2, 1, 2]
    assert [zh(c.label) for c in facts.checks if c.status == "different" and c.rule.startswith("t05.")] == [
        "一般公共预算支出表合计 = 收支总表一般公共预算"
    ]


def test_a_unit_whose_codes_do_not_make_it_up_is_said() -> None:
    bent = [row.replace("60.00||60.00", "61.00||61.00") for row in UNITS]
    facts = table("表五 2031年一般公共预算支出预算表", ["科目编码|科目名称|合计|基本支出|项目支出"], bent)
    unread = next(t.status for t in facts.tables if t.table_no == 5) == "unreadable"
    assert unread or any(check.rule == "t05.total" for check in facts.checks if check.status == "different")


@pytest.mark.parametrize("head", ["科目编码及名称", "功能科目代码和名称", "支出功能分类科目编码名称"])
def test_heads_that_name_code_and_name(head: str) -> None:
    rows = ["|".join([f"{row[0]} {row[1]}".strip(), *row[2:]]) for row in T5]
    facts = table("表五 2031年一般公共预算支出预算表", [f"{head}|2031年预算数||", "|合计|基本支出|项目支出"], rows)
    assert figures(facts, 5) == FIGURES


def pages(*parts: list[str]) -> DocumentFacts:
    """The facts of a document whose table 5 stands on several pages, a blank line between them."""
    heads = ["科目编码|科目名称|合计|基本支出|项目支出"]
    body = "\n\n".join("\n".join(row.replace("|", "\t") for row in part) for part in [heads + parts[0], *parts[1:]])
    return facts_of_text(f"{HEAD}表五 2031年一般公共预算支出预算表\n\n单位：万元\n\n{body}\n")


def test_a_row_that_a_page_break_cuts_through_is_one_row() -> None:
    rows = ["|".join(row) for row in T5]
    above, below = "20103|政府办公厅（室）及|120.0|100.|20.00", "|相关机构事务|0|00|"
    facts = pages([*rows[:2], above], [below, *rows[3:]])
    assert figures(facts, 5) == FIGURES
    assert different(facts) == []


def test_a_row_on_the_next_page_that_completes_nothing_is_its_own() -> None:
    rows = ["|".join(row) for row in T5]
    facts = pages(rows[:3], rows[3:])
    assert figures(facts, 5) == FIGURES


@pytest.mark.parametrize("own", ["小计", "小计35.00"])
def test_a_sideways_total_that_counts_more_in_is_not_the_three_public_expenses(own: str) -> None:
    """Nor is it where the rule below the head of their own total lies elsewhere: the amount under it is told as unread."""
    heads = [
        "单位名称|2030年||2031年|||||||",
        "|合计|会议费|合计|一般公共预算拨款安排的“三公”经费预算||||||会议费",
        f"||||{own}|因公出国（境）费用|公务接待费|公务用车购置及运行维护费|||",
        f"|||||||{CARS}|",
    ]
    rows = [f"合计|90.00|50.00|62.00|{'35.00' * (own == '小计')}|0.00|10.00|25.00|0.00|25.00|27.00"]
    facts = table("表十 2031年“三公”经费、会议费表", heads, rows)
    roles = {f.role: wan(f.fen) for f in facts.figures if f.table_no == 10 and f.role}
    assert roles.get("total") == ("35.00" if own == "小计" else None)
    assert roles["reception"] == "10.00" and roles["vehicles"] == "25.00"
    assert (own in {row.label for row in facts.rows if row.table_no == 10}) is (own != "小计")
    assert different(facts) == []


@pytest.mark.parametrize("head", ["培训费", "培训费计"])
def test_a_sideways_head_that_no_other_year_prints_is_unread(head: str) -> None:
    """A rule between two heads lies elsewhere: a sign of the one beside it stands with 培训费."""
    heads = [
        "2030年|||||2031年|||||",
        f"“三公”经费合计|公务接待费|公务用车购置及运行维护费|因公出国（境）费|培训费|“三公”经费合计|公务接待费|公务用车购置及运行维护费|因公出国（境）费|{head}|",
    ]
    facts = table("表十 2031年“三公”经费、培训费表", heads, ["9.00|2.00|7.00|0.00|3.00|8.00|1.00|7.00|0.00|4.00|"])
    published = {f.label: wan(f.fen) for f in facts.figures if f.table_no == 10}
    trained = {"培训费": "4.00"} if head == "培训费" else {}
    assert published == {
        "“三公”经费合计": "8.00", "公务接待费": "1.00", "公务用车购置及运行维护费": "7.00", "因公出国（境）费": "0.00", **trained,
    }  # fmt: skip


def test_a_row_that_is_of_the_one_above_it_is_below_it_though_no_form_knows_it() -> None:
    heads = ["项目|预算数", "一、一般公共预算拨款收入|9.00"]
    rows = ["其中：列入部门预算的专款|4.00", "其中：园林专款|1.00", "收入总计|9.00"]
    facts = table("财政拨款收支总表", heads, rows)
    assert {(f.label, f.level, f.is_sum) for f in facts.figures if f.table_no == 4 and f.label.startswith("其中")} == {
        ("其中：列入部门预算的专款", 2, False), ("其中：园林专款", 2, False),
    }  # fmt: skip


def test_a_table_of_funds_with_both_sides_speaks_of_their_income() -> None:
    facts = table("2026年政府性基金收支总体情况表", ["甲项|乙项"], ["某行|9.00"])
    assert [t.status for t in facts.tables if t.table_no == 7] == ["unreadable"], "printed, though not understood"


def test_an_amount_whose_name_is_not_printed_is_told() -> None:
    rows = ["基本工资|4.00|4.00|", "|3.00|3.00|", "办公费|2.00||2.00"]
    facts = table("一般公共预算基本支出表", ["经济分类科目名称|合计|人员经费|公用经费", "合计|9.00|7.00|2.00"], rows)
    assert [t.status for t in facts.tables if t.table_no == 6] == ["partial"]
    assert {f.label for f in facts.figures if f.table_no == 6} == {"合计", "基本工资", "办公费"}


def test_an_amount_beside_two_in_one_cell_may_be_of_either_row() -> None:
    heads = ["科目编码|科目名称|合计|人员经费|公用经费", "301|工资福利支出|4.00|4.00|", "30101|基本工资|4.00|4.00|"]
    rows = ["302|商品和服务支出|2.00||2.00", "30201|办公费|2.006.00|4.00|2.002.00", "|合计|||"]
    facts = table("一般公共预算基本支出表", heads, rows)
    assert [t.status for t in facts.tables if t.table_no == 6] == ["partial"]
    assert {f.label for f in facts.figures if f.table_no == 6} == {"工资福利支出", "基本工资", "商品和服务支出"}
