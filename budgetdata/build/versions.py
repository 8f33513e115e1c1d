"""Documents of one body and year held against each other: parts of one disclosure, corrections, versions that differ.

One of several versions counts; the others stay readable and count nowhere. A unit's budget is no version of its department's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from budgetdata.base.facts import NOWHERE, DocumentFacts, TableFact
from budgetdata.base.raw import Problem
from budgetdata.base.said import Said, said

NARRATIVE, TABLES, PERFORMANCE = "narrative", "tables", "performance"
_CORRECTION = re.compile(r"更正|修订|修正|勘误|调整后|重新公开")
"""In a file's name or a title: this file corrects an earlier one."""


def settle(documents: Sequence[DocumentFacts]) -> list[Said]:
    """Tell parts and versions of one disclosure in each document, decide which counts, and return what was found."""
    bodies: dict[tuple[str, int], list[DocumentFacts]] = defaultdict(list)
    for facts in documents:
        bodies[facts.department, facts.year].append(facts)
    found: list[Said] = []
    for group in bodies.values():
        found += _join_parts(group)
        _join_sheets(group)
    for group in bodies.values():
        versions: dict[tuple[str, str], list[DocumentFacts]] = defaultdict(list)
        for facts in group:
            versions[facts.kind, facts.part].append(facts)
        for same in versions.values():
            found += _settle_versions(same) if len(same) > 1 else []
    return found


def correction_of(facts: DocumentFacts) -> str:
    """The word by which a document says that it corrects another (更正), in its title or its file's name; '' for none."""
    named = _CORRECTION.search(facts.source_file)
    return facts.corrected or (named[0] if named else "")


def _join_parts(group: Sequence[DocumentFacts]) -> list[Said]:
    """Narrative and tables of one disclosure in two files: of one kind, and each told where the other is."""
    narratives = [facts for facts in group if facts.part == NARRATIVE]
    tables = [facts for facts in group if facts.part == TABLES]
    if len(narratives) != 1 or len(tables) != 1:
        return []
    narrative, table = narratives[0], tables[0]
    table.kind, table.region = narrative.kind, narrative.region
    for facts, alone in ((narrative, "register.narrative_only"), (table, "register.tables_only")):
        facts.problems = [problem for problem in facts.problems if problem.message.code != alone]
    here = said("register.tables_in", file=table.source_file, document=table.document_id)
    narrative.problems.append(Problem("note", "document", here, NOWHERE))
    there = said("register.narrative_in", file=narrative.source_file, document=narrative.document_id)
    table.problems.append(Problem("note", "document", there, NOWHERE))
    elsewhere = said("register.tables_elsewhere", file=table.source_file)
    narrative.tables = [replace(fact, reason=elsewhere) for fact in narrative.tables]
    return [
        said(
            "register.parts",
            one=narrative.source_file,
            other=table.source_file,
            department=table.department,
            year=table.year,
        )
    ]


def _join_sheets(group: Sequence[DocumentFacts]) -> None:
    """Sheets published in a file of their own count nowhere beside the document they belong to, and say where that is."""
    others = [facts for facts in group if facts.figures]
    for sheets in (facts for facts in group if facts.part == PERFORMANCE and others):
        sheets.counts = False
        sheets.problems = [one for one in sheets.problems if one.message.code != "register.performance_only"]
        where = said("register.rest_in", file=others[0].source_file, document=others[0].document_id)
        sheets.problems.append(Problem("note", "document", where, NOWHERE))
        elsewhere = said("register.rest_elsewhere", file=others[0].source_file)
        sheets.tables = [
            replace(fact, reason=elsewhere) if _code(fact) == "register.rest_not_here" else fact
            for fact in sheets.tables
        ]


def _code(table: TableFact) -> str:
    return table.reason.code if table.reason is not None else ""


def _settle_versions(same: Sequence[DocumentFacts]) -> list[Said]:
    """One version counts: the latest correction, else the latest by date, else the one of which most was read."""
    corrections = [facts for facts in same if correction_of(facts)]
    valid, why = _latest(corrections or same)
    found: list[Said] = []
    for facts, label in zip(same, _labels(same), strict=True):
        facts.label = label
        if facts is valid:
            continue
        facts.counts = False
        if corrections:
            facts.replaced_by = valid.document_id
            old, new = "register.replaced_by", "register.replaces"
        else:
            old, new = "register.not_counted", "register.counted"
        names = {
            "valid": valid.source_file,
            "valid_id": valid.document_id,
            "old": facts.source_file,
            "old_id": facts.document_id,
        }
        facts.problems.append(Problem("note", "version", said(old, **names, why=why), NOWHERE))
        valid.problems.append(Problem("note", "version", said(new, **names, why=why), NOWHERE))
        code = "register.corrected" if corrections else "register.versions"
        found.append(said(code, **names, department=facts.department, year=facts.year, why=why))
    return found


def _labels(same: Sequence[DocumentFacts]) -> list[str]:
    """What tells the versions apart: the word of correction, the cover's date, the day of registration, or the file's name."""
    for value in (correction_of, lambda facts: facts.dated, lambda facts: facts.registered_on):
        told = [value(facts) for facts in same]
        if len({*told}) == len(same) and all(told):
            return told
    corrected = [correction_of(facts) for facts in same]
    if sum(map(bool, corrected)) == 1:
        return [word or facts.source_file for word, facts in zip(corrected, same, strict=True)]
    return [facts.source_file for facts in same]


def _latest(documents: Sequence[DocumentFacts]) -> tuple[DocumentFacts, Said]:
    """The version that counts and why: the later date on the cover, the later registration, else more figures read."""
    for code, value in (
        ("register.later_date", lambda facts: facts.dated),
        ("register.later_registered", lambda facts: facts.registered_on),
        ("register.more_read", lambda facts: len(facts.figures)),
        ("register.later_name", lambda facts: facts.source_file),
    ):
        best = max(value(facts) for facts in documents)
        holders = [facts for facts in documents if value(facts) == best]
        if len(holders) == 1 and all(value(facts) for facts in documents):
            return holders[0], said(code)
    return documents[-1], said("register.later_name")
