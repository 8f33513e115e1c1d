"""One document from file to facts: reader → sheets and outline → tables → figures and projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import NOWHERE, DocumentFacts, FigureFact, ProjectFact, RowFact, TableFact
from budgetdata.base.identify import identify
from budgetdata.base.raw import Paragraph, Problem, RawDocument
from budgetdata.base.said import Said, plain, said
from budgetdata.base.text import key
from budgetdata.build.parts import first_disclosure, mark_part, spare_what_is_elsewhere
from budgetdata.build.proved import RECOGNISED, keep_proved, unproved
from budgetdata.build.whose import head_of, own_sheets, refuse_other_kinds
from budgetdata.checks.disclosure import disclosure_items, standard_profile
from budgetdata.checks.identities import document_checks
from budgetdata.checks.sheets import sheet_checks
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import read_narrative
from budgetdata.narrative.told import told_of
from budgetdata.privacy.mask import mask_document
from budgetdata.readers import read_document
from budgetdata.register.sources import Source
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.links import link_projects, office_of
from budgetdata.sheets.remarks import grouped
from budgetdata.tables.outline import Outline, TableGroup, empty_is_stated, outline
from budgetdata.tables.reading import TableReading, read_table
from budgetdata.tables.sums import TableRow
from budgetdata.tables.unread_titles import unread_titles


def read_facts(path: Path, source: Source, forms: dict[int, Form] | None = None) -> DocumentFacts:
    """Everything one document states. Raises DocumentError where it cannot be read as a disclosure at all."""
    return facts_of(read_document(path), source, forms or standard_forms())


def facts_of(raw: RawDocument, source: Source, forms: dict[int, Form]) -> DocumentFacts:
    """The facts of a document already split into blocks; personal data are masked before anything is looked at."""
    raw = mask_document(raw)[0]
    head = identify(raw.blocks)
    refuse_other_kinds(raw, head)
    raw, another = first_disclosure(raw, head)
    blocks = raw.blocks
    sheets, problems, sheet_blocks = read_sheets(blocks)
    parts = outline(blocks, forms, sheet_blocks)
    facts = head_of(raw, source, head, sheets)
    facts.problems += another + grouped(problems)
    facts.sheets = own_sheets(facts, sheets)
    facts.paragraphs = parts.paragraphs
    names = {key(facts.department), *(key(sheet.unit_name) for sheet in facts.sheets if sheet.unit_name)}
    readings = _read_tables(facts, parts, forms, names, unread_titles(raw, forms))
    for reading in readings.values():
        _add_rows(facts, reading)
        facts.columns |= {(reading.form.no, side): columns for side, columns in reading.columns.items()}
        _add_projects(facts, reading)
    _report_left_out(facts, raw, parts)
    mark_part(facts, head, blocks)
    facts.links = link_projects(facts.projects, facts.sheets)
    told = told_of(facts)
    facts.problems += told.problems
    facts.statements, facts.statement_links = read_narrative(facts, told)
    facts.checks = [
        *document_checks(facts, forms | {no: reading.form for no, reading in readings.items()}),
        *sheet_checks(facts, facts.links),
        *narrative_checks(facts, told),
    ]
    facts.disclosure = disclosure_items(facts, standard_profile())
    spare_what_is_elsewhere(facts)
    if facts.source_kind == RECOGNISED:
        keep_proved(facts)
    if not facts.figures and not facts.sheets and not facts.part:
        raise DocumentError(
            f"{raw.source_file}: none of the thirteen tables and no performance sheet was found (没有找到预算表); "
            "is this a 部门预算公开? If its tables are named otherwise, add their titles to budgetdata/forms/"
        )
    return facts


def _read_tables(
    facts: DocumentFacts,
    parts: Outline,
    forms: dict[int, Form],
    names: set[str],
    unread: dict[int, tuple[Paragraph, Said]],
) -> dict[int, TableReading]:
    readings: dict[int, TableReading] = {}
    units = Counter(group.unit for group in parts.tables.values() if group.unit)
    largest = 0
    for no in sorted(forms, key=lambda no: (no in parts.tables and not parts.tables[no].unit, no)):
        group = parts.tables.get(no)
        if group is None and no in unread:
            title, reason = unread[no]
            facts.tables.append(TableFact(no, title.text, "", "unreadable", reason, title.place))
            continue
        if group is None:
            facts.tables.append(
                TableFact(no, "", "", "missing", plain(f"no table titled {forms[no].title} was found"), NOWHERE)
            )
            continue
        unit = group.unit or (next(iter(units)) if len(units) == 1 else "")
        if not unit:
            _refuse(facts, group, "no unit (单位：万元) is printed for it, so its amounts have no meaning")
            continue
        reading = read_table(group.form, group.fragments, unit, names, facts.year)
        if facts.source_kind == RECOGNISED:
            reading.unreadable = reading.unreadable or unproved(reading)
        if reading.unreadable:
            _refuse(facts, group, reading.unreadable)
            continue
        if group.cut and not reading.amounts:
            _refuse(facts, group, "rows with amounts stand behind it that could not be told to be its own")
            continue
        top = max((a.fen for rows in reading.sides.values() for row in rows for a in row.values.values()), default=0)
        if not group.unit and reading.amounts and (not largest or top > largest + largest // 100):
            _refuse(facts, group, f"no unit is printed for it, and in {unit} it would exceed the whole budget")
            continue
        if group.unit:
            largest = max(largest, top)
        elif reading.amounts:
            message = f"表{no} {forms[no].title} prints no unit: {unit} is that of the document's other tables"
            facts.problems.append(Problem("note", "unit", plain(message), group.place, no))
        names |= {key(row.label) for rows in reading.sides.values() for row in rows if no == 11 and row.level == 1}
        readings[no] = reading
        facts.problems += reading.problems
        facts.tables.append(_table_fact(group, reading))
    facts.tables.sort(key=lambda table: table.table_no)
    return readings


def _refuse(facts: DocumentFacts, group: TableGroup, reason: str) -> None:
    form = group.form
    facts.tables.append(TableFact(form.no, group.title, group.unit, "unreadable", plain(reason), group.place))
    message = f"表{form.no} {form.title} could not be read for certain: {reason}; compare with the original and add its layout"
    facts.problems.append(Problem("unread", "table", plain(message), group.place, form.no))


def _table_fact(group: TableGroup, reading: TableReading) -> TableFact:
    remarks = [*group.remarks, *reading.notes]
    stated = empty_is_stated(replace(group, remarks=remarks))
    broken = sum(p.severity == "unread" for p in reading.problems)
    reasons = [f"{broken} cells could not be read" if broken else "", *reading.placed_by, *remarks]
    status = "data" if reading.amounts or broken else "empty_stated" if stated else "empty"
    return TableFact(group.form.no, group.title, reading.unit, status, _reason(reasons), group.place)


def _reason(reasons: Sequence[str]) -> Said | None:
    words = "; ".join(text for text in reasons if text)
    return plain(words) if words else None


def _add_rows(facts: DocumentFacts, reading: TableReading) -> None:
    for side, rows in reading.sides.items():
        for row in rows:
            facts.rows.append(
                RowFact(
                    reading.form.no,
                    side,
                    row.row_no,
                    row.code,
                    row.label,
                    row.level,
                    row.is_sum,
                    row.role,
                    row.place,
                    _parent(row, rows),
                    row.group_label,
                )
            )
            facts.figures += _figures(reading, side, row, rows)


def _figures(reading: TableReading, side: str, row: TableRow, rows: Sequence[TableRow]) -> list[FigureFact]:
    return [
        FigureFact(
            table_no=reading.form.no,
            side=side,
            row_no=row.row_no,
            code=row.code,
            label=row.label,
            level=row.level,
            is_sum=row.is_sum,
            column=column,
            column_label=row.printed.get(column, ""),
            fen=amount.fen,
            decimals=amount.decimals,
            raw=amount.raw,
            place=row.place,
            parent_row_no=_parent(row, rows),
            group_label=row.group_label,
            role=row.role,
            box=row.boxes.get(column),
        )
        for column, amount in row.values.items()
    ]


def _parent(row: TableRow, rows: Sequence[TableRow]) -> int | None:
    return rows[row.parent].row_no if row.parent is not None else None


def _add_projects(facts: DocumentFacts, reading: TableReading) -> None:
    if not reading.form.stage:
        return
    for row in reading.sides[""]:
        if row.level == 0 or not row.values:
            continue
        funds = {name: amount.fen for name, amount in row.values.items()}
        facts.projects.append(
            ProjectFact(
                reading.form.stage,
                row.row_no,
                row.label,
                row.group_label or office_of(row.label),
                dict(funds),
                row.place,
            )
        )


def _report_left_out(facts: DocumentFacts, raw: RawDocument, parts: Outline) -> None:
    for left in parts.left_out:
        if left.amounts:
            message = (
                f"{left.rows} rows with {left.amounts} amounts under '{left.title}' (to {left.last}) belong to no table that "
                "is known; compare the original, or add its title to budgetdata/forms/"
            )
            facts.problems.append(Problem("unread", "table", plain(message), left.first))
        else:
            message = f"left out, no budget table: {left.title} ({left.rows} rows, to {left.last})"
            facts.problems.append(Problem("note", "appendix", plain(message), left.first))
    for group in parts.tables.values():
        for paragraph in group.between:
            message = (
                f"表{group.form.no} {group.form.title}: between its rows stands '{paragraph.text[:60]}', not part of it"
            )
            facts.problems.append(
                Problem("note", "row", plain(message), paragraph.place, group.form.no, paragraph.text)
            )
    for group in parts.again:
        message = f"表{group.form.no} {group.form.title} is printed once more; the first one is read, this one is not"
        facts.problems.append(Problem("unread", "table", plain(message), group.place, group.form.no))
    marks = Counter(reason for _, reason in raw.left_out)
    for reason, count in marks.items():
        mark = said("readers.left_out_times", n=count, what=reason)
        facts.problems.append(Problem("note", "furniture", mark, NOWHERE))
    facts.problems += [Problem("unread", "page", reason, place) for place, reason in raw.unreadable + raw.gaps]
    facts.problems += [Problem("note", "page", note, place) for place, note in raw.notes + raw.repeated]
