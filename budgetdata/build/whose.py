"""Whose a document is, of which year, kind and place: the head of its facts, and which sheets are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import NOWHERE, DocumentFacts, SheetFact, TableFact
from budgetdata.base.identify import Head, cover_of, lines_of
from budgetdata.base.leaves import FILE
from budgetdata.base.raw import Problem, RawDocument
from budgetdata.base.region import region_of
from budgetdata.base.said import said
from budgetdata.base.text import half_width, squeeze
from budgetdata.base.titles import OFFICE_END, Kind
from budgetdata.build.proved import RECOGNISED
from budgetdata.privacy.mask import mask_name
from budgetdata.register.sources import Source, document_id_of
from budgetdata.sheets.links import foreign_sheets
from budgetdata.words.catalogue import tell

_FINAL_ACCOUNTS = "final_accounts"


@dataclass(frozen=True, slots=True)
class _Whose:
    """Department and year of a document, and which of them its file's name had to tell."""

    department: str
    year: int
    from_name: tuple[str, ...]


def refuse_other_kinds(raw: RawDocument, head: Head) -> None:
    """Raise DocumentError where the cover says that the document is no budget, with its title as evidence."""
    if head.what == _FINAL_ACCOUNTS:
        raise DocumentError(
            f"{raw.source_file}: final accounts (决算), not a budget: its title is '{head.title}' ({head.title_place}); "
            "leave it out, and fetch the department's 部门预算公开"
        )


_OTHER_KINDS = (
    (re.compile(r"关于.{2,60}的?(?:通知|公告|通告|公示|函|批复|意见|决定|请示)$"), "a notice (通知)"),
    (re.compile(r"绩效(?:自?评价|自评).{0,12}$"), "an evaluation of performance (绩效评价)"),
    (
        re.compile(r"(?:财政|政府)(?:收支|总)?(?:预算|决算|预决算)|预算执行情况"),
        "a government's budget or accounts (政府预算)",
    ),
    (re.compile(r"专项(?:资金|转移支付|债券|经费)"), "about special funds (专项资金)"),
    (re.compile(r"决算"), "final accounts (决算)"),
    (re.compile(r"(?:采购|招标|中标|意向)"), "about purchasing (政府采购)"),
)
"""Titles of what stands beside budgets in a directory, and what each is; the first that fits names it."""


def why_nothing_was_found(raw: RawDocument, tables: Sequence[TableFact]) -> str:
    """Why a document of which no table and no sheet was read is none to store: what its title says it is, or what of its
    tables stands in the way."""
    return (
        _other_kind(raw)
        or _unread(raw, tables)
        or (
            f"{raw.source_file}: none of the thirteen tables and no performance sheet was found (没有找到预算表); "
            "is this a 部门预算公开? If its tables are named otherwise, add their titles to budgetdata/forms/"
        )
    )


def _unread(raw: RawDocument, tables: Sequence[TableFact]) -> str:
    """Which tables are printed of which none could be read, and why the first of them; '' where none is printed."""
    printed = [table for table in tables if table.status == "unreadable" and (table.title or _is_listed(table))]
    if not printed:
        return ""
    why = next((tell("en", table.reason) for table in printed if table.reason is not None), "")
    numbers = ", ".join(str(table.table_no) for table in printed)
    return (
        f"{raw.source_file}: tables {numbers} are printed, and none of them could be read (预算表都没有读出); the first: {why}; "
        "draft-layout says what of them is not understood"
    )


def _is_listed(table: TableFact) -> bool:
    return table.reason is not None and table.reason.code == "table.in_contents"


def _other_kind(raw: RawDocument) -> str:
    for line in cover_of(list(lines_of(raw.blocks))):
        title = squeeze(line.text)
        kind = next((kind for pattern, kind in _OTHER_KINDS if pattern.search(title)), "")
        if kind:
            return f"{raw.source_file}: {kind}, no department's budget: its title is '{title}' ({line.place}); leave it out"
    return ""


def head_of(raw: RawDocument, source: Source, head: Head, sheets: Sequence[SheetFact]) -> DocumentFacts:
    """The facts of a document that hold only its head: whose it is, of which year, and where it comes from."""
    whose = _whose(raw, source, head)
    codes = Counter(sheet.office_code for sheet in sheets if sheet.office_code)
    facts = DocumentFacts(
        department=whose.department,
        department_code=source.department_code or (codes.most_common(1)[0][0] if codes else ""),
        year=whose.year,
        region=source.region or head.region or region_of(whose.department),
        kind=source.kind or head.kind or Kind.DEPARTMENT,
        source_file=_published_name(source, raw),
        source_kind=raw.source_kind if raw.source_kind == RECOGNISED else source.source_kind or raw.source_kind,
        source_sha256=source.source_sha256,
        source_url=source.source_url,
        pages=raw.pages,
        document_id=source.document_id or document_id_of(source.source_sha256),
        corrected=head.corrected,
        dated=head.dated,
        registered_on=source.registered_on,
        leaves=raw.leaves,
        files=tuple(name for page, name in raw.leaves.items() if page % FILE == 0),
    )
    if whose.from_name:
        taken = [said(f"register.{what}") for what in whose.from_name]
        note = said("register.from_file_name", what=taken, name=Path(facts.source_file).stem)
        facts.problems.append(Problem("note", "document", note, NOWHERE))
    facts.problems += _years_that_differ(head, facts.year)
    return facts


def _published_name(source: Source, raw: RawDocument) -> str:
    """How the document's file is called, without persons."""
    return mask_name(source.source_file) if source.source_file else raw.source_file


def own_sheets(facts: DocumentFacts, sheets: Sequence[SheetFact]) -> list[SheetFact]:
    """The sheets that are the document's own; one of another department is reported, and not published under this one.

    Not told apart where the document prints no department and is named after its file.
    """
    if facts.department == Path(facts.source_file).stem:
        return list(sheets)
    foreign = dict(foreign_sheets(sheets, facts.department))
    for number, authority in foreign.items():
        name = sheets[number].project_name
        if OFFICE_END.search(half_width(authority)):
            message = said("register.foreign_sheet", sheet=name, authority=authority, department=facts.department)
        else:
            message = said("register.sheet_of_unknown", sheet=name, department=facts.department)
        facts.problems.append(Problem("unread", "sheet", message, sheets[number].place))
    own = [sheet for number, sheet in enumerate(sheets) if number not in foreign]
    codes = Counter(sheet.office_code for sheet in own if sheet.office_code)
    if foreign and codes and facts.department_code not in codes:
        facts.department_code = codes.most_common(1)[0][0]
    return own


def _years_that_differ(head: Head, year: int) -> list[Problem]:
    """A note for each year other than the cover's that titles of tables print."""
    if head.cover_year is None:
        return []
    return [
        Problem(
            "note",
            "document",
            said("register.years_differ", cover=head.cover_year, n=count, titles=other, year=year),
            head.title_place,
        )
        for other, count in sorted(head.table_years.items())
        if other != head.cover_year
    ]


def _whose(raw: RawDocument, source: Source, head: Head) -> _Whose:
    """Department and year as registered, else as printed, else from the file's name, which a note then says."""
    stem = Path(_published_name(source, raw)).stem
    department, year = source.department or head.department, source.year or head.year
    named = re.search(r"20\d\d", stem)
    if (not year and not named) or (not department and not re.search(r"[\u4e00-\u9fff]{2}", stem)):
        if other := _other_kind(raw):
            raise DocumentError(other)
        words = [word for word, value in (("department (部门)", department), ("year (年度)", year)) if not value]
        raise DocumentError(
            f"{raw.source_file}: no {' and '.join(words)} found in it nor in its name; "
            f"register it with: python -m budgetdata add {raw.source_file} --department NAME --year YYYY"
        )
    from_name = tuple(word for word, value in (("department", department), ("year", year)) if not value)
    return _Whose(department or stem, year or int(named.group() if named else 0), from_name)
