"""A budget of a place that does not exist, as data: its text form, a spreadsheet and a web page are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

Rows = list[list[str]]
Span = tuple[int, int, int, int]
"""First row and column, last row and column of a merged cell."""


@dataclass(frozen=True, slots=True)
class Made:
    """A printed table: rows of cells, those that a merged cell covers blank, and what is merged."""

    rows: Rows
    spans: tuple[Span, ...] = ()
    widths: tuple[int, ...] = ()


Block = str | Made


def _wan(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


def _expenditure() -> tuple[Rows, int, int]:
    """Rows of 科目 with code, name, total, basic, project: three classes of four groups with three items each."""
    names = {"201": "一般公共服务支出", "205": "教育支出", "211": "节能环保支出"}
    rows: Rows = []
    basic_all = project_all = 0
    for number, (code, name) in enumerate(names.items(), start=1):
        groups: Rows = []
        basic_class = project_class = 0
        for group in range(1, 5):
            items: Rows = []
            basic_group = project_group = 0
            for item in range(1, 4):
                basic = 100_057 * number + 1_313 * group + 17 * item if item < 3 else 0
                project = 20_091 * group + 777 * item + number if item > 1 else 0
                basic_group += basic
                project_group += project
                title = f"{'虚构事务' if item == 1 else '测试活动及其相关的各项管理与保障'}（{number}{group}{item}）"
                cells = [_wan(basic + project), _wan(basic) if basic else "", _wan(project) if project else ""]
                items.append([f"{code}{group:02d}{item:02d}", title, *cells])
            sums = [_wan(basic_group + project_group), _wan(basic_group), _wan(project_group)]
            groups += [[f"{code}{group:02d}", f"第{group}类虚构事务", *sums], *items]
            basic_class += basic_group
            project_class += project_group
        sums = [_wan(basic_class + project_class), _wan(basic_class), _wan(project_class)]
        rows += [[code, name, *sums], *groups]
        basic_all += basic_class
        project_all += project_class
    return rows, basic_all, project_all


def invented() -> list[Block]:
    """The blocks of the document in printed order."""
    rows, basic, project = _expenditure()
    total = basic + project
    classes = [row for row in rows if len(row[0]) == 3]
    first, second = project * 3 // 10, project - project * 3 // 10
    head = [["项目", "", "预算数", "", ""], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    spans = ((0, 0, 0, 1), (0, 2, 0, 4))
    sums = ["", _wan(total), _wan(basic), _wan(project)]
    listed = Made([*head, ["合计", *sums], *rows], spans, (14, 44, 16, 16, 16))
    balance = [["收入", "", "支出", "", "", ""], ["项目", "金额", "项目", "小计", "当年预算安排", "上年结转"]]
    income = [("一、一般公共预算", _wan(total)), ("二、政府性基金预算", ""), ("三、国有资本经营预算", "")]
    spent = [(f"{number}、{row[1]}", row[2]) for number, row in zip(("一", "五", "十一"), classes, strict=True)]
    for (left, amount), (right, cost) in zip(income, spent, strict=True):
        balance.append([left, amount, right, cost, cost, ""])
    balance.append(["本年收入合计", _wan(total), "本年支出合计", _wan(total), _wan(total), ""])
    balance.append(["收入总计", _wan(total), "支出总计", _wan(total), _wan(total), ""])
    public = [["项目", "预算数"], ["合计", "12.50"], ["1、因公出国（境）费用", ""], ["2、公务接待费", "2.50"]]
    public += [["3、公务用车购置及运行费", "10.00"], ["（1）公务用车运行维护费", "10.00"], ["（2）公务用车购置费", ""]]
    projects = [["项目名称", "合计", "一般公共预算", "政府性基金预算"], ["合计", _wan(project), _wan(project), ""]]
    projects += [["虚构数字平台建设", _wan(first), _wan(first), ""], ["虚构河道治理", _wan(second), _wan(second), ""]]
    unit = ["部门名称：云中县虚构局", "单位：万元"]
    return [
        "云中县虚构局2031年部门预算公开",
        "第一部分 云中县虚构局概况",
        "一、主要职责",
        "负责不存在的各项事务。",
        "第二部分 2031年部门预算表",
        *_titled(
            "表一", "2031年预算收支总表", unit, Made(balance, ((0, 0, 0, 1), (0, 2, 0, 5)), (26, 15, 30, 15, 12, 15))
        ),
        *_titled("表三", "2031年预算支出总表", unit, listed),
        *_titled("表五", "2031年一般公共预算支出预算表", unit, listed),
        *_titled("表十", "2031年一般公共预算“三公”经费支出预算表", unit, Made(public, (), (40, 16))),
        *_titled("表十二", "2031年项目支出预算表（本年预算）", unit, Made(projects, (), (44, 18, 18, 18))),
        "第三部分 2031年部门预算情况说明",
        "十、预算绩效情况说明",
        "云中县县级预算部门（单位）项目支出绩效目标表",
        "（2031年度）",
        _sheet(first),
    ]


def _titled(number: str, title: str, unit: Sequence[str], table: Made) -> list[Block]:
    return [number, title, *unit, table]


def _sheet(cents: int) -> Made:
    """A performance sheet of eight columns with merged labels; its amount is a project's, in 元."""
    yuan = f"{cents * 100:,}"
    overview = "建设一个不存在的平台，连接十二个并不存在的乡镇，建筑面积1200平方米。"
    rows = [
        ["项目名称", "", "虚构数字平台建设", "", "", "", "", ""],
        ["主管部门及代码", "", "999-云中县虚构局", "", "实施单位", "", "云中县虚构局", ""],
        ["项目属性", "", "新增项目", "", "项目期", "", "1年", ""],
        ["项目资金（元）", "", "实施期资金总额：", yuan, "", "年度资金总额：", "", yuan],
        ["", "", "其中：中央财政资金", "0", "", "其中：中央财政资金", "", "0"],
        ["", "", "省级财政资金", "0", "", "省级财政资金", "", "0"],
        ["", "", "市县（区）财政资金", yuan, "", "市县（区）财政资金", "", yuan],
        ["项目概况", "", overview, "", "", "", "", ""],
        ["立项依据", "", "虚构〔2030〕7号文件。", "", "", "", "", ""],
        ["总体目标", "", "实施期目标", "", "", "年度目标", "", ""],
        ["", "", "建成平台。", "", "", "完成一期建设，通过验收。", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "连接乡镇数", "≥12个", "数量指标", "连接乡镇数", "≥6个"],
        ["", "", "", "采购服务器数量", "8台", "", "采购服务器数量", "8台"],
        ["", "", "质量指标", "验收合格率", "100%", "质量指标", "验收合格率", "100%"],
        ["", "", "时效指标", "建设完成时间", "2031年12月底前", "时效指标", "一期完成时间", "2031年9月底前"],
        ["", "", "成本指标", "建设成本", "≤预算批复", "成本指标", "建设成本", "≤预算批复"],
        ["", "效益指标", "社会效益指标", "办事等候时间", "缩短30分钟", "社会效益指标", "办事等候时间", "缩短10分钟"],
        ["", "满意度指标", "服务对象满意度指标", "乡镇满意度", "≥90%", "服务对象满意度指标", "乡镇满意度", "≥90%"],
    ]
    wide = [(row, 2, row, 7) for row in (0, 7, 8)]
    label = [(row, 0, row, 1) for row in (0, 1, 2, 7, 8)]
    pairs = [span for row in (1, 2) for span in ((row, 2, row, 3), (row, 4, row, 5), (row, 6, row, 7))]
    funds = [(3, 0, 6, 1), *(span for row in range(3, 7) for span in ((row, 3, row, 4), (row, 5, row, 6)))]
    goals = [(9, 0, 10, 1), *(span for row in (9, 10) for span in ((row, 2, row, 4), (row, 5, row, 7)))]
    lists = [(11, 0, 18, 0), (12, 1, 16, 1), (12, 2, 13, 2), (12, 5, 13, 5)]
    return Made(rows, (*wide, *label, *pairs, *funds, *goals, *lists), (10, 12, 18, 20, 16, 18, 20, 16))


def as_text(blocks: Sequence[Block]) -> str:
    """The document as a text conversion: rows with tabs, a blank line around every block."""
    parts = [b if isinstance(b, str) else "\n".join("\t".join(row) for row in b.rows) for b in blocks]
    return "\n\n".join(parts) + "\n"


def as_html(blocks: Sequence[Block], style: str) -> str:
    """The document as a web page with real merged cells."""
    body = [f"<p>{escape(block)}</p>" if isinstance(block, str) else _html_table(block) for block in blocks]
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(body)}"


def _html_table(made: Made) -> str:
    starts = {span[:2]: span for span in made.spans}
    covered = {
        (row, col)
        for first, left, last, right in made.spans
        for row in range(first, last + 1)
        for col in range(left, right + 1)
    } - set(starts)
    lines = []
    for row, cells in enumerate(made.rows):
        line = ""
        for col, text in enumerate(cells):
            if (row, col) in covered:
                continue
            first, left, last, right = starts.get((row, col), (row, col, row, col))
            line += f"<td rowspan={last - first + 1} colspan={right - left + 1}>{escape(text)}</td>"
        lines.append(f"<tr>{line}</tr>")
    return f"<table>{''.join(lines)}</table>"


def as_workbook(blocks: Sequence[Block], path: Path) -> None:
    """The document as a spreadsheet, each table with what stands above it on a sheet of its own, printed on A4."""
    book = Workbook()
    book.remove(book.active)
    above: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            above.append(block)
        else:
            _worksheet(book, above, block)
            above = []
    book.save(path)


def _worksheet(book: Workbook, above: Sequence[str], made: Made) -> None:
    sheet = book.create_sheet(f"s{len(book.sheetnames) + 1}")
    thin = Side(style="thin")
    for text in above:
        sheet.append([text])
    top = len(above)
    for number, row in enumerate(made.rows, start=top + 1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text or None)
            cell.number_format = "@"
            cell.font = Font(size=9)
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(
                wrap_text=True, vertical="center", horizontal="center" if number < top + 3 else "left"
            )
    for first, left, last, right in made.spans:
        sheet.merge_cells(
            start_row=top + first + 1, start_column=left + 1, end_row=top + last + 1, end_column=right + 1
        )
    for index, width in enumerate(made.widths):
        sheet.column_dimensions["ABCDEFGH"[index]].width = width
    sheet.page_setup.orientation = "landscape" if sum(made.widths) > 100 else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
