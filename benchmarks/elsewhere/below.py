"""A layout of lists: views of the same money side by side, income above expenditure, 科目 by name alone, two economic codes."""

from __future__ import annotations

from itertools import zip_longest

from benchmarks.elsewhere.books import FUND, GENERAL, Books, books_of, name_of
from benchmarks.elsewhere.places import SPENT, SPLIT, H, Place, classes, place, projects, trips
from benchmarks.elsewhere.rows import (
    Row,
    Sums,
    coded,
    economic,
    general_rows,
    named,
    numbered,
    receipts,
    spending,
)

YEAR = 2033
GOVERNMENT = {
    "301": ("501", "机关工资福利支出"),
    "302": ("502", "机关商品和服务支出"),
    "303": ("509", "对个人和家庭的补助"),
}
"""A class of the government's own budget for each group of the department's."""


def below(seed: int = 81) -> Place:
    """Totals first; the unit and whose the table is on the line of its title."""
    books = books_of(seed, "212")
    at = place(books, "川南特区虚构局", YEAR, number="表{n}：", unit_line="（单位：{unit}）")
    heads = [
        H("收入", parts=(H("收入项目", "l.label"), H("预算数", "l.total"))),
        H("支出", parts=(
            H("按功能分类", "r.label"), H("预算数", "r.total"), H("按支出性质", "k.label"), H("预算数", "k.-kind"),
            H("按经济分类", "e.label"), H("预算数", "e.-econ"),
        )),
    ]  # fmt: skip
    at.add(1, "部门收支总体情况表", heads, _views(books))
    name = H("科目（类/款/项）", "label")
    funds = (H("上年结转", "carryover"), H("一般公共预算", "general"), H("政府性基金预算", "fund"))
    at.add(
        2,
        "部门收入总体情况表",
        (name, H("合计", "total"), *funds),
        _named(books, receipts(books)),
    )
    at.add(3, "部门支出总体情况表", (name, *SPENT), _named(books, spending(books)))
    at.add(4, "财政拨款收支总体情况表", (H("项目", "label"), H("预算数", "total")), _income(books))
    at.go_on(4, (H("项目", "label"), H("预算数", "subtotal")), _outgo(books))
    at.out.tables[-2].grid.rows += at.out.tables.pop().grid.rows[1:]
    heads = [H("科目编码", parts=SPLIT), H("科目名称", "label"), *SPENT]
    at.add(5, "一般公共预算支出情况表 部门：川南特区虚构局 单位：万元", heads, general_rows(books))
    heads = [
        H("部门预算支出经济分类科目", parts=(H("类", "k1"), H("款", "k2"), H("科目名称", "label"))),
        H("政府预算支出经济分类科目", parts=(H("类", "g1"), H("款", "g2"), H("科目名称", "gn"))),
        H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"),
    ]  # fmt: skip
    at.add(6, "一般公共预算基本支出情况表", heads, [_of_both(row) for row in economic(books)])
    heads = [
        H("单位", "label"), H("合计", "=total"), H("出国（境）费", "=overseas"), H("接待费", "=reception"),
        H("车辆费", parts=(H("小计", "=vehicles"), H("购置", "=vehicle_purchase"), H("运行", "=vehicle_running"))),
    ]  # fmt: skip
    at.add(10, "“三公”经费预算表", heads, [trips(books, label="川南特区虚构局")])
    heads = [
        H("项目名称", "label"),
        H("金额", "total"),
        H("其中：一般公共预算", "general"),
        H("政府性基金预算", "fund"),
    ]
    at.add(12, "项目支出明细表", heads, projects(books))
    return at


def _views(books: Books) -> list[Row]:
    """Income, and expenditure by 类, by kind and by economic class beside each other, totals first."""
    whole, people = books.sum(), books.economic("301") + books.economic("303")
    fund, now = books.sum(fund=FUND, carried=False), books.sum(carried=False)
    remark = "一般公共预算拨款收入（含上级提前下达的专项转移支付）"
    left = [named("收入总计", "income_total", total=whole), named(remark, "general", total=now - fund)]
    left += [named("政府性基金预算拨款收入", "fund", total=fund), named("本年收入合计", "income_current", total=now)]
    left.append(named("上年结转", "carryover", total=whole - now))
    right = [named("支出总计", "expenditure_total", total=whole), *classes(books)]
    kinds = {
        "支出总计": whole,
        "一、基本支出": books.sum(kind="basic"),
        "（一）人员经费": people,
        "二、项目支出": books.sum(kind="project"),
    }
    groups = {
        "支出总计": whole,
        "一、工资福利支出": books.economic("301"),
        "二、对个人和家庭的补助": books.economic("303"),
    }
    kind: list[Row] = [{"label": label, "-kind": fen} for label, fen in kinds.items()]
    econ: list[Row] = [{"label": label, "-econ": fen} for label, fen in groups.items()]
    return [
        {f"{side}.{key}": value for side, row in zip("lrke", rows, strict=True) for key, value in row.items()}
        for rows in zip_longest(left, right, kind, econ, fillvalue=Row())
    ]


def _named(books: Books, sums: Sums) -> list[Row]:
    """Rows known by their names: no code is printed."""
    return [{**row, "known": str(row["label"]).strip()} for row in coded(books.nested(), sums, indent="　")]


def _income(books: Books) -> list[Row]:
    general, fund = (books.sum(fund=each, carried=False) for each in (GENERAL, FUND))
    return [
        named("收入总计", "income_total", total=books.sum()),
        named("一、本年收入", "income_current", total=general + fund),
        named("（一）一般公共预算拨款", "general", total=general),
        named("（二）政府性基金预算拨款", "fund", total=fund),
        named("二、上年结转", "carryover", total=books.sum(carried=True)),
    ]


def _outgo(books: Books) -> list[Row]:
    codes = [code for code in books.nested() if len(code) == 3]
    labels = numbered([name_of(code) for code in codes], "（", "）")
    rows = [named(label, code, subtotal=books.sum(code)) for code, label in zip(codes, labels, strict=True)]
    return [named("支出总计", "expenditure_total", subtotal=books.sum()), *rows]


def _of_both(row: Row) -> Row:
    """A row with its class of the government's own budget beside it."""
    code = str(row["code"])
    group, name = GOVERNMENT.get(code[:3], ("", ""))
    return {**row, "g1": group, "g2": code[3:], "gn": name if len(code) == 3 else row["label"] if code else ""}


BELOW = {"below": below}
