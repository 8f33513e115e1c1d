"""Five layouts: ministries, and provinces that print 类 款 项 apart, three views, or 财政拨款 first."""

from __future__ import annotations

from benchmarks.elsewhere import sentences, targets
from benchmarks.elsewhere.books import BUSINESS, FUND, GENERAL, books_of, name_of
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
    before,
    beside,
    coded,
    economic,
    fund_rows,
    general_rows,
    income,
    last_year,
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


def ministry(seed: int = 41) -> Place:
    """中央部门: 公开表 by number above the title, 执行数 of last year and the change beside this year's budget."""
    books = books_of(seed, "211", own=True)
    at = place(books, "国家虚构事务管理局", YEAR, number="部门公开表{n}", beside_title=False)
    at.add(1, "部门收支总表", balance((H("预算数", "r.total"),)), beside(income(books, CENTRAL_FUNDS), outgo(books)))
    funds = (
        H("上年结转", "carryover"), H("一般公共预算拨款收入", "general"), H("政府性基金预算拨款收入", "fund"),
        H("国有资本经营预算拨款收入", "capital"), H("事业收入", parts=(H("金额", "business"), H("其中：教育收费", "-fees"))),
        H("事业单位经营收入", "operation"), H("其他收入", "other"), H("使用非财政拨款结余", "reserves"),
    )  # fmt: skip
    sums = receipts(books)
    at.add(2, "部门收入总表", (H("科目", parts=CODE_NAME), H("合计", "total"), *funds), coded(books.nested(), sums))
    more = (H("上缴上级支出", "remitted"), H("事业单位经营支出", "trading"), H("对附属单位补助支出", "subsidies"))
    at.add(3, "部门支出总表", (*CODE_NAME, *SPENT, *more), coded(books.nested(), spending(books)))
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS), appropriation(books))
    general = spending(books, fund=GENERAL, carried=False)
    last = {"-last": lambda c: general["total"](c) * 9 // 10 // 10_000 * 10_000}
    change = {"-change": lambda c: general["total"](c) - last["-last"](c), "-rate": lambda c: 11_110_000}
    heads = (
        H("功能分类科目", parts=CODE_NAME), H("2032年执行数", "-last"),
        H("2033年预算数", parts=(H("小计", "total"), *SPENT[1:])),
        H("2033年预算数比2032年执行数", parts=(H("增减额", "-change"), H("增减%", "-rate"))),
    )  # fmt: skip
    rows = coded(books.nested(GENERAL, False), {**last, **general, **change})
    at.add(5, "一般公共预算支出表", heads, rows)
    heads = (
        H("人员经费", "personnel"), H("公用经费", "operating"),
    )  # fmt: skip
    heads = (
        H("部门预算支出经济分类科目", parts=CODE_NAME),
        H("本年一般公共预算基本支出", parts=(H("合计", "total"), *heads)),
    )
    at.add(6, "一般公共预算基本支出表", heads, economic(books))
    years = (H("2032年预算数", parts=last_year(TRIPS_ACROSS)), H("2033年预算数", parts=TRIPS_ACROSS))
    at.add(10, "一般公共预算“三公”经费支出表", years, [before(books) | trips(books)])
    heads = (*CODE_NAME, H("本年政府性基金预算支出", parts=SPENT))
    at.add(8, "政府性基金预算支出表", heads, fund_rows(books, named("合计")))
    targets.forms(at)
    sentences.ministry(at)
    return at


def by_class_and_unit(seed: int = 53) -> Place:
    """四川 and others: 类 款 项 in columns, unit codes, 单位名称（科目） in one column, tables numbered 1-1, 3-3."""
    books = books_of(seed, "204", units=2)
    at = place(books, "岷川省虚构厅", YEAR, beside_title=False, unit_line="金额单位：{unit}", style=Style(commas=False))
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "business", "operation", "other")}
    heads = balance((H("2033年预算数", "r.total"),), "项目", "项目", "2033年预算数")
    at.add(1, "部门收支总表", heads, beside(income(books, labels), outgo(books)), number="表1")
    units = ("岷川省虚构厅（本级）", "岷川省虚构服务中心")
    heads = (
        H("单位代码", "unit"), H("单位名称（科目）", "label"), H("合计", "total"), H("上年结转", "carryover"),
        H("一般公共预算拨款收入", "general"), H("政府性基金预算拨款收入", "fund"), H("国有资本经营预算拨款收入", "capital"),
        H("事业收入", "business"), H("事业单位经营收入", "operation"), H("其他收入", "other"), H("上级补助收入", "superior"),
    )  # fmt: skip
    rows: list[Row] = [named("合计", **_income_of(books, None))]
    rows += [named(name, unit=f"31200{i + 1}", **_income_of(books, i)) for i, name in enumerate(units)]
    at.add(2, "部门收入总表", heads, rows, number="表1-1")
    at.add(
        3, "部门支出总表",
        (H("项目", parts=(H("科目编码", parts=SPLIT), H("单位代码", "unit"), H("单位名称（科目）", "label"))), *SPENT),
        _by_unit(books, units), number="表1-2",
    )  # fmt: skip
    at.add(4, "财政拨款收支预算总表", balance(FUND_HEADS), appropriation(books, sections=False), number="表2")
    heads = (
        H("科目编码", parts=SPLIT), H("单位代码", "unit"), H("单位名称（科目）", "label"),
        H("合计", "total"), H("基本支出", "basic"), H("项目支出", "project"),
    )  # fmt: skip
    at.add(5, "一般公共预算支出预算表", heads, _by_unit(books, units, fund=GENERAL, carried=False), number="表3")
    heads = (
        H("项目", parts=(H("科目编码", parts=SPLIT[:2]), H("科目名称", "label"))),
        H("基本支出", parts=(H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))),
    )
    at.add(6, "一般公共预算基本支出预算表", heads, economic(books), number="表3-1")
    heads = (H("单位编码", "unit"), H("单位名称", "label"), H("当年财政拨款预算安排", parts=TRIPS_ACROSS))
    at.add(10, "一般公共预算“三公”经费支出预算表", heads, [trips(books, label="合计")], number="表3-3")
    heads = (
        H("科目编码", parts=SPLIT),
        H("单位代码", "unit"),
        H("单位名称（科目）", "label"),
        H("本年政府性基金预算支出", parts=SPENT),
    )
    rows = fund_rows(books, {})
    at.add(8, "政府性基金支出预算表", heads, rows, "注：此表无数据" if rows == [{}] else "", number="表4")
    targets.by_direction(at)
    sentences.province(at)
    return at


def _income_of(books, unit):  # type: ignore[no-untyped-def]
    funds = {key: books.sum(fund=key, unit=unit, carried=False) for key in (GENERAL, FUND, BUSINESS)}
    return {"total": books.sum(unit=unit), "carryover": books.sum(unit=unit, carried=True), **funds}


def _by_unit(books, units, **which):  # type: ignore[no-untyped-def]
    sums = spending(books, **which)
    rows = coded([], sums)
    for number, unit in enumerate(units):
        own = spending(books, unit=number, **which)
        if not own["total"](""):
            continue
        rows.append(named(unit, unit, unit=f"31200{number + 1}", **{key: amount("") for key, amount in own.items()}))
        rows += [
            {**row, "unit": f"31200{number + 1}"} for row in coded(books.nested(which.get("fund",
            ""), which.get("carried"), number), own, total="") if len(str(row["code"])) == 7
        ]  # fmt: skip
    return rows


def economic_kinds(seed: int = 3) -> Place:
    """河南 and others: 总体情况表 with the funds on the right, 基本支出 by economic kind, 单位（科目名称）."""
    books = books_of(seed, "206", own=True)
    at = place(books, "中原省虚构局", YEAR, number="预算{n:02d}表", beside_title=False, whose="部门名称：中原省虚构局")
    right = (
        H("合计", "r.total"), H("一般公共预算", "r.general"), H("政府性基金预算", "r.fund"), H("单位资金", "r.own"),
        H("上年结转", "r.carryover"),
    )  # fmt: skip
    rows = beside(
        [
            named("一、财政拨款", "appropriation", total=books.sum(carried=False) - books.sum(fund=BUSINESS)),
            named("其中：一般公共预算", "general", total=books.sum(fund=GENERAL, carried=False)),
            named("政府性基金预算", "fund", total=books.sum(fund=FUND, carried=False)),
            named("二、单位资金", "own", total=books.sum(fund=BUSINESS)),
            named("本年收入合计", "income_current", total=books.sum(carried=False)),
            named("上年结转", "carryover", total=books.sum(carried=True)),
            named("收入总计", "income_total", total=books.sum()),
        ],
        [
            *(named(name_of(c), c, **_kinds(books, c)) for c in books.nested() if len(c) == 3),
            named("本年支出合计", "expenditure_current", **_kinds(books, "")),
            named("支出总计", "expenditure_total", **_kinds(books, "")),
        ],
    )
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("金额", "l.total"))),
        H("支出", parts=(H("项目", "r.label"), *right)),
    ]
    at.add(1, "2033年部门收支总体情况表", heads, rows)
    sums = {**receipts(books), "fiscal": lambda c: books.sum(c, carried=False) - books.sum(c, BUSINESS)}
    heads = (
        H("科目编码", parts=SPLIT), H("单位（科目名称）", "label"), H("总计", "total"),
        H("财政拨款", parts=(H("小计", "fiscal"), H("一般公共预算", "general"), H("政府性基金", "fund"))),
        H("事业收入", "business"), H("上年结转", "carryover"),
    )  # fmt: skip
    at.add(2, "2033年部门收入总体情况表", heads, coded(books.nested(), sums))
    heads = (H("科目编码", parts=SPLIT), H("单位（科目名称）", "label"), *SPENT)
    at.add(3, "2033年部门支出总体情况表", heads, coded(books.nested(), spending(books)))
    at.add(4, "2033年财政拨款收支总体情况表", balance(FUND_HEADS, "项目", "项目", "金额"), appropriation(books))
    general = spending(books, fund=GENERAL, carried=False)
    kinds = {
        **general, "-wages": lambda c: general["basic"](c) // 20_000 * 10_000,
        "-goods": lambda c: general["basic"](c) - general["basic"](c) // 20_000 * 10_000,
    }  # fmt: skip
    heads = (
        H("科目编码", parts=SPLIT), H("单位（科目名称）", "label"), H("合计", "total"),
        H("基本支出", parts=(H("小计", "basic"), H("工资福利支出", "-wages"), H("商品和服务支出", "-goods"),
        H("对个人和家庭补助支出", "-people"))),
        H("项目支出", parts=(H("小计", "project"), H("一般性项目", "-project"), H("专项资金", "-special"))),
    )  # fmt: skip
    kinds["-project"] = general["project"]
    at.add(5, "2033年一般公共预算支出情况表", heads, coded(books.nested(GENERAL, False), kinds))
    heads = (
        H("部门预算经济分类", parts=(H("科目编码", parts=SPLIT[:2]), H("科目名称", "label"))),
        H("2033年基本支出", parts=(H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))),
    )
    at.add(6, "2033年一般公共预算基本支出情况表", heads, economic(books))
    at.add(
        10,
        "2033年一般公共预算“三公”经费支出情况表",
        (H("项目", "label"), H("2033年“三公”经费预算数", "total")),
        trips_down(books),
    )
    heads = (H("科目编码", parts=SPLIT), H("单位（科目名称）", "label"), *SPENT)
    at.add(
        8,
        "2033年政府性基金支出情况表",
        heads,
        fund_rows(books, {}),
    )
    heads = (
        H("单位（项目名称）", "label"), H("总计", "total"),
        H("财政拨款", parts=(H("一般公共预算", "general"), H("政府性基金", "fund"))), H("事业收入", "business"),
    )  # fmt: skip
    at.add(12, "2033年部门项目支出情况表", heads, projects(books))
    targets.forms(at, weights=False)
    return at


def _kinds(books, code):  # type: ignore[no-untyped-def]
    funds = {"general": GENERAL, "fund": FUND, "own": BUSINESS}
    return {
        "total": books.sum(code), "carryover": books.sum(code, carried=True),
        **{key: books.sum(code, fund, carried=False) for key, fund in funds.items()},
    }  # fmt: skip


def three_views(seed: int = 4) -> Place:
    """湖南 and others: the same expenditure by function, by 部门预算 and by 政府预算 class."""
    books = books_of(seed, "212", own=True)
    at = place(
        books, "潇州市虚构局", YEAR, number="部门公开表{n:02d}", beside_title=False, whose="单位：302_潇州市虚构局",
        unit_line="金额单位：{unit}",
    )  # fmt: skip
    views = [
        {"a.label": "一、基本支出", "a.-x": books.sum(kind="basic"), "b.label": "一、机关工资福利支出",
        "b.-x": books.economic("301")},
        {"a.label": "工资福利支出", "a.-x": books.economic("301"), "b.label": "二、机关商品和服务支出",
        "b.-x": books.sum() - books.economic("301") - books.economic("303")},
        {"a.label": "商品和服务支出", "a.-x": books.economic("302"), "b.label": "三、对个人和家庭的补助",
        "b.-x": books.economic("303")},
        {"a.label": "二、项目支出", "a.-x": books.sum(kind="project")},
    ]  # fmt: skip
    rows = [
        {**row, **(views[number] if number < len(views) else {})}
        for number, row in enumerate(beside(income(books, CENTRAL_FUNDS), outgo(books)))
    ]
    heads = [
        H("收入", parts=(H("项目", "l.label"), H("本年预算", "l.total"))),
        H("支出", parts=(
            H("项目（按功能分类）", "r.label"), H("本年预算", "r.total"), H("项目（按部门预算经济分类）", "a.label"),
            H("本年预算", "a.-x"),
            H("项目（按政府预算经济分类）", "b.label"), H("本年预算", "b.-x"),
        )),
    ]  # fmt: skip
    at.add(1, "收支总表", heads, rows)
    heads = (
        H("部门（单位）代码", "unit"), H("部门（单位）名称", "label"), H("合计", "total"),
        H("一般公共预算拨款收入", "general"), H("政府性基金拨款收入", "fund"), H("国有资本经营预算拨款收入", "capital"),
        H("财政专户管理资金收入", "special"), H("上级补助收入", "superior"), H("事业收入", "business"), H("其他收入", "other"),
        H("上年结转结余", "carryover"),
    )  # fmt: skip
    rows = [named("合计", **_income_of(books, None)), named("潇州市虚构局", unit="302", **_income_of(books, None))]
    at.add(2, "收入总表", heads, rows)
    heads = (
        *CODE_NAME,
        *SPENT,
        H("事业单位经营支出", "trading"),
        H("上缴上级支出", "remitted"),
        H("对附属单位补助支出", "subsidies"),
    )
    at.add(3, "支出总表", heads, coded(books.nested(), spending(books), at="code"))
    kinds = (H("机关工资福利支出", "-w"), H("机关商品和服务支出", "-g"), H("对个人和家庭的补助", "-p"))
    heads = (*CODE_NAME, H("总计", "-t"), *kinds)
    odd = {
        "-t": lambda c: books.sum(c),
        "-w": lambda c: books.sum(c, kind="basic"),
        "-g": lambda c: books.sum(c, kind="project"),
    }
    at.add(0, "支出预算分类汇总表（按政府预算经济分类）", heads, coded(books.nested(), odd))
    at.add(0, "支出预算分类汇总表（按部门预算经济分类）", heads, coded(books.nested(), odd))
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS, "项目", "项目（按功能分类）", "本年预算"), appropriation(books))
    at.add(
        5,
        "一般公共预算支出表",
        (*CODE_NAME, *SPENT),
        general_rows(books),
    )
    heads = (*CODE_NAME, H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))
    at.add(6, "一般公共预算基本支出表", heads, economic(books))
    odd = [named(name_of(c), c, code=c, **{"-t": books.economic(c)}) for c in ("301", "30101", "30102")]
    at.add(
        0, "一般公共预算基本支出表--人员经费（工资福利支出）（按政府预算经济分类）", (*CODE_NAME, H("合计", "-t")), odd
    )
    at.add(
        10,
        "一般公共预算“三公”经费支出表",
        (H("单位编码", "unit"), H("单位名称", "label"), H("“三公”经费合计", "=total"), *TRIPS_ACROSS[1:]),
        [trips(books, label="潇州市虚构局", unit="302001")],
    )
    heads = (*CODE_NAME, H("本年政府性基金预算支出", parts=SPENT))
    at.add(
        8,
        "政府性基金预算支出表",
        heads,
        fund_rows(books, {}),
    )
    targets.with_standards(at)
    return at


def fiscal_first(seed: int = 5) -> Place:
    """重庆 and others: 财政拨款收支总表 is 表一, 部门收支总表 表六; last year's budget beside this one's; amounts in 元."""
    books = books_of(seed, "208")
    style = Style(unit="元")
    at = place(books, "渝州市虚构局", YEAR, number="表{zh}", beside_title=False, whose="渝州市虚构局", style=style)
    at.add(4, "2033年财政拨款收支总表", balance(FUND_HEADS, "项目", "项目"), appropriation(books))
    general = spending(books, fund=GENERAL, carried=False)
    last = {"-last": lambda c: general["total"](c) * 8 // 10 // 10_000 * 10_000}
    heads = (
        H("功能分类科目", parts=CODE_NAME), H("2032年预算数", "-last"),
        H("2033年预算数", parts=(H("小计", "total"), *SPENT[1:])),
    )  # fmt: skip
    at.add(5, "2033年一般公共预算财政拨款支出预算表", heads, coded(books.nested(GENERAL, False), {**last, **general}))
    heads = (
        H("经济分类科目", parts=CODE_NAME),
        H("2033年基本支出", parts=(H("总计", "total"), H("人员经费", "personnel"), H("日常公用经费", "operating"))),
    )
    at.add(6, "2033年一般公共预算财政拨款基本支出预算表", heads, economic(books))
    years = (H("2032年预算数", parts=last_year(TRIPS_ACROSS)), H("2033年预算数", parts=TRIPS_ACROSS))
    at.add(10, "2033年一般公共预算“三公”经费支出表", years, [before(books) | trips(books)])
    heads = (*CODE_NAME, H("本年政府性基金预算财政拨款支出", parts=SPENT))
    at.add(
        8,
        "2033年政府性基金预算支出表",
        heads,
        fund_rows(books, named("合计")),
    )
    labels = {k: CENTRAL_FUNDS[k] for k in ("general", "fund", "capital", "business", "operation", "other")}
    at.add(
        1,
        "2033年部门收支总表",
        balance((H("预算数", "r.total"),), "项目", "项目"),
        beside(income(books, labels), outgo(books)),
    )
    sums = receipts(books)
    heads = (
        H("科目", parts=CODE_NAME), H("总计", "total"), H("上年结转", "carryover"), H("一般公共预算拨款收入", "general"),
        H("政府性基金预算拨款收入", "fund"), H("国有资本经营预算拨款收入", "capital"),
        H("事业收入预算", parts=(H("金额", "business"), H("其中：教育收费", "-f"))),
        H("事业单位经营收入预算", "operation"), H("其他收入预算", "other"), H("用事业基金弥补收支差额", "reserves"),
    )  # fmt: skip
    at.add(2, "2033年部门收入总表", heads, coded(books.nested(), sums))
    at.add(
        3,
        "2033年部门支出总表",
        (*CODE_NAME, H("总计", "total"), *SPENT[1:], H("上缴上级支出", "remitted")),
        coded(books.nested(), spending(books)),
    )
    sentences.ministry(at)
    return at


FIRST = {
    "ministry": ministry,
    "by_class_and_unit": by_class_and_unit,
    "economic_kinds": economic_kinds,
    "three_views": three_views,
    "fiscal_first": fiscal_first,
}
