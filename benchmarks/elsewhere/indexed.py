"""A layout of numbered rows and columns: 序号, 栏次 under the heads, codes of projects before their names, plans by quarter."""

from __future__ import annotations

from benchmarks.elsewhere import sentences
from benchmarks.elsewhere.books import FUND, GENERAL, books_of
from benchmarks.elsewhere.places import (
    CENTRAL_FUNDS,
    SPENT,
    H,
    Place,
    appropriation,
    beside,
    coded,
    economic,
    fund_rows,
    general_rows,
    income,
    named,
    outgo,
    place,
    receipts,
    spending,
)
from benchmarks.elsewhere.printed import Grid, Head, Style
from benchmarks.elsewhere.promises import levels
from benchmarks.elsewhere.rows import Row
from benchmarks.elsewhere.targets import added, aims_of, merged_below, noted

YEAR = 2033
_NUMBER = H("序号", "nr")
_CODED = H("功能分类科目", parts=(H("科目编码", "code"), H("科目名称", "label")))
_TRIPS = {
    "total": "合计", "overseas": "一、因公出国（境）费", "vehicles": "二、公务用车购置及运维费",
    "vehicle_purchase": "其中：公务用车购置费", "vehicle_running": "公务用车运行维护费", "reception": "三、公务接待费",
}  # fmt: skip


def indexed(seed: int = 101) -> Place:
    """河北 and others: every row and column numbered, 合计 below 本年收入 beside the table's own, a form a project that
    explains its indicators."""
    books = books_of(seed, "213", own=True)
    whose, style = "部门编码及名称：[356]冀原省虚构厅", Style(commas=False)
    at = place(books, "冀原省虚构厅", YEAR, number="", whose=whose, unit_line="单位：{unit}", style=style)
    labels = {key: CENTRAL_FUNDS[key] for key in ("general", "fund", "capital", "business", "other")}
    left, right = (
        H(f"{side}        {end}", parts=(H("项    目", f"{key}.label"), H("金 额", f"{key}.total")))
        for side, end, key in (("收", "入", "l"), ("支", "出", "r"))
    )
    _add(at, 1, "部门预算收支总表", (_NUMBER, left, right), beside(income(books, labels), outgo(books)))
    now = H("本年收入", parts=(
        H("合计", "current"), H("一般公共预算拨款", "general"), H("政府性基金预算拨款", "fund"), H("事业收入", "business"),
    ))  # fmt: skip
    sums = {**receipts(books), "current": lambda code: books.sum(code, carried=False)}
    sums["carryover_general"] = lambda code: books.sum(code, GENERAL, carried=True)
    over = H("上年结转结余", parts=(H("小计", "carryover"), H("一般公共预算结转", "carryover_general")))
    _add(at, 2, "部门预算收入总表", (_NUMBER, _CODED, H("收入合计", "total"), now, over), coded(books.nested(), sums))
    heads = (_NUMBER, _CODED, *SPENT, H("经营支出", "trading"))
    _add(at, 3, "部门预算支出总表", heads, coded(books.nested(), spending(books)))
    parts = (
        H("项    目", "r.label"),
        H("合 计", "r.subtotal"),
        H("一般公共预算拨款", "r.general"),
        H("政府性基金预算拨款", "r.fund"),
    )
    _add(at, 4, "部门预算财政拨款收支总表", (_NUMBER, left, H("支        出", parts=parts)), appropriation(books))
    _add(at, 5, "部门预算一般公共预算财政拨款支出表", (_NUMBER, _CODED, *SPENT), general_rows(books))
    heads = (
        _NUMBER, H("经济分类科目", parts=(H("科目编码", "code"), H("科目名称", "label"))),
        H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"),
    )  # fmt: skip
    _add(at, 6, "部门预算一般公共预算财政拨款基本支出表", heads, economic(books))
    if books.sum(fund=FUND):
        _add(at, 8, "部门预算政府性基金预算财政拨款支出表", (_NUMBER, _CODED, *SPENT), fund_rows(books, {}))
    heads = (_NUMBER, H("项目", "label"), H("资金性质", parts=(H("合计", "total"), H("一般公共预算拨款", "general"))))
    rows = [named(text, role, total=books.trips[role], general=books.trips[role]) for role, text in _TRIPS.items()]
    _add(at, 10, "部门预算财政拨款“三公”经费支出表", heads, rows)
    _forms(at, whose)
    sentences.ministry(at)
    return at


def _add(at: Place, no: int, title: str, heads: tuple[Head, ...], rows: list[Row]) -> None:
    """Print a table with its rows numbered, and its columns in a row below the heads."""
    keys = [leaf.key for head in heads for leaf in head.leaves]
    columns: Row = {keys[0]: "栏次", **{key: str(number) for number, key in enumerate(keys) if number}}
    at.add(no, title, heads, [columns, *({**row, "nr": str(number)} for number, row in enumerate(rows, 1))])


def _forms(at: Place, whose: str) -> None:
    """A form a project: its code before its name, the year's money in one row, indicators explained before their value."""
    for number, (name, fen, numbers) in enumerate(aims_of(at), 1):
        wan, goal = f"{fen / 1_000_000:.2f}", f"1.完成{name}各项工作。2.服务对象满意。"
        rows = [
            ["项目编码", "", f"13000033P00{number:05d}410000X", "", "项目名称", name],
            ["预算规模及资金用途", "", "预算数", wan, "其中：财政资金", wan],
            ["", "", "资金用途说明", f"用于{name}所需的委托服务支出。", "", ""],
            ["资金支出计划（%）", "", "3月底", "6月底", "10月底", "12月底"],
            ["", "", "25.00", "50.00", "80.00", "100.00"],
            ["绩效目标", "", goal, "", "", ""],
            ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ]
        head = len(rows)
        spans = [(0, 0, 1, 2), (0, 2, 1, 2), (1, 0, 2, 2), (2, 3, 1, 3), (3, 0, 2, 2), (5, 0, 1, 2), (5, 2, 1, 4)]
        for shown, (indicator, operator, unit), value in levels(numbers):
            rows.append([*shown, indicator, f"考核{indicator}的情况", f"{operator}{value}{unit}", "工作计划"])
        spans += merged_below(rows, (0, 1), head)
        added(at, f"{number}.{name}绩效目标表", Grid(rows, spans, 0), [whose, "单位：万元"])
        noted(at, name, numbers, fen, goal)


INDEXED = {"indexed": indexed}
