"""Four layouts: 行次 and the unit in heads, 千元 and dashes, amounts with spaces, 三公 beside meetings."""

from __future__ import annotations

from benchmarks.elsewhere.books import FUND, GENERAL, Books, books_of
from benchmarks.elsewhere.places import (
    CENTRAL_FUNDS,
    CODE_NAME,
    FUND_HEADS,
    SPENT,
    TRIPS_ACROSS,
    H,
    Place,
    appropriation,
    balance,
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
    trips,
    trips_down,
)
from benchmarks.elsewhere.printed import Style
from benchmarks.elsewhere.rows import Row

YEAR = 2033


def unit_in_head(seed: int = 42) -> Place:
    """The unit in the heads (预算数（元）), 行次 columns and rows, full-width digits."""
    books = books_of(seed, "207")
    style = Style(unit="元", full_width=True, commas=True)
    at = place(books, "滨海市虚构局", YEAR, number="", beside_title=False, unit_line="", style=style)
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("行次", "l.line"), H("预算数（元）", "l.total"))),
        H("支出", parts=(H("项目", "r.label"), H("行次", "r.line"), H("预算数（元）", "r.total"))),
    ]  # fmt: skip
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "business", "other")}
    rows = beside(income(books, labels), outgo(books))
    rows = [{**row, "l.line": str(n), "r.line": str(n + len(rows))} for n, row in enumerate(rows, 1)]
    at.add(1, "部门收支总表", heads, rows)
    funds = (
        H("一般公共预算拨款收入（元）", "general"),
        H("政府性基金预算拨款收入（元）", "fund"),
        H("上年结转（元）", "carryover"),
    )
    sums = receipts(books)
    at.add(
        2,
        "部门收入总表",
        (H("科目代码", "code"), H("科目名称", "label"), H("合计（元）", "total"), *funds),
        coded(books.nested(), sums),
    )
    heads = (
        H("科目代码", "code"),
        H("科目名称", "label"),
        H("合计（元）", "total"),
        H("基本支出（元）", "basic"),
        H("项目支出（元）", "project"),
    )
    at.add(3, "部门支出总表", heads, coded(books.nested(), spending(books)))
    heads = balance(tuple(H(f"{head.text}（元）", head.key) for head in FUND_HEADS), "项目", "项目", "预算数（元）")
    at.add(4, "财政拨款收支总表", heads, appropriation(books))
    heads = (
        H("科目代码", "code"),
        H("科目名称", "label"),
        H("合计（元）", "total"),
        H("基本支出（元）", "basic"),
        H("项目支出（元）", "project"),
    )
    at.add(
        5,
        "一般公共预算支出表",
        heads,
        general_rows(books),
    )
    heads = (
        H("经济分类科目代码", "code"),
        H("经济分类科目名称", "label"),
        H("合计（元）", "total"),
        H("人员经费（元）", "personnel"),
        H("公用经费（元）", "operating"),
    )
    at.add(6, "一般公共预算基本支出表", heads, economic(books))
    at.add(10, "一般公共预算“三公”经费支出表", (H("项目", "label"), H("预算数（元）", "total")), trips_down(books))
    return at


def thousands(seed: int = 14) -> Place:
    """千元 with one decimal, dashes for blanks, ￥, the funds before the total, the number of the table behind its title."""
    books = books_of(seed, "210", own=True)
    style = Style(unit="千元", decimals=1, blank="—", currency="￥")
    at = place(
        books,
        "赣水县虚构医院",
        YEAR,
        number="",
        beside_title=True,
        unit_line="金额单位：千元",
        style=style,
        whose="部门：赣水县虚构医院",
    )
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "business", "other")}
    at.add(
        1,
        "收支预算总表（公开表一）",
        balance((H("预算数", "r.total"),), "项目", "项目（按支出功能科目类级）"),
        beside(income(books, labels), outgo(books)),
    )
    funds = (
        H("上年结转", "carryover"),
        H("一般公共预算拨款收入", "general"),
        H("政府性基金预算拨款收入", "fund"),
        H("事业收入", "business"),
        H("其他收入", "other"),
    )
    sums = receipts(books)
    heads = (H("支出功能科目编码", "code"), H("支出功能科目名称", "label"), *funds, H("合计", "total"))
    at.add(2, "部门收入总表（公开表二）", heads, coded(books.nested(), sums))
    heads = (
        H("支出功能分类科目", parts=(H("编码", "code"), H("名称", "label"))),
        H("项目支出", "project"),
        H("基本支出", "basic"),
        H("合计", "total"),
    )
    at.add(3, "部门支出总表（公开表三）", heads, coded(books.nested(), spending(books)))
    at.add(
        4,
        "财政拨款收支总表（公开表四）",
        balance(FUND_HEADS, "项目", "项目（按支出功能科目类级）"),
        appropriation(books),
    )
    at.add(
        5,
        "一般公共预算支出表（公开表五）",
        heads,
        general_rows(books),
    )
    heads = (
        H("支出经济分类科目", parts=(H("编码", "code"), H("名称", "label"))),
        H("人员经费", "personnel"),
        H("公用经费", "operating"),
        H("合计", "total"),
    )
    at.add(6, "一般公共预算基本支出表（公开表六）", heads, economic(books))
    heads = (H("单位编码", "unit"), H("单位名称", "label"), H("合计", "=total"), *TRIPS_ACROSS[1:])
    at.add(10, "一般公共预算“三公”经费支出表（公开表七）", heads, [trips(books, label="合计")])
    return at


def one_below_another(seed: int = 15) -> Place:
    """Income above expenditure in one list, a number for every row, code and name in one cell, 备注 at the end."""
    books = books_of(seed, "220")
    at = place(
        books, "闽江市虚构局", YEAR, number="附表{n}", unit_line="单位：万元", style=Style(commas=True, spaced=True)
    )
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "business", "superior", "other")}
    at.add(
        1, "2033年度收支预算总表",
        [H("收入", "l.label"), H("预算数", "l.total"), H("支出", "r.label"), H("预算数", "r.total")],
        beside(income(books, labels), outgo(books)),
    )  # fmt: skip
    funds = (
        H("一般公共预算拨款", "general"),
        H("政府性基金预算拨款", "fund"),
        H("国有资本经营预算拨款", "capital"),
        H("财政专户拨款", "special"),
        H("上年结转结余", "carryover"),
    )
    sums = receipts(books)
    at.add(
        2,
        "2033年度收入预算总表",
        (*CODE_NAME, H("合计", "total"), *funds, H("备注", "note")),
        coded(books.nested(), sums),
    )
    at.add(
        3,
        "2033年度支出预算总表",
        (H("序号", "nr"), H("科目编码及名称", "joint"), *SPENT, H("备注", "note")),
        _numbered(coded(books.nested(), spending(books), at="joint")),
    )
    at.add(4, "2033年度财政拨款收支预算总表", balance(FUND_HEADS, "项目", "项目"), appropriation(books))
    heads = (*CODE_NAME, H("合计", "total"), H("其中：", parts=(H("基本支出", "basic"), H("项目支出", "project"))))
    at.add(
        5,
        "2033年度一般公共预算拨款支出预算表",
        heads,
        general_rows(books),
    )
    at.add(
        8,
        "2033年度政府性基金拨款支出预算表",
        heads,
        fund_rows(books, {}),
        "备注：本表无数据",
    )
    heads = (*CODE_NAME, H("合计", "total"), H("人员支出", "personnel"), H("公用支出", "operating"))
    at.add(6, "2033年度一般公共预算基本支出经济分类情况表", heads, economic(books))
    at.add(
        10, "2033年度一般公共预算“三公”经费支出预算表", (H("项目", "label"), H("预算数", "total")), trips_down(books)
    )
    return at


def _numbered(rows: list[Row]) -> list[Row]:
    return [{**row, "nr": str(number)} for number, row in enumerate(rows, 1)]


def with_meetings(seed: int = 43) -> Place:
    """甘肃 and others: 三公 beside 会议费 and 培训费, economic classes without codes, no table numbers."""
    books = books_of(seed, "224")
    at = place(
        books,
        "陇原市虚构局",
        YEAR,
        number="",
        whose="预算单位：陇原市虚构局",
        unit_line="单位：万元",
        style=Style(commas=False, blank="0.00"),
    )
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "special", "business")}
    at.add(
        1,
        "部门收支总体情况表",
        balance((H("预算数", "r.total"),), "项目", "项目"),
        beside(income(books, labels), outgo(books)),
    )
    rows = [named(label, total=amount) for label, amount in _income_list(books)]
    at.add(2, "部门收入总体情况表", (H("项目", "label"), H("预算数", "total")), rows)
    at.add(
        3,
        "部门支出总体情况表",
        (*CODE_NAME, H("支出合计", "total"), *SPENT[1:]),
        coded(books.nested(), spending(books)),
    )
    at.add(4, "财政拨款收支总体情况表", balance(FUND_HEADS, "项目", "项目"), appropriation(books))
    at.add(
        5,
        "一般公共预算支出情况表",
        (*CODE_NAME, *SPENT),
        general_rows(books),
    )
    at.add(
        6,
        "一般公共预算基本支出情况表",
        (H("经济分类科目", "label"), H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating")),
        economic(books, coded_too=False),
    )
    heads = (
        H("单位名称", "label"), H("总计", "-all"), H("“三公”经费", parts=(H("小计", "=total"), *TRIPS_ACROSS[1:])),
        H("会议费", "=会议费"), H("培训费", "=培训费"),
    )  # fmt: skip
    whole = (books.trips["total"] or 0) + 1_230_000
    at.add(
        10,
        "一般公共预算“三公”经费、会议费、培训费支出情况表",
        heads,
        [trips(books, label="陇原市虚构局") | {"-all": whole, "=会议费": 1_000_000, "=培训费": 230_000}],
    )
    at.add(
        8,
        "政府性基金预算支出情况表",
        (*CODE_NAME, *SPENT),
        fund_rows(books, {}),
        "注：本部门无政府性基金预算支出",
    )
    return at


def _income_list(books: Books) -> list[tuple[str, int]]:
    return [
        ("一、一般公共预算拨款收入", books.sum(fund=GENERAL, carried=False)),
        ("二、政府性基金预算拨款收入", books.sum(fund=FUND, carried=False)),
        ("三、上年结转", books.sum(carried=True)),
        ("收入总计", books.sum()),
    ]


SECOND = {
    "unit_in_head": unit_in_head,
    "thousands": thousands,
    "one_below_another": one_below_another,
    "with_meetings": with_meetings,
}
