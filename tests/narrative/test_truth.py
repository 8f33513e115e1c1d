"""What is said of a document's narrative is true: a number that was not read whole is nobody's, a sentence of something else
is no disagreement, and a text is silent on a subject only where no sentence speaks of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import read_registered

from budgetdata.base.facts import CheckFact, DocumentFacts, ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.narrative import told as told_module
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.figures import Figures
from budgetdata.narrative.read import read_narrative, read_statements
from budgetdata.narrative.spoken import DECLARED_NONE, SILENT, SPOKEN, STATED, change_spoken_of, spoken_facts, spoken_of
from budgetdata.narrative.told import told_of

SMALL = "6ad99d98ab19"
"""A document of 359.95 万元, general public budget only, of a department that is called 阳泉市招商中心."""


def telling(*sentences: str, section: str = "一、部门预算收支增减变化情况") -> DocumentFacts:
    """The tables of a document with another narrative."""
    told = [ParagraphFact(3, section, text, Place(1, number)) for number, text in enumerate(sentences, start=1)]
    return replace(read_registered(SMALL), paragraphs=told)


def read(facts: DocumentFacts) -> set[tuple[str, str, str]]:
    return {(s.kind, s.subject, s.value) for s in read_statements(facts)}


def checked(facts: DocumentFacts, rule: str) -> list[CheckFact]:
    return [check for check in narrative_checks(facts) if check.rule == rule]


BROKEN = [
    "359\ue000.95万元", "35*.95万元", "***万元", "3,59.95万元", "359.95.1万元", "359.95", "三百五十九点九五万元",
    "350-359.95万元",
]  # fmt: skip


@pytest.mark.parametrize("number", BROKEN)
def test_a_change_never_hangs_on_another_number_than_its_own(number: str) -> None:
    """The amount of the sentence was not read whole: it is no statement. Last year is rebuilt of change and rate alone."""
    facts = telling(f"上年结转0万元，收入预算总计{number}，比上年减少10.85万元，下降2.93%。")
    found = read(facts)
    assert ("change", "income_total", "-10.85") in found and ("rate", "income_total", "-2.93") in found
    assert {(kind, subject) for kind, subject, _ in found if kind.startswith("rebuilt_by_change")} == set()
    assert {subject for kind, subject, _ in found if kind.startswith("rebuilt_by_rate")} == {"income_total"}
    assert ("amount", "carryover", "0") in found and ("change", "carryover", "-10.85") not in found
    assert {check.status for check in checked(facts, "narrative.change_rate")} == {"not_evaluable"}


@pytest.mark.parametrize("number", BROKEN)
def test_a_share_of_a_broken_number_is_not_computed_from_another(number: str) -> None:
    facts = telling(f"某项目支出100万元，另一笔钱{number}，占27.78%。", section="三、支出预算情况说明")
    assert "different" not in {check.status for check in narrative_checks(facts)}


def test_a_change_that_was_not_read_whole_rebuilds_nothing_but_its_rate_does() -> None:
    found = read(telling("收入预算总计359.95万元，比上年减少**万元，下降2.93%。"))
    assert ("amount", "income_total", "359.95") in found and ("rate", "income_total", "-2.93") in found
    assert not {subject for kind, subject, _ in found if kind.startswith("rebuilt_by_change")}
    assert {subject for kind, subject, _ in found if kind == "rebuilt_by_rate"} == {"income_total"}


def test_a_number_that_was_not_read_whole_is_listed_as_such() -> None:
    links = read_narrative(telling("收入预算总计3*9.95万元。"))[1]
    assert [(link.link, link.unread and link.unread.value) for link in links] == [("none", "")]


def test_a_change_behind_a_bracket_is_of_the_amount_before_it() -> None:
    text = (
        "公务用车购置及运行维护费583.16万元（公务用车购置费198万元，比上年减少108万元；公务用车运行维护费385.16万元，"
        "比上年减少24.61万元。）比上年减少132.61万元，下降18.5%。"
    )
    found = read(telling(text, section="二、“三公”经费安排情况"))
    assert ("change", "vehicles", "-132.61") in found and ("rate", "vehicles", "-18.5") in found
    assert ("change", "vehicle_running", "-24.61") in found


def test_a_change_is_of_the_sentences_amount_not_of_what_its_explanation_names() -> None:
    text = "年末结余1615.24万元，既包括财政拨款，也包括其他收入的结转和结余，比上年减少754.91万元，下降31.85%。"
    assert ("change", "income_other", "-754.91") not in read(telling(text, section="二、收入预算情况说明"))


NOT_COMPARED = {
    "another body": ("阳泉市社会保险事业管理中心部门预算收入51.91万元。", "income_total", "一、部门预算收支增减变化情况"),
    "units below": ("所属事业单位收入预算51.91万元。", "income_total", "一、部门预算收支增减变化情况"),
    "executed": ("2024年度“三公”经费支出决算46.21万元。", "three_public", "七、“三公”经费情况说明"),
    "another year": ("2023年收入预算总计370.80万元。", "income_total", "一、部门预算收支增减变化情况"),
    "one kind of money": (
        "本部门整体支出纳入绩效目标管理，涉及财政性资金300.1万元。", "department_goal", "十、绩效管理情况",
    ),
    "part of a list": (
        "技工教育12.53万元，主要包括：教学管理8.46万元；上年结转项目资金1.44万元。", "carryover", "一、部门预算收支增减变化情况",
    ),
    "part of another amount": (
        "2024年机关运行经费预算总计82万元，其中：办公经费41.47万元，公务接待费2.5万元。", "reception", "十、机关运行经费安排情况",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_COMPARED)
def test_a_number_of_something_else_is_no_disagreement(case: str) -> None:
    text, subject, section = NOT_COMPARED[case]
    found = [c for c in checked(telling(text, section=section), f"narrative.{subject}") if c.left_ref == "p.1"]
    assert [check.status for check in found] == ["not_evaluable"]
    assert found[0].explanation.code == "narrative.not_compared"
    assert found[0].explanation.args["reason"].code.startswith("narrative.scope.")


def test_a_number_of_the_department_that_differs_is_a_disagreement_still() -> None:
    for text in ("2024年阳泉市招商中心收入预算总计51.91万元。", "本部门收入预算总计51.91万元。"):
        assert "different" in {check.status for check in checked(telling(text), "narrative.income_total")}


def test_a_part_with_another_heading_is_of_that_body_until_the_next_heading() -> None:
    texts = ("二、阳泉市社会保险事业管理局", "收入预算总计51.91万元。", "三、其他情况说明", "收入预算总计52.91万元。")
    status = [c.status for c in checked(telling(*texts), "narrative.income_total") if c.left_ref.startswith("p.1")]
    assert status == ["not_evaluable", "different"]


def test_vehicles_to_be_bought_are_not_held() -> None:
    text = "计划购置车辆7辆，其中更新公务车辆1辆、应急保障用车1辆、机要通信用车1辆、其他用车1辆。"
    assert "different" not in {check.status for check in narrative_checks(telling(text, section="国有资产占用情况"))}


def test_a_list_with_a_number_that_was_not_read_is_not_added_up() -> None:
    for unread in ("一种没有见过的用车3辆", "机要通信用车*辆"):
        text = f"共有车辆6辆，其中：应急保障用车1辆、{unread}、其他用车2辆。"
        status = {c.status for c in checked(telling(text, section="国有资产占用情况"), "narrative.sum.vehicles")}
        assert status == {"not_evaluable"}, unread


def test_more_people_present_than_posts_is_no_contradiction_of_the_document() -> None:
    told = "人员编制52人，其中行政编制44人；{}人员59人，其中行政51人。"
    for word, status in (("实有", "not_evaluable"), ("在职在编", "different")):
        found = checked(telling(told.format(word), section="四、人员情况说明"), "narrative.limit.staff")
        assert [check.status for check in found] == [status]


@pytest.mark.parametrize(("last", "status"), [("66.53", "balanced"), ("66.35", "different")])
def test_a_list_may_name_a_group_beside_items_of_other_groups(last: str, status: str) -> None:
    """What adds up to the whole is every 科目 named that lies below no other one named."""
    parts = f"行政运行（2010301）200万元；强制隔离戒毒（20408）93.42万元；培训支出（2050803）{last}万元"
    text = f"一般公共预算支出359.95万元，其中：{parts}。"
    found = checked(telling(text, section="五、一般公共预算支出情况"), "narrative.sum.general_functions")
    assert [check.status for check in found] == [status]


def test_projects_with_goals_need_not_be_all_projects() -> None:
    facts = telling("编报绩效目标的项目共9个，涉及项目预算资金155.95万元。", section="四、绩效目标设置情况")
    assert ("amount", "projects_with_goals", "155.95") in read(facts)
    assert "different" not in {check.status for check in narrative_checks(facts)}


def test_what_is_reserved_for_small_firms_is_not_all_purchasing() -> None:
    facts = telling("面向中小企业预留政府采购项目预算金额34万元。", section="三、政府采购情况")
    assert not any(subject == "procurement_total" for _, subject, _ in read(facts))


def test_where_no_text_was_recognised_the_text_is_not_called_silent() -> None:
    checks = narrative_checks(telling())
    assert {(check.status, check.explanation.code) for check in checks} == {("not_evaluable", "narrative.why.no_text")}
    assert {told.state for told in spoken_facts(told_of(telling()))} == {SPOKEN}


def test_a_total_may_count_what_is_carried_forward_where_the_table_was_not_read() -> None:
    """支出预算 counts 结转下年, 本年支出 does not: the parts need not make it up, nor their shares be of it."""
    texts = (
        "2024年支出预算134.33万元。", "基本支出预算70.69万元，占本年支出预算53.59%。",
        "项目支出预算61.21万元，占本年支出预算46.41%。",
    )  # fmt: skip
    facts = telling(*texts, section="三、支出预算情况说明")
    unread = [replace(t, status="missing") if t.table_no in (1, 3) else t for t in facts.tables]
    bare = replace(facts, tables=unread, rows=[r for r in facts.rows if r.table_no not in (1, 3)],
                   figures=[f for f in facts.figures if f.table_no not in (1, 3)])  # fmt: skip
    found = [
        c for c in narrative_checks(bare) if c.rule.startswith(("narrative.share", "narrative.sum.expenditure_split"))
    ]
    assert found and {check.status for check in found} == {"not_evaluable"}
    assert {c.status for c in checked(facts, "narrative.sum.expenditure_split")} == {"different"}


def test_another_account_is_not_taken_for_its_class() -> None:
    text = "其他一般公共服务支出（款）其他一般公共服务支出（项）支出0万元，比上年减少11.38万元，下降100%。"
    found = read(telling(text, section="五、一般公共预算支出情况说明"))
    assert ("amount", "一般公共服务支出", "0") not in found
    assert not checked(telling(text, section="五、一般公共预算支出情况说明"), "narrative.function_class")


@pytest.mark.parametrize("status", ["missing", "unreadable"])
def test_an_account_is_not_compared_with_a_table_that_was_not_read(status: str) -> None:
    """Table 5 is not there: that table 8 has no such account says nothing."""
    facts = read_registered(SMALL)
    tables = [replace(t, status=status) if t.table_no == 5 else t for t in facts.tables]
    bare = replace(
        facts, tables=tables, rows=[r for r in facts.rows if r.table_no != 5],
        figures=[f for f in facts.figures if f.table_no != 5],
    )  # fmt: skip
    found = [c for c in narrative_checks(bare) if c.rule.startswith("narrative.function")]
    assert found and "different" not in {check.status for check in found}
    known = {(c.rule, c.left_ref) for c in narrative_checks(facts) if c.status == "different"}
    assert {(c.rule, c.left_ref) for c in narrative_checks(bare) if c.status == "different"} <= known


def without(facts: DocumentFacts, table_no: int) -> DocumentFacts:
    """The document with one of its tables unread."""
    return replace(
        facts,
        tables=[replace(t, status="unreadable") if t.table_no == table_no else t for t in facts.tables],
        rows=[row for row in facts.rows if row.table_no != table_no],
        figures=[figure for figure in facts.figures if figure.table_no != table_no],
    )


def test_appropriations_are_not_held_against_a_table_of_all_money() -> None:
    """Table 4 was not read: table 3 holds other money too. Where it prints the amount it is meant, else nothing is said."""
    section = "四、财政拨款收支预算情况说明"
    held = next(f for f in read_registered(SMALL).figures if (f.table_no, f.code, f.column) == (3, "201", "total"))
    amounts = {amounts_of(held.fen): {"balanced"}, amounts_of(held.fen - 4_000_000): {"not_evaluable"}}
    for amount, expected in amounts.items():
        facts = telling(f"财政拨款支出按功能分类：一般公共服务支出{amount}万元。", section=section)
        assert {c.status for c in checked(without(facts, 4), "narrative.function_class")} == expected, amount
    assert {c.status for c in checked(facts, "narrative.function_class")} == {"different"}, (
        "table 4 says so where it is read"
    )


def amounts_of(fen: int) -> str:
    """An amount as a sentence prints it, in 万元."""
    return f"{fen / 1_000_000:.2f}"


@pytest.mark.parametrize("table_no", [1, 3, 5, 6, 10])
def test_a_table_read_in_part_disagrees_with_nobody(table_no: int) -> None:
    """Half of the rows are not read: no check says more than the whole document does."""
    facts = read_registered(SMALL)
    tables = [replace(t, status="partial") if t.table_no == table_no else t for t in facts.tables]
    lost = {r.row_no for r in facts.rows if r.table_no == table_no and r.row_no % 2}
    part = replace(
        facts, tables=tables, rows=[r for r in facts.rows if not (r.table_no == table_no and r.row_no in lost)],
        figures=[f for f in facts.figures if not (f.table_no == table_no and f.row_no in lost)],
    )  # fmt: skip
    known = {(c.rule, c.left_ref) for c in narrative_checks(facts) if c.status == "different"}
    assert {(c.rule, c.left_ref) for c in narrative_checks(part) if c.status == "different"} <= known


def test_the_only_class_of_a_table_read_in_part_is_not_its_total() -> None:
    facts = read_registered(SMALL)
    first = next(r for r in facts.rows if r.table_no == 5 and r.level == 1)
    rows = [r for r in facts.rows if r.table_no != 5 or r.row_no == first.row_no]
    for status, state in (("data", "found"), ("partial", "unread")):
        tables = [replace(t, status=status) if t.table_no == 5 else t for t in facts.tables]
        [cell] = Figures(replace(facts, tables=tables, rows=rows)).cells(["5..@total.total"])
        assert cell.state == state


SPEAKS = {
    "机关运行经费23.84万元。": STATED,
    "机关运行经费2*.84万元。": SPOKEN,
    "机关运行经费为二十三万元。": SPOKEN,
    "本部门无机关运行经费。": DECLARED_NONE,
    "本部门没有安排机关运行经费。": DECLARED_NONE,
    "本部门收入总计10万元。": SILENT,
}


@pytest.mark.parametrize("text", SPEAKS)
def test_silent_is_only_what_no_sentence_speaks_of(text: str) -> None:
    state, place = spoken_of(told_of(telling(text, section="八、机关运行经费安排情况说明")), "running")
    assert state == SPEAKS[text]
    assert (place is None) == (state == SILENT)


CHANGES = {
    "机关运行经费23.84万元，比上年增加1.20万元。": STATED,
    "机关运行经费23.84万元，与上年基本持平。": STATED,
    "机关运行经费23.84万元，比上年增加*.20万元。": SPOKEN,
    "机关运行经费23.84万元，较上年有所变动。": SPOKEN,
    "机关运行经费23.84万元。": SILENT,
}


@pytest.mark.parametrize("text", CHANGES)
def test_no_change_is_stated_only_where_no_sentence_compares(text: str) -> None:
    state, place = change_spoken_of(told_of(telling(text, section="八、机关运行经费安排情况说明")), "running")
    assert state == CHANGES[text] and (place is None) == (state == SILENT)


def test_a_fault_in_one_sentence_is_that_sentences_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty(told_module.Reader):
        def read(self) -> list[told_module.Mention]:
            if "坏" in self.passage.flat:
                raise ValueError
            return super().read()

    monkeypatch.setattr(told_module, "Reader", Faulty)
    told = told_of(telling("收入预算总计359.95万元。", "坏的一段，收入10万元。", "支出预算总计359.95万元。"))
    assert [mention.subject for mention in told.stated] == ["income_total", "expenditure_total"]
    (problem,) = told.problems
    assert (problem.severity, problem.place.line, problem.message.args["error"]) == ("unread", 2, "ValueError")
