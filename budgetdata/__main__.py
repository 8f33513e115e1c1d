"""The commands, each a function below. Exit 0: all read; 1: something was not; 2: wrong usage."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from budgetdata.base.errors import BudgetDataError, NoDatabaseError, UnknownNameError
from budgetdata.base.rubbish import seldom_collected
from budgetdata.base.settings import DATA_DIR, app_script, default_database
from budgetdata.base.version import VERSION
from budgetdata.register.inputs import UsageError

_WRONG_USAGE = 2
_PROGRAM = "python -m budgetdata"
_FILE = click.Path(path_type=Path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what goes wrong is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console may be set to a code page without Chinese
            reconfigure(encoding="utf-8", errors="replace")
    try:
        with commands.make_context(_PROGRAM, list(sys.argv[1:] if arguments is None else arguments)) as context:
            return int(commands.invoke(context) or 0)
    except click.exceptions.Exit as done:  # --help, --version
        return done.exit_code
    except click.UsageError as error:
        return _wrong_usage(error)
    except (UsageError, UnknownNameError, NoDatabaseError) as error:
        return _say(error, _WRONG_USAGE)
    except BudgetDataError as error:
        return _say(error, 1)
    except BrokenPipeError:  # the reader of a pipe (head) has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"{_PROGRAM}: stopped; nothing was replaced", file=sys.stderr)
        return 1


def _say(error: BudgetDataError, code: int) -> int:
    for line in str(error).splitlines():
        print(f"{_PROGRAM}: {line}", file=sys.stderr)
    return code


def _wrong_usage(error: click.UsageError) -> int:
    """The usage of the command, and which of its options or arguments is wrong and why."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return _WRONG_USAGE
    where = _PROGRAM
    if error.ctx is not None:
        where = error.ctx.command_path
        print(error.ctx.get_usage(), file=sys.stderr)
    of = None
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        of = error.param
    named = f"argument {of.opts[0] if isinstance(of, click.Option) else of.human_readable_name}: " if of else ""
    said = error.message if of else error.format_message()
    print(f"{where}: error: {named}{said}", file=sys.stderr)
    return _WRONG_USAGE


@click.group(help="Read Chinese department budget disclosures (部门预算公开) into a database that can be checked.")
@click.version_option(VERSION, prog_name="budgetdata", message="%(prog)s %(version)s")
def commands() -> None:
    """All commands."""


_database = click.option(
    "--db",
    type=_FILE,
    metavar="FILE",
    help="the database (数据库); default BUDGETDATA_DB or budget.db in the data folder",
)


def _name(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise click.BadParameter("a blank is no name (部门名称); give the department's full name")
    return text.strip() if text else text


def _year(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    from budgetdata.register.add import YEARS

    if text is not None and (not text.isdecimal() or int(text) not in YEARS):
        bounds = f"from {YEARS.start} to {YEARS.stop - 1}"
        raise click.BadParameter(f"'{text}' is no budget year (年度) {bounds}; give the four digits of the title")
    return None if text is None else int(text)


def _url(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    from budgetdata.register.add import is_web_address

    if text is not None and not is_web_address(text):
        raise click.BadParameter(f"'{text}' is no web address (网址); give it whole, from http:// or https://")
    return text


@commands.command(
    "add",
    help="Register documents (登记文件): hash, department, year; personal data masked. "
    "FILE: .pdf .docx .xlsx .xls .html .txt .md, or .zip of them (公开文件).",
)
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--department", callback=_name, metavar="NAME",
    help="department (部门名称), where the document does not say it or to correct it",
)  # fmt: skip
@click.option("--year", callback=_year, metavar="YYYY", help="budget year (年度), where the document does not say it")
@click.option("--region", metavar="NAME", help="region (地区), where the department's name does not say it")
@click.option("--url", callback=_url, metavar="URL", help="the address it was downloaded from (来源网址)")
@click.option("--together", is_flag=True, help="the files are one disclosure (一份公开分成几个文件), registered as one")
def _add(files: tuple[Path, ...], together: bool, **given: Any) -> int:
    from budgetdata.register.add import add

    add(list(files), DATA_DIR, **given, say=print, together=together)
    print(f"now build the database with: {_PROGRAM} build")
    return 0


def _folder(source: str, database: Path) -> Path:
    """The directory of documents; what stands at an address is copied beside the database first."""
    from budgetdata.register.remote import fetched, is_remote

    return fetched(source, database.with_name(f"{database.name}-documents")) if is_remote(source) else Path(source)


@commands.command("build", help="Documents into the database (建库), with a summary of each document.")
@click.option(
    "--from", "source", metavar="DIR",
    help="read every disclosure in DIR (目录, or an address such as s3://…), below it and in its zips, instead of the registered "
    "documents",
)  # fmt: skip
@_database
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="read on the workers of a Dask cluster (集群), such as tcp://host:8786; optional extra `scale`",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="processes to read with (进程数); default one a processor"
)
@click.option(
    "--strict", is_flag=True, help="keep the old database where anything is unread (未读出) or looks personal"
)
@click.option(
    "--ocr", is_flag=True,
    help="recognise scanned pages (扫描件); optional extra, see requirements-ocr.txt; keeps only what sums prove",
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="read all documents again (重读), also those that an earlier build read")
@seldom_collected()  # what is imported for it is much of a small build
def _build(source: str | None, db: Path | None, scheduler: str | None, jobs: int | None, **how: Any) -> int:
    from budgetdata.build.build import build
    from budgetdata.build.workers import stops_on_terminate

    read_all: Any = None
    if scheduler:
        from budgetdata.build.cluster import each_read

        read_all = partial(each_read, scheduler, ocr=how["ocr"])
    with stops_on_terminate():
        folder = _folder(source, db or default_database()) if source is not None else None
        report = build(db, from_dir=folder, jobs=jobs or 0, progress=True, read_all=read_all, **how)
    for line in report.lines():
        print(line)
    return report.exit_code


@commands.command(
    "scan",
    help="What looks like a person's name or number (个人信息) in the database, or in files before masking: place and kind.",
)
@click.argument("files", type=_FILE, nargs=-1, metavar="[FILE…]")
@_database
def _scan(files: tuple[Path, ...], db: Path | None) -> int:
    from budgetdata.show.personal import scan_database, scan_files

    found = scan_files(files) if files else scan_database(db or default_database())
    for line in found:
        print(line)
    return 1 if found else 0


@commands.command("check", help="The identities (勾稽关系), one line each that is not balanced.")
@_database
def _check(db: Path | None) -> int:
    from budgetdata.show.balance import check_lines
    from budgetdata.store.opened import Opened

    with Opened(db or default_database()) as opened:
        for line in check_lines(opened):
            print(line)
    return 0


@commands.command(
    "report", help="Per document and table (读了多少): printed, read or why not, identities that hold; by layout."
)
@click.option(
    "--from", "from_dir", type=_FILE, metavar="DIR",
    help="of every disclosure in DIR (目录), read into a database that is let go of afterwards",
)  # fmt: skip
@_database
def _report(from_dir: Path | None, db: Path | None) -> int:
    from budgetdata.queries.base import open_database
    from budgetdata.queries.report_lines import report_lines

    with tempfile.TemporaryDirectory(prefix="budgetdata-") as folder:
        chosen, code = db or default_database(), 0
        if from_dir is not None:
            from budgetdata.build.build import build

            chosen = db or Path(folder) / "report.db"
            built = build(chosen, from_dir=from_dir, progress=True)
            code = built.exit_code
            for line in built.lines():
                if not built.replaced or line.startswith(("FAILED", "note")):
                    print(line)
            if not built.replaced:
                return code
        for line in report_lines(open_database(chosen)):
            print(line)
    return code


@commands.command(
    "show",
    help="What was read, beside what was printed (读数对照原文). DOCUMENT: id or its beginning, file name, department (部门).",
)
@click.argument("document", metavar="DOCUMENT")
@click.option("--table", "table_no", type=int, metavar="N", help="only this standard table (表号), 1 to 13")
@click.option(
    "--png", type=_FILE, metavar="DIR",
    help="write the PDF's pages into DIR as PNG, every cell found framed (画出识别到的单元格); DOCUMENT may be a path",
)  # fmt: skip
@_database
def _show(document: str, table_no: int | None, png: Path | None, db: Path | None) -> int:
    from budgetdata.show.pictures import show_pictures
    from budgetdata.show.printed import show

    chosen = db or default_database()
    for line in show_pictures(chosen, document, png, table_no) if png else show(chosen, document, table_no):
        print(line)
    return 0


@commands.command(
    "rollback",
    help="Put back the database before this one (恢复上一个数据库); asked again, it is undone. The server sees it at once.",
)
@_database
def _rollback(db: Path | None) -> int:
    from budgetdata.store.before import rollback

    database = db or default_database()
    now, until_now = rollback(database)
    print(f"{database}: version {now} again; {until_now or 'what was there'} is kept as the one before")
    return 0


@commands.command(
    "draft-layout",
    help="What was not understood of a disclosure (版式草稿), as a layout file ready to edit: "
    "titles and heads as printed, with their places. Several files are read as one disclosure.",
)
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE")
def _draft_layout(files: tuple[Path, ...]) -> int:
    from budgetdata.show.draft import draft

    for line in draft(files):
        print(line)
    return 0


@commands.command("export", help="The public tables as CSV, datapackage.json and xlsx (导出).")
@click.option("--out", type=_FILE, metavar="DIR", help="directory to write the tables to (导出目录)")
@click.option(
    "--site", type=_FILE, metavar="DIR",
    help="directory for the static site (静态网站): embeds, pictures, CSV with relative links; only what changed",
)  # fmt: skip
@click.option(
    "--parquet", type=_FILE, metavar="DIR",
    help="directory for the tables as Parquet by year and region (列式文件), replaced in whole; optional extra parquet",
)  # fmt: skip
@click.option(
    "--url",
    default="",
    metavar="ADDRESS",
    help="the address that the static site will have (网站地址), for its sitemap",
)
@_database
def _export(out: Path | None, site: Path | None, parquet: Path | None, url: str, db: Path | None) -> int:
    if out is None and site is None and parquet is None:
        raise UsageError(
            "name where to write: --out DIR for the tables, --parquet DIR for the same as Parquet, --site DIR for the static site"
        )
    if parquet is not None:
        from budgetdata.exports.parquet import export_parquet

        print(f"{parquet}: {len(export_parquet(db or default_database(), parquet))} files")
    if out is not None:
        from budgetdata.exports.tables import export

        files = export(db or default_database(), out)
        print(f"{out}: {len(files)} files: {', '.join(path.name for path in files)}")
    if site is not None:
        from budgetdata.embeds.site import export_site

        report = export_site(db or default_database(), site, url=url, progress=True)
        counts = f"{report.drawn} charts drawn, {report.kept} unchanged, {report.removed} files removed"
        print(f"{site}: {report.files} files, {counts}")
        for note in report.notes:
            print(f"  {note}")
    return 0


@commands.command(
    "doctor",
    help="Whether a server has all it needs (自检): versions, disk, database, fonts, port, address; how to mend it.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, metavar="PORT")
@_database
def _doctor(port: int, db: Path | None) -> int:
    from budgetdata.web.doctor import examine

    code = 0
    for finding in examine(db or default_database(), port):
        print(finding)
        code = 1 if finding.mend and not finding.note else code
    return code


@commands.command(
    "serve",
    help="The app (网页) on http://localhost:PORT, database built first where it is missing or of another schema.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, metavar="PORT")
@_database
def _serve(port: int, db: Path | None) -> int:
    if importlib.util.find_spec("streamlit") is None:
        raise UsageError("the app needs Streamlit; install it with: python -m pip install 'budgetdata[app]'")
    from budgetdata.web.doctor import is_free

    if not is_free(port):
        raise UsageError(f"port {port} is taken (端口被占用); give another with --port N, or end what listens there")
    _ready_to_serve(db or default_database())
    environment = {**os.environ, **({"BUDGETDATA_DB": str(db.absolute())} if db else {})}
    command = [sys.executable, "-m", "streamlit", "run", str(app_script()), "--server.port", str(port)]
    if os.name != "nt":
        os.execve(sys.executable, command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def _ready_to_serve(database: Path) -> None:
    """Build a database that is missing or of another schema; one that is only older is served as it is, and that is said."""
    from budgetdata.build.current import ensure_database, is_current
    from budgetdata.store.database import read_meta, schema_version

    if read_meta(database).get("schema_version") != schema_version():
        ensure_database(database, progress=True)
    elif not is_current(database):
        said = "documents or program have changed since it was built; the app shows what it has until you run"
        print(f"{database}: {said}: {_PROGRAM} build", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
