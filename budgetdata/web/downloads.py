"""The whole downloads (data package, workbook, database): made once a version by a process apart, sent from disk."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from budgetdata.base.errors import BudgetDataError, StoreError
from budgetdata.base.scratch import scratch
from budgetdata.base.settings import child_environment
from budgetdata.embeds.answers import TYPES, Refused, language_of, unavailable
from budgetdata.exports.tables import DATABASE_FILE, WORKBOOK_FILE
from budgetdata.gate.lanes import FILES
from budgetdata.gate.rates import admit
from budgetdata.queries.base import Database, open_database

PACKAGE_FILE = "mingzhang.zip"
DOWNLOADS = (DATABASE_FILE, PACKAGE_FILE, WORKBOOK_FILE, "datapackage.json")
_KINDS = {
    DATABASE_FILE: "application/vnd.sqlite3",
    PACKAGE_FILE: "application/zip",
    WORKBOOK_FILE: TYPES["xlsx"],
    "datapackage.json": "application/json",
}
_LONGEST = 900
"""Seconds that making them may take."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
_MAKING: dict[tuple[int, str], asyncio.Task[Path]] = {}
"""The folders that are being made, by event loop and version."""
_one_at_a_time = threading.Lock()
_AT_WORK: set[subprocess.Popen[bytes]] = set()


async def download_file(request: Request) -> Response:
    """/data/<download>: the file of the facts as they are, or 304 where If-None-Match names those: it is made of them alone.

    Who asks while they are made waits a while for the same, and is then asked to come again (503).
    """
    name = request.url.path.rpartition("/")[2]
    try:
        db = open_database()
        tag, known = f'"{db.version}"', request.headers.get("if-none-match", "")
        headers = {
            "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*", "X-Data-Version": db.version, "ETag": tag,
        }  # fmt: skip
        if known.strip() == "*" or tag in known:
            return Response(status_code=304, headers=headers)
        file = db.path if name == DATABASE_FILE else await _made(db, request) / name
    except Refused as refused:
        return refused.response(language_of(request))
    except BudgetDataError as error:
        return unavailable(error, language_of(request))
    how = "inline" if name.endswith(".json") else "attachment"
    return FileResponse(file, filename=name, media_type=_KINDS[name], headers=headers, content_disposition_type=how)


async def _made(db: Database, request: Request) -> Path:
    """The folder of a version's downloads, made by one for all who ask. Raises Busy where that takes longer than one waits."""
    if are_made(db):
        return _place(db)
    place = (id(asyncio.get_running_loop()), db.version)
    task = _MAKING.get(place)
    if task is None:
        admit(request.scope)
        _MAKING[place] = task = FILES.start(partial(files_of, db))
        task.add_done_callback(lambda _: _MAKING.pop(place, None))
    return await FILES.wait(task)


def are_made(db: Database) -> bool:
    """Whether the downloads of a version are there already."""
    return _place(db).is_dir()


def files_of(db: Database) -> Path:
    """The folder with the downloads of a version; who comes meanwhile waits for the same."""
    place = _place(db)
    with _one_at_a_time:
        if not place.is_dir():
            try:
                _make(db, place)
            except (OSError, subprocess.SubprocessError, zipfile.BadZipFile) as error:
                raise StoreError(f"{place}: the downloads cannot be made ({error})") from error
            for other in place.parent.glob("files-*"):
                if other != place:
                    shutil.rmtree(other, ignore_errors=True)
    return place


def _place(db: Database) -> Path:
    return scratch().folder / f"files-{db.version}"


def _make(db: Database, place: Path) -> None:
    """All files of a version in a folder beside, then in their place at once; by a process apart, behind the visitors."""
    making = place.with_name(f".making-{db.version}")
    shutil.rmtree(making, ignore_errors=True)
    try:
        making.mkdir()
        command = [sys.executable, "-m", "budgetdata", "export", "--out", str(making / "tables"), "--db", str(db.path)]
        _run(command, making)
        _zip(making / "tables", making / PACKAGE_FILE)
        for name in (WORKBOOK_FILE, "datapackage.json"):
            os.replace(making / "tables" / name, making / name)
        shutil.rmtree(making / "tables")
        os.replace(making, place)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    """A command in a folder, ended with the server (`stop_making`). Raises SubprocessError where it fails or takes too long."""
    back = _stand_back if os.name != "nt" else None
    with subprocess.Popen(
        command, env=child_environment(), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=back
    ) as process:
        _AT_WORK.add(process)
        try:
            _, error = process.communicate(timeout=_LONGEST)
        finally:
            process.kill()
            _AT_WORK.discard(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=error)


def stop_making() -> None:
    """End what makes downloads just now: the server ends."""
    for process in list(_AT_WORK):
        process.kill()


def _stand_back() -> None:
    with contextlib.suppress(OSError):
        os.nice(19)


def _zip(folder: Path, target: Path) -> None:
    """The files of a folder packed, the same bytes each time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir(), key=lambda path: (path.name == "datapackage.json", path.name)):
            with packed.open(zipfile.ZipInfo(path.name, _OLDEST), "w") as out, path.open("rb") as source:
                shutil.copyfileobj(source, out)
