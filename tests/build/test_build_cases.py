"""What is partly read, not read, or printed in another unit is said to be so: the cases of ../shared, and others of each kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from documents import facts_of_text, read_registered, text_of

from budgetdata.base.facts import CheckFact, DocumentFacts, TableFact
from budgetdata.build import document as building
from budgetdata.build.document import read_facts
from budgetdata.forms.declared import standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source, document_id_of, sha256_of
from tests.helpers.three_lines import typeset
from tests.helpers.words import en, zh

SMALL = "6ad99d98ab19"
"""The disclosure that most cases are changed from."""


@cache
def of_case(path: Path) -> DocumentFacts:
    """The facts of one case."""
    sha = sha256_of(path.read_bytes())
    return read_facts(path, Source(path.name, sha, document_id_of(sha)))


def table(facts: DocumentFacts, no: int) -> TableFact:
    """What is said of one table."""
    return next(table for table in facts.tables if table.table_no == no)


def unread(facts: DocumentFacts) -> list[str]:
    """What was not read, in words."""
    return [en(problem.message) for problem in facts.problems if problem.severity == "unread"]


def new_differences(facts: DocumentFacts) -> list[CheckFact]:
    """The disagreements that the unchanged document does not have."""
    known = {(c.rule, zh(c.label)) for c in read_registered(SMALL).checks if c.status == "different"}
    return [c for c in facts.checks if c.status == "different" and (c.rule, zh(c.label)) not in known]


def amount(facts: DocumentFacts, no: int, role: str) -> list[int]:
    """The amounts in fen of a declared row of a table."""
    return [f.fen for f in facts.figures if f.table_no == no and f.role == role and f.column == "total"]


def changed(old: str, new: str, count: int = -1) -> DocumentFacts:
    """The facts of the small disclosure with a text in it replaced."""
    text = text_of(SMALL)
    assert old in text
    return facts_of_text(text.replace(old, new, count))


def test_a_masked_cell_is_unread_and_nothing_is_said_to_differ_from_it(shared: Path) -> None:
    facts = of_case(shared / "cases/D03_masked_stars.txt")
    assert table(facts, 1).status == table(facts, 4).status == "partial"
    assert len(unread(facts)) == 2 and all("'****'" in text for text in unread(facts))
    assert new_differences(facts) == []


@pytest.mark.parametrize("printed", ["****", "涉密", "见附件", "1,2x4.00"])
def test_a_cell_that_is_no_number_is_unread_not_blank(printed: str) -> None:
    facts = changed("一、一般公共预算\t359.95", f"一、一般公共预算\t{printed}", 1)
    assert table(facts, 1).status == "partial" and any(printed in text for text in unread(facts))
    assert new_differences(facts) == []


def test_a_secret_amount_of_the_three_public_expenses_is_unread(shared: Path) -> None:
    facts = of_case(shared / "cases/D13_secret_cell.txt")
    assert table(facts, 10).status == "partial"
    (row,) = [row for row in facts.rows if row.table_no == 10 and row.role == "overseas"]
    assert row.unread == ("total",) and amount(facts, 10, "overseas") == []


def test_a_unit_in_a_head_is_that_of_the_column(shared: Path) -> None:
    assert amount(of_case(shared / "cases/D04_unit_in_head.txt"), 10, "reception") == [30_000]


def test_millions_are_a_unit(shared: Path) -> None:
    assert amount(of_case(shared / "cases/D04_unit_unknown.txt"), 10, "reception") == [2_000_000]


THREE_PUBLIC = "安排“三公”经费支出预算表"


def with_unit(line: str, printed: str = "2.00") -> DocumentFacts:
    """The small disclosure with another unit printed above its table 10, and its amounts as printed in that unit."""
    before, title, after = text_of(SMALL).rpartition(THREE_PUBLIC)
    inside, behind, rest = after.partition("机关运行经费预算表")
    inside = inside.replace("单位：万元", line, 1).replace("2.00", printed)
    return facts_of_text(before + title + inside + behind + rest)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("单位：人民币千元", "20.00"),
        ("（单位:元）", "20000.00"),
        ("金额单位：百元", "200.00"),
        ("以万元为单位", "2.00"),
    ],
)
def test_a_unit_is_known_however_it_is_spelt(line: str, printed: str) -> None:
    assert amount(with_unit(line, printed), 10, "reception") == [2_000_000]


@pytest.mark.parametrize("line", ["单位：人民币千元", "（单位:元）", "金额单位：百元"])
def test_a_unit_that_the_same_amounts_elsewhere_contradict_makes_a_table_unreadable(line: str) -> None:
    facts = with_unit(line)
    assert table(facts, 10).status == "unreadable" and amount(facts, 10, "reception") == []


@pytest.mark.parametrize(
    ("line", "code"), [("单位：美元", "table.unit_unknown"), ("单位：元 单位：万元", "table.units_differ")]
)
def test_units_that_are_not_known_or_differ_make_a_table_unreadable(line: str, code: str) -> None:
    found = table(with_unit(line), 10)
    assert found.status == "unreadable" and found.reason is not None and found.reason.code == code


def test_a_table_without_its_last_page_lacks_rows(shared: Path) -> None:
    facts = of_case(shared / "cases/D18_page_missing.pdf")
    assert table(facts, 1).status == "partial" and any(text.startswith("Table 1 (") for text in unread(facts))
    assert new_differences(facts) == []


def test_a_page_that_is_printed_twice_is_read_once(shared: Path) -> None:
    facts = of_case(shared / "cases/D18_page_printed_twice.pdf")
    assert sum(figure.table_no == 3 for figure in facts.figures) == 43
    assert new_differences(facts) == []


def test_rows_that_are_printed_twice_are_read_once() -> None:
    text = text_of(SMALL)
    head = "## 2024年预算支出总表"
    rest = text.partition(head)[2]
    body = head + rest[: rest.index("\n## ")]
    facts = facts_of_text(text.replace(body, f"{body}\n\n{body}", 1))
    assert len(facts.figures) == len(read_registered(SMALL).figures)
    assert new_differences(facts) == [] and any(problem.message.code == "table.twice" for problem in facts.problems)


def test_a_table_that_is_left_out_is_not_compared_with(shared: Path) -> None:
    facts = of_case(shared / "cases/D16_table5_left_out.txt")
    assert new_differences(facts) == []
    functions = [c for c in facts.checks if c.rule == "narrative.function_class"]
    assert all(c.status != "different" for c in functions)


def test_a_title_whose_table_is_a_picture_is_unreadable_not_missing(shared: Path) -> None:
    facts = of_case(shared / "cases/D15_table_as_picture.pdf")
    found = table(facts, 10)
    assert found.status == "unreadable" and found.place.page == 3 and unread(facts)
    (item,) = [item for item in facts.disclosure if item.item_id == "t10"]
    assert item.status == "unread"


def without_table(no: int, title: str, sentence: str = "") -> TableFact:
    """What is said of a table of an invented narrative in which it is not printed."""
    text = text_of(SMALL)
    body = text[text.index("## 2024年预算支出总表") :]
    only = body[: body.index("\n## ", 5)]
    return table(
        facts_of_text(
            f"# 阳泉市招商中心2024年部门预算\n\n第二部分 表\n\n{only}\n\n{title}\n\n第三部分 说明\n\n{sentence}\n"
        ),
        no,
    )


@pytest.mark.parametrize(
    ("no", "title", "sentence", "status"),
    [
        (9, "", "", "missing"),
        (9, "2024年国有资本经营预算收支预算表", "", "unreadable"),
        (9, "", "2024年本部门没有国有资本经营预算拨款安排的支出。", "empty_stated"),
        (10, "", "2024年“三公”经费预算2万元，与上年持平。", "unreadable"),
        (7, "", "财政拨款收入：指财政拨款，包括一般公共预算拨款收入、政府性基金预算拨款收入。", "missing"),
        (7, "", "该工程2023年在政府性基金预算收入中列支。", "missing"),
        (7, "", "七、政府性基金预算收入情况", "unreadable"),
        (11, "", "机关运行经费12万元。", "unreadable"),
        (12, "", "项目支出表和绩效目标表见附件。", "unreadable"),
        (12, "", "十二、项目支出绩效目标表", "missing"),
        (12, "", "图2：基本支出和项目支出情况", "missing"),
        (12, "2024年上年结转项目支出预算表", "", "missing"),
    ],
)
def test_a_table_is_missing_only_where_nothing_speaks_of_it(no: int, title: str, sentence: str, status: str) -> None:
    assert without_table(no, title, sentence).status == status


PARTS: dict[str, Callable[..., object]] = {
    "read_sheets": building.read_sheets, "link_projects": building.link_projects,
    "told_of": building.told_of, "narrative_checks": building.narrative_checks, "sheet_checks": building.sheet_checks,
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_one_bad_part_is_one_bad_part(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(building, part, fails)
    facts = facts_of_text(text_of(SMALL))
    assert len(facts.figures) == len(read_registered(SMALL).figures)
    (problem,) = [p for p in facts.problems if p.subject == "fault"]
    assert problem.severity == "unread" and problem.message.code == "build.fault"
    assert str(problem.message.args["error"]).startswith("ZeroDivisionError")


def test_a_table_whose_reading_fails_is_unreadable_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from budgetdata.build import tables as reader

    read = reader.read_table

    def fails_for_five(form: object, *rest: object) -> object:
        if getattr(form, "no", 0) == 5:
            raise IndexError
        return read(form, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_table", fails_for_five)
    facts = facts_of_text(text_of(SMALL), standard_forms())
    assert table(facts, 5).status == "unreadable" and table(facts, 3).status == "data"
    assert new_differences(facts) == []


LARGE = "947784cd9916"
"""The disclosure with the longest tables."""


def told(facts: DocumentFacts) -> set[tuple[str, int | None, int | None]]:
    """The disagreements of a document."""
    return {(c.rule, c.left_fen, c.right_fen) for c in facts.checks if c.status == "different"}


@pytest.mark.parametrize("repeat", [True, False], ids=["head on each page", "head on the first page"])
def test_three_line_tables_over_pages_differ_nowhere_that_the_text_does_not(tmp_path: Path, repeat: bool) -> None:
    """Whatever pages of them could not be read, tables, sheets or narrative: what they may hold is not laid to the document."""
    path = typeset(tmp_path / "made.pdf", parse_text(text_of(LARGE), LARGE).blocks, repeat)
    facts = of_case(path)
    assert told(facts) <= told(read_registered(LARGE))
    states = {found.table_no: found.status for found in facts.tables}
    assert all(states[no] != "missing" for no in range(1, 14))
    figures = {no: sum(f.table_no == no for f in read_registered(LARGE).figures) for no in range(1, 14)}
    short = [no for no in states if sum(f.table_no == no for f in facts.figures) < figures[no]]
    assert all(states[no] in {"partial", "unreadable"} for no in short)


def test_a_note_that_contradicts_the_units_above_leaves_no_amount_and_makes_no_disagreement() -> None:
    facts = changed("### 第三部分", "注：以上金额单位为元\n\n### 第三部分", 1)
    assert {reason.code for table in facts.tables if (reason := table.reason)} == {"table.units_differ"}
    assert not facts.figures and not new_differences(facts)
