"""One document from file to facts: reader → sheets and outline → tables → figures and projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from budgetdata.base.bounds import part_bounds
from budgetdata.base.errors import BudgetDataError, DocumentError
from budgetdata.base.facts import NOWHERE, CheckFact, DisclosureFact, DocumentFacts, LinkFact, SheetFact, StatementFact
from budgetdata.base.identify import identify
from budgetdata.base.raw import TEXT_CUT, Problem, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import key, squeeze
from budgetdata.build.figures import add_reading
from budgetdata.build.grouping import grouped
from budgetdata.build.guard import fault, guarded
from budgetdata.build.parts import first_disclosure, mark_part, spare_what_is_elsewhere
from budgetdata.build.proved import RECOGNISED, keep_proved
from budgetdata.build.sound import sound
from budgetdata.build.tables import TablesReader, report_left_out
from budgetdata.build.whose import head_of, own_sheets, refuse_other_kinds, why_nothing_was_found
from budgetdata.checks.disclosure import disclosed, standard_profile
from budgetdata.checks.disclosure_text import Printed
from budgetdata.checks.identities import table_checks
from budgetdata.checks.printed import Line, every_line
from budgetdata.checks.sheets import sheet_checks
from budgetdata.checks.slips import without_slips_of_units
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import read_narrative
from budgetdata.narrative.spoken import spoken_facts
from budgetdata.narrative.told import told_of
from budgetdata.privacy.mask import mask_document
from budgetdata.projects.columns import read_columns
from budgetdata.projects.leaves import leaf_projects
from budgetdata.projects.listed import listed_projects
from budgetdata.projects.read import read_lists
from budgetdata.projects.unheaded import unheaded
from budgetdata.readers import read_document
from budgetdata.register.sources import Source
from budgetdata.sheets.find import read_sheets
from budgetdata.sheets.links import EXACT, link_projects
from budgetdata.sheets.remarks import grouped as grouped_sheets
from budgetdata.sheets.remarks import mark_cut
from budgetdata.sheets.unruled import run_together, unruled
from budgetdata.tables.groups import Outline
from budgetdata.tables.outline import outline
from budgetdata.tables.reading import TableReading

Sheets = tuple[list[SheetFact], list[Problem], set[int]]


def read_facts(path: Path, source: Source, forms: dict[int, Form] | None = None) -> DocumentFacts:
    """Everything one document states. Raises DocumentError where it cannot be read as a disclosure at all."""
    return facts_of(read_document(path), source, forms or standard_forms())


def facts_of(raw: RawDocument, source: Source, forms: dict[int, Form]) -> DocumentFacts:
    """The facts of a document already split into blocks; personal data are masked before anything is looked at.

    What goes wrong inside a part is a problem of that part: the rest is read. Raises DocumentError where nothing is left.
    """
    raw = mask_document(raw)[0]
    raw, head = sound(raw, said("build.part.cover"), lambda whole: identify(whole.blocks))
    refuse_other_kinds(raw, head)
    raw, another = first_disclosure(raw, head)
    raw, lines = sound(raw, said("build.part.outline"), lambda whole: every_line(whole, forms))
    raw, (sheets, problems, found), failed = _sheets(raw)
    own = {id(raw.blocks[index]) for index in found}
    raw, parts = sound(raw, said("build.part.outline"), lambda whole: _outline(whole, forms, _numbers(whole, own)))
    facts = head_of(raw, source, head, sheets)
    facts.problems += [*another, *grouped_sheets(problems), *failed]
    facts.sheets = own_sheets(facts, sheets)
    facts.paragraphs = parts.paragraphs
    names = {key(facts.department), *(key(sheet.unit_name) for sheet in facts.sheets if sheet.unit_name)}
    readings = TablesReader(facts, raw, parts, forms, names, lines).read()
    for reading in readings.values():
        add_reading(facts, reading)
    report_left_out(facts, parts)
    _report_reader(facts, raw)
    mark_part(facts, head, raw, _numbers(raw, own))
    facts.links = guarded(facts, said("build.part.links"), lambda: link_projects(facts.projects, facts.sheets), {})
    narrative = _narrative(facts)
    facts.checks = without_slips_of_units([*_checks(facts, readings, forms), *narrative], readings.values())
    facts.disclosure = _disclosure(facts, raw, lines)
    _add_listed(facts)
    spare_what_is_elsewhere(facts)
    if facts.source_kind == RECOGNISED:
        keep_proved(facts)
    facts.problems = grouped(facts.problems)
    if not facts.figures and not facts.sheets and not facts.part:
        raise DocumentError(why_nothing_was_found(raw, facts.tables))
    return facts


def outline_of(raw: RawDocument, forms: dict[int, Form]) -> Outline:
    """Which block of a masked document is what, as `facts_of` goes by it."""
    raw, (_, _, found), _ = _sheets(raw)
    return _outline(raw, forms, set(found))


def promises_of(raw: RawDocument) -> Sheets:
    """The sheets of a masked document with every problem of theirs, and the blocks that they fill."""
    return _sheets(raw)[1]


def _outline(raw: RawDocument, forms: dict[int, Form], sheet_blocks: set[int]) -> Outline:
    return outline(raw.blocks, forms, sheet_blocks, [place.page for place, _ in raw.gaps if place.page])


def _numbers(raw: RawDocument, blocks: set[int]) -> set[int]:
    """The indexes of the blocks that are meant, by their ids."""
    return {index for index, block in enumerate(raw.blocks) if id(block) in blocks}


def _sheets(raw: RawDocument) -> tuple[RawDocument, Sheets, list[Problem]]:
    """The sheets, their problems and blocks; where reading them fails, none of them and that as a problem."""
    part = said("build.part.sheets")
    try:
        with part_bounds():
            return *sound(raw, part, _read_sheets), []
    except BudgetDataError:
        raise
    except Exception as error:
        return raw, ([], [], set()), [Problem("unread", "fault", fault(part, error), NOWHERE)]


def _read_sheets(raw: RawDocument) -> Sheets:
    lists = read_lists(raw.blocks)
    lists.add(read_columns(raw.blocks, lists.blocks))
    sheets, problems, blocks = read_sheets(raw.blocks, lists.blocks)
    sheets = sorted([*sheets, *lists.sheets], key=lambda sheet: (sheet.place.page or 0, sheet.place.line or 0))
    taken = blocks | lists.blocks
    told = [*unruled(raw.blocks, sheets), *run_together(raw.blocks, taken), *unheaded(raw.blocks, taken)]
    return sheets, [*problems, *lists.problems, *told], taken


def _add_listed(facts: DocumentFacts) -> None:
    """Add the projects that no table of projects prints: leaves of an expenditure table, else those of performance sheets and
    lists alone. Checks know nothing of them."""
    leaves = leaf_projects(facts.projects, facts.rows, facts.figures)
    held = len(facts.projects)
    facts.projects += leaves
    if leaves:
        linked: dict[int, tuple[int | None, str]] = guarded(
            facts, said("build.part.links"), lambda: link_projects(leaves, facts.sheets), {}
        )
        facts.links |= {held + index: link for index, link in linked.items()}
    for project, sheet in listed_projects(facts.projects, facts.sheets):
        facts.links[len(facts.projects)] = (sheet, EXACT)
        facts.projects.append(project)


def _narrative(facts: DocumentFacts) -> list[CheckFact]:
    """Read the narrative into the facts; its checks come back. What fails in it leaves the rest of it as it is."""
    told = guarded(facts, said("build.part.narrative"), lambda: told_of(facts), None)
    if told is None:
        return []
    facts.problems += told.problems
    nothing: tuple[list[StatementFact], list[LinkFact]] = ([], [])
    read = guarded(facts, said("build.part.narrative"), lambda: read_narrative(facts, told), nothing)
    facts.statements, facts.statement_links = read
    facts.spoken = guarded(facts, said("build.part.narrative"), lambda: spoken_facts(told), [])
    return guarded(facts, said("build.part.narrative_checks"), lambda: list(narrative_checks(facts, told)), [])


def _checks(facts: DocumentFacts, readings: dict[int, TableReading], forms: dict[int, Form]) -> list[CheckFact]:
    """The checks that rest on tables and sheets, each part by itself."""
    checks: list[CheckFact] = []
    for rule, table_no, work in table_checks(facts.tables, readings, forms):
        checks += guarded(facts, said("build.part.check", rule=rule), partial(_listed, work), [], table_no)
    checks += guarded(facts, said("build.part.sheet_checks"), lambda: sheet_checks(facts, facts.links), [])
    return checks


def _listed(work: Callable[[], Iterable[CheckFact]]) -> list[CheckFact]:
    return list(work())


def _disclosure(facts: DocumentFacts, raw: RawDocument, lines: list[Line]) -> list[DisclosureFact]:
    unread_page = next((place for place, _ in raw.unreadable if place.line is None), None)
    found: list[DisclosureFact] = []
    for item in standard_profile().items:
        part = said("build.part.disclosure", item=item["id"])
        found += guarded(facts, part, partial(_item, facts, item, Printed(lines, unread_page)), [])
    return found


def _item(facts: DocumentFacts, item: dict[str, Any], printed: Printed) -> list[DisclosureFact]:
    return [disclosed(facts, item, printed)]


def _report_reader(facts: DocumentFacts, raw: RawDocument) -> None:
    """Tell what the reader of the file left out, did not read, or read as what it is."""
    first = {reason.code: reason for _, reason in reversed(raw.left_out)}
    cut = [(place, reason) for place, reason in raw.left_out if reason.code == TEXT_CUT]
    marks = Counter(
        first[reason.code] if reason.code == "readers.page_number" else reason
        for _, reason in raw.left_out
        if reason.code != TEXT_CUT
    )
    if cut:
        texts = said("readers.texts_cut", n=len(cut), text=cut[0][1].args["text"])
        facts.problems.append(Problem("note", "cell", texts, cut[0][0]))
        mark_cut(facts.sheets, {(place.page, squeeze(reason.args["text"])) for place, reason in cut})
    for reason, count in marks.items():
        mark = said("readers.left_out_times", n=count, what=reason)
        facts.problems.append(Problem("note", "furniture", mark, NOWHERE))
    facts.problems += [Problem("unread", "page", reason, place) for place, reason in raw.unreadable + raw.gaps]
    facts.problems += [Problem("note", "page", note, place) for place, note in raw.notes + raw.repeated]
