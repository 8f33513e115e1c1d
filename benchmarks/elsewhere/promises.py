"""Four layouts that print the plain tables and promise in ways of their own: signs apart, two horizons, tasks, units."""

from __future__ import annotations

from benchmarks.elsewhere.books import Books, books_of
from benchmarks.elsewhere.places import (
    CENTRAL_FUNDS,
    CODE_NAME,
    FUND_HEADS,
    SPENT,
    H,
    Place,
    appropriation,
    balance,
    beside,
    coded,
    economic,
    general_rows,
    income,
    outgo,
    place,
    receipts,
    spending,
    trips_down,
)
from benchmarks.elsewhere.printed import Grid
from benchmarks.elsewhere.targets import LISTED, added, aims_of, merged_below, noted

YEAR = 2033
_FUNDS = {key: CENTRAL_FUNDS[key] for key in ("general", "fund", "capital", "business", "other")}


def plain(books: Books, department: str, **how: object) -> Place:
    """A place with the plain tables of the centre."""
    at = place(books, department, YEAR, **how)
    at.add(1, "部门收支总表", balance((H("预算数", "r.total"),)), beside(income(books, _FUNDS), outgo(books)))
    funds = (
        H("一般公共预算", "general"),
        H("政府性基金预算", "fund"),
        H("事业收入", "business"),
        H("上年结转", "carryover"),
    )
    at.add(2, "部门收入总表", (*CODE_NAME, H("合计", "total"), *funds), coded(books.nested(), receipts(books)))
    at.add(3, "部门支出总表", (*CODE_NAME, *SPENT), coded(books.nested(), spending(books)))
    at.add(4, "财政拨款收支总表", balance(FUND_HEADS), appropriation(books))
    at.add(5, "一般公共预算支出表", (*CODE_NAME, *SPENT), general_rows(books))
    heads = (*CODE_NAME, H("合计", "total"), H("人员经费", "personnel"), H("公用经费", "operating"))
    at.add(6, "一般公共预算基本支出表", heads, economic(books))
    at.add(10, "一般公共预算“三公”经费支出表", (H("项目", "label"), H("预算数", "total")), trips_down(books))
    return at


def signs_apart(seed: int = 31) -> Place:
    """福建 and others: a form a project with operator, value, unit, weight and how it is counted in columns of their own."""
    at = plain(books_of(seed, "207"), "闽海市虚构馆", number="附表{n} ", whose="部门名称：闽海市虚构馆")
    for name, fen, numbers in aims_of(at):
        half = fen // 2 // 10_000 * 10_000
        wan = [f"{amount / 1_000_000:.2f}" for amount in (fen, half, fen - half)]
        rows = [
            ["项目名称", "", name, "", "", "项目编码", "350000260000000123", ""],
            ["主管部门", "", at.out.department, "", "", "实施单位", at.out.department, ""],
            ["项目属性", "", "延续项目", "", "", "项目期", "3年", ""],
            ["资金情况（万元）", "", "年度资金总额", "", "", wan[0], "", ""],
            ["", "", "其中：财政拨款", "", "", wan[1], "", ""],
            ["", "", "其他资金", "", "", wan[2], "", ""],
            ["总体目标", goal := f"完成{name}，保障{YEAR}年各项工作。", "", "", "", "", "", ""],
            ["一级指标", "二级指标", "三级指标", "运算符号", "指标值", "计量单位", "权重", "计算方法"],
        ]
        spans = [(row, 0, 1, 2) for row in range(3)] + [(row, 2, 1, 3) for row in range(6)] + [(6, 1, 1, 7)]
        spans += [(row, 6, 1, 2) for row in range(3)] + [(row, 5, 1, 3) for row in (3, 4, 5)] + [(3, 0, 3, 2)]
        head = len(rows)
        for shown, (indicator, operator, unit), number in levels(numbers):
            rows.append([*shown, indicator, operator, str(number), unit, "10", f"{indicator}=实际数"])
        added(at, "项目支出绩效目标表", Grid(rows, [*spans, *merged_below(rows, (0, 1), head)], 0), ["单位：万元"])
        noted(at, name, numbers, fen, goal)
    return at


def two_horizons(seed: int = 32) -> Place:
    """广西 and others: the whole term beside the year, goals and lists; only the year is of this budget."""
    at = plain(books_of(seed, "208"), "桂江市虚构中心", number="表{n} ", beside_title=False)
    for name, fen, numbers in aims_of(at):
        wan = f"{fen / 1_000_000:.2f}", f"{3 * fen / 1_000_000:.2f}"
        rows = [
            ["项目名称", name, "", "", "", "", ""],
            ["主管部门及代码", f"{at.out.department}-501", "", "", "实施单位", at.out.department, ""],
            ["项目资金（万元）", "实施期资金总额：", wan[1], "", "年度资金总额：", wan[0], ""],
            ["", "其中：财政拨款", wan[1], "", "其中：财政拨款", wan[0], ""],
            ["总体目标", "实施期目标", "", "", "年度目标", "", ""],
            ["", f"三年内完成{name}。", "", "", f"{YEAR}年完成{name}的三分之一。", "", ""],
            ["绩效指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        ]
        head = len(rows)
        spans = [
            (0, 1, 1, 6),
            (1, 1, 1, 3),
            (1, 5, 1, 2),
            (2, 0, 2, 1),
            (2, 2, 1, 2),
            (2, 5, 1, 2),
            (3, 2, 1, 2),
            (3, 5, 1, 2),
        ]
        spans += [(4, 0, 2, 1), (4, 1, 1, 3), (4, 4, 1, 3), (5, 1, 1, 3), (5, 4, 1, 3)]
        for shown, (indicator, operator, unit), number in levels(numbers):
            term = [shown[1], indicator, f"{operator}{number}{unit}"]
            rows.append([shown[0], *term, shown[1], indicator, f"{operator}{number}{unit}"])
        spans += merged_below(rows, (0, 1, 4), head)
        added(at, "项目支出绩效目标申报表", Grid(rows, spans, 0), [f"（{YEAR}年度）"])
        noted(at, name, numbers, fen, f"{YEAR}年完成{name}的三分之一。")
        noted(at, name, numbers, fen, None, sheet=False)  # the same is aimed at over the whole term
    return at


def tasks(seed: int = 33) -> Place:
    """湖南, 山东 and others: 整体支出绩效目标表 with the year's tasks and their money, before a list with weights."""
    at = plain(books_of(seed, "215"), "湘河县虚构局", number="公开{n:02d}表", beside_title=False)
    department, whole = at.out.department, at.books.sum()
    numbers = [3 + 7 * number for number in range(len(LISTED))]
    money = [f"{fen / 1_000_000:.2f}" for fen in (whole, at.books.sum(kind="basic"), at.books.sum(kind="project"))]
    rows = [
        ["部门名称", department, "", "", "", ""],
        ["年度预算申请（万元）", "资金总额", money[0], "", "", ""],
        ["", "按支出性质分", "基本支出", money[1], "项目支出", money[2]],
        ["年度主要任务", "任务名称", "主要内容", "", "预算金额（万元）", ""],
        ["", "依法行政", "做好虚构监管", "", money[1], ""],
        ["", "改革创新", "推进虚构改革", "", money[2], ""],
        ["年度总体目标", goal := "目标1：完成全年任务。目标2：群众满意。", "", "", "", ""],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
    ]
    head = len(rows)
    spans = [(0, 1, 1, 5), (1, 0, 2, 1), (1, 2, 1, 4), (3, 0, 3, 1), (6, 1, 1, 5)]
    spans += [(row, column, 1, 2) for row in (3, 4, 5) for column in (2, 4)]
    for shown, (indicator, operator, unit), number in levels(numbers):
        rows.append(["", *shown, indicator, f"{operator}{number}{unit}", "10"])
    spans += [(head - 1, 0, len(rows) - head + 1, 1), *merged_below(rows, (1, 2), head)]
    added(at, "部门整体支出绩效目标表", Grid(rows, spans, 0), [f"（{YEAR}年度）"])
    noted(at, department, numbers, whole, goal)
    heads = [
        "序号",
        "项目名称",
        "项目资金（万元）",
        "年度绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "权重",
    ]
    rows = [heads]
    for index, (name, fen, numbers) in enumerate(aims_of(at), 1):
        first = [str(index), name, f"{fen / 1_000_000:,.2f}", f"1.推进{name}；\n2.按期完成。"]
        for shown, (indicator, operator, unit), number in levels(numbers):
            rows.append([*first, *shown, indicator, f"{operator}{number}{unit}", "10"])
            first = [""] * 4
        noted(at, name, numbers, fen, f"1.推进{name}；2.按期完成。")
    added(at, "项目支出绩效目标表", Grid(rows, merged_below(rows, (0, 1, 2, 3, 4, 5), 1), 1), ["单位：万元"])
    at.out.projects = [(name, fen) for name, fen, _ in aims_of(at)]
    return at


def by_unit(seed: int = 34) -> Place:
    """甘肃, 新疆 and others: projects by unit with sums between, goals in a sentence beside each, no indicators."""
    at = plain(books_of(seed, "213"), "陇山市虚构局", number="（{zh}）", whose="公开部门：陇山市虚构局")
    projects = aims_of(at)
    rows = [["单位名称", "项目名称", "资金来源", "项目金额", "绩效目标"]]
    for unit, part in (("陇山市虚构局（本级）", projects[::2]), ("陇山市虚构站", projects[1::2])):
        rows.append([unit, "小计", "", f"{sum(fen for _, fen, _ in part) / 1_000_000:.2f}", ""])
        for name, fen, _ in part:
            goal = f"通过实施{name}，服务群众300人次，满意度达到95%以上。"
            rows.append(["", name, "一般公共预算", f"{fen / 1_000_000:.2f}", goal])
            at.out.sheets.append((name, fen, goal))
    added(at, "项目支出绩效目标表", Grid(rows, merged_below(rows, (0,), 1), 1), ["单位：万元"])
    return at


def levels(numbers: list[int]):  # type: ignore[no-untyped-def]
    """Each indicator with the labels of its levels, blank where those of the row above it go on."""
    last: tuple[str, str] = ("", "")
    for (dimension, category, *rest), number in zip(LISTED, numbers, strict=True):
        yield (
            [dimension if dimension != last[0] else "", category if (dimension, category) != last else ""],
            rest,
            number,
        )
        last = dimension, category


PROMISES = {"signs_apart": signs_apart, "two_horizons": two_horizons, "tasks": tasks, "by_unit": by_unit}
