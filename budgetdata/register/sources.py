"""The register of documents: one row of data/sources.csv each, and where the stored copy lies."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from budgetdata.base.errors import RegisterError
from budgetdata.base.under_way import clear_left, under_way

_NO_KIND = "department_budget"
"""What registers of earlier versions say of every document: that is no kind, and the reader tells it."""
SOURCES_FILE = "sources.csv"
DISCLOSURES = "disclosures"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One of the files of a disclosure: the original's name and SHA-256, and the copy below data/disclosures/."""

    name: str
    sha256: str
    stored_as: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from. What is empty (None for the year) is taken from the document by the reader.

    source_file and source_sha256 are those of the original; stored_as is the copy below data/disclosures/. files are the
    several files of a disclosure; source_file is then the first of them, source_sha256 that of all.
    """

    source_file: str
    source_sha256: str
    document_id: str = ""
    department: str = ""
    department_code: str = ""
    year: int | None = None
    region: str = ""
    kind: str = ""
    source_kind: str = ""
    source_url: str = ""
    stored_as: str = ""
    registered_on: str = ""
    files: tuple[SourceFile, ...] = ()


COLUMNS = (
    "document_id", "department", "department_code", "year", "region", "kind", "source_file", "source_sha256",
    "source_kind", "source_url", "stored_as", "registered_on", "files",
)  # fmt: skip
"""The columns of sources.csv, in order; files holds a list of [name, sha256, stored_as] as JSON where there are several."""
_ADDED = {"files"}
"""Columns that registers of earlier versions do not have."""


def sha256_of(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_all(parts: Sequence[str]) -> str:
    """The SHA-256 that stands for several files: of theirs, whatever their order."""
    return sha256_of("\n".join(sorted(parts)).encode("ascii"))


def document_id_of(sha256: str) -> str:
    """The document id that belongs to a SHA-256: its first 12 digits."""
    return sha256[:12]


def stored_path(source: Source, data_dir: Path) -> Path:
    """Where the stored copy of a registered document lies, of several files that of the first."""
    return stored_files(source, data_dir)[0][0]


def stored_files(source: Source, data_dir: Path) -> list[tuple[Path, str]]:
    """Where the stored copies of a registered document's files lie, and how the originals were named, in order."""
    folder = data_dir / DISCLOSURES
    if not source.files:
        return [(folder / source.stored_as, source.source_file)]
    return [(folder / part.stored_as, part.name) for part in source.files]


def read_sources(data_dir: Path) -> list[Source]:
    """The registered documents in the order of data/sources.csv; none where there is no such file.

    Raises RegisterError with the line where a row is not complete or its year is no number.
    """
    path = data_dir / SOURCES_FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(COLUMNS) - set(reader.fieldnames or ()) - _ADDED
        if missing:
            raise RegisterError(f"{path}: columns {', '.join(sorted(missing))} are missing; restore the file from git")
        return [_source(row, f"{path} line {reader.line_num}") for row in reader]


def write_sources(data_dir: Path, sources: Iterable[Source]) -> None:
    """Write data/sources.csv anew: a temporary file beside it takes its place in whole."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for source in sources:
        values = {field.name: getattr(source, field.name) for field in fields(source)}
        files = [astuple(part) for part in source.files]
        values["files"] = json.dumps(files, ensure_ascii=False) if files else ""
        writer.writerow("" if values[name] is None else values[name] for name in COLUMNS)
    write_whole(data_dir / SOURCES_FILE, text.getvalue().encode("utf-8"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there in whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f".{path.name}")
    clear_left(hidden)
    temporary = under_way(hidden)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _source(row: dict[str, str | None], where: str) -> Source:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not values["document_id"] or not values["source_sha256"] or not values["stored_as"]:
        raise RegisterError(f"{where}: document_id, source_sha256 or stored_as is empty; add the document again")
    if Path(values["stored_as"]).name != values["stored_as"]:
        raise RegisterError(f"{where}: stored_as is a path; it must be a file name below {DISCLOSURES}/")
    values["kind"] = "" if values["kind"] == _NO_KIND else values["kind"]
    year, listed = values.pop("year"), values.pop("files")
    if year and not year.isdecimal():
        raise RegisterError(f"{where}: the year '{year}' is no number; correct it")
    return Source(year=int(year) if year else None, files=_files(listed, where), **values)


def _files(listed: str, where: str) -> tuple[SourceFile, ...]:
    if not listed:
        return ()
    try:
        parts = tuple(SourceFile(*part) for part in json.loads(listed))
    except (ValueError, TypeError) as error:
        raise RegisterError(f"{where}: files is no list of name, sha256 and stored_as; restore it from git") from error
    if any(Path(part.stored_as).name != part.stored_as for part in parts):
        raise RegisterError(f"{where}: a stored_as in files is a path; it must be a file name below {DISCLOSURES}/")
    return parts
