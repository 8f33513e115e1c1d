"""The signals: each finds what is planted and nothing on the untouched copy; counts on the five documents are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from app_fixtures import db  # noqa: F401

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.facts import ANNUAL, DIMENSIONS, TERM, DocumentFacts, ProjectFact, SheetFact, TargetFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.signals import rules as signals
from budgetdata.sheets.quality import parse_target
from budgetdata.store.database import create

DOCUMENT = "0123456789ab"
LONG, SHORT = "老城区供水管网改造工程", "青少年科技馆运行维护〔2024〕17号"


def target(horizon: str, category: str, indicator: str, value: str, line: int = 9) -> TargetFact:
    """An indicator as the readers hand it over."""
    return TargetFact(
        horizon, category, DIMENSIONS[category], indicator, value, *parse_target(value), Place(None, line)
    )


def targets(year: str, term: str) -> list[TargetFact]:
    """A list of either horizon, every category with a target; the quantity differs between them."""
    found = []
    for horizon, number in ((TERM, term), (ANNUAL, year)):
        found += [
            target(horizon, "数量", "更换管道长度（m2）", f"≥{number}平方米", 10),
            target(horizon, "质量", "水质合格率", "≥98%", 11),
            target(horizon, "时效", "完工时间", "2024年12月底前", 12),
            target(horizon, "成本", "每米造价", "≤300元", 13),
            target(horizon, "社会效益", "受益户数", "≥500户", 14),
            target(horizon, "服务对象满意度", "居民满意度", "≥90%", 15),
        ]
    return found


def clean() -> DocumentFacts:
    """A document in which no signal holds: a project of three years and one of a single year, each with its sheet."""
    long = SheetFact(
        LONG, "project", Place(None, 1), term="3年", term_goal="三年内更换老旧管道，漏损降到一成以下。",
        annual_goal="当年更换三分之一的老旧管道。", targets=targets("100", "300"),
    )  # fmt: skip
    long.funds = {(TERM, "total"): 300_000_000, (ANNUAL, "total"): 100_000_000}
    goal = "全年开放，接待学生参观。"
    short = SheetFact(
        SHORT, "project", Place(None, 30), term="1年", term_goal=goal, annual_goal=goal, targets=targets("50", "50"),
    )  # fmt: skip
    short.funds = {(TERM, "total"): 20_000_000, (ANNUAL, "total"): 20_000_000}
    return DocumentFacts(
        department="大观园管理处", department_code="", year=2024, region="", kind="department", source_file="made.txt",
        source_kind="text", source_sha256=DOCUMENT.ljust(64, "0"), source_url="", pages=None, document_id=DOCUMENT,
        projects=[
            ProjectFact("current", 1, LONG, "", {"total": 100_000_000}, Place(None, 101)),
            ProjectFact("current", 2, SHORT, "", {"total": 20_000_000}, Place(None, 102)),
        ],
        sheets=[long, short], links={0: (0, "exact"), 1: (1, "exact")},
    )  # fmt: skip


def opened(facts: DocumentFacts, folder: Path) -> Database:
    """The facts as a database."""
    create(folder / "made.db", [facts])
    return open_database(folder / "made.db")


def add(*found: TargetFact, sheet: int = 0) -> Callable[[DocumentFacts], None]:
    """A plant that adds indicators to a sheet."""
    return lambda facts: facts.sheets[sheet].targets.extend(found)


def swap(indicator: str, **changes: str) -> Callable[[DocumentFacts], None]:
    """A plant that changes the year's target of an indicator on the sheet of one year."""

    def plant(facts: DocumentFacts) -> None:
        sheet = facts.sheets[1]
        for number, one in enumerate(sheet.targets):
            if one.indicator == indicator and one.horizon == ANNUAL:
                operator, value, unit = parse_target(changes["target"])
                sheet.targets[number] = replace(
                    one, target=changes["target"], operator=operator, value=value, unit=unit
                )

    return plant


def said(sheet: int = 0, **values: str) -> Callable[[DocumentFacts], None]:
    """A plant that sets texts of a sheet."""

    def plant(facts: DocumentFacts) -> None:
        for name, value in values.items():
            setattr(facts.sheets[sheet], name, value)

    return plant


def funds(sheet: int, horizon: str, fen: int) -> Callable[[DocumentFacts], None]:
    """A plant that sets a total of a sheet."""
    return lambda facts: facts.sheets[sheet].funds.update({(horizon, "total"): fen})


def same_lists(facts: DocumentFacts) -> None:
    """The three-year sheet with the same two lists, in another order."""
    term, year = targets("100", "100")[:6], targets("100", "100")[6:]
    facts.sheets[0].targets = [*reversed(term), *year]


def without(category: str, horizon: str) -> Callable[[DocumentFacts], None]:
    """A plant that takes a category out of a list of the three-year sheet."""

    def plant(facts: DocumentFacts) -> None:
        facts.sheets[0].targets = [
            one for one in facts.sheets[0].targets if (one.category, one.horizon) != (category, horizon)
        ]

    return plant


def unlinked(facts: DocumentFacts) -> None:
    """A further project row with money and no sheet, and one without money."""
    facts.projects += [
        ProjectFact("carryover", 3, "旧账", "", {"total": 50_000}, Place(None, 103)),
        ProjectFact("current", 4, "空行", "", {"total": None}, Place(None, 104)),
    ]


PLANTS: list[tuple[str, int, str, Callable[[DocumentFacts], None]]] = [
    ("trivial", 1, "≥0%", add(target(ANNUAL, "成本", "成本节约率", "≥0%"))),
    ("trivial", 1, "≤100%", add(target(TERM, "质量", "损耗率", "≤100%"))),
    ("zero", 1, "0场", add(target(TERM, "数量", "宣传场数", "0场"))),
    ("default-hundred", 1, "100%", add(target(ANNUAL, "质量", "资金到位率", "100%"))),
    ("rate-not-percent", 1, "达标", add(target(TERM, "质量", "管道达标率", "达标"))),
    ("rate-not-percent", 1, "3次", add(target(TERM, "质量", "设备完好率", "3次"))),
    ("count-as-percent", 1, "95%", add(target(ANNUAL, "质量", "检查次数", "95%"))),
    ("unit-in-name", 1, "项", add(target(TERM, "数量", "申报专利（项）", "≥3个"))),
    ("quantity-without-number", 1, "按需", add(target(ANNUAL, "数量", "检修", "按需"))),
    ("duplicate", 1, "印了两次", add(target(TERM, "质量", "水质合格率", "≥95%"))),
    ("garbled", 1, "≥90100%", add(target(TERM, "质量", "抽检结果", "≥90100%"))),
    ("printed-twice", 1, "及时及时", add(target(ANNUAL, "时效", "抢修", "及时及时"))),
    ("printed-twice", 1, "满意度满意度", add(target(ANNUAL, "服务对象满意度", "商户满意度满意度", "≥90%"))),
    ("same-goal", 3, "一字不差", said(annual_goal="全年开放，接待学生参观")),
    ("goal-of-another", 1, "青少年科技馆运行维护", said(annual_goal="保障青少年科技馆运行维护正常开展。")),
    ("year-equals-term", 1, "6 条", same_lists),
    ("goal-year-equals-term", 1, "一字不差", said(annual_goal="三年内更换老旧管道, 漏损降到一成以下")),
    ("funds-year-equals-term", 1, "300 万元", funds(0, ANNUAL, 300_000_000)),
    ("one-year-more-money", 1, "40 万元", funds(1, TERM, 40_000_000)),
    ("one-year-lists-differ", 1, "≥80%", swap("居民满意度", target="≥80%")),
    ("annual-over-term", 1, "≥60平方米", swap("更换管道长度（m2）", target="≥60平方米")),
    ("cost-is-budget", 1, "100 万元", add(target(ANNUAL, "成本", "工程经费", "≤100万元"))),
    ("cost-is-budget", 1, "控制在预算之内", add(target(TERM, "成本", "总成本", "控制在预算之内"))),
    ("missing-category", 1, "成本", without("成本", ANNUAL)),
    ("money-without-sheet", 1, "上年结转", unlinked),
]
ALONG = {"annual-over-term": {"one-year-lists-differ"}}
"""What a plant cannot but set off as well: on a project of one year, more in the year is also another target."""


def test_an_untouched_document_has_no_signal(tmp_path: Path) -> None:
    assert {row["rule"]: row["hits"] for row in signals.counts(opened(clean(), tmp_path))} == dict.fromkeys(
        signals.IDS, 0
    )


@pytest.mark.parametrize(
    ("rule", "number", "words", "plant"), PLANTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_planted_case_is_found_and_nothing_else(
    rule: str, number: int, words: str, plant: Callable[[DocumentFacts], None], tmp_path: Path
) -> None:
    facts = clean()
    plant(facts)
    made = opened(facts, tmp_path)
    found = signals.hits(made, rule)
    assert len(found) == number
    assert all(words in row["seen"] and row["seen"].endswith("。") for row in found[:1])
    assert all(row["line"] and row["project_name"] and row["document_id"] == DOCUMENT for row in found)
    others = {row["rule"] for row in signals.counts(made) if row["hits"]} - {rule}
    assert others <= ALONG.get(rule, set())


def test_every_rule_has_a_plant() -> None:
    assert {rule for rule, *_ in PLANTS} == set(signals.IDS)


def test_the_rules_are_a_registry_in_plain_words() -> None:
    assert len(set(signals.IDS)) == len(signals.RULES) == len(signals.FINDERS)
    for rule in signals.RULES:
        assert rule.name("zh") and rule.name("en")
        words = rule.sentence("zh"), rule.counts("zh")
        assert all(each.endswith("。") for each in words)
        assert all(each.endswith(".") for each in (rule.sentence("en"), rule.counts("en")))
        assert not any(word in "".join(words) for word in ("浪费", "造假", "违规", "虚报", "问题"))


def test_an_unknown_rule_is_refused_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="trivial"):
        signals.hits(opened(clean(), tmp_path), "nothing")


def test_a_document_number_of_another_project_in_a_goal(tmp_path: Path) -> None:
    facts = clean()
    for number, name in enumerate(("科学技术资金181号", "科学技术资金188号")):
        facts.sheets[number].project_name = name
    facts.sheets[0].annual_goal = "按（2022）188号文兑付。"
    (found,) = signals.hits(opened(facts, tmp_path), "goal-of-another")
    assert "188号" in found["seen"] and found["horizon"] == ANNUAL


def test_words_of_the_own_sheet_are_not_another_projects(tmp_path: Path) -> None:
    facts = clean()
    facts.sheets[0].overview = "与青少年科技馆运行维护一并实施。"
    facts.sheets[0].annual_goal = "保障青少年科技馆运行维护正常开展。"
    assert signals.hits(opened(facts, tmp_path), "goal-of-another") == []


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("2024年阳泉市供水检查", "2024年阳泉市管网更换完成三成。"),
        ("阳泉市排水设施维护中心设备购置", "由阳泉市排水设施维护中心实施更换。"),
    ],
)
def test_a_year_or_a_body_in_a_goal_is_no_other_project(name: str, goal: str, tmp_path: Path) -> None:
    facts = clean()
    facts.projects.append(ProjectFact("current", 3, name, "", {"total": None}, Place(None, 103)))
    facts.sheets[0].annual_goal = goal
    assert signals.hits(opened(facts, tmp_path), "goal-of-another") == []


@pytest.mark.parametrize(
    ("category", "indicator", "value"),
    [
        ("质量", "服务效率", "提高"),
        ("数量", "检修频率", "3次"),
        ("质量", "商户满意度", "≥90分"),
        ("数量", "沟渠面积（m2）", "≥30平米"),
        ("成本", "成本节约率", "≥5%"),
        ("成本", "单价", "≤299元"),
        ("数量", "巡查天数", "1天"),
        ("质量", "损耗率", "≤10%"),
        ("数量", "检修次数", "≥10次"),
        ("质量", "管道合格率（%）", "≥95"),
        ("数量", "应急演练", "两次"),
        ("成本", "预算控制率", "≤100%"),
        ("质量", "更换管道长度（m2）", "达到标准"),
        ("数量", "漏损报告（2025年度）", "1个"),
    ],
)
def test_what_only_looks_like_a_signal_stays_clean(category: str, indicator: str, value: str, tmp_path: Path) -> None:
    facts = clean()
    add(target(TERM, category, indicator, value))(facts)
    assert [row["rule"] for row in signals.counts(opened(facts, tmp_path)) if row["hits"]] == []


def test_a_list_of_which_the_print_lost_a_part_misses_nothing(tmp_path: Path) -> None:
    facts = clean()
    without("成本", ANNUAL)(facts)
    facts.sheets[0].notes = [Said("sheets.cut_off", {"label": "质量指标"})]
    assert signals.hits(opened(facts, tmp_path), "missing-category") == []


def test_a_form_without_lists_of_the_year_leaves_none_of_them_empty(tmp_path: Path) -> None:
    facts = clean()
    for sheet in facts.sheets:
        sheet.targets = [one for one in sheet.targets if one.horizon == TERM]
    facts.sheets.append(SheetFact("", "department", Place(None, 60), targets=targets("9", "9")))
    assert signals.hits(opened(facts, tmp_path), "missing-category") == []


def test_a_project_lacks_a_sheet_only_where_each_sheet_is_some_projects(tmp_path: Path) -> None:
    facts = clean()
    unlinked(facts)
    facts.sheets.append(SheetFact("其他履职专项业务经费", "project", Place(None, 60), targets=targets("9", "9")))
    assert signals.hits(opened(facts, tmp_path), "money-without-sheet") == []


def test_one_project_may_have_a_sheet_for_each_unit(tmp_path: Path) -> None:
    facts = clean()
    facts.sheets.append(replace(facts.sheets[0], place=Place(None, 60), targets=list(facts.sheets[0].targets)))
    assert signals.hits(opened(facts, tmp_path), "same-goal") == []


XINZHOU, YANGQUAN, JINZHONG = "0dfe996d89b0", "3223a2c0af31", "55d5ad587384"
FINANCE, MATERIALS = "5a65d6fdb81e", "889297534882"
SEEN: dict[str, dict[str, int]] = {
    "trivial": {XINZHOU: 43},
    "zero": {XINZHOU: 12},
    "garbled": {FINANCE: 4},
    "printed-twice": {XINZHOU: 127},
    "duplicate": {JINZHONG: 1, MATERIALS: 1},
    "same-goal": {XINZHOU: 3, FINANCE: 4},
    "goal-of-another": {XINZHOU: 1, FINANCE: 2},
    "year-equals-term": {YANGQUAN: 1, JINZHONG: 3, FINANCE: 3},
    "one-year-more-money": {XINZHOU: 7},
    "one-year-lists-differ": {XINZHOU: 1, FINANCE: 1},
    "cost-is-budget": {YANGQUAN: 2, JINZHONG: 8, FINANCE: 5},
    "missing-category": {XINZHOU: 8, FINANCE: 9, MATERIALS: 2},
    "money-without-sheet": {XINZHOU: 104, JINZHONG: 1},
}
"""Hits by document, counted against the printed text or, for lists and goals, against the lists as stored."""


@pytest.mark.parametrize("rule", SEEN)
def test_the_hits_on_the_five_documents_are_those_seen_by_eye(db: Database, rule: str) -> None:  # noqa: F811
    found: dict[str, int] = {}
    for row in signals.hits(db, rule):
        found[row["document_id"]] = found.get(row["document_id"], 0) + 1
    assert found == SEEN[rule]


def test_one_document_gives_its_own_hits_only(db: Database) -> None:  # noqa: F811
    assert len(signals.hits(db, "missing-category", MATERIALS)) == 2
    own = {row["rule"]: row["hits"] for row in signals.counts(db, XINZHOU)}
    assert own["trivial"] == 43 and own["garbled"] == 0
    (seen,) = signals.hits(db, "goal-of-another", XINZHOU)
    assert "河北安耐哲新能源技术有限公司" in seen["seen"] and seen["sheet_id"] == f"{XINZHOU}.s04"
