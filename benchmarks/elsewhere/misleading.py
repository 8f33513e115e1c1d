"""Five layouts that mislead: only its own level of a code on a row, other years and counts beside, sums between rows, wide tables
on two pages side by side."""

from __future__ import annotations

from benchmarks.elsewhere import targets
from benchmarks.elsewhere.books import BUSINESS, GENERAL, Books, books_of, name_of
from benchmarks.elsewhere.places import (
    CENTRAL_FUNDS,
    CODE_NAME,
    FUND_HEADS,
    SPENT,
    SPLIT,
    TRIPS_ACROSS,
    H,
    Place,
    appropriation,
    balance,
    beside,
    coded,
    earlier,
    economic,
    fund_rows,
    general_rows,
    income,
    named,
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
_FUNDS = {key: CENTRAL_FUNDS[key] for key in ("general", "fund", "capital", "business", "other")}


def own_levels(seed: int = 53) -> Place:
    """辽宁 and others: on each row only the digits of its own level, whole 元 without a point, headings （一）（二）."""
    books = books_of(seed, "204")
    style = Style(unit="元", decimals=0)
    at = place(books, "辽源县虚构局", YEAR, number="（{zh}）", unit_line="单位：元", style=style)
    at.add(1, "部门收支总表", balance((H("预算数", "r.total"),)), beside(income(books, _FUNDS), outgo(books)))
    levels = (H("科目编码", parts=SPLIT), H("科目名称", "label"))
    funds = (H("一般公共预算", "general"), H("政府性基金预算", "fund"), H("上年结转", "carryover"))
    heads = (*levels, H("合计", "total"), *funds)
    at.add(2, "部门收入总表", heads, _own_level(coded(books.nested(), receipts(books))))
    at.add(3, "部门支出总表", (*levels, *SPENT), _own_level(coded(books.nested(), spending(books))))
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS), appropriation(books, sections=False))
    at.add(5, "一般公共预算支出表", (*levels, *SPENT), _own_level(general_rows(books)))
    heads = (
        H("经济分类科目编码", parts=SPLIT[:2]), H("科目名称", "label"), H("合计", "total"), H("人员经费", "personnel"),
        H("公用经费", "operating"),
    )  # fmt: skip
    at.add(6, "一般公共预算基本支出表", heads, _own_level(economic(books)))
    at.add(8, "政府性基金预算支出表", (*levels, *SPENT), _own_level(fund_rows(books, {})))
    counted: list[Row] = [
        {"label": label, "total": number}
        for label, number in (
            ("公务用车保有量（辆）", "5"),
            ("国内公务接待批次（个）", "12"),
            ("国内公务接待人次（人）", "96"),
        )
    ]
    rows = [*trips_down(books), *counted]
    at.add(10, "一般公共预算“三公”经费支出表", (H("项目", "label"), H("预算数", "total")), rows)
    targets.with_levels(at)
    return at


def _own_level(rows: list[Row]) -> list[Row]:
    """Rows that print of 类 款 项 the lowest alone."""
    keys = ("k3", "k2", "k1")
    lowest = [next((key for key in keys if row.get(key)), "") for row in rows]
    return [
        {key: "" if key in keys and key != low else value for key, value in row.items()}
        for row, low in zip(rows, lowest, strict=True)
    ]


def years_beside(seed: int = 42) -> Place:
    """湖北 and others: 决算 and 预算 of two years before this year's on both sides, 执行数 and growth behind it."""
    books = books_of(seed, "213", own=True)
    at = place(books, "汉水市虚构局", YEAR, number="附件{n}", beside_title=False, whose="填报部门：汉水市虚构局")
    sides = {"l.total": "l.-last", "r.total": "r.-last"}
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("2032年预算", "l.-last"), H("2033年预算", "l.total"))),
        H("支出", parts=(H("项目", "r.label"), H("2032年预算", "r.-last"), H("2033年预算", "r.total"))),
    ]
    at.add(1, "2033年收支预算总表", heads, earlier(beside(income(books, _FUNDS), outgo(books)), sides))
    years = (H("2031年决算数", "-settled"), H("2032年预算数", "-last"))
    funds = (
        H("一般公共预算拨款", "general"),
        H("政府性基金拨款", "fund"),
        H("事业收入", "business"),
        H("上年结转", "carryover"),
    )
    now = H("2033年预算数", parts=(H("合计", "total"), *funds))
    old = {"total": "-settled", "general": "-last"}
    at.add(2, "2033年收入预算表", (*CODE_NAME, *years, now), earlier(coded(books.nested(), receipts(books)), old))
    now = H("2033年预算数", parts=SPENT)
    old = {"total": "-settled", "basic": "-last"}
    at.add(3, "2033年支出预算表", (*CODE_NAME, *years, now), earlier(coded(books.nested(), spending(books)), old))
    right = (H("2032年预算数", "r.-last"), H("2033年预算数", parts=FUND_HEADS))
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("2032年预算数", "l.-last"), H("2033年预算数", "l.total"))),
        H("支出", parts=(H("项目", "r.label"), *right)),
    ]
    sides = {"l.total": "l.-last", "r.subtotal": "r.-last"}
    at.add(4, "2033年财政拨款收支预算总表", heads, earlier(appropriation(books), sides))
    grown = (H("上年执行数", "-last"), *SPENT, H("增减额", "-change"), H("增长%", "-rate"))
    old = {"total": "-last", "basic": "-change"}
    at.add(5, "2033年一般公共预算支出表", (*CODE_NAME, *grown), earlier(general_rows(books), old))
    heads = (
        *CODE_NAME,
        H("上年预算数", "-last"),
        H("合计", "total"),
        H("人员经费", "personnel"),
        H("公用经费", "operating"),
    )
    at.add(6, "2033年一般公共预算基本支出表", heads, earlier(economic(books), {"total": "-last"}))
    rows = earlier(fund_rows(books, {}), old)
    at.add(8, "2033年政府性基金预算支出表", (*CODE_NAME, *grown), rows)
    heads = (
        H("项目", "label"), H("上年预算数", "-last"), H("上年执行数", "-settled"), H("本年预算数", "total"),
        H("增减额", "-change"), H("增减率（%）", "-rate"),
    )  # fmt: skip
    rows = earlier(earlier(trips_down(books), {"total": "-last"}), {"total": "-settled"})
    at.add(10, "2033年一般公共预算“三公”经费支出表", heads, rows)
    return at


def sums_between(seed: int = 74) -> Place:
    """吉林 and others: the total under the department's own name on top, 小计 between the rows, projects below their kinds."""
    books = books_of(seed, "206", own=True)
    name = "松江省虚构研究院"
    at = place(books, name, YEAR, number="表{zh} ", unit_line="金额单位：万元", style=Style(commas=False))
    heads = balance((H("本年预算", "r.total"),), "项目", "项目", "本年预算")
    at.add(1, "部门收支预算总表", heads, beside(income(books, _FUNDS), outgo(books)))
    funds = (H("一般公共预算拨款", "general"), H("政府性基金预算拨款", "fund"), H("事业收入", "business"))
    heads = (
        *CODE_NAME,
        H("总计", "total"),
        H("本年收入", parts=(H("小计", "current"), *funds)),
        H("上年结转", "carryover"),
    )
    sums = {**receipts(books), "current": lambda code: books.sum(code, carried=False)}
    at.add(2, "部门收入预算总表", heads, coded(books.nested(), sums, total=name))
    at.add(3, "部门支出预算总表", (*CODE_NAME, *SPENT), coded(books.nested(), spending(books), total=name))
    at.add(4, "财政拨款收支预算总表", balance(FUND_HEADS, "项目", "项目", "本年预算"), appropriation(books))
    general = spending(books, fund=GENERAL, carried=False)
    rows = coded(books.nested(GENERAL, False), general, total=name)
    at.add(5, "一般公共预算支出预算表", (*CODE_NAME, *SPENT), _with_subtotals(rows, books, general))
    heads = (*CODE_NAME, H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))
    at.add(6, "一般公共预算基本支出预算表", heads, economic(books))
    at.add(8, "政府性基金预算支出预算表", (*CODE_NAME, *SPENT), fund_rows(books, {}))
    heads = (H("单位名称", "label"), *TRIPS_ACROSS)
    at.add(10, "“三公”经费支出预算表", heads, [trips(books, label=name)])
    heads = (
        H("项目名称", "label"), H("合计", "total"), H("一般公共预算", "general"), H("政府性基金预算", "fund"),
        H("单位资金", "own"),
    )  # fmt: skip
    rows = [{**row, "own": row.get(BUSINESS)} for row in projects(books)]
    kinds = [rows[1:][::2], rows[1:][1::2]]
    below: list[Row] = [rows[0]]
    for kind, part in zip(("运转类项目", "特定目标类项目"), kinds, strict=True):
        below += [_summed(kind, part), *part]
    at.add(12, "项目支出预算表", heads, below)
    targets.run_together(at)
    return at


def _with_subtotals(rows: list[Row], books: Books, sums) -> list[Row]:  # type: ignore[no-untyped-def]
    """Rows with a 小计 behind those of each 类; it is no figure that a reader needs."""
    found: list[Row] = []
    for number, row in enumerate(rows):
        found.append(row)
        code, below = str(row.get("code") or ""), str(rows[number + 1]["code"]) if number + 1 < len(rows) else ""
        if code and below[:3] != code[:3]:
            again = {key: Style(commas=False).amount(amount(code[:3])) for key, amount in sums.items()}
            found.append(named(f"{name_of(code[:3])}小计", **again))
    return found


def _summed(label: str, rows: list[Row]) -> Row:
    """A row of sums above its parts."""
    keys = ("total", "general", "fund", "own")
    return named(label, **{key: sum(int(row.get(key) or 0) for row in rows) for key in keys})


def side_by_side(seed: int = 43) -> Place:
    """西藏 and others: tables wider than a page go on beside themselves, the second half under heads of its own."""
    books = books_of(seed, "201", own=True)
    at = place(books, "雪原州虚构局", YEAR, number="表{n}：", unit_line="单位：万元")
    at.add(1, "部门收支总表", balance((H("预算数", "r.total"),)), beside(income(books, _FUNDS), outgo(books)))
    left = (H("合计", "total"), H("一般公共预算拨款收入", "general"), H("政府性基金预算拨款收入", "fund"))
    right = (
        H("国有资本经营预算拨款收入", "capital"), H("事业收入", "business"), H("其他收入", "other"),
        H("上年结转", "carryover"),
    )  # fmt: skip
    rows = coded(books.nested(), receipts(books))
    at.add(2, "部门收入总表", (*CODE_NAME, *left), rows)
    at.go_on(2, (*CODE_NAME, *right), rows)
    rows = coded(books.nested(), spending(books))
    at.add(3, "部门支出总表", (*CODE_NAME, *SPENT), rows)
    at.go_on(3, (*CODE_NAME, H("上缴上级支出", "remitted"), H("事业单位经营支出", "trading")), rows)
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS), appropriation(books))
    at.add(5, "一般公共预算支出表", (*CODE_NAME, *SPENT), general_rows(books))
    heads = (*CODE_NAME, H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))
    at.add(6, "一般公共预算基本支出表", heads, economic(books))
    at.add(8, "政府性基金预算支出表", (*CODE_NAME, *SPENT), fund_rows(books, {}))
    at.add(10, "一般公共预算“三公”经费支出表", TRIPS_ACROSS, [trips(books)])
    return at


def counts_beside(seed: int = 71) -> Place:
    """安徽 and others: numbers of vehicles, visits and people beside their money, two economic classes, 项目 by unit."""
    books = books_of(seed, "211")
    at = place(books, "皖江市虚构局", YEAR, number="部门公开表{n}", beside_title=False, style=Style(blank="0.00"))
    at.add(1, "部门收支总表", balance((H("预算数", "r.total"),)), beside(income(books, _FUNDS), outgo(books)))
    heads = (
        *CODE_NAME, H("合计", "total"), H("本年收入", parts=(H("一般公共预算", "general"), H("政府性基金预算", "fund"),
        H("事业收入", "business"))), H("上年结转结余", "carryover"),
    )  # fmt: skip
    at.add(2, "部门收入总表", heads, coded(books.nested(), receipts(books)))
    at.add(3, "部门支出总表", (*CODE_NAME, *SPENT), coded(books.nested(), spending(books)))
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS), appropriation(books))
    at.add(5, "一般公共预算支出表", (*CODE_NAME, *SPENT), general_rows(books))
    heads = (
        H("部门预算支出经济分类科目", parts=CODE_NAME), H("政府预算支出经济分类科目", parts=(H("科目编码", "gc"),
        H("科目名称", "gn"))),
        H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"),
    )  # fmt: skip
    rows = [
        {**row, "gc": "501" if row["code"] else "", "gn": "机关工资福利支出" if row["code"] else ""}
        for row in economic(books)
    ]
    at.add(6, "一般公共预算基本支出表", heads, rows)
    at.add(8, "政府性基金预算支出表", (*CODE_NAME, *SPENT), fund_rows(books, {}))
    at.add(9, "国有资本经营预算支出表", (*CODE_NAME, *SPENT), [], "注：本部门没有国有资本经营预算支出，此表为空表。")
    counted = (
        H("公务用车购置数（辆）", "-bought"), H("公务用车保有量（辆）", "-kept"), H("国内公务接待批次（个）", "-visits"),
        H("国内公务接待人次（人）", "-guests"),
    )  # fmt: skip
    heads = (*TRIPS_ACROSS, H("其他相关情况", parts=counted))
    at.add(
        10,
        "一般公共预算“三公”经费支出表",
        heads,
        [trips(books, **{"-bought": "1", "-kept": "5", "-visits": "12", "-guests": "96"})],
    )
    heads = (H("单位名称", "label"), H("机关运行经费预算数", "total"))
    running = books.economic("302")
    at.add(11, "机关运行经费预算表", heads, [named("合计", total=running), named("皖江市虚构局", total=running)])
    heads = (
        H("单位名称", "unit"), H("项目名称", "label"), H("项目类别", "kind"), H("本年预算", parts=(H("合计", "total"),
        H("一般公共预算", "general"), H("政府性基金预算", "fund"))), H("是否政府采购", "bought"),
    )  # fmt: skip
    rows = [
        {**row, "unit": "皖江市虚构局" if row["kind"] else "", "bought": "否" if row["kind"] else ""}
        for row in projects(books)
    ]
    at.add(12, "项目支出表", heads, rows)
    return at


MISLEADING = {
    "own_levels": own_levels,
    "years_beside": years_beside,
    "sums_between": sums_between,
    "side_by_side": side_by_side,
    "counts_beside": counts_beside,
}
