"""Documents → database: read each one on its own, store what was read, name what was not."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tqdm import tqdm

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Problem
from budgetdata.base.settings import DATA_DIR, default_database
from budgetdata.base.text import one_line
from budgetdata.build.document import facts_of
from budgetdata.build.versions import settle
from budgetdata.build.workers import each_done
from budgetdata.forms.declared import standard_forms
from budgetdata.privacy.mask import mask
from budgetdata.readers import read_document
from budgetdata.register.inputs import (
    Input,
    UsageError,
    digest,
    directory_inputs,
    origin_name,
    registered_inputs,
)
from budgetdata.register.sources import Source
from budgetdata.store.database import create, refuse_foreign
from budgetdata.store.rows import document_rows
from budgetdata.words.catalogue import tell


@dataclass(slots=True)
class DocumentReport:
    """What came of one document: its facts, or the reason why it could not be read at all."""

    source: Source
    facts: DocumentFacts | None = None
    error: str = ""

    @property
    def unread(self) -> list[Problem]:
        """The problems that mean something was not read."""
        return [problem for problem in self.facts.problems if problem.severity == "unread"] if self.facts else []

    @property
    def is_read(self) -> bool:
        """True where the whole document was read."""
        return not self.error and not self.unread

    def lines(self) -> Iterator[str]:
        """One summary line, then one line for everything that was not read: where, what, why, what to do next."""
        if self.facts is None:
            yield f"FAILED {self.source.source_file}: {self.error.removeprefix(f'{self.source.source_file}: ')}"
            return
        facts = self.facts
        with_data = sum(table.status == "data" for table in facts.tables)
        targets = sum(len(sheet.targets) for sheet in facts.sheets)
        state = "ok" if self.is_read else "PARTIAL"
        yield (
            f"{state} {facts.document_id} {facts.department} {facts.year}: "
            f"{with_data}/{len(facts.tables)} tables with data, {len(facts.figures)} figures, "
            f"{len(facts.projects)} projects, {len(facts.sheets)} sheets, {targets} targets, "
            f"{len(self.unread)} unread, {len(facts.problems) - len(self.unread)} notes"
        )
        for problem in self.unread:
            where = f"{facts.source_file}, {problem.place}"
            yield f"  unread {where}: {_problem_text(problem)}. {_next_step(facts, problem)}"


def _problem_text(problem: Problem) -> str:
    table = f"表{problem.table_no} " if problem.table_no else ""
    raw = f" (printed: {problem.raw!r})" if problem.raw else ""
    return f"{table}{problem.subject}: {tell('en', problem.message)}{raw}"


def _next_step(facts: DocumentFacts, problem: Problem) -> str:
    table = f" --table {problem.table_no}" if problem.table_no else ""
    return f"Compare: python -m budgetdata show {facts.document_id}{table}"


@dataclass(slots=True)
class BuildReport:
    """What a build did: a report for each document, where the database is and whether it was replaced."""

    database: Path
    documents: list[DocumentReport]
    notes: list[str] = field(default_factory=list)
    version: str = ""
    replaced: bool = False

    @property
    def exit_code(self) -> int:
        """0 where everything was read and stored, 1 where something was not."""
        return 0 if self.replaced and all(document.is_read for document in self.documents) else 1

    def lines(self) -> Iterator[str]:
        """The report as text, line by line; whatever a file prints or is called, each is one line and names nobody."""
        return (one_line(mask(line)[0]) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        for document in self.documents:
            yield from document.lines()
        yield from (f"note {note}" for note in self.notes)
        stored = sum(document.facts is not None for document in self.documents)
        if self.replaced:
            yield f"{self.database}: {stored} of {len(self.documents)} documents, version {self.version}"
        else:
            yield f"{self.database}: not replaced, for {self._reason()}"

    def _reason(self) -> str:
        if all(document.facts is None for document in self.documents):
            return "no document could be read"
        return "something was not read and --strict was given"


def build(
    db: Path | None = None,
    *,
    from_dir: Path | None = None,
    data_dir: Path = DATA_DIR,
    jobs: int = 0,
    strict: bool = False,
    progress: bool = False,
    ocr: bool = False,
) -> BuildReport:
    """Read the registered documents (or all of `from_dir`) into a new database that replaces `db` in whole.

    jobs: processes to read with, 0 for one a processor. strict: do not replace the database where anything is unread.
    progress: a bar on stderr where that is a terminal. ocr: recognise scanned pages, of which only what sums prove is
    kept. Raises UsageError where there is nothing to read or OCR is asked for and not installed, and
    StoreError where the database cannot be written; a document that cannot be read is in the report instead.
    """
    database = db or default_database()
    if ocr:
        from budgetdata.readers.pdf.ocr import INSTALL, is_installed

        if not is_installed():
            raise UsageError(INSTALL)
    refuse_foreign(database)
    inputs, notes = directory_inputs(from_dir) if from_dir else (registered_inputs(data_dir), [])
    meta = {"inputs": digest(inputs), "origin": origin_name(from_dir, database)}
    report = BuildReport(database, _read_all(inputs, jobs, progress, ocr), notes)
    facts = [document.facts for document in report.documents if document.facts is not None]
    report.notes += [tell("en", found) for found in settle(facts)]
    if facts and not (strict and any(not document.is_read for document in report.documents)):
        report.version = create(database, facts, meta=meta)
        report.replaced = True
    return report


def _read_all(inputs: Sequence[Input], jobs: int, progress: bool, ocr: bool) -> list[DocumentReport]:
    workers = min(jobs or os.cpu_count() or 1, len(inputs))
    bar = tqdm(total=len(inputs), unit="doc", file=sys.stderr, disable=None if progress else True, leave=False)
    with bar:
        if workers == 1:
            reports = []
            for item in inputs:
                bar.set_postfix_str(item.source.source_file)
                reports.append(read_one(item, ocr))
                bar.update()
            return reports
        return _read_in_pool(inputs, workers, bar, ocr)


def _read_in_pool(inputs: Sequence[Input], workers: int, bar: tqdm[None], ocr: bool) -> list[DocumentReport]:
    reports: dict[int, DocumentReport] = {}
    with contextlib.closing(each_done(partial(read_one, ocr=ocr), inputs, workers)) as done:
        for number, report in done:
            if isinstance(report, Exception):
                reason = f"the process reading it ended ({type(report).__name__}); try again with --jobs 1"
                report = DocumentReport(inputs[number].source, error=reason)
            reports[number] = report
            bar.update()
    return [reports[number] for number in range(len(inputs))]


def read_one(item: Input, ocr: bool = False) -> DocumentReport:
    """One document read, masked and proved storable; whatever goes wrong is in the report, never raised."""
    if item.error:
        return DocumentReport(item.source, error=item.error)
    try:
        if not item.path.is_file():
            missing = f"{item.path} is missing; restore it from git or add the document again"
            return DocumentReport(item.source, error=missing)
        raw = read_document(item.path, ocr)
        facts = facts_of(raw, item.source, standard_forms())
        document_rows(facts, {})
        return DocumentReport(item.source, facts)
    except BudgetDataError as error:
        return DocumentReport(item.source, error=mask(str(error))[0])
    except OSError as error:
        return DocumentReport(
            item.source, error=f"cannot be read ({error.strerror}); check the file and its permissions"
        )
    except Exception as error:
        fault = mask(f"{type(error).__name__}: {error}")[0]
        return DocumentReport(item.source, error=f"internal error, please report it with the document ({fault})")
