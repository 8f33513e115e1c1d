"""Identities of the performance sheets: against their project rows, within their funds, and within their own texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from budgetdata.base.facts import (
    ANNUAL,
    SOURCES,
    TERM,
    CheckFact,
    DocumentFacts,
    FigureFact,
    ProjectFact,
    SheetFact,
    figure_key,
)
from budgetdata.base.money import UNITS
from budgetdata.base.said import Said, said
from budgetdata.checks.verdicts import Half, not_evaluable, place_ref, verdict
from budgetdata.forms.canonical import plain_label
from budgetdata.sentences.itemised import item_lists
from budgetdata.sheets.links import folded_name

HORIZONS = (TERM, ANNUAL)
TEXTS = {"overview": "项目概况", "basis": "立项依据", "need": "项目设立必要性", "plan": "项目实施计划"}
FEWEST_SOURCES = 3
APART = ("carry_forward", "carryover", "earmarked")
"""How the roles begin of rows whose money a goal for the whole department may leave out."""
_HALF_CENT = UNITS["万元"] // 200


def sheet_checks(facts: DocumentFacts, links: dict[int, tuple[int | None, str]]) -> list[CheckFact]:
    """Every identity of every sheet of a document; `links` maps project indexes to (sheet index, how linked)."""
    owners = {sheet: facts.projects[project] for project, (sheet, _) in links.items() if sheet is not None}
    found: list[CheckFact] = []
    shared = _shared_names(facts, owners)
    for number, sheet in enumerate(facts.sheets):
        if sheet.scope == "department":
            own = [*_department(facts, sheet)]
        else:
            row = _row(sheet, owners.get(number))
            if row.status == "different" and number in shared:
                row = not_evaluable(row.rule, row.label, said("check.sheet.shared_name"))
            own = [row, *_funds(sheet), *_texts(sheet)]
        found += [_unless_partial(sheet, check) for check in own]
    if not facts.sheets:
        found.append(
            not_evaluable("sheet.annual_equals_project", said("check.sheet.no_sheets_rule"), said("check.sheet.none"))
        )
    return found


def _shared_names(facts: DocumentFacts, owners: Mapping[int, ProjectFact]) -> set[int]:
    """The sheets whose name several rows or sheets print, more than one of which is left where those of equal money are paired:
    which of them belongs to which is not printed."""
    rows = Counter(folded_name(project.name) for project in facts.projects)
    sheets: dict[str, set[int]] = defaultdict(set)
    for number, sheet in enumerate(facts.sheets):
        if sheet.scope != "department":
            sheets[folded_name(sheet.project_name)].add(number)
    found: set[int] = set()
    for name, numbers in sheets.items():
        paired = {
            number
            for number in numbers
            if number in owners
            and owners[number].funds.get("total") == facts.sheets[number].funds.get((ANNUAL, "total"))
        }
        if max(len(numbers), rows[name]) - len(paired) > 1:
            found |= numbers - paired
    return found


def _unless_partial(sheet: SheetFact, check: CheckFact) -> CheckFact:
    """A check as it is, unless it found a difference on a sheet of which something was not read."""
    if not sheet.unread or check.status != "different":
        return check
    return not_evaluable(check.rule, check.label, said("sheets.not_read_whole", n=sheet.unread))


def _half(fen: int | None, ref: str, tolerance: int = 0) -> Half:
    return Half(fen, tolerance, (ref,) if fen is not None else ())


def _ref(sheet: SheetFact, text: str = "") -> str:
    """Where a sheet, or one of its texts, is printed."""
    return place_ref(sheet.text_places.get(text, sheet.place))


def _row(sheet: SheetFact, project: ProjectFact | None) -> CheckFact:
    rule, label = "sheet.annual_equals_project", said("check.sheet.annual_equals_project", project=sheet.project_name)
    if project is None:
        return not_evaluable(rule, label, said("check.sheet.no_row"))
    table_no = 12 if project.stage == "current" else 13
    row = _half(project.funds.get("total"), figure_key(table_no, "", project.row_no, "total"), _HALF_CENT)
    annual = sheet.funds.get((ANNUAL, "total"))
    check = verdict(rule, label, _half(annual, _ref(sheet)), row)
    if check.status == "different" and annual is not None and not annual % (2 * _HALF_CENT):
        return verdict(rule, label, _half(annual, _ref(sheet), _HALF_CENT), row)
    return check


def _funds(sheet: SheetFact) -> Iterator[CheckFact]:
    for horizon in HORIZONS:
        total = sheet.funds.get((horizon, "total"))
        parts = [sheet.funds[horizon, source] for source in SOURCES if (horizon, source) in sheet.funds]
        label = said("check.sheet.sources", project=sheet.project_name, horizon=f"check.sheet.{horizon}")
        if total is None or not parts:
            yield not_evaluable(f"sheet.{horizon}_sources", label, said("check.sheet.sources_blank"))
        elif len(parts) < FEWEST_SOURCES:
            yield not_evaluable(f"sheet.{horizon}_sources", label, said("check.sheet.other_sources"))
        else:
            yield verdict(f"sheet.{horizon}_sources", label, _half(total, _ref(sheet)), _half(sum(parts), _ref(sheet)))
    term, annual = sheet.funds.get((TERM, "total")), sheet.funds.get((ANNUAL, "total"))
    label = said("check.sheet.annual_within_term", project=sheet.project_name)
    if term is None or annual is None:
        yield not_evaluable("sheet.annual_within_term", label, said("check.sheet.total_blank"))
    else:
        yield verdict("sheet.annual_within_term", label, _half(annual, _ref(sheet)), _half(term, _ref(sheet)), "<=")


def _texts(sheet: SheetFact) -> Iterator[CheckFact]:
    """Amounts itemised in a text against the total it states, else against the sheet's own totals."""
    totals = {sheet.funds.get((horizon, "total")) for horizon in HORIZONS} - {None}
    for field in TEXTS:
        for found in item_lists(getattr(sheet, field)):
            words = {"project": sheet.project_name, "text": f"check.sheet.{field}"}
            added = Half(sum(found.items), 0, (_ref(sheet, field),))
            if found.total is not None:
                stated = Half(found.total, 0, added.refs)
                yield _itemised(said("check.sheet.items_stated", **words), added, stated, found.open_ended)
            annual = sheet.funds.get((ANNUAL, "total"))
            if added.fen in totals or (found.total or 0) in totals:
                if found.total is None:
                    whole = Half(added.fen, 0, (_ref(sheet),))
                    yield _itemised(said("check.sheet.items_total", **words), added, whole, False)
            elif found.total is None and annual is not None and _covers(sum(found.items), totals):
                whole = Half(annual, 0, (_ref(sheet),))
                yield _itemised(said("check.sheet.items_annual", **words), added, whole, found.open_ended)


def _covers(added: int, totals: set[int | None]) -> bool:
    """True where items come so near a total of the sheet that they are meant to make it up, not a part of it."""
    return any(total and 0.8 <= added / total <= 1.25 for total in totals)


def _itemised(label: Said, added: Half, other: Half, open_ended: bool) -> CheckFact:
    check = verdict("sheet.itemised_text", label, added, other)
    listed = added.fen or 0
    if check.status == "different" and open_ended and other.fen is not None and listed < other.fen:
        return not_evaluable("sheet.itemised_text", label, said("check.sheet.open_ended", fen=listed))
    return check


def _department(facts: DocumentFacts, sheet: SheetFact) -> Iterator[CheckFact]:
    label = said("check.sheet.department_total")
    rows = [r for r in facts.rows if r.table_no == 1 and r.role == "expenditure_total"]
    figures = [f for f in facts.figures if f.table_no == 1 and f.role == "expenditure_total" and f.column == "total"]
    if not rows or not figures:
        yield not_evaluable("sheet.department_total", label, said("check.sheet.no_expenditure"))
        return
    if (ANNUAL, "total") not in sheet.funds:
        yield not_evaluable("sheet.department_total", label, said("check.sheet.department_blank"))
        return
    key = figure_key(1, "expenditure", figures[0].row_no, "total")
    stated = sheet.funds[ANNUAL, "total"]
    check = verdict(
        "sheet.department_total", label, _half(stated, _ref(sheet), _HALF_CENT), _half(figures[0].fen, key, _HALF_CENT)
    )
    apart = _printed_apart(facts, abs(figures[0].fen - stated))
    table = next((table for table in facts.tables if table.table_no == 1 and table.status == "partial"), None)
    if check.status == "different" and table is not None and table.reason is not None:
        # money that a part which was not read may print apart
        check = not_evaluable(check.rule, label, said("check.rows_lacking", no=1, why=table.reason))
    elif check.status == "different" and apart is not None:
        why = said("check.sheet.apart", row=plain_label(apart.label), fen=apart.fen)
        check = not_evaluable(check.rule, label, why)
    elif check.status == "different" and not _classes_make_up(facts, figures[0].fen):
        check = not_evaluable(check.rule, label, said("check.sheet.parts_open"))
    yield check


def _classes_make_up(facts: DocumentFacts, total: int) -> bool:
    """Whether the classes of expenditure that table 1 prints make up its total: else rows may be lost that explain a gap."""
    own = [f for f in facts.figures if (f.table_no, f.side, f.column) == (1, "expenditure", "total")]
    parts = [f.fen for f in own if f.role.isdecimal()]
    return bool(parts) and abs(sum(parts) - total) <= _HALF_CENT * (len(parts) + 1)


def _printed_apart(facts: DocumentFacts, gap: int) -> FigureFact | None:
    """The money that table 1 prints apart (carried forward, carried over, earmarked) and that a gap is."""
    near = (f for f in facts.figures if f.table_no == 1 and f.role.startswith(APART) and f.column == "total" and f.fen)
    return next((figure for figure in near if abs(figure.fen - gap) <= 2 * _HALF_CENT), None)
