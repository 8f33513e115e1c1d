"""The rows of every stored table that one document's facts make, each with its readable, stable id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from budgetdata.base.errors import StoreError
from budgetdata.base.facts import (
    ANNUAL,
    TERM,
    CheckFact,
    DisclosureFact,
    DocumentFacts,
    FigureFact,
    ProjectFact,
    RowFact,
    SheetFact,
    StatementFact,
    TargetFact,
    figure_key,
)
from budgetdata.base.raw import Place
from budgetdata.base.records import Row, Rows
from budgetdata.base.said import Said, said
from budgetdata.checks.kinds import kind_of
from budgetdata.forms.canonical import Names, canonical_label
from budgetdata.sheets.quality import quality
from budgetdata.store.sums import with_sums
from budgetdata.words.catalogue import tell

STAGE_MARKS = {"current": "c", "carryover": "n"}
HORIZON_MARKS = {TERM: "t", ANNUAL: "a"}
_IN_CHINESE = {"sheet", "statement"}
"""The subjects of problems whose words are kept in Chinese, those of the others in English."""
FUNDS = ("total", "general", "fund", "capital", "special", "own")


def document_rows(facts: DocumentFacts, names: Names) -> Rows:
    """Every row that a document's facts make, by table, with what they come to. Raises as `rows_of_facts` does."""
    return with_sums(rows_of_facts(facts, names))


def rows_of_facts(facts: DocumentFacts, names: Names) -> Rows:
    """The rows of what a document prints and of what is told of it, by table, without the sums of them.

    Raises StoreError where two facts would get one id.
    """
    document_id = facts.document_id
    rows: Rows = {
        "document": [_document(facts)],
        "leaf": [
            {"document_id": document_id, "page": page, "name": name} for page, name in sorted(facts.leaves.items())
        ],
        "form_table": [_form_table(facts, index) for index in range(len(facts.tables))],
        "form_row": [_form_row(document_id, row, names, facts.year) for row in facts.rows],
        "figure": [_figure(document_id, figure, names, facts.year) for figure in facts.figures],
        **_sheet_rows(facts),
        "project": _projects(facts),
        "statement": [_statement(document_id, number, each) for number, each in enumerate(facts.statements, start=1)],
        "statement_link": statement_link_rows(facts),
        "spoken": [
            {
                "document_id": document_id, "subject": told.subject, "about": told.about, "state": told.state,
                **_place(told.place),
            }
            for told in facts.spoken
        ],
        "check_result": [_check(document_id, number, check) for number, check in enumerate(facts.checks, start=1)],
        "disclosure_item": [_disclosure(document_id, item) for item in facts.disclosure],
        **_texts_and_problems(facts),
    }  # fmt: skip
    _refuse_twins(facts, rows)
    return rows


def _sheet_rows(facts: DocumentFacts) -> Rows:
    """The rows of the performance sheets: each with its texts, funds and targets."""
    rows: Rows = {"sheet": [], "sheet_text": [], "sheet_fund": [], "target": []}
    for number, sheet in enumerate(facts.sheets, start=1):
        named = sheet_id(facts.document_id, number - 1)
        rows["sheet"].append(_sheet(facts.document_id, named, sheet))
        rows["sheet_text"] += [
            {"sheet_id": named, "field": field, **_place(place)} for field, place in sheet.text_places.items()
        ]
        rows["sheet_fund"] += [
            {"sheet_id": named, "horizon": horizon, "source": source, "fen": fen}
            for (horizon, source), fen in sheet.funds.items()
        ]
        rows["target"] += _targets(facts.document_id, named, sheet)
    return rows


def _texts_and_problems(facts: DocumentFacts) -> Rows:
    """The rows of the paragraphs as printed, and of what was not read or is odd."""
    paragraphs: list[Mapping[str, Any]] = [
        {
            "paragraph_id": f"{facts.document_id}.para{number:04d}", "document_id": facts.document_id,
            "part": paragraph.part, "section": paragraph.section, "text": paragraph.text, **_place(paragraph.place),
        }
        for number, paragraph in enumerate(facts.paragraphs, start=1)
    ]  # fmt: skip
    problems: list[Mapping[str, Any]] = [
        {
            "problem_id": f"{facts.document_id}.problem{number:03d}", "document_id": facts.document_id,
            "severity": problem.severity, "subject": problem.subject,
            **_said("message", problem.message, "zh" if problem.subject in _IN_CHINESE else "en"),
            "table_no": problem.table_no, "raw": problem.raw, **_place(problem.place),
        }
        for number, problem in enumerate(facts.problems, start=1)
    ]  # fmt: skip
    return {"paragraph": paragraphs, "problem": problems}


def _said(column: str, message: Said | str | None, lang: str) -> dict[str, str | None]:
    """A message in words in the language that its column is kept in, with its code and arguments beside; a printed name
    has none."""
    if isinstance(message, str):
        return {column: message, f"{column}_code": None, f"{column}_args": None}
    code, args = (message.code, message.to_json()) if message else (None, None)
    return {column: tell(lang, message), f"{column}_code": code, f"{column}_args": args}


def _notes(column: str, notes: Sequence[Said], mark: str) -> dict[str, str | None]:
    """Several messages in one column, in Chinese with a mark between them, with the code and arguments of all beside."""
    every = said("sheets.notes", notes=list(notes)) if notes else None
    return {**_said(column, every, "zh"), column: mark.join(tell("zh", note) for note in notes)}


def _place(place: Place) -> dict[str, int | None]:
    return {"page": place.page, "line": place.line}


def _document(facts: DocumentFacts) -> Row:
    return {
        "document_id": facts.document_id, "department": facts.department, "department_code": facts.department_code,
        "year": facts.year, "region": facts.region, "kind": facts.kind, "source_file": facts.source_file,
        "source_sha256": facts.source_sha256, "source_kind": facts.source_kind, "source_url": facts.source_url,
        "pages": facts.pages, "status": facts.status, "replaced_by": facts.replaced_by, "files": ";".join(facts.files),
        "part": facts.part, "label": facts.label, "counts": int(facts.counts),
    }  # fmt: skip


def _form_table(facts: DocumentFacts, index: int) -> Row:
    table = facts.tables[index]
    return {
        "document_id": facts.document_id, "table_no": table.table_no, "title": table.title, "unit": table.unit,
        "status": table.status, **_said("reason", table.reason, "en"), **_place(table.place), "layout": table.layout,
    }  # fmt: skip


def _shared(document_id: str, fact: RowFact | FigureFact, names: Names, year: int) -> dict[str, Any]:
    """The columns that form_row and figure have in common."""
    return {
        "document_id": document_id, "table_no": fact.table_no, "side": fact.side, "row_no": fact.row_no,
        "code": fact.code, "label": fact.label,
        "canonical_label": canonical_label(names, fact, year),
        "level": fact.level, "is_sum": int(fact.is_sum), "role": fact.role, "group_label": fact.group_label,
        "parent_row_no": fact.parent_row_no, **_place(fact.place),
    }  # fmt: skip


def _form_row(document_id: str, row: RowFact, names: Names, year: int) -> Row:
    return {**_shared(document_id, row, names, year), "unread": ";".join(row.unread)}


def _figure(document_id: str, figure: FigureFact, names: Names, year: int) -> Row:
    return {
        "figure_id": figure_id(document_id, figure), **_shared(document_id, figure, names, year), "column": figure.column,
        "column_label": figure.column_label, "fen": figure.fen, "decimals": figure.decimals, "raw": figure.raw,
        "box": ",".join(f"{value:.1f}" for value in figure.box) if figure.box else None,
    }  # fmt: skip


def figure_id(document_id: str, figure: FigureFact) -> str:
    """The id of a printed amount, such as 0dfe996d89b0.t01.r003e.total: table, row, side, column."""
    return f"{document_id}.{figure_key(figure.table_no, figure.side, figure.row_no, figure.column)}"


def project_id(document_id: str, project: ProjectFact) -> str:
    """The id of a project row, such as 0dfe996d89b0.pc012: stage (c current, n carry-over) and printed row."""
    return f"{document_id}.p{STAGE_MARKS[project.stage]}{project.row_no:03d}"


def _sheet(document_id: str, sheet_id: str, sheet: SheetFact) -> Row:
    return {
        "sheet_id": sheet_id, "document_id": document_id, "project_name": sheet.project_name, "scope": sheet.scope,
        "office": sheet.office, "office_code": sheet.office_code, "unit_name": sheet.unit_name,
        "attribute": sheet.attribute, "term": sheet.term, "overview": sheet.overview, "basis": sheet.basis,
        "need": sheet.need, "safeguards": sheet.safeguards, "plan": sheet.plan, "term_goal": sheet.term_goal,
        "annual_goal": sheet.annual_goal, "filed_on": sheet.filed_on, **_notes("notes", sheet.notes, "; "),
        **_place(sheet.place),
    }  # fmt: skip


def _targets(document_id: str, sheet_id: str, sheet: SheetFact) -> list[Row]:
    counts: Counter[str] = Counter()
    rows: list[Row] = []
    for target in sheet.targets:
        counts[target.horizon] += 1
        number = f"{HORIZON_MARKS[target.horizon]}{counts[target.horizon]:03d}"
        rows.append(_target(document_id, sheet_id, f"{sheet_id}.{number}", target))
    return rows


def _target(document_id: str, sheet_id: str, target_id: str, target: TargetFact) -> Row:
    grade, rule = quality(target.target)
    return {
        "target_id": target_id, "sheet_id": sheet_id, "document_id": document_id, "horizon": target.horizon,
        "dimension": target.dimension, "category": target.category, "raw_category": target.raw_category,
        "indicator": target.indicator, "target": target.target, "operator": target.operator, "value": target.value,
        "unit": target.unit, "quality": grade, "rule": rule, **_notes("note", target.notes, "；"), **_place(target.place),
    }  # fmt: skip


def _projects(facts: DocumentFacts) -> list[Row]:
    rows: list[Row] = []
    for index, project in enumerate(facts.projects):
        sheet, link = facts.links.get(index, (None, "none"))
        rows.append({
            "project_id": project_id(facts.document_id, project), "document_id": facts.document_id,
            "name": project.name, "office": project.office, "stage": project.stage,
            "row_no": project.row_no, **{f"{fund}_fen": project.funds.get(fund) for fund in FUNDS},
            "sheet_id": None if sheet is None else sheet_id(facts.document_id, sheet), "link": link,
            **_place(project.place), "source": project.source,
        })  # fmt: skip
    return rows


def statement_id(document_id: str, number: int) -> str:
    """The id of the statement of a number counted from 1, such as 0dfe996d89b0.statement012."""
    return f"{document_id}.statement{number:03d}"


def statement_link_rows(facts: DocumentFacts) -> list[Row]:
    """The links of a document's numbers; position counts the links of one number from 1."""
    document_id = facts.document_id
    counts: Counter[str] = Counter()
    rows: list[Row] = []
    for index, link in enumerate(facts.statement_links):
        told = link.unread or facts.statements[link.statement or 0]
        own = statement_id(document_id, link.statement + 1) if link.statement is not None else None
        number_id = own or f"{document_id}.unread{index + 1:04d}"
        counts[number_id] += 1
        rows.append({
            "link_id": f"{number_id}.link{counts[number_id]:03d}", "document_id": document_id, "statement_id": own,
            "number_id": number_id, "position": counts[number_id], "section": told.section, "kind": told.kind,
            "subject": told.subject, "value": told.value, "unit": told.unit, "link": link.link, "role": link.role,
            "agrees": link.agrees, "figure_id": f"{document_id}.{link.figure}" if link.figure else None,
            "table_no": link.table_no, "row_no": link.row_no, "column": link.column,
            **_said("label", link.label, "zh"),
            "project_id": project_id(document_id, facts.projects[link.project]) if link.project is not None else None,
            "sheet_id": sheet_id(document_id, link.sheet) if link.sheet is not None else None,
            "other_statement_id": statement_id(document_id, link.other + 1) if link.other is not None else None,
            **_said("reason", link.reason, "zh"), "text": told.text, **_place(told.place),
            "at_page": link.at.page, "at_line": link.at.line,
        })  # fmt: skip
    return rows


def sheet_id(document_id: str, index: int) -> str:
    """The id of the sheet of an index counted from 0, such as 0dfe996d89b0.s01."""
    return f"{document_id}.s{index + 1:02d}"


def _statement(document_id: str, number: int, statement: StatementFact) -> Row:
    return {
        "statement_id": statement_id(document_id, number), "document_id": document_id,
        "section": statement.section, "kind": statement.kind, "subject": statement.subject, "value": statement.value,
        "unit": statement.unit, "text": statement.text, **_place(statement.place),
    }  # fmt: skip


def _check(document_id: str, number: int, check: CheckFact) -> Row:
    return {
        "check_id": f"{document_id}.check{number:03d}", "document_id": document_id, "rule": check.rule,
        "kind": kind_of(check.rule),
        **_said("label", check.label, "zh"), "left_fen": check.left_fen, "right_fen": check.right_fen,
        "tolerance_fen": check.tolerance_fen, "status": check.status, "left_ref": check.left_ref,
        "right_ref": check.right_ref, **_said("explanation", check.explanation, "zh"),
    }  # fmt: skip


def _disclosure(document_id: str, item: DisclosureFact) -> Row:
    return {
        "document_id": document_id, "item_id": item.item_id, "group": item.group, "item": item.item,
        "status": item.status, **_said("evidence", item.evidence, "zh"),
    }  # fmt: skip


_IDS = {"figure": "figure_id", "project": "project_id"}


def _refuse_twins(facts: DocumentFacts, rows: Rows) -> None:
    for table, column in _IDS.items():
        twins = [name for name, count in Counter(row[column] for row in rows[table]).items() if count > 1]
        if twins:
            raise StoreError(
                f"{facts.source_file}: more than one {table} claims the id {twins[0]}; "
                "a row or column was read twice, compare with: python -m budgetdata show"
            )
