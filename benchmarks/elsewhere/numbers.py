"""Two layouts: tables numbered 01-1 with income by unit, and codes of 类 before their names."""

from __future__ import annotations

from benchmarks.elsewhere import targets
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
    beside,
    coded,
    economic,
    general_rows,
    income,
    named,
    outgo,
    place,
    projects,
    spending,
    trips,
)
from benchmarks.elsewhere.printed import Style
from benchmarks.elsewhere.rows import Row

YEAR = 2033


def numbered_after(seed: int = 11) -> Place:
    """云南 and others: 预算01-1表 above the title, amounts in 元, income by unit under nested heads, basic split in two."""
    books = books_of(seed, "205", own=True)
    at = place(
        books, "滇池市虚构学校", YEAR, beside_title=False, style=Style(unit="元"), whose="单位名称：滇池市虚构学校",
        unit_line="单位：{unit}",
    )  # fmt: skip
    labels = dict(
        zip(CENTRAL_FUNDS, ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金"), strict=False)
    )
    left = income(books, {**labels, "own": "单位资金"})
    for row in left:
        if row["known"] == "own":
            row["total"] = books.sum(fund=BUSINESS)
    at.add(
        1,
        "部门财务收支预算总表",
        balance((H("预算数", "r.total"),), "项目", "项目（按功能分类）"),
        beside(left, outgo(books)),
        number="预算01-1表",
    )
    heads = (
        H("部门（单位）代码", "unit"), H("部门（单位）名称", "label"), H("合计", "total"),
        H("本年收入", parts=(
            H("小计", "current"), H("一般公共预算", "general"), H("政府性基金预算", "fund"), H("国有资本经营预算", "capital"),
            H("财政专户管理资金", "special"),
            H("单位资金", parts=(H("小计", "own"), H("事业收入", "business"), H("事业单位经营收入", "operation"),
            H("上级补助收入", "superior"))),
        )),
        H("上年结转结余", parts=(H("小计", "carryover"), H("一般公共预算", "carryover_general"))),
    )  # fmt: skip
    own = books.sum(fund=BUSINESS)
    row: Row = {
        "total": books.sum(), "current": books.sum(carried=False), "general": books.sum(fund=GENERAL, carried=False),
        "fund": books.sum(fund=FUND), "own": own, "business": own, "carryover": books.sum(carried=True),
        "carryover_general": books.sum(fund=GENERAL, carried=True),
    }  # fmt: skip
    at.add(
        2,
        "部门收入预算表",
        heads,
        [named("滇池市虚构学校", unit="105", **row), named("合计", **row)],
        number="预算01-2表",
    )
    heads = (
        *CODE_NAME, H("合计", "total"),
        H("财政拨款", parts=(H("小计", "-f"), H("基本支出", "-fb"), H("项目支出", "-fp"))),
        H("单位资金", parts=(H("小计", "-o"), H("事业支出", "-ob"))),
    )  # fmt: skip
    sums = {
        "total": lambda c: books.sum(c), "-f": lambda c: books.sum(c) - books.sum(c, BUSINESS),
        "-fb": lambda c: books.sum(c, kind="basic"),
        "-fp": lambda c: books.sum(c, kind="project") - books.sum(c, BUSINESS), "-o": lambda c: books.sum(c, BUSINESS),
        "-ob": lambda c: books.sum(c, BUSINESS),
    }  # fmt: skip
    at.add(3, "部门支出预算表", heads, [*coded(books.nested(), sums, total=""), *coded([], sums)], number="预算01-3表")
    at.add(
        4,
        "部门财政拨款收支预算总表",
        balance(FUND_HEADS, "项目", "项目（按功能分类）"),
        appropriation(books),
        number="预算02-1表",
    )
    general = spending(books, fund=GENERAL, carried=False)
    sums = {**general, "personnel": lambda c: general["basic"](c) // 30_000 * 20_000}
    sums["operating"] = lambda c: general["basic"](c) - sums["personnel"](c)
    heads = (
        H("部门预算支出功能分类科目", parts=CODE_NAME), H("合计", "total"),
        H("基本支出", parts=(H("小计", "basic"), H("人员经费", "personnel"), H("公用经费", "operating"))),
        H("项目支出", "project"),
    )  # fmt: skip
    rows = [*coded(books.nested(GENERAL, False), sums, total="", indent="  "), *coded([], sums, at="code")]
    at.add(5, "一般公共预算支出预算表（按功能科目分类）", heads, rows, number="预算02-2表")
    at.add(
        10,
        "一般公共预算“三公”经费支出预算表",
        (H("“三公”经费合计", "=total"), *TRIPS_ACROSS[1:]),
        [trips(books)],
        number="预算03表",
    )
    heads = (
        H("单位名称", "unit"), H("项目名称", "label"), H("合计", "total"), H("一般公共预算", "general"),
        H("政府性基金预算", "fund"),
        H("单位资金", parts=(H("小计", "own"), H("事业收入", "business"))),
    )  # fmt: skip
    rows = [
        {**row, "unit": "" if row["known"] == "合计" else "滇池市虚构学校", "own": row.get("business")}
        for row in projects(books)
    ]
    at.add(12, "部门项目支出预算表", heads, [*rows[1:], rows[0]], number="预算05-1表")
    heads = (*CODE_NAME, H("本年政府性基金预算支出", parts=SPENT))
    fund = spending(books, fund=FUND)
    rows = [*coded(books.nested(FUND), fund, total=""), *coded([], fund)] if books.sum(fund=FUND) else [named("合计")]
    at.add(8, "政府性基金预算支出预算表", heads, rows, number="预算06表")
    targets.with_contents(at)
    return at


def codes_in_names(seed: int = 71) -> Place:
    """新疆 and others: 总体情况表, codes and names of 类 in one cell, 类 款 项 apart, 项目 by economic class."""
    books = books_of(seed, "213")
    at = place(books, "天山州虚构局", YEAR, number="表{zh}：", whose="编制单位：天山州虚构局")
    left = [
        named("财政拨款（补助）", "appropriation", total=books.sum(carried=False)),
        named("  一般公共预算", "general", total=books.sum(fund=GENERAL, carried=False)),
        named("  政府性基金预算", "fund", total=books.sum(fund=FUND, carried=False)),
        named("教育收费（财政专户）"), named("事业收入"), named("事业单位经营收入"), named("其他收入"),
        named("上年结转", "carryover", total=books.sum(carried=True)),
        named("收入总计", "income_total", total=books.sum()),
    ]  # fmt: skip
    right = [named(f"{c} {name_of(c)}", c, total=books.sum(c)) for c in books.nested() if len(c) == 3]
    right.append(named("支出总计", "expenditure_total", total=books.sum()))
    at.add(1, "部门收支总体情况表", balance((H("预算数", "r.total"),), "项目", "功能分类"), beside(left, right))
    heads = (
        H("功能分类科目编码", parts=SPLIT), H("功能分类科目名称", "label"), H("总计", "total"), H("财政拨款（补助）", "fiscal"),
        H("教育收费（财政专户）", "fees"), H("事业收入", "business"), H("其他收入", "other"), H("上年结转", "carryover"),
    )  # fmt: skip
    sums = {
        "total": lambda c: books.sum(c),
        "fiscal": lambda c: books.sum(c, carried=False),
        "carryover": lambda c: books.sum(c, carried=True),
    }
    at.add(2, "部门收入总体情况表", heads, coded(books.nested(), sums))
    heads = (
        H("项目", parts=(H("功能分类科目编码", parts=SPLIT), H("功能分类科目名称", "label"))),
        H("支出预算", parts=SPENT),
    )  # fmt: skip
    at.add(3, "部门支出总体情况表", heads, coded(books.nested(), spending(books)))
    heads = balance(
        (H("合计", "r.subtotal"), H("一般公共预算", "r.general"), H("政府性基金预算", "r.fund")),
        "项目",
        "功能分类",
        "合计",
    )
    at.add(4, "财政拨款收支预算总体情况表", heads, appropriation(books))
    heads = (
        H("项目", parts=(H("功能分类科目编码", parts=SPLIT), H("功能分类科目名称", "label"))),
        H("一般公共预算支出", parts=(H("小计", "total"), *SPENT[1:])),
    )  # fmt: skip
    at.add(
        5,
        "一般公共预算支出情况表",
        heads,
        general_rows(books),
    )
    heads = (
        H("项目", parts=(H("经济分类科目编码", parts=SPLIT[:2]), H("经济分类科目名称", "label"))),
        H("一般公共预算基本支出", parts=(H("小计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))),
    )
    at.add(6, "一般公共预算基本支出情况表", heads, economic(books))
    kinds = (H("工资福利支出", "-w"), H("商品和服务支出", "-g"), H("资本性支出", "-c"))
    heads = (
        H("科目编码", parts=SPLIT),
        H("科目名称", "-n"),
        H("项目名称", "label"),
        H("项目支出合计", "total"),
        *kinds,
    )
    rows: list[Row] = [named("合计", total=sum(p.fen for p, f in books.projects if f == GENERAL and not p.carried))]
    rows[0]["-g"] = rows[0]["total"]
    for p, fund in books.projects:
        if fund == GENERAL and not p.carried:
            cut = {"k1": p.code[:3], "k2": p.code[3:5], "k3": p.code[5:]}
            rows.append(named(p.name, total=p.fen, **cut) | {"-n": name_of(p.code), "-g": p.fen})
    at.add(12, "一般公共预算项目支出情况表", heads, rows)
    at.add(10, "一般公共预算“三公”经费支出情况表", TRIPS_ACROSS, [trips(books)])
    heads = (
        H("功能分类科目编码", parts=SPLIT),
        H("功能分类科目名称", "label"),
        H("政府性基金预算支出", parts=(H("小计", "total"), *SPENT[1:])),
    )
    rows = coded(books.nested(FUND), spending(books, fund=FUND)) if books.sum(fund=FUND) else []
    at.add(
        8,
        "政府性基金预算支出情况表",
        heads,
        rows or [{}],
        "" if rows else "备注：我单位没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
    )
    return at


THIRD = {"numbered_after": numbered_after, "codes_in_names": codes_in_names}
