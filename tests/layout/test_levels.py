"""Tables without upright rules: where one stands, and merged cells told by their middles, or by their tops; else unread."""

from __future__ import annotations

import pytest

from budgetdata.layout.columns import Frame, worded
from budgetdata.layout.frames import Carried, frames_of
from budgetdata.layout.geometry import Glyph, Rule
from budgetdata.layout.heads import headed
from budgetdata.layout.levels import heads_at, levelled
from budgetdata.layout.rows import Unproved, listed_rows
from budgetdata.layout.text import Line, line_of

COLUMNS = (20, 120, 220, 330, 420)
HEADS = ("项目名称", "一级指标", "二级指标", "三级指标", "指标值")
ROWS = [
    ("产出指标", "数量指标", "培训人数", "≥31人"),
    ("", "", "培训场次", "=4场"),
    ("", "质量指标", "合格率", "≥95%"),
    ("", "时效指标", "及时完成", "100%"),
    ("效益指标", "社会效益指标", "服务人次", "≥60人"),
    ("满意度指标", "服务对象满意度指标", "满意率", "≥9%"),
]
PITCH = 15.0


def line(*texts: tuple[str, float], at: float) -> Line:
    """Texts of size 10 at their places on one line."""
    glyphs: list[Glyph] = []
    for text, x in texts:
        for number, sign in enumerate(text):
            width = 5 if sign.isascii() else 10
            glyphs.append(Glyph(sign, x, x + width, at, at - 4, 10, number))
            x += width
    found = line_of(glyphs)
    assert found is not None
    return found


def printed(names: list[tuple[str, float]], middle: bool = True) -> list[Line]:
    """A list under its heads: `names` of projects with the row, whole or half, that each stands in; merged cells in their middle
    or at their top."""
    at: dict[float, list[tuple[str, float]]] = {}
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row, 1):
            below = next((n for n in range(number + 1, len(ROWS)) if ROWS[n][column - 1]), len(ROWS))
            shift = (below - 1 - number) / 2 if middle else 0
            if text:
                at.setdefault(number + shift, []).append((text, COLUMNS[column]))
    for name, row in names:
        at.setdefault(row, []).append((name, COLUMNS[0]))
    heads = line(*zip(HEADS, COLUMNS, strict=True), at=40)
    return [heads, *(line(*texts, at=60 + PITCH * row) for row, texts in sorted(at.items()))]


def test_merged_cells_reach_as_far_below_their_text_as_above() -> None:
    (table,), _ = levelled(printed([("植树项目", 2.5)]), None)
    cells, boxes = zip(*table.rows, strict=True)
    assert [row[:3] for row in cells[1:5]] == [
        ("植树项目", "产出指标", "数量指标"), ("", "", ""), ("", "", "质量指标"), ("", "", "时效指标"),
    ]  # fmt: skip
    assert [row[3:] for row in cells[1:3]] == [("培训人数", "≥31人"), ("培训场次", "=4场")]
    assert [box is not None for box in boxes[2]] == [False, False, False, True, True]


def test_merged_cells_may_print_their_text_at_their_top() -> None:
    (table,), _ = levelled(printed([("植树项目", 0), ("修路项目", 4)], middle=False), None)
    assert [row[0][0] for row in table.rows[1:]] == ["植树项目", "", "", "", "修路项目", ""]


@pytest.mark.parametrize("names", [[("植树项目", 2)], [("植树项目", 0.5)], [("植树项目", 1), ("修路项目", 4)]])
def test_cells_that_close_on_no_row_are_unread(names: list[tuple[str, float]]) -> None:
    with pytest.raises(Unproved):
        levelled(printed(names), None)


def test_what_stands_above_the_heads_is_read_in_pairs() -> None:
    above = [
        line(("项目名称", 20), ("植树项目", 120), at=-60),
        line(("项目资金(万元)", 20), ("年度资金总额", 120), ("47.75", 330), at=-45),
        line(("年度目标", 20), ("1.栽树。", 120), at=-30),
    ]
    pairs, listed = levelled([*above, *printed([("植树项目", 2.5)])], None)[0]
    assert [[text for text in row[0] if text] for row in pairs.rows] == [
        ["项目名称", "植树项目"], ["项目资金(万元)", "年度资金总额", "47.75"], ["年度目标", "1.栽树。"],
    ]  # fmt: skip
    assert len(listed.rows) == len(ROWS) + 1


def test_heads_of_levels_are_known_among_lines() -> None:
    assert heads_at(printed([])) == 0
    assert heads_at(printed([])[1:]) is None


def test_a_rule_below_one_of_the_heads_alone_hides_no_table() -> None:
    lines = [
        line(("支出预算", 330), at=50),
        line(("科目", 60), ("合计", 260), ("项目支出", 420), at=70),
        *(line(("行政运行", 60), ("31.00", 260), ("12.00", 420), at=at) for at in (90, 110)),
    ]
    rules = [Rule(True, at, 20, 500, 0.5) for at in (40, 80, 100, 120)]
    parted = Rule(True, 60, 230, 500, 0.5)
    found = frames_of(sorted([*rules, parted], key=lambda rule: rule.at), lines, 520, Carried())
    assert [(frame.top, frame.bottom) for frame in found] == [(40, 120)]


def test_a_word_with_white_between_its_characters_is_one_text() -> None:
    texts = [
        piece.text.replace(" ", "") for piece in worded(line(("收", 20), ("入", 80), ("说", 200), ("明", 260), at=40))
    ]
    assert texts == ["收入", "说", "明"]


def two_levels(*upper: tuple[str, float], whole: float = 39.0) -> Frame:
    """A table without rules under heads of two levels: code and name, a column that stands beside both, two funds."""
    heads = (("编码", 20.0), ("名称", 110.0), ("政府性基金", 330.0), ("一般公共预算", 430.0))
    rows = [("201", "行政运行", "1,068.66", "40.21", "8.50"), ("20101", "机关服务", "68.66", "140.21", "18.50")]
    ends = (20.0, 100.0, 290.0, 390.0, 490.0)
    lines = [line(*upper, at=30), line(("合计", 260.0), at=whole), line(*heads, at=48)]
    for number, row in enumerate(rows):
        placed = [(text, x if n < 2 else x - 5 * len(text)) for n, (text, x) in enumerate(zip(row, ends, strict=True))]
        lines.append(line(*placed, at=70 + 15 * number))
    rules = [Rule(True, at, 18, 495, 0.0) for at in (20, 55, 90)]
    return Frame(18, 495, 20, 90, rules, lines, made_up=True)


def test_heads_over_all_heads_of_the_lower_level_are_read_without_rules() -> None:
    head = headed(two_levels(("科目", 75.0), ("本年收入", 380.0)))
    assert head is not None
    assert [cells for cells, _ in head.rows] == [
        ("科目", "", "合计", "本年收入", ""),
        ("编码", "名称", "", "政府性基金", "一般公共预算"),
    ]


def test_a_head_whose_middle_does_not_tell_over_which_it_stands_is_not_read_without_rules() -> None:
    with pytest.raises(Unproved):
        headed(two_levels(("本年收入", 380.0)))  # code and name on the lower level, nothing over them
    with pytest.raises(Unproved):
        headed(two_levels(("科目", 75.0), ("本年收入", 380.0), whole=48.0))  # nothing over 合计 on the lower level


def test_a_line_that_no_break_parts_goes_on_and_so_does_an_open_bracket() -> None:
    edges = [18.0, 66.0, 200.0]
    texts = ("一般公共", "拨款收入", "（含提前", "下达的转", "移支", "付）")
    pieces = [line((text, 20.0), at=40 + 12 * number) for number, text in enumerate(texts)]
    amount = line(("953.44", 150.0), at=70)
    ((_, (cells, _)),) = listed_rows([*pieces, amount], edges)
    assert cells == ("一般公共拨款收入（含提前下达的转移支付）", "953.44")
