"""The process that opens an office file or a web page: `python -m budgetdata.readers.office.child FILE SECONDS [layer] KIND`.

Prints one line of JSON: {"document": …}, {"layer": …} for all text in the file, also what nobody sees, or {"error": "…"}.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from budgetdata.base.raw import RawDocument
from budgetdata.readers.bounded import answer_with, limit, plain_of
from budgetdata.readers.office.limits import MAX_MEMORY

_READERS = {
    "docx": ("docx", "read_docx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "xls": ("xls", "read_xls"),
    "html": ("webpage", "read_webpage"),
}
"""The module of this folder and its function for each kind; each brings its library along only where it is needed."""


def read_here(path: Path, kind: str) -> RawDocument:
    """The document at `path` of a kind (docx, xlsx, xls, html), read in this process. Raises DocumentError."""
    module, name = _READERS[kind]
    read: Callable[[Path], RawDocument] = getattr(importlib.import_module(f"budgetdata.readers.office.{module}"), name)
    return read(path)


def layer_here(path: Path, kind: str) -> dict[str, Any]:
    """All that a .docx, .xlsx or .html holds, seen or not: its text, its authors, how many pictures."""
    if kind == "html":
        from budgetdata.readers.office.webpage import decoded

        return {"text": decoded(path), "authors": [], "pictures": 0}
    from budgetdata.readers.office.package import everything

    return everything(path)


def main(argv: list[str]) -> int:
    """Read argv[1] of the kind argv[-1] within argv[2] seconds and print the result."""
    warnings.simplefilter("ignore")  # what a library warns of is in no file of ours
    sys.setrecursionlimit(4000)
    path, kind = Path(argv[1]), argv[-1]
    limit(MAX_MEMORY, float(argv[2]))
    if argv[3] == "layer":
        return answer_with(lambda: {"layer": layer_here(path, kind)}, MAX_MEMORY)
    return answer_with(lambda: {"document": plain_of(read_here(path, kind))}, MAX_MEMORY)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
