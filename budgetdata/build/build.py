"""Documents → database: read each one on its own, store what was read, name what was not."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tqdm import tqdm

from budgetdata.base.errors import BudgetDataError
from budgetdata.base.settings import DATA_DIR, default_database
from budgetdata.build.document import facts_of
from budgetdata.build.gathered import Gathered
from budgetdata.build.packed import card_of, key_of, pack
from budgetdata.build.report import BuildReport, DocumentReport
from budgetdata.build.workers import each_done
from budgetdata.forms.declared import standard_forms
from budgetdata.privacy.mask import mask
from budgetdata.privacy.scan import left_in
from budgetdata.readers import read_document
from budgetdata.register.inputs import (
    Input,
    UsageError,
    contents,
    digest,
    directory_inputs,
    origin_name,
    registered_inputs,
)
from budgetdata.register.sources import Source
from budgetdata.store.database import refuse_foreign, store
from budgetdata.store.kept import Kept, Packed
from budgetdata.store.rows import Rows, document_rows


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a document came to: what it gave, or the reason why it could not be read at all."""

    packed: Packed | None = None
    error: str = ""

    def report(self, source: Source) -> DocumentReport:
        """What is told of it, before other documents say something of it."""
        return DocumentReport(source, card_of(self.packed.card).summary if self.packed else None, self.error)


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
) -> BuildReport:
    """Read the registered documents (or all of `from_dir`) into a new database that replaces `db` in whole.

    What an earlier build read, of the same file by the same program, is kept beside the database and not read again; its rows
    stay where nothing they are made of changed. jobs: processes to read with, 0 for one a processor. strict: do not replace
    the database where anything is unread or looks personal. progress: a bar on stderr where that is a terminal. ocr:
    recognise scanned pages, of which only what sums prove is kept. fresh: read all again.
    Raises UsageError where there is nothing to read or OCR is asked for and not installed, and StoreError where the
    database cannot be written; a document that cannot be read is in the report instead.
    """
    database = db or default_database()
    if ocr:
        from budgetdata.readers.pdf.ocr import INSTALL, is_installed

        if not is_installed():
            raise UsageError(INSTALL)
    refuse_foreign(database)
    inputs, notes = directory_inputs(from_dir) if from_dir else (registered_inputs(data_dir), [])
    held = contents(inputs)
    meta = {"inputs": digest(inputs, held), "origin": origin_name(from_dir, database)}
    keys = [key_of(item, content, ocr) for item, content in zip(inputs, held, strict=True)]
    with Kept(database) as kept:
        known = {} if fresh else {key: card_of(card) for key, card in kept.cards(keys).items()}
        new = [number for number, key in enumerate(keys) if key not in known]
        read_now, errors = {}, {}
        for at, read in _read_all([inputs[number] for number in new], jobs, progress, ocr):
            key = keys[new[at]]
            if read.packed is None:
                errors[key] = read.error
            else:
                kept.keep(key, read.packed)
                read_now[key] = card_of(read.packed.card)
        cards = {**known, **read_now}
        gathered = Gathered(kept, {key: cards[key] for key in keys if key in cards})
        documents = [
            DocumentReport(item.source, gathered.summary(key), errors.get(key, ""))
            for item, key in zip(inputs, keys, strict=True)
        ]
        report = BuildReport(database, documents, [*notes, *gathered.notes], read=len(read_now))
        if cards and not (strict and any(document.personal or not document.is_read for document in documents)):
            report.version = store(database, gathered.entries(), meta)
            report.replaced = True
            kept.drop_all_but(cards)
    return report


def _read_all(inputs: Sequence[Input], jobs: int, progress: bool, ocr: bool) -> Iterator[tuple[int, Read]]:
    """(index, what was read) of each input, in the order they are done."""
    workers = min(jobs or os.cpu_count() or 1, len(inputs))
    bar = tqdm(total=len(inputs), unit="doc", file=sys.stderr, disable=None if progress else True, leave=False)
    with bar:
        if workers <= 1:
            for number, item in enumerate(inputs):
                bar.set_postfix_str(item.source.source_file)
                yield number, read_one(item, ocr)
                bar.update()
            return
        with contextlib.closing(each_done(partial(read_one, ocr=ocr), inputs, workers)) as done:
            for number, read in done:
                if isinstance(read, Exception):
                    reason = f"the process reading it ended ({type(read).__name__}); try again with --jobs 1"
                    read = Read(error=reason)
                yield number, read
                bar.update()


def read_one(item: Input, ocr: bool = False) -> Read:
    """One document read, masked, proved storable and packed; whatever goes wrong is in the answer, never raised."""
    if item.error:
        return Read(error=item.error)
    try:
        if not item.path.is_file():
            missing = f"{item.path} is missing; restore it from git or add the document again"
            return Read(error=missing)
        raw = read_document(item.path, ocr)
        facts = facts_of(raw, item.source, standard_forms())
        return Read(pack(facts, _personal_in(document_rows(facts, {}))))
    except BudgetDataError as error:
        return Read(error=mask(str(error))[0])
    except OSError as error:
        return Read(error=f"cannot be read ({error.strerror}); check the file and its permissions")
    except Exception as error:
        fault = mask(f"{type(error).__name__}: {error}")[0]
        return Read(error=f"internal error, please report it with the document ({fault})")


def _personal_in(rows: Rows) -> list[str]:
    """What of a document's rows looks like a person's name or number."""
    stored = ((table, row) for table, each in rows.items() for row in each)
    return left_in((f"{table}.{column}", value) for table, row in stored for column, value in row.items())
