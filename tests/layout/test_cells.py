"""Cells of a grid whose rules are lacking or moved, and texts over each other: what belongs to several cells is unread."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from budgetdata.base.text import TWO_UNREAD, UNREAD
from budgetdata.layout.doubtful import certain
from budgetdata.layout.geometry import Glyph, Rule
from budgetdata.layout.tables import ruled_tables

XS, TOP, HIGH, SIZE = (0.0, 60.0, 200.0, 270.0, 340.0), 100.0, 20.0, 10.0
ROWS = [
    ("科目编码", "科目名称", "合计", "基本支出"),
    ("201", "一般公共服务支出", "14.50", "14.50"),
    ("20113", "商贸事务", "12.50", "12.50"),
    ("20132", "组织事务", "2.00", "2.00"),
]


def text(words: str, x: float, mid: float, order: int) -> Iterator[Glyph]:
    """Words as glyphs from x on: as wide as high, half as wide where they are ASCII."""
    for number, sign in enumerate(words):
        wide = SIZE / 2 if sign.isascii() else SIZE
        yield Glyph(sign, x, x + wide, mid + 0.36 * SIZE, mid, SIZE, order + number)
        x += wide


def glyphs_of(rows: list[tuple[str, ...]]) -> list[Glyph]:
    """The rows printed in the middle of their cells' height."""
    found: list[Glyph] = []
    for number, row in enumerate(rows):
        for x, words in zip(XS, row, strict=False):
            found += text(words, x + 4, TOP + HIGH * (number + 0.5), len(found) + 10)
    return found


def rules_of(count: int, without: tuple[int, int] | None = None) -> list[Rule]:
    """The rules of a grid cell by cell; `without` is the row and column over which the flat one is lacking."""
    flats = [
        Rule(True, TOP + HIGH * row, left, right, 0.5)
        for row in range(count + 1)
        for column, (left, right) in enumerate(pairwise(XS))
        if (row, column) != without
    ]
    return flats + [Rule(False, x, TOP, TOP + HIGH * count, 0.5) for x in XS]


def cells(glyphs: list[Glyph], rules: list[Rule]) -> list[tuple[str, ...]]:
    """The cells of the only table."""
    [table], *_ = ruled_tables(certain(glyphs, rules), rules)
    return [row for row, _ in table.rows]


@pytest.mark.parametrize(("x", "cell"), [(325.0, UNREAD), (316.0, "12.50"), (341.0, "")])
def test_a_number_that_runs_over_the_edge_of_its_table_is_unread(x: float, cell: str) -> None:
    rows = [*ROWS[:2], ("20113", "商贸事务", "12.50", ""), ROWS[3]]
    printed = [*glyphs_of(rows), *text("12.50", x, TOP + HIGH * 2.5, 500)]
    found = cells(printed, rules_of(4))
    assert found[2][:3] == rows[2][:3] and found[2][3].strip("0123456789.") == cell.strip("0123456789.")
    assert UNREAD in found[2][3] or found[2][3] == cell


def test_a_whole_grid_is_read_as_printed() -> None:
    assert cells(glyphs_of(ROWS), rules_of(4)) == ROWS


def test_labels_of_two_rows_in_one_cell_are_unread_in_both() -> None:
    found = cells(glyphs_of(ROWS), rules_of(4, without=(3, 1)))
    assert found[:2] == ROWS[:2]
    assert found[2:] == [("20113", UNREAD, "12.50", "12.50"), ("20132", UNREAD, "2.00", "2.00")]


@pytest.mark.parametrize(("apart", "name"), [(0.7, UNREAD), (1.0, "购置经费组织事务")])
def test_two_names_printed_over_each_other_in_one_cell_are_unread(apart: float, name: str) -> None:
    """Lines of one text stand no nearer than their size."""
    low = TOP + 3.9 * HIGH - SIZE / 2
    over = [*text("购置经费", XS[1] + 14, low - apart * SIZE, 900), *text("组织事务", XS[1] + 4, low, 904)]
    found = cells([*glyphs_of([*ROWS[:3], ("20132", "", *ROWS[3][2:])]), *over], rules_of(4))
    assert found == [*ROWS[:3], ("20132", name, *ROWS[3][2:])]


@pytest.mark.parametrize(("drawn", "above"), [(904, UNREAD), (905, "购置经费")])
def test_a_text_that_runs_over_its_edge_into_another_is_cut_and_unread(drawn: int, above: str) -> None:
    """The text that is printed over the next one goes on from the one above, where it was drawn directly after that."""
    rows = [*ROWS[:2], ("20113", "", *ROWS[2][2:]), ("20132", "", *ROWS[3][2:])]
    low = TOP + 3.9 * HIGH - SIZE / 2
    own = [*text("购置经费", XS[1] + 4, TOP + 2.5 * HIGH, 900), *text("组织事务", XS[1] + 4, low, 950)]
    found = cells([*glyphs_of(rows), *own, *text("尾款", XS[1] + 4, low - 0.7 * SIZE, drawn)], rules_of(4))
    assert [row[1] for row in found[2:]] == [above, UNREAD]


@pytest.mark.parametrize(("order", "name"), [(36, UNREAD), (67, "专项经费及组织事务"), (900, "专项经费及组织事务")])
def test_a_text_drawn_in_two_goes_with_amounts_between_is_of_two_cells(order: int, name: str) -> None:
    """The end of the name above, drawn before the amounts of that row, stands below a rule that was moved; drawn before the
    amounts of its own row it is the first line of a page that is drawn line by line."""
    rows = [*ROWS[:3], ("20132", "", *ROWS[3][2:])]
    low = TOP + 3.8 * HIGH - SIZE / 2
    above = text("专项经费及", XS[1] + 4, low - SIZE, order)
    found = cells([*glyphs_of(rows), *above, *text("组织事务", XS[1] + 4, low, 910)], rules_of(4))
    assert found == [*ROWS[:3], ("20132", name, *ROWS[3][2:])]


@pytest.mark.parametrize(
    ("drawn", "amount", "unread"),
    [
        ("in turns", "", True),
        ("in turns", "9.00", False),
        ("by row", "", False),
        ("by column", "", False),
        ("once more", "", False),
    ],
)
def test_a_row_that_a_rule_cuts_in_two_is_unread_where_both_halves_are_drawn_in_turns(
    drawn: str, amount: str, unread: bool
) -> None:
    """Drawn behind the upper one the lower half is a row of its own, as it is with an amount; so are all rows of a table that is
    drawn column by column, and the row whose amount is drawn once more when all else is."""
    half = [("205", "教育事务之", "4.00", "4.00"), ("", "专项经费", amount, "")]
    rows = [*ROWS, ("204", "公安", "3.00", "3.00"), *half, ("206", "科学技术", "5.00", "5.00")]
    by_row = [(row, column) for row in range(5) for column in range(4)]
    behind = [(7, column) for column in range(4)]
    order = {
        "in turns": [*by_row, (5, 0), (5, 1), (6, 1), (5, 2), (5, 3), (6, 2), *behind],
        "by row": [*by_row, (5, 0), (5, 1), (5, 2), (5, 3), (6, 1), (6, 2), *behind],
        "by column": [(row, column) for column in range(4) for row in range(8)],
        "once more": [*by_row, (5, 0), (5, 1), (6, 1), (6, 2), *behind, (5, 2), (5, 3)],
    }[drawn]
    printed: list[Glyph] = []
    for row, column in order:
        printed += text(rows[row][column], XS[column] + 4, TOP + HIGH * (row + 0.5), len(printed) + 10)
    found = cells(printed, rules_of(len(rows)))
    halves = [tuple(UNREAD if unread and cell else cell for cell in row) for row in half]
    assert found == [*rows[:5], *halves, rows[7]]


def test_a_head_into_which_the_first_text_below_it_runs_stays_read() -> None:
    run = [*glyphs_of(ROWS), *text("以目标", XS[1] + 4, TOP + 1.9 * SIZE, 900)]
    found = cells(run, rules_of(4))
    assert found[0] == ("科目编码", "科目名称以目标", "合计", "基本支出") and found[1:] == ROWS[1:]


def test_the_number_of_a_column_and_a_name_below_it_in_one_cell_are_unread_in_both() -> None:
    rows = [ROWS[0], ("1", "2", "3", "4"), ("共服务支出", "", "", ""), *ROWS[1:]]
    read = cells(glyphs_of(rows), rules_of(len(rows), without=(2, 0)))
    assert read == [rows[0], (UNREAD, *rows[1][1:]), (UNREAD, "", "", ""), *rows[3:]]


def test_amounts_of_two_rows_in_one_cell_are_unread_in_both() -> None:
    found = cells(glyphs_of(ROWS), rules_of(4, without=(3, 2)))
    assert found[2:] == [("20113", "商贸事务", UNREAD, "12.50"), ("20132", "组织事务", UNREAD, "2.00")]


def test_an_amount_over_rows_with_codes_of_their_own_is_that_of_neither() -> None:
    rows = [*ROWS[:2], (*ROWS[2][:2], "", "12.50"), (*ROWS[3][:2], "", "2.00")]
    over = [*glyphs_of(rows), *text("14.50", XS[2] + 4, TOP + 3 * HIGH, 900)]
    found = cells(over, rules_of(4, without=(3, 2)))
    assert [row[2] for row in found] == ["合计", "14.50", UNREAD, UNREAD]
    bare = [("", *row[1:]) if number else row for number, row in enumerate(rows)]
    total = [*glyphs_of(bare), *text("14.50", XS[2] + 4, TOP + 3 * HIGH, 900)]
    assert [row[2] for row in cells(total, rules_of(4, without=(3, 2)))] == ["合计", "14.50", "14.50", ""]


@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_text_in_the_lower_of_two_rows_without_a_rule_between_is_that_of_neither_for_certain(column: int) -> None:
    blank = tuple("" if at == column else text for at, text in enumerate(ROWS[2]))
    found = cells(glyphs_of([*ROWS[:2], blank, ROWS[3]]), rules_of(4, without=(3, column)))
    assert [row[column] for row in found[2:]] == [UNREAD, UNREAD]
    assert [row[:column] + row[column + 1 :] for row in found[2:]] == [
        row[:column] + row[column + 1 :] for row in ROWS[2:]
    ]


def test_texts_at_the_foot_of_every_merged_cell_stay_read() -> None:
    rows = [ROWS[0], ("", *ROWS[1][1:]), ROWS[2], ("", *ROWS[3][1:]), ("203", "国防支出", "1.00", "1.00")]
    merged = [rule for rule in rules_of(5) if not (rule.flat and rule.start == 0 and rule.at in (TOP + 40, TOP + 80))]
    assert [row[0] for row in cells(glyphs_of(rows), merged)] == ["科目编码", "20113", "", "203", ""]


def without_upright(column: int, row: int) -> list[Rule]:
    """The rules of a grid, the upright left of a column lacking beside one row."""
    rest = [
        Rule(False, XS[column], *ends, 0.5) for ends in ((TOP, TOP + HIGH * row), (TOP + HIGH * (row + 1), TOP + 80))
    ]
    return [rule for rule in rules_of(4) if rule.flat or rule.at != XS[column]] + rest


@pytest.mark.parametrize("row", [1, 2, 3])
def test_an_amount_in_the_second_of_two_columns_without_a_rule_between_is_in_neither_for_certain(row: int) -> None:
    rows = [(*cells[:2], "", cells[3]) if at == row else cells for at, cells in enumerate(ROWS)]
    assert cells(glyphs_of(rows), without_upright(3, row))[row] == (*ROWS[row][:2], UNREAD, UNREAD)
    first = [(*cells[:3], "") if at == row else cells for at, cells in enumerate(ROWS)]
    assert cells(glyphs_of(first), without_upright(3, row))[row] == (*ROWS[row][:3], "")


@pytest.mark.parametrize(("apart", "read"), [(0.0, UNREAD), (30.0, "20113 商贸事务")])
def test_names_in_two_columns_without_a_rule_between_are_of_both(apart: float, read: str) -> None:
    rows = [*ROWS[:2], ("", "", *ROWS[2][2:]), *ROWS[3:], ("20199", "其他事务", "0.00", "0.00")]
    glyphs = glyphs_of(rows)
    glyphs += [
        *text("20113", XS[0] + 4, TOP + 2.5 * HIGH, 900),
        *text("商贸事务", XS[1] + 4 + apart, TOP + 2.5 * HIGH, 920),
    ]
    rules = [rule for rule in rules_of(len(rows)) if rule.flat or rule.at != XS[1]]
    rules += [
        Rule(False, XS[1], TOP, TOP + 2 * HIGH, 0.5),
        Rule(False, XS[1], TOP + 3 * HIGH, TOP + len(rows) * HIGH, 0.5),
    ]
    found = cells(glyphs, rules)[2]
    assert found[:2] == ((UNREAD, UNREAD) if read == UNREAD else (read, ""))


def test_an_unread_sign_in_two_columns_without_a_rule_between_is_of_both() -> None:
    second = [n for n, glyph in enumerate(glyphs_of(ROWS)) if glyph.mid == TOP + 2.5 * HIGH and glyph.x0 > XS[3]]
    lost = [g._replace(text=UNREAD) if n in second else g for n, g in enumerate(glyphs_of(ROWS))]
    assert cells(lost, without_upright(3, 2))[2] == (*ROWS[2][:2], UNREAD, UNREAD)


@pytest.mark.parametrize(("apart", "size", "read"), [(0.0, SIZE, "312.50"), (9.0, SIZE, UNREAD), (0.0, 2.0, "")])
def test_a_digit_apart_from_a_number_or_of_another_size_makes_it_unread(apart: float, size: float, read: str) -> None:
    wide = size / 2
    x, mid = XS[2] + 20, TOP + 2.5 * HIGH
    digit = Glyph("3", x - apart - wide, x - apart, mid + 0.36 * SIZE, mid, size, 900)
    rows = [*ROWS[:2], (*ROWS[2][:2], "", "12.50"), ROWS[3]]
    cell = cells([*glyphs_of(rows), *text("12.50", x, mid, 901), digit], rules_of(4))[2][2]
    assert cell == read or (not read and UNREAD in cell)


def test_a_short_rule_before_a_number_may_be_its_minus() -> None:
    mid = TOP + 2.5 * HIGH
    dash = Rule(True, mid, XS[2] - 3, XS[2] + 2.5, 0.5)
    table = cells(glyphs_of(ROWS), [*rules_of(4), dash])
    assert UNREAD in table[2][2] and table[3] == ROWS[3]


def test_a_group_merged_over_its_rows_stays_read() -> None:
    rows = [ROWS[0], ("", *ROWS[1][1:]), ("", *ROWS[2][1:]), ("", *ROWS[3][1:])]
    whole = [
        rule for rule in rules_of(4) if not (rule.flat and rule.start == 0 and TOP + HIGH < rule.at < TOP + 4 * HIGH)
    ]
    group = [*text("机关", 4, TOP + 2.5 * HIGH - 6, 900), *text("人员", 4, TOP + 2.5 * HIGH + 6, 902)]
    assert [row[0] for row in cells([*glyphs_of(rows), *group], whole)] == ["科目编码", "机关人员", "", ""]


def test_a_label_and_an_amount_with_no_rule_between_are_unread_in_both() -> None:
    rules = [rule for rule in rules_of(4) if rule.flat or rule.at != XS[2]]
    rules += [Rule(False, XS[2], TOP, TOP + 2 * HIGH, 0.5), Rule(False, XS[2], TOP + 3 * HIGH, TOP + 4 * HIGH, 0.5)]
    assert cells(glyphs_of(ROWS), rules)[2] == ("20113", UNREAD, UNREAD, "12.50")


def test_two_texts_over_each_other_are_unread_and_a_text_drawn_twice_is_read() -> None:
    over = [*glyphs_of(ROWS), *text("行政运行", XS[1] + 7, TOP + 2.5 * HIGH, 900)]
    label = cells(over, rules_of(4))[2][1]
    assert UNREAD in label and "商贸" not in label


def test_text_beside_a_row_with_amounts_is_told() -> None:
    aside = [*glyphs_of(ROWS), *text("项目", XS[-1] + 30, TOP + 2.5 * HIGH, 900)]
    rules = rules_of(4)
    _, _, _, problems = ruled_tables(certain(aside, rules), rules)
    assert [(reason.code, reason.args["text"]) for _, reason in problems] == [("readers.beside_table", "项目")]
    _, _, _, none = ruled_tables(certain(glyphs_of(ROWS), rules), rules)
    assert none == []


def test_rows_of_texts_that_no_rule_divides_are_told_by_their_middles_or_unread() -> None:
    listed = [
        ("项目名称", "指标名称", "指标值", "单位"),
        ("甲林项目", "栽树", "≥5", "棵"),
        ("", "浇水", "=3", "次"),
        ("", "苗木", "≤9", "元"),
    ]
    outer = [rule for rule in rules_of(4) if not rule.flat or rule.at in (TOP, TOP + HIGH * 4)]
    merged = glyphs_of([("", *row[1:]) if n else row for n, row in enumerate(listed)])
    middle = [*merged, *text("甲林项目", XS[0] + 4, TOP + HIGH * 2.5, 500)]
    assert cells(middle, outer) == listed
    astray = [*merged, *text("甲林项目", XS[0] + 4, TOP + HIGH * 1.9, 500)]
    assert cells(astray, outer) == [(UNREAD,) * 4]


def test_uprights_that_begin_in_the_open_part_a_head_as_a_rule_would() -> None:
    rows = [("", "", "", ""), ("科目编码", "科目名称", "合计", "基本支出"), *ROWS[1:]]
    glyphs = [*glyphs_of(rows), *text("预算数", 255, TOP + HIGH * 0.5, 900)]
    bottom = TOP + HIGH * len(rows)
    flats = [Rule(True, at, XS[0], XS[-1], 0.5) for at in (TOP, TOP + 2 * HIGH, bottom)]
    uprights = [Rule(False, x, TOP + HIGH * (x == XS[3]), bottom, 0.5) for x in XS]
    (table,), *_ = ruled_tables(glyphs, [*flats, *uprights])
    assert [cells for cells, _ in table.rows][:3] == [
        ("科目编码", "科目名称", "预算数", ""),
        ("", "", "合计", "基本支出"),
        ROWS[1],
    ]


def test_uprights_at_the_sides_alone_part_no_columns() -> None:
    flats = [Rule(True, TOP + HIGH * row, XS[0], XS[-1], 0.5) for row in range(len(ROWS) + 1)]
    sides = [Rule(False, x, TOP, TOP + HIGH * len(ROWS), 0.5) for x in (XS[0], XS[-1])]
    tables, rest, loose, _ = ruled_tables(glyphs_of(ROWS), [*flats, *sides])
    assert (tables, len(rest), len(loose)) == ([], len(glyphs_of(ROWS)), len(flats) + len(sides))


@pytest.mark.parametrize(("by", "read"), [(0.0, "商贸事务"), (-11.0, "")])
def test_halves_of_a_name_that_lie_over_each_other_are_unread(by: float, read: str) -> None:
    order = next(glyph.order for glyph in glyphs_of(ROWS) if glyph.text == "商")
    parted = [
        glyph._replace(x0=glyph.x0 + by, x1=glyph.x1 + by) if order + 2 <= glyph.order < order + 4 else glyph
        for glyph in glyphs_of(ROWS)
    ]
    name = cells(parted, rules_of(4))[2][1]
    assert name == read if not by else UNREAD in name and "贸" not in name


@pytest.mark.parametrize(("rows", "above", "ends_blank"), [(5, 4, True), (4, 4, False), (5, 3, True), (6, 4, True)])
def test_a_table_says_that_a_row_that_prints_nothing_ends_it(rows: int, above: int, ends_blank: bool) -> None:
    [table], *_ = ruled_tables(glyphs_of(ROWS[:above]), rules_of(rows))
    assert ([row for row, _ in table.rows], table.ends_blank) == (ROWS[:above], ends_blank)


def test_no_row_is_blank_whose_cells_begin_above() -> None:
    """The names of the last row are printed in a cell of two rows."""
    [table], *_ = ruled_tables(glyphs_of(ROWS), rules_of(5, without=(4, 1)))
    assert len(table.rows) == 4 and not table.ends_blank


@pytest.mark.parametrize(("turned", "name"), [(3, UNREAD), (4, "组织事务")])
def test_a_text_of_which_some_signs_lie_on_their_side_is_of_two_cells(turned: int, name: str) -> None:
    """A piece of a page printed on another that is turned; a whole name on its side is one."""
    glyphs = glyphs_of(ROWS)
    at = next(number for number, glyph in enumerate(glyphs) if glyph.text == "组")
    glyphs[at : at + turned] = [glyph._replace(turned=True) for glyph in glyphs[at : at + turned]]
    assert cells(glyphs, rules_of(4))[3] == ("20132", name, "2.00", "2.00")


@pytest.mark.parametrize(
    ("upper", "lower", "x", "cell"),
    [
        ("7130000", "2000000", 231.0, TWO_UNREAD),  # two amounts: the rule between their rows is gone
        ("21477.5", "0", 231.0, TWO_UNREAD),
        ("713000020000", "00", 206.0, "71300002000000"),  # it had no room to go on
        ("7,130,000,0", "00.00", 206.0, "7,130,000,000.00"),
    ],
)
def test_numbers_below_each_other_are_one_where_the_upper_had_no_room(
    upper: str, lower: str, x: float, cell: str
) -> None:
    rows = [*ROWS[:3], ("20132", "组织事务", "", "2.00")]
    glyphs = glyphs_of(rows)
    for number, words in enumerate((upper, lower)):
        glyphs += text(words, x, TOP + HIGH * 3 + 5 + 10 * number, 500 + 20 * number)
    assert cells(glyphs, rules_of(4))[3] == ("20132", "组织事务", cell, "2.00")
