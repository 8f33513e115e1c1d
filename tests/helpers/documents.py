"""The five registered disclosures, for tests: by the hexadecimal part of their file names."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from readings import once_a_run

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import RawTable
from budgetdata.base.settings import DATA_DIR
from budgetdata.build import tables
from budgetdata.build.document import facts_of, read_facts
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source, read_sources, stored_path
from budgetdata.tables.reading import TableReading, read_table


@cache
def sources() -> dict[str, Source]:
    """The registered sources by the twelve digits in the names of their original files."""
    return {source.source_file.split("_")[1][:12]: source for source in read_sources(DATA_DIR)}


DOCUMENTS = tuple(sources())


def path_of(document: str) -> Path:
    """Where the masked text of a document lies."""
    return stored_path(sources()[document], DATA_DIR)


@cache
def text_of(document: str) -> str:
    """The masked text of a document."""
    return path_of(document).read_text(encoding="utf-8")


@cache
def read_registered(document: str) -> DocumentFacts:
    """The facts of a registered document, read once for all tests."""
    return once_a_run(f"registered {document}", lambda: read_facts(path_of(document), sources()[document]))


_READ: dict[tuple[Any, ...], tuple[Form, bytes]] = {}


def read_once(
    form: Form, fragments: Sequence[RawTable], unit: str, unit_names: set[str], year: int | None = None
) -> TableReading:
    """What `read_table` gives, a copy for each who asks: of bent copies of a text all tables but one are the same, at the same
    lines, and a table's reading rests on nothing but these arguments."""
    asked = (id(form), tuple(fragments), unit, frozenset(unit_names), year)
    if asked not in _READ:
        found = read_table(form, fragments, unit, unit_names, year)
        _READ[asked] = found.form, pickle.dumps(replace(found, form=None))  # type: ignore[arg-type]
    layout, kept = _READ[asked]
    reading: TableReading = pickle.loads(kept)
    reading.form = layout
    return reading


def facts_of_text(text: str, forms: dict[int, Form] | None = None) -> DocumentFacts:
    """The facts of a text given as a string, without any source of its own."""
    source = Source(source_file="bent.txt", source_sha256="0" * 64)
    if forms is not None or tables.read_table is not read_table:  # other forms, or a reading of the test's own
        return facts_of(parse_text(text, "bent.txt"), source, forms or standard_forms())
    with mock.patch.object(tables, "read_table", read_once):
        return facts_of(parse_text(text, "bent.txt"), source, standard_forms())
