"""What an invented disclosure says beside its tables: performance sheets and sentences."""

from __future__ import annotations

import random

from benchmarks.made.money import Money, Project

Row = tuple[str, ...]
INDICATORS = 6


def sheet_rows(project: Project, department: str, year: int, chance: random.Random) -> list[Row]:
    """The rows of a project's performance sheet; INDICATORS indicators of each horizon."""
    yuan = f"{project.fen // 100:,}"
    name = project.name
    amount = chance.randint(2, 90)
    rows: list[Row] = [
        ("项目名称", "", name),
        ("主管部门及代码", "", f"043-{department}", "", "实施单位", "", department),
        ("项目属性", "", "经常性项目（长期开展）", "", "项目期", "", "1年"),
        ("项目资金（元）", "", "实施期资金总额：", "", yuan, "", "年度资金总额：", "", yuan, ""),
        ("", "", "其中：中央财政资金", "", "0", "", "其中：中央财政资金", "", "0", ""),
        ("", "", "省级财政资金", "", "0", "", "省级财政资金", "", "0", ""),
        ("", "", "市县（区）财政资金", "", yuan, "", "市县（区）财政资金", "", yuan, ""),
        ("", "", "单位自筹", "", "0", "", "单位自筹", "", "0", ""),
        ("项目概况", "", f"围绕{name}开展工作，全年完成{amount}项任务。"),
        ("立项依据", "", "年度工作要点。"),
        ("", "", "实施期目标", "", "", "", "年度目标"),
        ("总体目标", "", f"完成{name}的{amount}项任务。", "", "", "", f"完成{name}的{amount}项任务。"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
    ]
    listed = [
        ("产出指标", "数量指标", "完成任务数量", f"≥{amount}项"),
        ("", "质量指标", "验收合格率", f"≥{chance.randint(80, 100)}%"),
        ("", "时效指标", "完成时间", f"{year}年12月底前"),
        ("", "成本指标", "项目总成本", f"≤{project.fen // 1_000_000}万元"),
        ("效益指标", "社会效益指标", "服务群众人数", f"≥{chance.randint(100, 9_000)}人"),
        ("满意度指标", "服务对象满意度", "服务对象满意度", f"≥{chance.randint(80, 99)}%"),
    ]
    rows += [("", first, second, third, value, second, third, value) for first, second, third, value in listed]
    rows.append(("填报日期：", f"{year}0115"))
    return rows


def sections(money: Money, who: str, year: int, chance: random.Random) -> list[tuple[str, str]]:
    """Headings and sentences of the narrative, true to the money; last year's is drawn at random."""
    now, carried = money.sum("this_year"), money.sum("carried")
    basic, project = money.sum("basic"), money.sum("project") + carried
    fund = money.sum("this_year", fund=True)
    running = sum(money.operating.values())
    before = (now + carried) * chance.randint(80, 120) // 100 // 10_000 * 10_000
    change = now + carried - before
    way, grown = ("增加", "增长") if change >= 0 else ("减少", "下降")
    rate = abs(change) * 10_000 / before / 100 if before else 0
    wan = lambda fen: f"{fen / 1_000_000:.2f}"  # noqa: E731 - short for sentences
    share = lambda fen: f"{fen * 100 / (now + carried):.2f}"  # noqa: E731
    whole = wan(now + carried)
    return [
        (
            "部门预算收支数据变动情况及原因",
            f"{year}年度{who}预算收入总计{whole}万元，其中：本年收入{wan(now)}万元，上年结转{wan(carried)}万元，"
            f"比上年{way}{wan(abs(change))}万元，{grown}{rate:.2f}%，主要原因是项目安排变化。",
        ),
        (
            "收入预算情况说明",
            f"{year}年度{who}预算收入{whole}万元，主要包括一般公共预算拨款收入{wan(now - fund)}万元，占{share(now - fund)}%；"
            f"政府性基金预算拨款收入{wan(fund)}万元，占{share(fund)}%；上年结转{wan(carried)}万元，占{share(carried)}%。",
        ),
        (
            "支出预算情况说明",
            f"{year}年度{who}支出预算{whole}万元，其中：基本支出{wan(basic)}万元，占{share(basic)}%；"
            f"项目支出{wan(project)}万元，占{share(project)}%。",
        ),
        ("机关运行经费增减变动原因说明", f"{year}年机关运行经费财政拨款预算{wan(running)}万元，与上年预算持平。"),
        ("政府采购情况", f"{year}年{who}政府采购预算总额0万元。"),
    ]
