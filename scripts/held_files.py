"""The files that a document of a database was read from: a disclosure may be printed in several, parted by ; in `files`."""

from __future__ import annotations

from pathlib import Path


def names_of(source_file: str, files: str | None) -> list[str]:
    """The names of a document's files, without their folders: all that it was read from, or the one that it is."""
    return [Path(name.strip()).name for name in (files or source_file).split(";")]
