"""Year, body and kind from the cover, the labels and the titles of tables, and never from running text."""

from __future__ import annotations

import pytest

from budgetdata.base.identify import Head, identify
from budgetdata.base.text import key, western_years
from budgetdata.base.titles import Kind, body_of_label, read_title
from budgetdata.readers.text import parse_text

RUNNING = "一、收支情况\n与2019年部门预算相比增加。2019年预算为12万元，2019年度收入预算1万元。\n" * 20


def head(text: str) -> Head:
    """What a text document says of itself."""
    return identify(parse_text(text, "a.txt").blocks)


@pytest.mark.parametrize(
    ("text", "department", "year"),
    [
        ("部门名称：阳泉市招商中心 单位：万元\n2024年预算收支总表\n", "阳泉市招商中心", 2024),
        ("<b>2023年度部门预算公开</b>\n部门名称:\t某某局(本级)\n", "某某局（本级）", 2023),
        ("2026年烟台市审计局部门预算\n", "烟台市审计局", 2026),
        ("无锡市统计局2026年度部门预算公开\n", "无锡市统计局", 2026),
        ("二〇二四年部门预算\n编制单位：[201]某某厅\n", "某某厅", 2024),
        ("预算\n收入\t12\n", "", None),
        ("2026年度\n无锡市人力资源和社会保障局\n部门预算公开\n", "无锡市人力资源和社会保障局", 2026),
        ("中共某某市委\n社会工作部2024年度\n部门预算\n目录\n", "中共某某市委社会工作部", 2024),
        ("上海市2026年市级单位预算\n预算单位：上海市信访办公室\n", "上海市信访办公室", 2026),
        (
            "上海市普陀区2025年区级部门预算\n预算主管部门：上海市普陀区人民政府办公室\n",
            "上海市普陀区人民政府办公室",
            2025,
        ),
        ("附件2\n２０２４年部门预算公开\n部门名称：烟台市水利局保密审查情况：已审查\n", "烟台市水利局", 2024),
        ("内部资料\n太原市民政局\n二零二四年度部门预算\n", "太原市民政局", 2024),
        ("二○二五年部门预算\n大同市教育局\n", "大同市教育局", 2025),
        ("部门：晋城市交通运输局单位：万元\n2025年收支总表\n", "晋城市交通运输局", 2025),
        ("编制单位：晋城市水务局（公章）\n2025年收支总表\n", "晋城市水务局", 2025),
        ("单位：晋城市水务局 单位：万元\n2025年收支总表\n", "晋城市水务局", 2025),
        ("单位：人民币万元\n2025年收支总表\n", "", 2025),
        ("晋城市水务局部门预算公开（2025年度）\n", "晋城市水务局", 2025),
        ("2025年晋城市水务局部门预算及“三公”经费预算公开\n", "晋城市水务局", 2025),
        ("晋城市水务局2025年度预算公开说明\n", "晋城市水务局", 2025),
    ],
)
def test_department_and_year_are_found(text: str, department: str, year: int | None) -> None:
    found = head(text + RUNNING)
    assert (found.department, found.year) == (department, year)


def test_running_text_names_no_year_and_no_body() -> None:
    found = head("一、概况\n2019年烟台市审计局部门预算比上年增加12万元，主要是人员增加。\n" + RUNNING)
    assert (found.department, found.year) == ("", None)


def test_the_tables_titles_vote_and_the_cover_decides() -> None:
    tables = "".join(
        f"表{no} 2024年{name}表\n项目\t金额\n一\t1.00\n" for no, name in enumerate(["收支总", "收入总"], 1)
    )
    assert head(tables).year == 2024
    found = head("烟台市审计局\n2025年部门预算\n" + tables)
    assert (found.year, found.cover_year, dict(found.table_years)) == (2025, 2025, {2024: 2})


def test_a_name_in_the_cell_behind_its_label() -> None:
    assert (
        head("部门整体支出绩效目标表\n（2026年度）\n部门名称\t\t烟台市水利局\t\n金额\t1\t2\t3\n").department
        == "烟台市水利局"
    )
    assert head("单位编码\t单位名称\t合计\n101001\t烟台市水利局\t3.00\n").department == "", "a head is no label"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026年烟台市审计局部门预算\n", Kind.DEPARTMENT),
        ("2026年度苏州市水务局单位预算公开\n", Kind.UNIT),
        ("2026年深圳市公安局（本级）部门预算\n", Kind.UNIT),
        ("晋城市财政局（本级）2026年单位预算\n", Kind.UNIT),
        ("西安市信访局（汇总）\n2026年部门预算公开说明\n", Kind.CONSOLIDATED),
        ("2026年某某局部门预算\n目录\n本部门预算为汇总预算，包括：局本级预算，以及下属单位预算。\n", Kind.CONSOLIDATED),
        ("2026年某某局部门预算\n目录\n本部门无下属单位，部门预算为局本级预算。\n", Kind.DEPARTMENT),
        (
            "2026年某某局部门预算\n目录\n纳入本部门2026年部门汇总预算编制范围的预算单位共计8家，具体包括：…\n",
            Kind.CONSOLIDATED,
        ),
        (
            "2026年某某局部门预算\n目录\n纳入本部门部门汇总预算编制范围的预算单位共计1家，具体包括：某某局。\n",
            Kind.DEPARTMENT,
        ),
        (
            "2026年某某局部门预算\n目录\n某某局部门预算是包括某某局本部以及下属5家预算单位的综合收支计划。\n",
            Kind.CONSOLIDATED,
        ),
        ("2026年某某局部门预算\n目录\n财政拨款收入：是市级预算主管部门及所属预算单位取得的拨款。\n", Kind.DEPARTMENT),
        ("2026年某某局单位预算\n目录\n市级预算主管部门及所属预算单位共有3家，包括某某。\n", Kind.UNIT),
        (
            "2019年某某局部门预算\n单位编码\t单位名称\t总计\n125001\t某某局\t1.00\n125002\t某某中心\t2.00\n",
            Kind.CONSOLIDATED,
        ),
    ],
)
def test_the_kind_is_told_from_what_is_printed(text: str, kind: Kind) -> None:
    assert head(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "国家某某局\n2024年度部门决算\n二〇二五年七月\n",
        "2019年佛山市轨道交通局\n部门决算\n",
        "某某局\n2024年度部门决算公开说明\n",
    ],
)
def test_final_accounts_are_told_by_their_title(text: str) -> None:
    assert head(text).what == "final_accounts"


@pytest.mark.parametrize(
    "line", ["2026年财政预算草案", "一、2026年一般公共预算", "与2019年部门预算相比，增加。", "2026年项目支出预算"]
)
def test_what_is_no_title_of_a_department(line: str) -> None:
    assert read_title(line) is None


def test_a_correction_says_so_in_its_title() -> None:
    title = read_title("烟台市审计局2026年部门预算（更正）")
    assert title is not None and (title.name, title.corrected) == ("烟台市审计局", "更正")
    title = read_title("2026年烟台市审计局部门预算公开（修订版）")
    assert title is not None and (title.name, title.corrected) == ("烟台市审计局", "修订")


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ("[201]某某厅", "某某厅"),
        ("101001-太原市民政局", "太原市民政局"),
        ("佛山市交通运输局单位", "佛山市交通运输局"),
        ("烟台市审计局(公章)", "烟台市审计局"),
        ("烟台市水利局保密审查情况:不涉密", "烟台市水利局"),
        ("万元", ""),
        ("2024年", ""),
    ],
)
def test_a_label_is_taken_off(value: str, body: str) -> None:
    assert body_of_label(value) == body


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("二〇二四年", "2024年"),
        ("二零二四年度", "2024年度"),
        ("二○二四", "2024"),
        ("表十二〇二四年三公", "表十2024年三公"),
        ("表十二二〇二四年项目", "表十二2024年项目"),
        ("二十一、住房", "二十一、住房"),
    ],
)
def test_years_in_chinese_numerals(printed: str, read: str) -> None:
    assert western_years(printed) == read
    assert key(printed) == read
