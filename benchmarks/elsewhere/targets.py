"""Performance targets as places print them: one form a project, or one list of all, with weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from benchmarks.elsewhere.books import name_of
from benchmarks.elsewhere.places import Place
from benchmarks.elsewhere.printed import Aim, Grid, Table

LISTED = (
    ("产出指标", "数量指标", "完成任务数量", "≥", "项"),
    ("产出指标", "数量指标", "开展培训场次", "=", "场"),
    ("产出指标", "质量指标", "验收合格率", "≥", "%"),
    ("产出指标", "时效指标", "任务按时完成率", "=", "%"),
    ("成本指标", "经济成本指标", "项目总成本控制数", "≤", "万元"),
    ("效益指标", "社会效益指标", "服务群众人次", "≥", "人次"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥", "%"),
)
"""Dimension, category, indicator, operator and unit of what every project aims at."""
GOALS, AMOUNTS = ("年度目标", "项目年度绩效目标", "实施期绩效目标", "绩效目标"), ("预算数", "资金总额", "项目金额")
"""The heads of lists over the goal and the amount of a project."""


def aims_of(at: Place) -> list[tuple[str, int, list[int]]]:
    """Projects of this year with their fen, and the number of each indicator."""
    chance = random.Random(at.count)
    return [
        (project.name, project.fen, [chance.randint(2, 99) for _ in LISTED])
        for project, _ in at.books.projects
        if not project.carried
    ]


def noted(at: Place, name: str, numbers: Sequence[int], fen: int | None, goal: str | None, sheet: bool = True) -> None:
    """Note what a project aims at as true; not its sheet again where the list is its second."""
    for (dimension, category, indicator, operator, unit), number in zip(LISTED, numbers, strict=True):
        levels = (
            dimension.removesuffix("指标"),
            category.removesuffix("指标").removeprefix("经济" * ("成本" in category)),
        )
        at.out.targets.append(Aim(name, *levels, indicator, operator, str(number), unit))
    if sheet:
        at.out.sheets.append((name, fen, goal))


def added(at: Place, title: str, grid: Grid, above: Sequence[str] = ()) -> None:
    """Print a table of targets under its title."""
    at.out.tables.append(Table(title, [title, *above], grid))


def merged_below(rows: list[list[str]], columns: Sequence[int], start: int) -> list[tuple[int, int, int, int]]:
    """Merge the blanks below each text of some columns into its cell."""
    spans = []
    for column in columns:
        tops = [i for i in range(start, len(rows)) if rows[i][column]] + [len(rows)]
        spans += [(top, column, end - top, 1) for top, end in pairwise(tops) if end - top > 1]
    return spans


def forms(at: Place, weights: bool = True) -> None:
    """One form a project: 财政拨款 and 其他资金 of the year, the goal, the indicators with their weights."""
    for name, fen, numbers in aims_of(at):
        rows = [
            ["项目名称", "", name, "", "", ""],
            ["主管部门及代码", "", f"[105]{at.out.department}", "", "实施单位", at.out.department],
            ["项目资金（万元）", "", "年度资金总额：", "", f"{fen / 1_000_000:,.2f}", ""],
            ["", "", "其中：财政拨款", "", f"{fen / 1_000_000:,.2f}", ""],
            ["", "", "其他资金", "", "", ""],
            ["年度总体目标", goal := f"目标1：完成{name}的各项任务。目标2：保障运转。", "", "", "", ""],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值权重" if weights else "备注"],
        ]
        head, last = len(rows), ("", "")
        spans = [(0, 0, 1, 2), (0, 2, 1, 4), (1, 0, 1, 2), (1, 2, 1, 2), (2, 0, 3, 2), (5, 1, 1, 5)]
        spans += [(row, 2, 1, 2) for row in (2, 3, 4)] + [(row, 4, 1, 2) for row in (2, 3, 4)]
        for (dimension, category, indicator, operator, unit), number in zip(LISTED, numbers, strict=True):
            shown = [dimension if dimension != last[0] else "", category if (dimension, category) != last else ""]
            last = dimension, category
            rows.append(["", *shown, indicator, f"{operator}{number}{unit}", "10" if weights else ""])
        spans += [(head - 1, 0, len(rows) - head + 1, 1), *merged_below(rows, (1, 2), head)]
        added(at, "项目支出绩效目标表", Grid(rows, spans, 0), [f"（{at.out.year}年度）"])
        noted(at, name, numbers, fen, goal)


def one_list(
    at: Place, title: str, heads: Sequence[str], cells: Callable[..., list[str]], merged: Sequence[int]
) -> None:
    """All projects in one list, the cells of a project merged over its indicators; `cells` gives a row's."""
    rows = [list(heads)]
    for name, fen, numbers in aims_of(at):
        last: tuple[str, str] = ("", "")
        for index, (listed, number) in enumerate(zip(LISTED, numbers, strict=True)):
            dimension, category, *rest = listed
            shown = (dimension if dimension != last[0] else "", category if (dimension, category) != last else "")
            last = dimension, category
            rows.append(cells(name if index == 0 else "", fen, (*shown, *rest), str(number)))
        first = dict(zip(heads, rows[-len(LISTED)], strict=True))
        goal = next((first[head] for head in GOALS if head in first), None)
        noted(at, name, numbers, fen if first.keys() & set(AMOUNTS) else None, goal)
    added(at, title, Grid(rows, merged_below(rows, merged, 1), 1), [f"金额单位：{at.style.unit}"])


def by_direction(at: Place) -> None:
    """四川 and others: 指标性质, 指标值, 度量单位, 权重 and 指标方向性 in columns of their own."""
    heads = (
        "单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值",
        "度量单位", "权重", "指标方向性",
    )  # fmt: skip

    def cells(name: str, fen: int, aim: tuple[str, ...], number: str) -> list[str]:
        dimension, category, indicator, operator, unit = aim
        goal = f"按要求完成{name}，全年不发生事故。" if name else ""
        whose = at.out.department if name else ""
        direction = "反向指标" if operator == "≤" else "正向指标"
        amount = at.style.amount(fen) if name else ""
        return [whose, name, amount, goal, dimension, category, indicator, operator, number, unit, "10", direction]

    one_list(at, "部门预算项目绩效目标表", heads, cells, (0, 1, 2, 3, 4, 5))


def with_contents(at: Place) -> None:
    """云南 and others: 指标属性 and 指标内容 behind the value, no amounts."""
    heads = (
        "单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质", "指标值",
        "度量单位", "指标属性", "指标内容",
    )  # fmt: skip

    def cells(name: str, fen: int, aim: tuple[str, ...], number: str) -> list[str]:
        dimension, category, indicator, operator, unit = aim
        goal = f"按要求完成{name}。" if name else ""
        return [
            name,
            goal,
            dimension,
            category,
            indicator,
            operator,
            number,
            unit,
            "定量指标",
            f"反映{indicator}的情况。",
        ]

    one_list(at, "项目支出绩效目标表", heads, cells, (0, 1, 2, 3))


def with_standards(at: Place) -> None:
    """湖南 and others: 指标值内容, 评（扣）分标准 and 备注, the value with its unit behind it in a column."""
    heads = (
        "单位编码", "单位（专项）名称", "项目名称", "资金总额", "实施期绩效目标", "一级指标", "二级指标", "三级指标",
        "指标值", "指标值内容",
        "评（扣）分标准", "度量单位", "备注",
    )  # fmt: skip

    def cells(name: str, fen: int, aim: tuple[str, ...], number: str) -> list[str]:
        dimension, category, indicator, operator, unit = aim
        whose = at.out.department if name else ""
        amount = at.style.amount(fen) if name else ""
        goal = f"完成{name}。" if name else ""
        row = ["302001" if name else "", whose, name, amount, goal, dimension, category, indicator]
        return [*row, f"{operator}{number}", f"{indicator}达到要求", "未完成酌情扣分", unit, ""]

    one_list(at, "项目支出绩效目标表", heads, cells, (0, 1, 2, 3, 4, 5, 6))


def with_levels(at: Place) -> None:
    """辽宁 and others: a form a project, the project in a column beside its 科目, operator, value, unit and weight in columns."""
    for name, fen, numbers in aims_of(at):
        rows = [
            ["项目名称", name, "", "", "主管部门", at.out.department, ""],
            ["预算金额（元）", f"{fen / 100:,.2f}", "", "", "项目类型", "特定目标类", ""],
            ["绩效目标", goal := f"1.完成{name}。2.全年不发生事故。", "", "", "", "", ""],
            ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
        ]
        spans = [(0, 1, 1, 3), (0, 5, 1, 2), (1, 1, 1, 3), (1, 5, 1, 2), (2, 1, 1, 6)]
        head, last = len(rows), ("", "")
        for (dimension, category, indicator, operator, unit), number in zip(LISTED, numbers, strict=True):
            shown = [dimension if dimension != last[0] else "", category if (dimension, category) != last else ""]
            last = dimension, category
            rows.append([*shown, indicator, operator, str(number), unit, "10"])
        added(at, "项目支出绩效目标表", Grid(rows, [*spans, *merged_below(rows, (0, 1), head)], 0), ["（2033年度）"])
        noted(at, name, numbers, fen, goal)


def run_together(at: Place) -> None:
    """A list whose cells run dimension, category and name together, 科目 beside the project's name."""
    heads = ("科目编码", "科目名称", "项目名称", "项目金额", "绩效目标", "绩效指标", "指标值", "分值")
    codes = {project.name: project.code for project, _ in at.books.projects}

    def cells(name: str, fen: int, aim: tuple[str, ...], number: str) -> list[str]:
        indicator, operator, unit = aim[2:]
        dimension, category = next((d, c) for d, c, i, _, _ in LISTED if i == indicator)
        joint = f"{dimension}{category}{indicator}"
        code = codes.get(name, "")
        row = [code, name_of(code) if code else "", name, at.style.amount(fen) if name else ""]
        return [*row, f"完成{name}各项任务。" if name else "", joint, f"{operator}{number}{unit}", "10"]

    one_list(at, "项目支出绩效目标表", heads, cells, (0, 1, 2, 3, 4))
