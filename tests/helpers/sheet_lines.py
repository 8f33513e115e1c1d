"""A performance sheet made by hand, line by line, and what was read of it."""

from __future__ import annotations

from functools import cache

from documents import text_of
from personal import NAME, PHONE

from budgetdata.base.facts import ANNUAL, TERM, SheetFact
from budgetdata.base.raw import Problem
from budgetdata.readers.text import parse_text
from budgetdata.sheets.find import read_sheets
from tests.helpers.words import zh

Reading = tuple[list[SheetFact], list[Problem], set[int]]
Part = tuple[str, str, str, str]


@cache
def reading_of(document: str) -> Reading:
    return read_sheets(parse_text(text_of(document), document).blocks)


def unread(problems: list[Problem]) -> list[str]:
    return [f"{problem.place} {zh(problem.message)}" for problem in problems if problem.severity == "unread"]


# A sheet made by hand, and bent

TITLE = "大观园项目支出绩效目标申报表"
HEAD = [
    "项目名称\t\t园林科—修剪费\t\t\t\t\t",
    "主管部门及代码\t\t123-大观园管理处\t\t\t实施单位\t大观园管理处\t",
    "项目属性\t\t一次性项目（1年结束）\t\t\t项目期\t1年\t",
    "项目资金（元）\t\t实施期资金总额：\t8,000\t\t年度资金总额：\t2,000\t",
    "\t\t其中：中央财政资金\t0\t\t其中：中央财政资金\t0\t",
    "\t\t省级财政资金\t\t\t省级财政资金\t\t",
    "\t\t市县（区）财政资金\t7,000\t\t市县（区）财政资金\t2,000\t",
    "\t\t单位自筹\t1,000\t\t单位自筹\t\t",
    "\t\t其他资金\t\t\t其他资金\t\t",
    "项目概况\t\t修剪园中树木。\t\t\t\t\t",
    "立项依据\t\t《园林办法》\t\t\t\t\t",
    "项目设立必要性\t\t树木需要修剪。\t\t\t\t\t",
    "保证项目实施的制度、措施\t\t验收制度\t\t\t\t\t",
    "项目实施计划\t\t按季修剪。\t\t\t\t\t",
    "实施期目标\t\t\t\t\t年度目标\t\t",
    "总体目标\t\t四年修完全园。\t\t\t今年修完一半。\t\t",
]
LISTS = [
    "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
    "\t产出指标\t数量指标\t修剪株数\t≥800株\t数量指标\t年内株数\t≥200株",
    "\t\t\t清运车次\t80次\t\t年内车次\t20次",
    "\t\t质量指标\t成活比例\t≥95%\t质量指标\t年内成活\t≥90%",
    "\t\t时效指标\t完工时间\t2027年底\t时效指标\t年内完工\t年底前",
    "\t效益指标\t社会效益指标\t园貌观感\t改善\t社会效益指标\t年内观感\t提升",
    "\t\t\t\t\t\t游人增减\t≥5%",
    "\t满意度指标\t服务对象满意度\t游客评价\t≥88%\t服务对象满意度\t年内评价\t≥85%",
]
FOOT = [f"负责人：\t\t经办人：\t{NAME}\t联系电话：\t{PHONE}\t填报日期：\t20240108090654"]
TRUTH: list[Part] = [
    (TERM, "数量", "修剪株数", "≥800株"),
    (ANNUAL, "数量", "年内株数", "≥200株"),
    (TERM, "数量", "清运车次", "80次"),
    (ANNUAL, "数量", "年内车次", "20次"),
    (TERM, "质量", "成活比例", "≥95%"),
    (ANNUAL, "质量", "年内成活", "≥90%"),
    (TERM, "时效", "完工时间", "2027年底"),
    (ANNUAL, "时效", "年内完工", "年底前"),
    (TERM, "社会效益", "园貌观感", "改善"),
    (ANNUAL, "社会效益", "年内观感", "提升"),
    (ANNUAL, "社会效益", "游人增减", "≥5%"),
    (TERM, "服务对象满意度", "游客评价", "≥88%"),
    (ANNUAL, "服务对象满意度", "年内评价", "≥85%"),
]
FUNDS = {
    (TERM, "total"): 800_000,
    (TERM, "central"): 0,
    (TERM, "local"): 700_000,
    (TERM, "self"): 100_000,
    (ANNUAL, "total"): 200_000,
    (ANNUAL, "central"): 0,
    (ANNUAL, "local"): 200_000,
}


def read_lines(*lines: str) -> tuple[SheetFact, list[Problem]]:
    (sheet,), problems, _ = read_sheets(parse_text("\n".join(lines), "bent.txt").blocks)
    return sheet, problems


def parts(sheet: SheetFact) -> list[Part]:
    return [(target.horizon, target.category, target.indicator, target.target) for target in sheet.targets]


def noted(sheet: SheetFact, indicator: str) -> str:
    (target,) = [target for target in sheet.targets if target.indicator == indicator]
    return "；".join(map(zh, target.notes))


def noted_on(sheet: SheetFact, indicator: str, horizon: str) -> str:
    (target,) = [target for target in sheet.targets if (target.indicator, target.horizon) == (indicator, horizon)]
    return "；".join(map(zh, target.notes))


def changed(lines: list[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def moved(line: str, by: int) -> str:
    """A row with all its cells moved: blank columns put in front, or taken from there."""
    return "\t" * by + line if by > 0 else line[-by:]
