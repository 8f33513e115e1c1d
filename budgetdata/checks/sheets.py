"""Identities of the performance sheets: against their project rows, within their funds, and within their own texts."""

from __future__ import annotations

from collections.abc import Iterator

from budgetdata.base.facts import ANNUAL, SOURCES, TERM, CheckFact, DocumentFacts, ProjectFact, SheetFact, figure_key
from budgetdata.base.money import UNITS, wan
from budgetdata.checks.identities import Half, not_evaluable, verdict
from budgetdata.sheets.itemised import item_lists

HORIZON_ZH = {TERM: "实施期", ANNUAL: "年度"}
TEXTS = {"overview": "项目概况", "basis": "立项依据", "need": "项目设立必要性", "plan": "项目实施计划"}
FEWEST_SOURCES = 3
_HALF_CENT = UNITS["万元"] // 200


def sheet_checks(facts: DocumentFacts, links: dict[int, tuple[int | None, str]]) -> list[CheckFact]:
    """Every identity of every sheet of a document; `links` maps project indexes to (sheet index, how linked)."""
    owners = {sheet: facts.projects[project] for project, (sheet, _) in links.items() if sheet is not None}
    found: list[CheckFact] = []
    for number, sheet in enumerate(facts.sheets):
        if sheet.scope == "department":
            found += _department(facts, sheet)
            continue
        found.append(_row(sheet, owners.get(number)))
        found += _funds(sheet)
        found += _texts(sheet)
    if not facts.sheets:
        found.append(
            not_evaluable("sheet.annual_equals_project", "绩效目标表年度资金 = 项目支出表", "没有公开绩效目标表")
        )
    return found


def _half(fen: int | None, ref: str, tolerance: int = 0) -> Half:
    return Half(fen, tolerance, (ref,) if fen is not None else ())


def _ref(sheet: SheetFact, text: str = "") -> str:
    """Where a sheet, or one of its texts, is printed."""
    place = sheet.text_places.get(text, sheet.place)
    return f"p.{place.page}" if place.page else f"line {place.line}"


def _row(sheet: SheetFact, project: ProjectFact | None) -> CheckFact:
    rule, label = "sheet.annual_equals_project", f"「{sheet.project_name}」绩效目标表年度资金 = 项目支出表合计"
    if project is None:
        return not_evaluable(rule, label, "没有找到对应的项目行")
    table_no = 12 if project.stage == "current" else 13
    row = _half(project.funds.get("total"), figure_key(table_no, "", project.row_no, "total"), _HALF_CENT)
    return verdict(rule, label, _half(sheet.funds.get((ANNUAL, "total")), _ref(sheet)), row)


def _funds(sheet: SheetFact) -> Iterator[CheckFact]:
    for horizon, zh in HORIZON_ZH.items():
        total = sheet.funds.get((horizon, "total"))
        parts = [sheet.funds[horizon, source] for source in SOURCES if (horizon, source) in sheet.funds]
        label = f"「{sheet.project_name}」{zh}资金各来源之和 = 总额"
        if total is None or not parts:
            yield not_evaluable(f"sheet.{horizon}_sources", label, "总额或各来源未填")
        elif len(parts) < FEWEST_SOURCES:
            yield not_evaluable(f"sheet.{horizon}_sources", label, "表中资金来源的栏目与标准表不同")
        else:
            yield verdict(f"sheet.{horizon}_sources", label, _half(total, _ref(sheet)), _half(sum(parts), _ref(sheet)))
    term, annual = sheet.funds.get((TERM, "total")), sheet.funds.get((ANNUAL, "total"))
    label = f"「{sheet.project_name}」年度资金 ≤ 实施期资金"
    if term is None or annual is None:
        yield not_evaluable("sheet.annual_within_term", label, "其中一个总额未填")
    else:
        yield verdict("sheet.annual_within_term", label, _half(annual, _ref(sheet)), _half(term, _ref(sheet)), "<=")


def _texts(sheet: SheetFact) -> Iterator[CheckFact]:
    """Amounts itemised in a text against the total it states, else against the sheet's own totals."""
    totals = {sheet.funds.get((horizon, "total")) for horizon in HORIZON_ZH} - {None}
    for field, zh in TEXTS.items():
        for found in item_lists(getattr(sheet, field)):
            label = f"「{sheet.project_name}」{zh}中逐项列出的金额之和"
            added = Half(sum(found.items), 0, (_ref(sheet, field),))
            if found.total is not None:
                stated = Half(found.total, 0, added.refs)
                yield _itemised(label + " = 文中写的合计", added, stated, found.open_ended)
            if added.fen in totals or (found.total or 0) in totals:
                if found.total is None:
                    yield _itemised(label + " = 表中资金总额", added, Half(added.fen, 0, (_ref(sheet),)), False)
            elif (
                found.total is None
                and sheet.funds.get((ANNUAL, "total")) is not None
                and _covers(sum(found.items), totals)
            ):
                yield _itemised(
                    label + " = 表中年度资金",
                    added,
                    Half(sheet.funds[ANNUAL, "total"], 0, (_ref(sheet),)),
                    found.open_ended,
                )


def _covers(added: int, totals: set[int | None]) -> bool:
    """True where items come so near a total of the sheet that they are meant to make it up, not a part of it."""
    return any(total and 0.8 <= added / total <= 1.25 for total in totals)


def _itemised(label: str, added: Half, other: Half, open_ended: bool) -> CheckFact:
    check = verdict("sheet.itemised_text", label, added, other)
    listed = added.fen or 0
    if check.status == "different" and open_ended and other.fen is not None and listed < other.fen:
        return not_evaluable("sheet.itemised_text", label, f"文中列出 {wan(listed)} 万元后写“等”，不是全部")
    return check


def _department(facts: DocumentFacts, sheet: SheetFact) -> Iterator[CheckFact]:
    label = "整体支出绩效目标表资金总额 = 收支总表支出总计"
    rows = [r for r in facts.rows if r.table_no == 1 and r.role == "expenditure_total"]
    figures = [f for f in facts.figures if f.table_no == 1 and f.role == "expenditure_total" and f.column == "total"]
    if not rows or not figures:
        yield not_evaluable("sheet.department_total", label, "收支总表没有支出总计")
        return
    if (ANNUAL, "total") not in sheet.funds:
        yield not_evaluable("sheet.department_total", label, "绩效目标表没有填资金总额")
        return
    key = figure_key(1, "expenditure", figures[0].row_no, "total")
    yield verdict(
        "sheet.department_total",
        label,
        _half(sheet.funds.get((ANNUAL, "total")), _ref(sheet), _HALF_CENT),
        _half(figures[0].fen, key, _HALF_CENT),
    )
