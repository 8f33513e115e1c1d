"""Whether all that a server needs is there: one finding for each, and how to mend what is not."""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from budgetdata.base.settings import DATA_DIR, ROOT, is_checkout
from budgetdata.build.current import is_current
from budgetdata.charts.drawing.fonts import shows_chinese
from budgetdata.gate.settings import settings
from budgetdata.register.sources import read_sources, stored_path
from budgetdata.store.before import before_of
from budgetdata.store.database import read_meta, schema_version
from budgetdata.store.opened import SQLITE, Opened

_SPARE = 300 * 1024 * 1024
"""So many bytes should be free beside what a build writes."""
_FILES = 1024
_SCRATCH = "temporary folder"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?!.*sys_platform)", re.MULTILINE)
_BUILD = "python -m budgetdata build"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and how to mend it: '' where nothing is to be done. A note may stay as it is."""

    what: str
    found: str
    mend: str = ""
    note: bool = False

    def __str__(self) -> str:
        mark = "note" if self.note else ("mend" if self.mend else "ok  ")
        return f"{mark} {self.what}: {self.found}" + (f" → {self.mend}" if self.mend else "")


def examine(database: Path, port: int) -> Iterator[Finding]:
    """Every finding in the order in which they should be mended; what fails while it is looked at is a finding too."""
    examined: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("versions (版本)", _versions),
        ("permissions (权限)", lambda: _permissions(database)),
        ("disk (磁盘)", lambda: _disk(database)),
        ("documents (文件)", _documents),
        ("database (数据库)", lambda: _database(database)),
        ("fonts (字体)", _fonts),
        ("port (端口)", lambda: _port(port)),
        ("address (网址)", _address),
        ("open files", _open_files),
    ]
    for what, look in examined:
        try:
            yield from look()
        except Exception as error:
            yield Finding(
                what, f"cannot be looked at ({type(error).__name__}: {error})", "mend what it says and ask again"
            )


def is_free(port: int) -> bool:
    """True where nothing listens on the port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        if os.name != "nt":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("", port))
        except OSError:
            return False
    return True


def _versions() -> Iterator[Finding]:
    told = f"Python {platform.python_version()}, SQLite {'.'.join(map(str, SQLITE))}"
    old = sys.version_info < (3, 11) or SQLITE < (3, 37)
    yield Finding("versions (版本)", told, "use Python 3.11 or newer with SQLite 3.37 or newer" if old else "")
    if not is_checkout() or not (ROOT / "requirements.txt").is_file():
        return
    pins = _PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    held = [(name, version, _installed(name)) for name, version in pins]
    other = [f"{name} {there or 'missing'} (pinned {version})" for name, version, there in held if there != version]
    mend = "python -m pip install --require-hashes -r locks/runtime.txt" if other else ""
    yield Finding("packages (依赖)", ", ".join(other) or f"{len(pins)} as pinned", mend)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _permissions(database: Path) -> Iterator[Finding]:
    for what, folder in (
        ("data folder", DATA_DIR),
        ("database's folder", database.parent),
        (_SCRATCH, _scratch()),
    ):
        near = next((each for each in (folder, *folder.parents) if each.exists()), folder)
        writable = os.access(near, os.W_OK | os.X_OK)
        told = f"{folder} is {'' if folder.exists() else 'missing and '}{'writable' if writable else 'not writable'}"
        mend = "" if writable else f"give this user the right to write there: chown {_user()} {near}"
        serves = not writable and what != _SCRATCH and database.exists()
        mend = f"nothing for a server; who builds: {mend}" if serves else mend
        yield Finding(f"permissions (权限) of the {what}", told, mend, note=serves)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "USER"


def _scratch() -> Path:
    return Path(os.environ.get("BUDGETDATA_CACHE") or tempfile.gettempdir())


def _disk(database: Path) -> Iterator[Finding]:
    held = database.stat().st_size if database.exists() else 0
    needed = _SPARE + 3 * held
    folder = next(each for each in (database.parent, *database.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    lacking = (needed - free) // 1_000_000 + 1
    mend = "" if free > needed else f"free {lacking} MB: a build writes a new database beside the old one"
    yield Finding("disk (磁盘)", f"{free // 1_000_000} MB free at {folder}", mend)


def _documents() -> Iterator[Finding]:
    sources = read_sources(DATA_DIR)
    lost = [source.document_id for source in sources if not stored_path(source, DATA_DIR).is_file()]
    if not sources:
        yield Finding("documents (文件)", f"none registered in {DATA_DIR}", "python -m budgetdata add FILE…", note=True)
        return
    mend = f"restore from a backup, or add again: {', '.join(lost)}" if lost else ""
    yield Finding("documents (文件)", f"{len(sources)} registered, {len(lost)} of their copies missing", mend)


def _put_back(database: Path) -> str:
    """How to come to a whole database again: the one before, else one built anew where the damaged file does not lie."""
    if before_of(database).exists():
        return "python -m budgetdata rollback"
    return f"move {database} away, then {_BUILD}"


def _database(database: Path) -> Iterator[Finding]:
    if not database.exists():
        yield Finding("database (数据库)", f"{database} does not exist", _BUILD)
        return
    if not os.access(database, os.R_OK):
        yield Finding("database (数据库)", f"user {_user()} may not read {database}", f"chmod a+r {database}")
        return
    schema = read_meta(database).get("schema_version")
    if schema is None:
        yield Finding(
            "database (数据库)", f"{database} is damaged, or no database of this program", _put_back(database)
        )
        return
    if schema != schema_version():
        yield Finding("database (数据库)", f"of schema {schema}, this program's is {schema_version()}", _BUILD)
        return
    with Opened(database) as opened:
        [state] = opened.tuples("PRAGMA quick_check(1)")
        [(count,)] = opened.tuples("SELECT count(*) FROM documents")
        told = f"{count} documents, version {opened.meta.get('version', '')}, built {opened.meta.get('built_at', '')}"
    if state[0] != "ok":
        yield Finding("database (数据库)", f"damaged ({state[0]})", f"python -m budgetdata rollback, or {_BUILD}")
    elif not is_current(database):
        yield Finding("database (数据库)", f"{told}; documents or program changed since", _BUILD, note=True)
    else:
        yield Finding("database (数据库)", told)


def _fonts() -> Iterator[Finding]:
    drawn = shows_chinese()
    mend = "install a Chinese font (Debian: apt-get install fonts-wqy-microhei) or name its folder in BUDGETDATA_FONTS"
    found = "pictures show Chinese" if drawn else "PNG pictures would show boxes"
    yield Finding("fonts (字体)", found, "" if drawn else mend)


def _port(port: int) -> Iterator[Finding]:
    free = is_free(port)
    mend = "" if free else "give another with --port N, or end what listens there (Linux: ss -ltnp)"
    yield Finding("port (端口)", f"{port} is {'free' if free else 'taken'}", mend, note=not free)


def _address() -> Iterator[Finding]:
    told = settings()
    if not told.origin:
        given = os.environ.get("BUDGETDATA_URL", "").strip()
        found = (
            f"BUDGETDATA_URL '{given}' is no address"
            if given
            else "BUDGETDATA_URL is not set: right for one machine alone"
        )
        yield Finding("address (网址)", found, "on a server set BUDGETDATA_URL=https://your.address", note=not given)
    elif not told.origin.startswith("https://"):
        mend = "put a proxy with TLS before it and name https:// (docs/operate.md)"
        yield Finding("address (网址)", told.origin, mend, note=True)
    else:
        yield Finding("address (网址)", f"{told.origin}, asked for as {', '.join(sorted(told.hosts))}")


def _open_files() -> Iterator[Finding]:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = soft != resource.RLIM_INFINITY and soft <= _FILES
    mend = "for a public server: ulimit -n 65536, or LimitNOFILE=65536 in its unit" if few else ""
    yield Finding("open files", f"at most {'any number' if soft == resource.RLIM_INFINITY else soft}", mend, note=few)
