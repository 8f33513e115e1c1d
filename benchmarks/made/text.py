"""An invented disclosure as text, with traps of real ones: tables broken by pages, watermarks."""

from __future__ import annotations

import random

from benchmarks.made.printed import Printed, Table, chinese

PARTS = ("概况", "部门预算报表", "部门预算情况说明", "名词解释")
_WATERMARK = "仅供内部审核"


def text_of(printed: Printed, chance: random.Random, corrected: bool = False, unit: bool = False) -> str:
    """The document as a text file holds it; `corrected` puts 更正 on the cover, `unit` makes it a unit's budget."""
    year, whose = printed.year, "单位" if unit else "部门"
    lines = _opening(printed, whose, corrected)
    marked = chance.random() < 0.1
    lines += [f"## 第二部分 {year}年{whose}预算报表", ""]
    for number, table in enumerate(printed.tables):
        lines += _table(table, number + 1, printed.department, chance)
        if marked and chance.random() < 0.3:
            lines += [_WATERMARK, ""]
    lines += [f"## 第三部分 {year}年度{whose}预算情况说明", ""]
    for number, (title, sentence) in enumerate(printed.sections):
        lines += [f"### {chinese(number + 1)}、{title}", "", sentence, ""]
    lines += [f"### {chinese(len(printed.sections) + 1)}、绩效管理情况", "", "（项目绩效目标表公开情况见附件）", ""]
    for sheet in printed.sheets:
        lines += ["项目支出绩效目标表", "", f"（{year}年度）", "", *("\t".join(row) for row in sheet), ""]
    lines += [
        "## 第四部分 名词解释",
        "",
        "**一、基本支出：**指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
        "",
    ]
    return "\n".join(lines) + "\n"


def _opening(printed: Printed, whose: str, corrected: bool) -> list[str]:
    """Cover, contents and the first part."""
    lines = [
        "",
        f"# {printed.department}",
        "",
        f"{printed.year}年度{whose}预算公开{'（更正）' if corrected else ''}",
        "",
        "# 目 录",
        "",
    ]
    lines += [f"第{chinese(number + 1)}部分 {part}.....\t{number * 8 + 1}" for number, part in enumerate(PARTS)]
    lines += [f"表{chinese(number + 1)}{table.title}.....\t{number + 2}" for number, table in enumerate(printed.tables)]
    lines += [
        "",
        "## 第一部分 概况",
        "",
        f"### 一、本{whose}职责",
        "",
        f"- 1、负责{printed.department}职责范围内的工作。",
        "",
    ]
    lines += ["### 二、机构设置情况", "", "设办公室、综合科、业务科三个内设机构。", ""]
    return lines


def _table(table: Table, number: int, department: str, chance: random.Random) -> list[str]:
    """A table's lines; a long one may break over a page, with its head again or not."""
    lines = [f"预算公开表{number}", ""] if chance.random() < 0.5 else []
    lines += [f"### {table.title}", "", f"部门名称：{department}", "", "单位：万元", ""]
    broken = chance.randrange(6, len(table.rows) - 2) if len(table.rows) > 14 and chance.random() < 0.4 else 0
    head = ["\t".join(row) for row in table.head]
    rows = ["\t".join(row) for row in table.rows]
    lines += head + ([*rows[:broken], "", *(head if chance.random() < 0.3 else []), *rows[broken:]] if broken else rows)
    return [*lines, "", *([table.note, ""] if table.note else [])]
