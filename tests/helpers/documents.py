"""The five registered disclosures, for tests: by the hexadecimal part of their file names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.settings import DATA_DIR
from budgetdata.build.document import facts_of, read_facts
from budgetdata.forms.declared import Form, standard_forms
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source, read_sources, stored_path


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
    return read_facts(path_of(document), sources()[document])


def facts_of_text(text: str, forms: dict[int, Form] | None = None) -> DocumentFacts:
    """The facts of a text given as a string, without any source of its own."""
    source = Source(source_file="bent.txt", source_sha256="0" * 64)
    return facts_of(parse_text(text, "bent.txt"), source, forms or standard_forms())
