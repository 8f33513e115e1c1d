"""Documents at an address that fsspec knows (s3://, https://, sftp://) copied to a folder, each again where it changed."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from budgetdata.base.errors import BudgetDataError
from budgetdata.register.sources import write_whole

_STAMPS = ".stamps.json"
INSTALL = "an address of documents needs fsspec: python -m pip install 'budgetdata[scale]'"


def is_remote(source: str) -> bool:
    """Whether a place of documents is an address and no directory."""
    return "://" in source


def fetched(address: str, folder: Path) -> Path:
    """A folder with what stands at an address and below it: new and changed files are copied, those that are gone deleted.

    Raises BudgetDataError where fsspec is not installed, or the address cannot be listed or read.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise BudgetDataError(INSTALL) from error
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / _STAMPS
    known: dict[str, str] = json.loads(notes.read_text(encoding="utf-8")) if notes.is_file() else {}
    try:
        there, root = url_to_fs(address)
        held: dict[str, dict[str, Any]] = there.find(root, detail=True)
        stamps: dict[str, str] = {}
        for path in sorted(held):
            name = PurePosixPath(path).relative_to(PurePosixPath(root)).as_posix()
            if any(part.startswith(".") for part in PurePosixPath(name).parts):
                continue
            local, stamp = folder / name, there.ukey(path)
            if known.get(name) != stamp or not local.is_file():
                local.parent.mkdir(parents=True, exist_ok=True)
                there.get_file(path, str(local))
            stamps[name] = stamp
    except (OSError, ValueError, ImportError) as error:
        raise BudgetDataError(f"{address}: cannot be read ({error}); check the address and what it asks for") from error
    for name in known.keys() - stamps.keys():
        (folder / name).unlink(missing_ok=True)
    write_whole(notes, json.dumps(stamps, ensure_ascii=False).encode("utf-8"))
    return folder
