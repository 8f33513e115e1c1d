"""Two layouts that print more than this year's budget: years beside each other, shares, 基本 and 项目 of each fund."""

from __future__ import annotations

from benchmarks.elsewhere.books import BUSINESS, FUND, GENERAL, Books, books_of
from benchmarks.elsewhere.places import (
    CENTRAL_FUNDS,
    FUND_HEADS,
    SPENT,
    TRIPS_ACROSS,
    H,
    Place,
    appropriation,
    beside,
    coded,
    earlier,
    economic,
    general_rows,
    income,
    last_year,
    outgo,
    place,
    projects,
    receipts,
    spending,
    trips,
    trips_down,
)
from benchmarks.elsewhere.printed import Style
from benchmarks.elsewhere.rows import Row

YEAR = 2033


def two_years(seed: int = 21) -> Place:
    """Last year's budget before this year's in every table, the change and the share behind it."""
    books = books_of(seed, "206", own=True)
    at = place(books, "两江州虚构局", YEAR, number="表{n}.", unit_line="单位：万元", style=Style(commas=False))
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "special", "business", "other")}
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("2032年预算数", "l.-last"), H("2033年预算数", "l.total"))),
        H("支出", parts=(H("项目", "r.label"), H("2032年预算数", "r.-last"), H("2033年预算数", "r.total"))),
    ]  # fmt: skip
    at.add(
        1,
        "收支总体情况表",
        heads,
        earlier(beside(income(books, labels), outgo(books)), {"l.total": "l.-last", "r.total": "r.-last"}),
    )
    sums = receipts(books)
    heads = (
        H("科目编码", "code"), H("科目名称", "label"), H("上年预算数", "-last"), H("本年预算数", parts=(
            H("合计", "total"), H("上年结转", "carryover"), H("一般公共预算拨款收入", "general"),
            H("政府性基金预算拨款收入", "fund"), H("事业收入", "business"),
        )), H("比上年增减", parts=(H("金额", "-change"), H("比例", "-rate"))),
    )  # fmt: skip
    rows = earlier(coded(books.nested(), sums), {"total": "-last", "general": "-change"})
    at.add(2, "收入总体情况表", heads, rows)
    heads = (
        H("科目编码", "code"), H("科目名称", "label"), H("合计", "total"), H("基本支出", parts=(H("金额", "basic"),
        H("占比", "-share"))),
        H("项目支出", parts=(H("金额", "project"), H("占比", "-other"))),
    )  # fmt: skip
    at.add(
        3,
        "支出总体情况表",
        heads,
        earlier(coded(books.nested(), spending(books)), {"basic": "-share", "project": "-other"}),
    )
    at.add(
        4,
        "财政拨款收支总体情况表",
        [
            H("收入", parts=(H("项目", "l.label"), H("预算数", "l.total"))),
            H("支出", parts=(H("项目", "r.label"), *FUND_HEADS)),
        ],
        appropriation(books),
    )
    heads = (
        H("科目编码", "code"), H("科目名称", "label"), H("2032年预算数", parts=last_year(SPENT)), H("2033年预算数", parts=SPENT),
        H("增减", parts=(H("增减额", "-change"), H("增减比例", "-rate"))),
    )  # fmt: skip
    general = general_rows(books)
    rows = earlier(general, {"total": "-total", "basic": "-basic", "project": "-project"})
    at.add(5, "一般公共预算支出情况表", heads, earlier(rows, {"total": "-change"}))
    heads = (
        H("科目编码", "code"),
        H("科目名称", "label"),
        H("2032年", "-last"),
        H("2033年", parts=(H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))),
    )
    at.add(6, "一般公共预算基本支出情况表", heads, earlier(economic(books), {"total": "-last"}))
    heads = (H("项目", "label"), H("2032年预算数", "-last"), H("2033年预算数", "total"), H("增减变动原因", "why"))
    at.add(
        10,
        "“三公”经费支出情况表",
        heads,
        [{**row, "why": "与上年持平"} for row in earlier(trips_down(books), {"total": "-last"})],
    )
    return at


def funds_within(seed: int = 22) -> Place:
    """基本 and 项目 of each fund beside each other, 其中 columns that hold no new money, totals at the end."""
    books = books_of(seed, "215", own=True)
    at = place(
        books,
        "江汉市虚构委员会",
        YEAR,
        number="",
        whose="部门：江汉市虚构委员会",
        unit_line="单位:元",
        style=Style(unit="元", commas=True),
    )
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "business", "other")}
    at.add(
        1,
        "预算收支总表",
        [
            H("收入", parts=(H("项 目", "l.label"), H("预算数", "l.total"))),
            H("支出", parts=(H("项 目", "r.label"), H("预算数", "r.total"))),
        ],
        beside(income(books, labels), outgo(books)),
    )
    sums = receipts(books)
    sums |= {"-now": lambda c: books.sum(c, GENERAL, carried=False), "-rest": lambda c: books.sum(c, BUSINESS)}
    heads = (
        H("功能科目", parts=(H("编码", "code"), H("名称", "label"))), H("总计", "total"),
        H("一般公共预算", parts=(H("小计", "general"), H("其中：本级安排", "-now"), H("上级转移支付", "-up"))),
        H("政府性基金预算", "fund"),
        H("单位资金", parts=(H("小计", "own"), H("事业收入", "business"), H("其他收入", "other"))), H("上年结转", "carryover"),
    )  # fmt: skip
    sums["own"] = sums["-rest"]
    at.add(2, "部门收入预算表", heads, _last(coded(books.nested(), sums)))
    heads = (
        H("功能科目", parts=(H("编码", "code"), H("名称", "label"))), H("总计", "total"),
        H("一般公共预算", parts=(H("基本支出", "-gb"), H("项目支出", "-gp"))), H("政府性基金预算", parts=(H("项目支出", "-fp"),)),
        H("单位资金", parts=(H("基本支出", "-ob"), H("项目支出", "-op"))),
    )  # fmt: skip
    sums = {
        "total": lambda c: books.sum(c), "-gb": lambda c: books.sum(c, GENERAL, "basic"),
        "-gp": lambda c: books.sum(c, GENERAL, "project"),
        "-fp": lambda c: books.sum(c, FUND), "-ob": lambda c: books.sum(c, BUSINESS, "basic"),
        "-op": lambda c: books.sum(c, BUSINESS, "project"),
    }  # fmt: skip
    at.add(3, "部门支出预算表", heads, _last(coded(books.nested(), sums)))
    heads = (
        H("功能科目", parts=(H("编码", "code"), H("名称", "label"))),
        H("总计", "total"),
        H("基本支出", parts=(H("人员经费", "personnel"), H("公用经费", "operating"))),
        H("项目支出", "project"),
    )
    general = spending(books, fund=GENERAL, carried=False)
    parts = {"total": general["total"], "project": general["project"], "personnel": lambda c: _people(books, c)}
    parts["operating"] = lambda c: general["basic"](c) - parts["personnel"](c)
    at.add(5, "一般公共预算支出预算表", heads, _last(coded(books.nested(GENERAL, False), parts)))
    heads = (
        H("部门预算经济科目", parts=(H("编码", "code"), H("名称", "label"))),
        H("政府预算经济科目", "group"),
        H("合计", "total"),
        H("人员经费", "personnel"),
        H("公用经费", "operating"),
    )
    at.add(6, "一般公共预算基本支出预算表", heads, _last(economic(books)))
    heads = (H("部门（单位）名称", "label"), H("“三公”经费合计", "=total"), *TRIPS_ACROSS[1:])
    at.add(10, "一般公共预算“三公”经费预算表", heads, [trips(books, label="合计")])
    heads = (
        H("项目类别", "kind"), H("项目名称", "label"), H("项目单位", "unit"), H("合计", "total"),
        H("本年拨款", parts=(H("一般公共预算", "general"), H("政府性基金预算", "fund"))),
        H("财政拨款结转结余", parts=(H("一般公共预算", "-cg"), H("政府性基金预算", "-cf"))), H("单位资金", "own"),
    )  # fmt: skip
    rows = [
        {**row, "unit": "" if row["known"] == "合计" else "江汉市虚构委员会", "own": row.get("business")}
        for row in projects(books)
    ]
    at.add(12, "项目支出预算表", heads, rows)
    return at


def _people(books: Books, code: str) -> int:
    """Basic expenditure of insurance and housing within a code."""
    return sum(
        each.fen
        for each in books.entries
        if each.kind == "basic" and each.code.startswith(code) and each.code[:3] in ("208", "210", "221")
    )


def _last(rows: list[Row]) -> list[Row]:
    """The total at the end."""
    return [*rows[1:], {**rows[0], "label": "合 计"}]


TRAPS = {"two_years": two_years, "funds_within": funds_within}
