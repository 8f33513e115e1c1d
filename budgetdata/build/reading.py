"""Documents read, each on its own and by processes of this machine: what each gave, packed, or why it could not be read."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from tqdm import tqdm

from budgetdata.base.bounds import MEMORY, TookTooLong, document_bounds
from budgetdata.base.errors import BudgetDataError
from budgetdata.base.records import Rows
from budgetdata.base.rubbish import seldom_collected
from budgetdata.build.document import facts_of
from budgetdata.build.packed import card_of, pack
from budgetdata.build.report import DocumentReport
from budgetdata.build.together import read_files
from budgetdata.build.workers import each_done
from budgetdata.forms.declared import standard_forms
from budgetdata.privacy.mask import mask_name
from budgetdata.privacy.scan import left_in
from budgetdata.register.inputs import Input
from budgetdata.register.sources import Source
from budgetdata.store.declared import stored_tables
from budgetdata.store.kept import Packed
from budgetdata.store.rows import rows_of_facts


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a document came to: what it gave, or the reason why it could not be read at all."""

    packed: Packed | None = None
    error: str = ""

    def report(self, source: Source) -> DocumentReport:
        """What is told of it, before other documents say something of it."""
        return DocumentReport(source, card_of(self.packed.card).summary if self.packed else None, self.error)


def read_all(inputs: Sequence[Input], jobs: int, progress: bool, ocr: bool) -> Iterator[tuple[int, Read]]:
    """(index, what was read) of each input, in the order they are done."""
    workers = min(jobs or os.cpu_count() or 1, len(inputs))
    with _bar(len(inputs), progress) as bar:
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


def _bar(total: int, progress: bool) -> tqdm:
    """A bar on stderr; without the thread that watches over bars, beside which no process could be forked."""
    kept, tqdm.monitor_interval = tqdm.monitor_interval, 0
    try:
        return tqdm(total=total, unit="doc", file=sys.stderr, disable=None if progress else True, leave=False)
    finally:
        tqdm.monitor_interval = kept


@seldom_collected()
def read_one(item: Input, ocr: bool = False) -> Read:
    """One document read, masked, proved storable and packed; whatever goes wrong is in the answer, never raised."""
    if item.error:
        return Read(error=item.error)
    try:
        for file in item.files:
            if not file.path.is_file():
                return Read(error=f"{file.path} is missing; restore it from git or add the document again")
        with document_bounds():
            raw = read_files(item.files, ocr)
            facts = facts_of(raw, item.source, standard_forms())
            return Read(pack(facts, _personal_in(rows_of_facts(facts, {}))))
    except BudgetDataError as error:
        return Read(error=mask_name(str(error)))
    except TookTooLong as error:
        return Read(error=f"reading took {error}; split it or print it anew")
    except MemoryError:
        return Read(error=f"it needs more than {MEMORY // 1024 // 1024} MB to read; split it or print it anew")
    except OSError as error:
        return Read(error=f"cannot be read ({error.strerror}); check the file and its permissions")
    except Exception as error:
        fault = mask_name(f"{type(error).__name__}: {error}")
        return Read(error=f"internal error, please report it with the document ({fault})")


def _personal_in(rows: Rows) -> list[str]:
    """What of a document's rows looks like a person's name or number: but in ids of ours and words of closed lists."""
    return left_in((name, row.get(column)) for table, column, name in _texts_printed() for row in rows.get(table, ()))


@cache
def _texts_printed() -> list[tuple[str, str, str]]:
    """(table, column, both as one name) of what is stored as it was printed or told: no id of ours, no closed list."""
    return [
        (table.name, column.name, f"{table.name}.{column.name}")
        for table in stored_tables()
        for column in table.columns
        if column.type == "text" and not (column.values or column.refers or (column.name,) == table.key)
    ]
