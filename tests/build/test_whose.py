"""Two disclosures in one file, one in two files, versions and corrections: what counts, once, and what is said of the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made import made_facts

from budgetdata.base.facts import DocumentFacts, SheetFact
from budgetdata.base.raw import Place
from budgetdata.base.settings import DATA_DIR
from budgetdata.build.build import build
from budgetdata.build.packed import facts_of_packed
from budgetdata.build.reading import read_one
from budgetdata.build.report import BuildReport
from budgetdata.build.versions import settle
from budgetdata.build.whose import own_sheets
from budgetdata.register.inputs import directory_inputs
from budgetdata.register.sources import read_sources, stored_path
from budgetdata.words.catalogue import tell

TEXT = next(
    stored_path(source, DATA_DIR).read_text(encoding="utf-8")
    for source in read_sources(DATA_DIR)
    if source.department == "阳泉市招商中心"
)
YEAR, BODY = "2024", "阳泉市招商中心"


def built(directory: Path, **texts: str) -> BuildReport:
    """A build of texts by name; the database is beside their directory."""
    directory.mkdir(exist_ok=True)
    for name, text in texts.items():
        (directory / f"{name}.txt").write_text(text, encoding="utf-8")
    return build(directory.parent / "b.db", from_dir=directory, jobs=1)


def documents(report: BuildReport) -> dict[str, sqlite3.Row]:
    """The rows of `documents` by file."""
    with closing(sqlite3.connect(report.database)) as connection:
        connection.row_factory = sqlite3.Row
        return {row["source_file"]: row for row in connection.execute("SELECT * FROM documents")}


def settled(directory: Path) -> dict[str, DocumentFacts]:
    """The facts of a directory's documents by file, held against each other."""
    found = []
    for item in directory_inputs(directory)[0]:
        packed = read_one(item).packed
        assert packed is not None, item
        found.append(facts_of_packed(packed.facts))
    settle(found)
    return {facts.source_file: facts for facts in found}


def codes(report: BuildReport, file: str) -> list[str]:
    """The codes of the remarks on a document as a whole."""
    problems = next(document.problems for document in report.documents if document.source.source_file == file)
    return [p.message.code for p in problems if p.subject in ("document", "version")]


def test_a_correction_replaces_the_earlier_one(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=TEXT, b更正=TEXT + "又一行\n")
    rows = documents(report)
    assert report.exit_code == 0
    assert (rows["a.txt"]["replaced_by"], rows["a.txt"]["counts"]) == (rows["b更正.txt"]["document_id"], 0)
    assert (rows["b更正.txt"]["replaced_by"] or "", rows["b更正.txt"]["counts"], rows["b更正.txt"]["label"]) == (
        "",
        1,
        "更正",
    )
    assert codes(report, "a.txt") == ["register.replaced_by"] and codes(report, "b更正.txt") == ["register.replaces"]


def test_a_title_that_says_it_corrects_replaces_too(tmp_path: Path) -> None:
    corrected = TEXT.replace("2024年度部门预算公开", "2024年度部门预算公开（修订）", 1)
    rows = documents(built(tmp_path / "in", a=corrected, b=TEXT))
    assert (rows["b.txt"]["replaced_by"], rows["a.txt"]["label"]) == (rows["a.txt"]["document_id"], "修订")


def test_of_two_that_say_nothing_one_counts(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=TEXT, b=TEXT + "又一行\n")
    rows = documents(report)
    assert sorted(row["counts"] for row in rows.values()) == [0, 1]
    assert not any(row["replaced_by"] for row in rows.values()), "neither says that it corrects the other"
    assert {row["label"] for row in rows.values()} == {"a.txt", "b.txt"}


def test_a_unit_is_no_version_of_its_department(tmp_path: Path) -> None:
    unit = TEXT.replace("2024年度部门预算公开", "2024年度单位预算公开", 1)
    rows = documents(report := built(tmp_path / "in", a=TEXT, b=unit))
    assert {row["kind"] for row in rows.values()} == {"department", "unit"}
    assert all(row["counts"] == 1 and not row["replaced_by"] for row in rows.values())
    assert not codes(report, "a.txt") and not codes(report, "b.txt")


def test_a_second_disclosure_in_the_file_is_named_whole(tmp_path: Path) -> None:
    second = "\n\n太原市民政局\n2023年度部门预算公开\n目录\n第一部分 概况\n" + TEXT.replace("2024", "2023")
    alone = documents(built(tmp_path / "one", a=TEXT))
    report = built(tmp_path / "two", a=TEXT + second)
    assert report.exit_code == 1
    assert "register.second_disclosure" in codes(report, "a.txt")
    assert documents(report)["a.txt"]["department"] == alone["a.txt"]["department"]
    [problem] = [p for p in report.documents[0].problems if p.message.code == "register.second_disclosure"]
    assert "太原市民政局2023年度部门预算公开" in tell("zh", problem.message) and problem.place.line


def test_a_second_disclosure_without_a_cover_is_named_too(tmp_path: Path) -> None:
    """Its parts begin anew: nothing of it counts as the first one's."""
    again = TEXT[TEXT.index("## 第一部分 概况") :].replace("359.95", "777.95").replace(BODY, "别处招商中心")
    alone = documents(built(tmp_path / "one", a=TEXT))
    report = built(tmp_path / "two", a=TEXT + "\n\n" + again)
    assert documents(report)["a.txt"]["department"] == alone["a.txt"]["department"]
    [facts] = settled(tmp_path / "two").values()
    [problem] = [p for p in facts.problems if p.message.code == "register.second_disclosure"]
    assert problem.place.line and problem.place.line > TEXT.count("\n")
    assert not [f for f in facts.figures if f.raw == "777.95"] and len(facts.figures) == 229


def test_a_plan_with_parts_of_its_own_is_no_second_disclosure(tmp_path: Path) -> None:
    report = built(tmp_path / "one", a=TEXT + "\n\n附件\n\n第一部分 总则\n\n为了某事，制定本方案。\n")
    assert "register.second_disclosure" not in codes(report, "a.txt")


@pytest.mark.shared
def test_the_case_of_two_disclosures(tmp_path: Path, shared: Path) -> None:
    case = (shared / "cases" / "D06_two_disclosures_in_one_file.txt").read_text(encoding="utf-8")
    built(tmp_path / "in", a=case)
    [facts] = settled(tmp_path / "in").values()
    assert (facts.department, len(facts.figures)) == ("阳泉市招商中心", 229)
    assert sum(check.status == "different" for check in facts.checks) <= 3
    assert not any("1329.84" in statement.text for statement in facts.statements)


NARRATIVE = (
    f"{BODY}{YEAR}年度部门预算信息公开\n目录\n第一部分 {YEAR}年度部门预算情况说明\n一、收入预算情况说明\n"
    + f"{YEAR}年收入预算12.00万元。主要是人员增加。\n" * 5
)


def test_a_narrative_without_tables_blames_nobody(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=NARRATIVE)
    [document] = report.documents
    assert report.exit_code == 1 and document.summary is not None, document.error
    [facts] = settled(tmp_path / "in").values()
    assert documents(report)["a.txt"]["part"] == "narrative"
    assert {table.status for table in facts.tables} == {"unreadable"}
    assert not any(item.status == "missing" for item in facts.disclosure)


def test_narrative_and_tables_find_each_other(tmp_path: Path) -> None:
    tables = TEXT[TEXT.index("### 2024年预算收支总表") : TEXT.index("## 第三部分")]
    report = built(tmp_path / "in", a=NARRATIVE, b=tables)
    rows = documents(report)
    assert [(rows[name]["part"], rows[name]["counts"]) for name in ("a.txt", "b.txt")] == [
        ("narrative", 0),
        ("tables", 1),
    ]
    assert (codes(report, "a.txt"), codes(report, "b.txt")) == (["register.tables_in"], ["register.narrative_in"])


WHOLE_SHEET = [
    ["部门（单位）名称", BODY, "", ""],
    ["总体目标", "做好招商。保障运转。稳住外贸。扩大开放。", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "招商活动次数", "≥4次"],
    ["产出指标", "质量指标", "资金到位率", "≥90%"],
]


def sheets_alone() -> str:
    """A file that prints the department's performance sheet and nothing else."""
    title = f"{BODY}{YEAR}年部门整体支出绩效目标申报表\n"
    return title + "".join("\t".join(row) + "\n" for row in WHOLE_SHEET)


def test_a_performance_sheet_alone_blames_nobody(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=sheets_alone())
    [document] = report.documents
    assert document.summary is not None, document.error
    [facts] = settled(tmp_path / "in").values()
    assert (facts.part, facts.counts, len(facts.sheets)) == ("performance", True, 1)
    reasons = {(table.status, table.reason.code if table.reason else "") for table in facts.tables}
    assert reasons == {("unreadable", "register.rest_not_here")}
    assert codes(report, "a.txt") == ["register.performance_only"]
    assert not any(item.status == "missing" for item in facts.disclosure)


def test_a_sheet_below_the_title_of_a_table_is_no_part(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=f"{YEAR}年预算收支总表\n单位：万元\n" + sheets_alone())
    [facts] = settled(tmp_path / "in").values()
    assert report.documents[0].summary is not None and facts.part == ""
    reasons = {table.reason.code for table in facts.tables if table.reason}
    assert "register.rest_not_here" not in reasons


def test_a_performance_sheet_counts_nowhere_beside_its_budget(tmp_path: Path) -> None:
    report = built(tmp_path / "in", a=sheets_alone(), b=TEXT)
    rows = documents(report)
    assert [(rows[name]["part"], rows[name]["counts"]) for name in ("a.txt", "b.txt")] == [
        ("performance", 0),
        (None, 1),
    ]
    assert codes(report, "a.txt") == ["register.rest_in"] and codes(report, "b.txt") == []
    alone = settled(tmp_path / "in")["a.txt"]
    assert {table.reason.code for table in alone.tables if table.reason} == {"register.rest_elsewhere"}


@pytest.mark.parametrize("title", ["阳泉市招商中心\n2024年度部门决算\n", "2024年阳泉市招商中心部门决算公开\n"])
def test_final_accounts_are_refused_by_their_title(tmp_path: Path, title: str) -> None:
    report = built(tmp_path / "in", a=title + TEXT[TEXT.index("# 目 录") :], b=TEXT)
    [line] = [line for line in report.lines() if line.startswith("FAILED a.txt")]
    assert "final accounts (决算)" in line and "部门决算" in line
    assert report.replaced, "the other is built"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好2026年预算编制工作的通知", "a notice (通知)"),
        ("2025年度项目支出绩效自评报告", "绩效评价"),
        ("太原市2026年财政预算草案", "政府预算"),
        ("2026年省级专项资金分配表", "专项资金"),
    ],
)
def test_what_is_no_budget_is_called_what_it_is(tmp_path: Path, title: str, kind: str) -> None:
    text = f"{title}\n太原市民政局2026年\n各单位：\n现将有关事项说明如下。\n会议\t纪要\n甲\t乙\n"
    report = built(tmp_path / "in", a=text, b=TEXT)
    [line] = [line for line in report.lines() if line.startswith("FAILED a.txt")]
    assert kind in line and title in line


@pytest.mark.shared
def test_a_document_with_its_years_in_chinese_numerals_reads_as_the_other(tmp_path: Path, shared: Path) -> None:
    case = (shared / "cases" / "D14_chinese_year.txt").read_text(encoding="utf-8")
    built(tmp_path / "in", a=case)
    [facts] = settled(tmp_path / "in").values()
    assert (facts.year, len(facts.figures)) == (2024, 229)
    assert not any("表8" in tell("zh", check.explanation) for check in facts.checks if check.status == "different")


@pytest.mark.parametrize(
    ("authority", "code"), [("他处教育局", "register.foreign_sheet"), ("某项目支出", "register.sheet_of_unknown")]
)
def test_what_was_read_as_an_authority_and_is_no_office_is_not_shown_as_one(authority: str, code: str) -> None:
    facts = made_facts()
    assert own_sheets(facts, [SheetFact("修桥", "project", Place(1, 1), authority=authority)]) == []
    assert facts.problems[-1].message.code == code
