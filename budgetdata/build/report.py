"""What a build tells of each document and of itself, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.leaves import in_file, leaf_of
from budgetdata.base.raw import Place, Problem
from budgetdata.base.text import one_line
from budgetdata.register.sources import Source
from budgetdata.words.catalogue import tell


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read of a document, in numbers, and what was not or is odd."""

    document_id: str
    department: str
    year: int
    source_file: str
    tables: int
    with_data: int
    figures: int
    projects: int
    sheets: int
    targets: int
    problems: list[Problem]
    personal: list[str]
    """What of it looks like a person's name or number that was not masked, by column and kind; never the datum itself."""
    files: tuple[str, ...] = ()

    def where(self, place: Place) -> str:
        """The file of a place and where it is in it."""
        file = leaf_of(place.page or 0).file
        if not 0 < file <= len(self.files):
            return f"{self.source_file}, {place}"
        return f"{self.files[file - 1]}, {Place((place.page or 0) - in_file(file, None) or None, place.line)}"

    def line(self, state: str) -> str:
        """It all in one line; notes are problems that left nothing unread."""
        unread = sum(problem.severity == "unread" for problem in self.problems)
        return (
            f"{state} {self.document_id} {_nobody(self.department)} {self.year}: "
            f"{self.with_data}/{self.tables} tables with data, {self.figures} figures, "
            f"{self.projects} projects, {self.sheets} sheets, {self.targets} targets, "
            f"{unread} unread, {len(self.problems) - unread} notes"
        )


def summary_of(facts: DocumentFacts, personal: list[str]) -> Summary:
    """The summary of a document's facts, and of what in them looks personal."""
    return Summary(
        facts.document_id,
        facts.department,
        facts.year,
        facts.source_file,
        len(facts.tables),
        sum(table.status == "data" for table in facts.tables),
        len(facts.figures),
        len(facts.projects),
        len(facts.sheets),
        sum(len(sheet.targets) for sheet in facts.sheets),
        facts.problems,
        personal,
        facts.files,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a build told of its documents, for one that finds nothing changed: lines, how many documents, whether all is read."""

    lines: list[str]
    documents: int
    is_read: bool


@dataclass(slots=True)
class DocumentReport:
    """What came of one document: what was read of it, or the reason why it could not be read at all.

    found: its summary, or what looks it up. before: what is told of it, where known: its summary is then seldom asked for.
    """

    source: Source
    found: Summary | Callable[[], Summary] | None = None
    error: str = ""
    before: Told | None = None

    @property
    def summary(self) -> Summary | None:
        """What was read of it in numbers; None where it could not be read."""
        if callable(self.found):
            self.found = self.found()
        return self.found

    @property
    def problems(self) -> list[Problem]:
        """What was not read of it or is odd."""
        return self.summary.problems if self.summary else []

    @property
    def unread(self) -> list[Problem]:
        """The problems that mean something was not read."""
        return [problem for problem in self.problems if problem.severity == "unread"]

    @property
    def personal(self) -> list[str]:
        """What of it looks like a person's name or number."""
        return self.summary.personal if self.summary else []

    @property
    def is_read(self) -> bool:
        """True where the whole document was read."""
        return self.before.is_read if self.before is not None else not self.error and not self.unread

    def told(self) -> Told:
        """What is told of it, each line one and naming nobody."""
        return self.before or Told([one_line(line) for line in self.lines()], 1, self.is_read)

    def lines(self) -> Iterator[str]:
        """One summary line, then one line for everything that was not read: where, what, why, what to do next; none names
        anybody. Of the summary only the department can, and it is looked at alone: there are as many as documents."""
        if self.summary is None:
            error = self.error.removeprefix(f"{self.source.source_file}: ")
            yield _masked(f"FAILED {self.source.source_file}: {error}")
            return
        yield self.summary.line("ok" if self.is_read else "PARTIAL")
        yield from (_masked(line) for line in self._unread(self.summary))

    def _unread(self, summary: Summary) -> Iterator[str]:
        for problem in self.unread:
            yield f"  unread {summary.where(problem.place)}: {_problem_text(problem)}. {_next_step(summary, problem)}"
        for left in self.personal:
            yield f"  personal {summary.source_file}, {left}. Look at it, and add its label to privacy/labels.toml"


def _masked(text: str) -> str:
    """A text that names nobody; what masks is loaded with the first, for a build that reads has it already."""
    from budgetdata.privacy.mask import mask_name

    return mask_name(text)


@lru_cache(maxsize=4096)
def _nobody(department: str) -> str:
    return _masked(department)


def _problem_text(problem: Problem) -> str:
    table = f"Table {problem.table_no} " if problem.table_no else ""
    raw = f" (printed: {problem.raw!r})" if problem.raw else ""
    return f"{table}{problem.subject}: {tell('en', problem.message)}{raw}"


def _next_step(summary: Summary, problem: Problem) -> str:
    table = f" --table {problem.table_no}" if problem.table_no else ""
    return f"Compare: python -m budgetdata show {summary.document_id}{table}"


def told_of(summary: Summary) -> Told:
    """What is told of a document that could be read."""
    return DocumentReport(Source(summary.source_file, ""), summary).told()


@dataclass(slots=True)
class BuildReport:
    """What a build did: a report for each document, where the database is and whether it was replaced.

    read: how many of the documents were read now; what the others gave was kept from an earlier build. before: what that told,
    where nothing changed since; `documents` are empty then.
    """

    database: Path
    documents: list[DocumentReport]
    notes: list[str] = field(default_factory=list)
    version: str = ""
    replaced: bool = False
    read: int = 0
    before: Told | None = None
    _told: Told | None = field(default=None, init=False, compare=False)

    @property
    def exit_code(self) -> int:
        """0 where everything was read and stored, 1 where something was not."""
        if self.before is not None:
            return 0 if self.before.is_read else 1
        return 0 if self.replaced and all(document.is_read for document in self.documents) else 1

    def lines(self) -> Iterator[str]:
        """The report as text, line by line; whatever a file prints or is called, each is one line and names nobody."""
        yield from (self.before or self.told()).lines
        yield one_line(_masked(self._end()))

    def told(self) -> Told:
        """What is told of the documents, each line one and naming nobody; put into words once, when all is done."""
        if self._told is None:
            each = [document.told() for document in self.documents]
            notes = [one_line(_masked(f"note {note}")) for note in self.notes]
            lines = [line for told in each for line in told.lines]
            self._told = Told(lines + notes, len(each), all(told.is_read for told in each))
        return self._told

    def _end(self) -> str:
        if not self.replaced:
            return f"{self.database}: not replaced, for {self._reason()}"
        documents = self.before.documents if self.before else len(self.documents)
        stored = documents if self.before else sum(document.found is not None for document in self.documents)
        kept = f" ({self.read} read now, the others as kept)" if self.read < stored else ""
        return f"{self.database}: {stored} of {documents} documents, version {self.version}{kept}"

    def _reason(self) -> str:
        if all(document.found is None for document in self.documents):
            return "no document could be read"
        if all(document.is_read for document in self.documents):
            return "something looks personal and --strict was given"
        return "something was not read and --strict was given"
