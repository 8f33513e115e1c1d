"""A side that is blank is no zero, and a list that leaves rows out is held against nothing row by row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import read_registered

from budgetdata.base.facts import FigureFact, ParagraphFact, TableFact
from budgetdata.base.money import Amount
from budgetdata.base.raw import Place
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD
from budgetdata.checks.between import between
from budgetdata.checks.index import Index
from budgetdata.checks.inside import inside
from budgetdata.checks.verdicts import Half, verdict
from budgetdata.forms.declared import standard_forms
from budgetdata.forms.identities import standard_identities
from budgetdata.narrative.checks import narrative_checks
from budgetdata.tables.lacking import Lack
from budgetdata.tables.reading import TableReading
from budgetdata.tables.sums import TableRow

SMALL = "6ad99d98ab19"
BLANK = Half(None, 0, (), ("p.6",))


@pytest.mark.parametrize(
    ("fen", "status", "why"),
    [(11_610_000, "not_evaluable", "check.side_blank"), (0, "balanced", "check.agree")],
)
def test_a_blank_is_held_against_no_amount(fen: int, status: str, why: str) -> None:
    printed = Half(fen, 50, ("t01.r034i.total",))
    for left, right in ((BLANK, printed), (printed, BLANK)):
        check = verdict("t04.carryover_equals_t01", said("check.blank"), left, right)
        assert (check.status, check.explanation.code) == (status, why)


def row(number: int, code: str, fen: int, level: int = 3) -> TableRow:
    place = Place(4, number)
    return TableRow(
        number, code, code or "合计", "", place, 0, level=level, values={"total": Amount(fen, 2, f"{fen / 10**6:.2f}")}
    )


def class_check(*listed: TableRow, printed: int, lacks: bool = False) -> tuple[str, str]:
    """What is said of 类 201 of a list in table 3, which may lack rows at its end, against the row of table 1."""
    whole = row(1, "", printed, 1)
    whole.role = "201"
    readings = {
        1: TableReading(standard_forms()[1], "万元", {"income": [], "expenditure": [whole]}),
        3: TableReading(standard_forms()[3], "万元", {"": [*listed]}),
    }
    readings[1].columns = {"expenditure": frozenset({"total"})}
    readings[3].columns = {"": frozenset({"total"})}
    readings[3].lacks = [Lack(said("table.no_total"), at_end=True)] if lacks else []
    tables = [TableFact(no, "", "万元", "data", None, Place(no, 1)) for no in readings]
    identity = next(i for i in standard_identities() if i.id == "t03.class_equals_t01")
    [check] = between(Index(tables, readings), identity)
    return check.status, check.explanation.code


def test_a_list_that_leaves_rows_out_is_not_compared_by_account() -> None:
    """科目 by economic class, basic expenditure alone; the 合计 counts projects that no row prints."""
    salaries, office = row(1, "2013601", 152_000_000), row(2, "2013601", 436_000_000)
    assert class_check(salaries, office, row(3, "", 6_770_000_000, 0), printed=6_770_000_000) == (
        "not_evaluable", "check.rows_short",
    )  # fmt: skip
    assert class_check(salaries, office, row(3, "", 588_000_000, 0), printed=588_000_000)[0] == "balanced"
    assert class_check(salaries, office, row(3, "", 588_000_000, 0), printed=600_000_000)[0] == "different"


@pytest.mark.parametrize(
    ("fen", "appropriation", "status"),
    [
        (7, "missing", "not_evaluable"),
        (8, "missing", "different"),
        (8, "unreadable", "not_evaluable"),  # a carry-over may be printed there
        (8, "partial", "not_evaluable"),
        (8, "data", "different"),
    ],
)
def test_a_gap_that_is_the_amount_of_an_unknown_row_is_no_difference(fen: int, appropriation: str, status: str) -> None:
    """The total of table 5 counts in what table 1 prints under a name that no declaration knows, or table 4, which may not have
    been read."""
    assert general_check("往岁余银", "", fen, appropriation) == status


@pytest.mark.parametrize(
    ("carried", "appropriation", "status"),
    [
        (20, "missing", "not_evaluable"),  # table 4 would say how much of it is of the general budget
        (20, "data", "different"),
        (6, "missing", "different"),  # all of it is less than the gap
    ],
)
def test_a_gap_within_a_carry_over_that_no_table_divides_is_no_difference(
    carried: int, appropriation: str, status: str
) -> None:
    assert general_check("上年结转", "carryover", carried, appropriation) == status


def general_check(label: str, role: str, fen: int, appropriation: str) -> str:
    """What is said of a general budget of 97 in table 5 and 90 in table 1, which prints one more row, where table 4 is so."""
    general, current, more, total = (row(n, "", f * 10**6, 1) for n, f in ((1, 90), (2, 90), (3, fen), (4, 97)))
    general.role, current.role, more.label, more.role, total.level = "general", "income_current", label, role, 0
    readings = {
        1: TableReading(standard_forms()[1], "万元", {"income": [general, current, more], "expenditure": []}),
        5: TableReading(standard_forms()[5], "万元", {"": [total]}),
    }
    readings[1].columns = {"income": frozenset({"total"})}
    readings[5].columns = {"": frozenset({"total"})}
    tables = [TableFact(no, "", "万元", "data", None, Place(no, 1)) for no in readings]
    tables.append(TableFact(4, "", "万元", appropriation, None, Place(4, 1)))
    identity = next(i for i in standard_identities() if i.id == "t05.total_equals_t01")
    [check] = between(Index(tables, readings), identity)
    return check.status


@pytest.mark.parametrize(("state", "status"), [("unreadable", "not_evaluable"), ("data", "different")])
def test_an_amount_that_any_of_several_figures_may_be_waits_for_those_that_were_not_read(
    state: str, status: str
) -> None:
    facts = read_registered(SMALL)
    told = ParagraphFact(3, "九、预算绩效情况说明", "涉及项目1.23万元。", Place(1, 1))
    tables = [replace(table, status=state) if table.table_no == 3 else table for table in facts.tables]
    checks = narrative_checks(replace(facts, tables=tables, paragraphs=[told]))
    found = [check for check in checks if check.rule == "narrative.projects_first_level" and check.left_ref]
    assert {check.status for check in found} == {status}


def test_an_account_of_one_row_is_whole_though_the_total_is_not() -> None:
    lone = row(1, "201", 588_000_000, 1)
    assert class_check(lone, row(2, "", 600_000_000, 0), printed=600_000_000)[0] == "different"


def test_an_account_of_one_row_is_not_whole_in_a_list_of_units_that_may_lack_some() -> None:
    unit, lone = row(1, "", 588_000_000, 1), row(2, "201", 588_000_000, 2)
    for of_unit, status in ((True, "not_evaluable"), (False, "different")):
        unit.of_unit = of_unit
        assert class_check(unit, lone, printed=700_000_000, lacks=True)[0] == status


def telling(sentence: str, fen: int | None) -> tuple[str, str]:
    """What is said of a sentence on the general budget where the 合计 of table 5 is printed as `fen`, or blank."""
    facts = read_registered(SMALL)

    def bent(figure: FigureFact) -> FigureFact | None:
        if (figure.table_no, figure.level, figure.column) != (5, 0, "total"):
            return figure
        decimals = 2 if not fen or fen % 10_000 == 0 else 6
        return None if fen is None else replace(figure, fen=fen, decimals=decimals, raw=f"{fen / 10**6:.{decimals}f}")

    told = ParagraphFact(3, "一、部门预算收支增减变化情况", sentence, Place(1, 1))
    figures = [figure for old in facts.figures if (figure := bent(old)) is not None]
    checks = narrative_checks(replace(facts, figures=figures, paragraphs=[told]))
    [check] = [check for check in checks if check.rule == "narrative.general" and check.left_ref]
    return check.status, check.explanation.code


def test_a_text_that_gives_the_sum_of_one_table_is_within_the_rounding_of_the_other() -> None:
    said_of = "一般公共预算拨款支出359.95万元。"
    assert telling(said_of, 359_950_000)[0] == "balanced"
    assert telling(said_of, 359_940_000) == ("rounding", "narrative.compare.rounding")
    assert telling(said_of, 359_930_000)[0] == "different"
    assert telling("一般公共预算拨款支出359.94万元。", 359_950_000)[0] == "different"


def test_an_amount_of_fewer_decimals_may_count_the_others_as_one_more() -> None:
    """921.324552 is written 921.33 (counted up) or 921.32; one digit further is another amount."""
    assert telling("一般公共预算拨款支出359.96万元。", 359_954_552)[0] == "rounding"
    assert telling("一般公共预算拨款支出359.97万元。", 359_954_552)[0] == "different"


@pytest.mark.parametrize(("parts", "status"), [(True, "not_evaluable"), (False, "different")])
def test_a_blank_sum_whose_parts_are_printed_is_not_nothing(parts: bool, status: str) -> None:
    """公务用车购置及运行费 left blank above 购置 and 运行: the text's sum of both is held against nothing."""
    facts = read_registered("947784cd9916")
    roles = {"vehicles"} if parts else {"vehicles", "vehicle_purchase", "vehicle_running"}
    figures = [f for f in facts.figures if f.table_no != 10 or f.role not in roles]
    if parts:
        purchase = next(f for f in facts.figures if f.table_no == 10 and f.role == "total")
        row = next(r for r in facts.rows if r.table_no == 10 and r.role == "vehicle_purchase")
        figures.append(replace(purchase, row_no=row.row_no, role=row.role, label=row.label, fen=180_000_000))
    told = ParagraphFact(3, "七、“三公”经费情况说明", "公务用车购置及运行费180万元。", Place(1, 1))
    checks = narrative_checks(replace(facts, figures=figures, paragraphs=[told]))
    assert {check.status for check in checks if check.rule == "narrative.vehicles" and check.left_ref} == {status}


@pytest.mark.parametrize(("unread", "may_lack"), [({}, False), ({"basic": UNREAD}, True)])
def test_a_blank_beside_what_could_not_be_read_is_perhaps_no_blank(unread: dict[str, str], may_lack: bool) -> None:
    """One amount drawn over the cells of a row is lost with all of them, also in the cell that then holds nothing."""
    rows = [row(1, "", 300, 0), row(2, "201", 200, 1), row(3, "210", 0, 1)]
    rows[2].values, rows[2].broken = {}, unread
    reading = TableReading(standard_forms()[3], "万元", {"": rows})
    index = Index([TableFact(3, "", "万元", "partial", None, Place(3, 1))], {3: reading})
    assert index.is_unread(3, "", [(number, "total") for number in range(3)]) == may_lack


@pytest.mark.parametrize(
    ("status", "reason", "why"),
    [
        ("missing", "table.not_found", "check.table_missing"),
        ("unreadable", "table.spoken_of", "check.table_missing"),
        ("unreadable", "table.no_column_head", "check.table_unread"),
    ],
)
def test_a_table_that_is_perhaps_not_printed_is_not_told_to_be_printed_and_unread(
    status: str, reason: str, why: str
) -> None:
    form = standard_forms()[7]
    [check] = inside(Index([TableFact(7, "", "", status, said(reason), Place(3, 1))], {}), form, form.sides[0])
    assert check.explanation.code == why
