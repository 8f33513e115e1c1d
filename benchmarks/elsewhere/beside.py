"""Two layouts of promises: categories that head columns; last year's value beside the target, in forms their title names."""

from __future__ import annotations

from benchmarks.elsewhere.books import books_of
from benchmarks.elsewhere.places import Place
from benchmarks.elsewhere.printed import Grid
from benchmarks.elsewhere.promises import levels, plain
from benchmarks.elsewhere.targets import LISTED, added, aims_of, merged_below, noted


def categories_over(seed: int = 121) -> Place:
    """宁夏 and others: a row a project, a column a category, several indicators in words in each cell."""
    at = plain(books_of(seed, "213"), "贺兰县虚构局", number="表{n} ")
    categories = list(dict.fromkeys((dimension, category) for dimension, category, *_ in LISTED))
    heads = ["序号", "项目名称", "预算金额", "年度绩效目标"]
    upper = [
        dimension if n == 0 or categories[n - 1][0] != dimension else "" for n, (dimension, _) in enumerate(categories)
    ]
    rows = [[*heads, *upper], ["", "", "", "", *(category for _, category in categories)]]
    for number, (name, fen, numbers) in enumerate(aims_of(at), 1):
        texts = {
            key: "；".join(
                f"{aim[2]}{aim[3]}{n}{aim[4]}" for aim, n in zip(LISTED, numbers, strict=True) if aim[:2] == key
            )
            for key in categories
        }
        goal = f"按计划完成{name}。"
        rows.append([str(number), name, f"{fen / 1_000_000:.2f}", goal, *texts.values()])
        noted(at, name, numbers, fen, goal)
    starts = [n for n, text in enumerate(rows[0]) if text and n >= len(heads)]
    spans = [(0, column, 2, 1) for column in range(len(heads))]
    spans += [(0, a, 1, b - a) for a, b in zip(starts, [*starts[1:], len(rows[0])], strict=True) if b - a > 1]
    added(at, "项目支出绩效目标汇总表", Grid(rows, spans, 2), ["单位：万元"])
    return at


def year_before(seed: int = 122) -> Place:
    """湖北 and others: the project in the title alone, 合计 beside the funds, 上年实际值 left of the target."""
    at = plain(books_of(seed, "207"), "荆山市虚构馆", number="附件{n} ")
    for name, fen, numbers in aims_of(at):
        wan, goal = f"{fen / 1_000_000:.2f}", f"目标1：完成{name}。目标2：服务对象满意。"
        rows = [
            ["项目资金（万元）", "", "合计", wan, "财政拨款", wan, "其他资金", "0.00"],
            ["项目年度目标", "", goal, "", "", "", "", ""],
            ["一级指标", "二级指标", "三级指标", "指标解释", "上年实际值", "目标值", "分值", "数据来源"],
        ]
        head = len(rows)
        for shown, (indicator, operator, unit), value in levels(numbers):
            rows.append(
                [*shown, indicator, f"反映{indicator}", f"{value - 1}{unit}", f"{operator}{value}{unit}", "10", "台账"]
            )
        spans = [(0, 0, 1, 2), (1, 0, 1, 2), (1, 2, 1, 6), *merged_below(rows, (0, 1), head)]
        added(at, f"{name}绩效目标表", Grid(rows, spans, 0), [f"编报部门：{at.out.department}"])
        noted(at, name, numbers, fen, goal)
    return at


BESIDE = {"categories_over": categories_over, "year_before": year_before}
