"""Whose a document is, of which year, kind and place: the head of its facts, and which sheets are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import NOWHERE, DocumentFacts, SheetFact
from budgetdata.base.identify import printed_years
from budgetdata.base.raw import Paragraph, Problem, RawDocument
from budgetdata.base.said import plain
from budgetdata.base.text import squeeze
from budgetdata.build.proved import RECOGNISED
from budgetdata.register.sources import Source, document_id_of
from budgetdata.sheets.links import foreign_sheets
from budgetdata.tables.outline import Outline

_COVER = re.compile(r"^[^。;；]{0,30}(?:部门|单位|年度|年)预算(?!收|支)[^。;；…]{0,10}$")


def head_of(raw: RawDocument, source: Source, parts: Outline, sheets: Sequence[SheetFact]) -> DocumentFacts:
    """The facts of a document that hold only its head: whose it is, of which year, and where it comes from."""
    department, year, note = _whose(raw, source, parts)
    codes = Counter(sheet.office_code for sheet in sheets if sheet.office_code)
    facts = DocumentFacts(
        department=department,
        department_code=source.department_code or (codes.most_common(1)[0][0] if codes else ""),
        year=year,
        region=source.region,
        kind=source.kind,
        source_file=source.source_file or raw.source_file,
        source_kind=raw.source_kind if raw.source_kind == RECOGNISED else source.source_kind or raw.source_kind,
        source_sha256=source.source_sha256,
        source_url=source.source_url,
        pages=raw.pages,
        document_id=source.document_id or document_id_of(source.source_sha256),
    )
    if note:
        facts.problems.append(Problem("note", "document", plain(note), NOWHERE))
    facts.problems += _years_that_differ(raw, parts, year)
    return facts


def own_sheets(facts: DocumentFacts, sheets: Sequence[SheetFact]) -> list[SheetFact]:
    """The sheets that are the document's own; one of another department is reported, and not published under this one.

    Not told apart where the document prints no department and is named after its file.
    """
    if facts.department == Path(facts.source_file).stem:
        return list(sheets)
    foreign = dict(foreign_sheets(sheets, facts.department))
    for number, authority in foreign.items():
        message = (
            f"《{sheets[number].project_name}》绩效表：主管部门印作“{authority}”，本文件的部门是“{facts.department}”，未收入；"
            "若原文是两份文件，请分开登记；若是同一部门的另一名称，请以 --department 写明"
        )
        facts.problems.append(Problem("unread", "sheet", plain(message), sheets[number].place))
    own = [sheet for number, sheet in enumerate(sheets) if number not in foreign]
    codes = Counter(sheet.office_code for sheet in own if sheet.office_code)
    if foreign and codes and facts.department_code not in codes:
        facts.department_code = codes.most_common(1)[0][0]
    return own


def _years_that_differ(raw: RawDocument, parts: Outline, year: int) -> list[Problem]:
    """A note where the cover prints another year than the titles of the tables do."""
    leading = takewhile(lambda block: isinstance(block, Paragraph), raw.blocks)
    covers = [block for block in leading if isinstance(block, Paragraph) and _COVER.search(squeeze(block.text))]
    cover = next(((years[0], block) for block in covers if (years := printed_years(block.text))), None)
    titles = Counter(max(years) for group in parts.tables.values() if (years := printed_years(group.title)))
    if cover is None or not titles or cover[0] == titles.most_common(1)[0][0]:
        return []
    common, count = titles.most_common(1)[0]
    message = (
        f"the cover says {cover[0]} and the titles of {count} tables say {common}: read as {year}; "
        "compare with the original"
    )
    return [Problem("note", "document", plain(message), cover[1].place)]


def _whose(raw: RawDocument, source: Source, parts: Outline) -> tuple[str, int, str]:
    """Department and year as registered, else as printed, else from the file's name, which a note then says."""
    stem = Path(source.source_file or raw.source_file).stem
    department = source.department or parts.department
    year = source.year or parts.year
    named = re.search(r"20\d\d", stem)
    taken = [word for word, value in (("department (部门)", department), ("year (年度)", year)) if not value]
    if (not year and not named) or (not department and not re.search(r"[\u4e00-\u9fff]{2}", stem)):
        raise DocumentError(
            f"{raw.source_file}: no {' and '.join(taken)} found in it nor in its name; "
            f"register it with: python -m budgetdata add {raw.source_file} --department NAME --year YYYY"
        )
    note = f"the document prints no {' and '.join(taken)}: taken from its file name '{stem}'" if taken else ""
    return department or stem, year or int(named.group() if named else 0), note
