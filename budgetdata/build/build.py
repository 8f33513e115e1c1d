"""Documents → database: read each one on its own, store what was read, name what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from budgetdata.base.rubbish import seldom_collected
from budgetdata.base.said import said
from budgetdata.base.settings import DATA_DIR, default_database
from budgetdata.build.gathered import Gathered
from budgetdata.build.packed import Brief, brief_of, briefs_of, card_of, facts_of_packed, key_of, packed_brief
from budgetdata.build.report import BuildReport, Told
from budgetdata.build.together import agree, published_together
from budgetdata.forms.declared import standard_forms
from budgetdata.register.hashes import Hashes
from budgetdata.register.inputs import (
    Input,
    UsageError,
    code_digest,
    contents,
    digest,
    directory_inputs,
    joined,
    named,
    origin_name,
    registered_inputs,
)
from budgetdata.store.before import keeping_before
from budgetdata.store.database import read_meta, refuse_foreign, schema_version, store
from budgetdata.store.kept import Kept, remembered, told_of
from budgetdata.words.catalogue import tell

if TYPE_CHECKING:
    from budgetdata.build.reading import Read

ReadAll = Callable[[Sequence[Input]], Iterator[tuple[int, "Read"]]]
"""What reads inputs: (index, what was read) of each, in the order they are done."""


@seldom_collected()
def build(
    db: Path | None = None,
    *,
    from_dir: Path | None = None,
    data_dir: Path = DATA_DIR,
    jobs: int = 0,
    strict: bool = False,
    progress: bool = False,
    ocr: bool = False,
    fresh: bool = False,
    read_all: ReadAll | None = None,
) -> BuildReport:
    """Read the registered documents (or all of `from_dir`) into a new database that replaces `db` in whole.

    What an earlier build read, of the same file by the same program, is kept beside the database and not read again; its rows
    stay where nothing they are made of changed. jobs: processes to read with, 0 for one a processor. strict: do not replace
    the database where anything is unread or looks personal. progress: a bar on stderr where that is a terminal. ocr:
    recognise scanned pages, of which only what sums prove is kept. fresh: read all again. read_all: what reads the inputs, in
    place of processes of this machine. Raises UsageError where there is nothing to read or OCR is asked for and not installed,
    and StoreError where the database cannot be written; a document that cannot be read is in the report instead.
    """
    database = db or default_database()
    _refuse_early(database, ocr)
    hashes = Hashes({} if fresh else remembered(database))
    inputs, notes = directory_inputs(from_dir, hashes) if from_dir else (registered_inputs(data_dir), [])
    held = contents(inputs, hashes)
    names = list(map(named, inputs, held))
    meta = {"inputs": digest(names), "origin": origin_name(from_dir, database)}
    state = f"{meta['inputs']} {meta['origin']} {ocr}"
    if not (fresh or strict) and (before := _unchanged(database, meta, state)):
        return before
    with Kept(database) as kept:
        kept.remember(hashes.lasting)
        known = _Known(kept, fresh, read_all or partial(_read_here, jobs=jobs, progress=progress, ocr=ocr))
        wanted = [_Wanted(*each) for each in zip(inputs, held, [key_of(name, ocr) for name in names], strict=True)]
        known.read(wanted)
        if from_dir:
            wanted = known.put_together(wanted, ocr)
        gathered, report = known.gathered(database, wanted, notes)
        if known.briefs and not (strict and any(each.personal or not each.is_read for each in report.documents)):
            known.store(gathered, report, meta, state)
    return report


def _refuse_early(database: Path, ocr: bool) -> None:
    """Raise what need not wait until something is read: UsageError where OCR is not installed, StoreError where the database is
    no such file, FormError where a layout contradicts itself."""
    if ocr:
        from budgetdata.readers.pdf.ocr import INSTALL, is_installed

        if not is_installed():
            raise UsageError(INSTALL)
    refuse_foreign(database)
    standard_forms()


def _unchanged(database: Path, meta: Mapping[str, str], state: str) -> BuildReport | None:
    """The report of a build that has nothing to do: the database is of these very inputs, all of which could be read."""
    known = read_meta(database)
    told = told_of(database, state)
    if not told or known.get("schema_version") != schema_version():
        return None
    if any(known.get(key) != value for key, value in meta.items()):
        return None
    before = msgspec.msgpack.decode(told, type=Told)
    return BuildReport(database, [], version=known["version"], replaced=True, before=before)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An input, a hash of what its files hold, and the key under which what it gave is kept."""

    item: Input
    content: str
    key: str


class _Known:
    """What is known of inputs by their keys: briefs of what was read, by this build or an earlier one, or why it was not."""

    def __init__(self, kept: Kept, fresh: bool, read_all: ReadAll) -> None:
        self._kept, self._fresh, self._read_all = kept, fresh, read_all
        self._before = {} if fresh else kept.briefs(code_digest())
        self.briefs: dict[str, Brief] = {}
        self.errors: dict[str, str] = {}
        self.notes: list[str] = []
        self.new: set[str] = set()
        self._put: dict[str, bytes] = {}

    def read(self, wanted: Sequence[_Wanted]) -> None:
        """Read those inputs that are not kept."""
        keys = [each.key for each in wanted]
        self.briefs |= briefs_of({key: self._before[key] for key in keys if key in self._before})
        unknown = [key for key in keys if key not in self.briefs]
        for key, card in {} if self._fresh else self._kept.cards(unknown).items():
            self._brief(key, brief_of(card_of(card)))
        new = [each for each in wanted if each.key not in self.briefs]
        for at, read in self._read_all([each.item for each in new]):
            key = new[at].key
            if read.packed is None:
                self.errors[key] = read.error
            else:
                self._kept.keep(key, read.packed)
                self._brief(key, brief_of(card_of(read.packed.card)))
                self.new.add(key)

    def _brief(self, key: str, brief: Brief) -> None:
        self.briefs[key], self._put[key] = brief, packed_brief(brief)

    def gathered(self, database: Path, wanted: Sequence[_Wanted], notes: Sequence[str]) -> tuple[Gathered, BuildReport]:
        """What was read of some inputs, settled, and the report of it; notes: what was noted before."""
        program = code_digest()
        briefs = {each.key: self.briefs[each.key] for each in wanted if each.key in self.briefs}
        found = Gathered(self._kept, briefs, {} if self._fresh else self._kept.worded(program))
        self._kept.keep_said(program, self._put, found.new)
        documents = [found.report(each.key, each.item.source, self.errors.get(each.key, "")) for each in wanted]
        told = [*notes, *self.notes, *found.notes]
        return found, BuildReport(database, documents, told, read=len(self.new.intersection(briefs)))

    def store(self, gathered: Gathered, report: BuildReport, meta: Mapping[str, str], state: str) -> None:
        """Put what was read into the database, let go of all else that is kept, and keep what the report tells of `state`."""
        with keeping_before(report.database):
            report.version = store(report.database, gathered.entries(), meta)
        report.replaced = True
        self._kept.leave(report.database)
        self._kept.drop_all_but(self.briefs, gathered.together)
        if not self.errors:
            self._kept.tell(state, msgspec.msgpack.encode(report.told()))

    def put_together(self, wanted: Sequence[_Wanted], ocr: bool) -> list[_Wanted]:
        """The inputs with those joined to one that are parts of one disclosure, which is noted."""
        known = {at: self.briefs[each.key] for at, each in enumerate(wanted) if each.key in self.briefs}
        groups = published_together([each.item for each in wanted], known)
        whole = [_whole([wanted[at] for at in group], ocr) for group in groups]
        self.read(whole)
        new: dict[int, _Wanted] = {}
        gone: set[int] = set()
        for group, one in zip(groups, whole, strict=True):
            names = [wanted[at].item.source.source_file for at in group]
            if not self._agrees(one.key):
                self.notes.append(tell("en", said("register.not_together", files=names)))
                continue
            brief = self.briefs[one.key]
            of = {"files": names, "department": brief.department, "year": brief.year}
            self.notes.append(tell("en", said("register.together", **of)))
            new[group[0]] = one
            gone.update(group[1:])
        return [new.get(at, each) for at, each in enumerate(wanted) if at not in gone]

    def _agrees(self, key: str) -> bool:
        """Whether files put together could be read and are one disclosure by what they say; asked of their facts once."""
        brief = self.briefs.get(key)
        if brief is not None and brief.agrees is None:
            brief = replace(brief, agrees=agree(facts_of_packed(self._kept.facts(key))))
            self._brief(key, brief)
        return brief is not None and bool(brief.agrees)


def _whole(parts: Sequence[_Wanted], ocr: bool) -> _Wanted:
    """Several inputs as one."""
    item, content = joined([each.item for each in parts]), " ".join(each.content for each in parts)
    return _Wanted(item, content, key_of(named(item, content), ocr))


def _read_here(inputs: Sequence[Input], jobs: int, progress: bool, ocr: bool) -> Iterator[tuple[int, Read]]:
    """(index, what was read) of each input, by processes of this machine. What reads is loaded where there is something to read:
    it takes as long as reading a document."""
    if not inputs:
        return
    from budgetdata.build.reading import read_all

    yield from read_all(inputs, jobs, progress, ocr)
