"""The command line: add · build · check · show · export. Exit 0: all read; 1: something was not; 2: wrong usage."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from budgetdata.base.errors import BudgetDataError, NoDatabaseError, UnknownNameError
from budgetdata.base.settings import DATA_DIR, default_database
from budgetdata.base.text import one_line
from budgetdata.base.version import VERSION
from budgetdata.register.inputs import UsageError

_WRONG_USAGE = 2
_PROGRAM = "python -m budgetdata"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what goes wrong is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console may be set to a code page without Chinese
            reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (UsageError, UnknownNameError, NoDatabaseError) as error:
        print(f"{_PROGRAM}: {error}", file=sys.stderr)
        return _WRONG_USAGE
    except BudgetDataError as error:
        for line in str(error).splitlines():
            print(f"{_PROGRAM}: {line}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe (head) has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"{_PROGRAM}: stopped; nothing was replaced", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Read Chinese department budget disclosures (部门预算公开) into a database that can be checked.",
    )
    parser.add_argument("--version", action="version", version=f"budgetdata {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="add | build | check | show | export")
    _add_parser(commands)
    _build_parser(commands)
    check = commands.add_parser("check", help="the identities (勾稽关系), one line each that is not balanced")
    _db_option(check)
    check.set_defaults(command=_check)
    show = commands.add_parser("show", help="what was read, beside what was printed (读数对照原文)")
    show.add_argument(
        "document", metavar="DOCUMENT", help="document id or its beginning, file name, or department (部门名称)"
    )
    show.add_argument("--table", type=int, metavar="N", help="only this standard table (表号), 1 to 13")
    png_help = (
        "write the PDF's pages into DIR as PNG, every cell found framed (画出识别到的单元格); DOCUMENT may be a path"
    )
    show.add_argument("--png", type=Path, metavar="DIR", help=png_help)
    _db_option(show)
    show.set_defaults(command=_show)
    export = commands.add_parser("export", help="the public tables as CSV, datapackage.json and xlsx (导出)")
    export.add_argument("--out", type=Path, metavar="DIR", help="directory to write the tables to (导出目录)")
    site_help = "directory for the static site (静态网站): embeds, pictures, CSV with relative links; only what changed"
    export.add_argument("--site", type=Path, metavar="DIR", help=site_help)
    _db_option(export)
    export.set_defaults(command=_export)
    return parser


_Commands = argparse._SubParsersAction


def _add_parser(commands: _Commands[argparse.ArgumentParser]) -> None:
    add = commands.add_parser("add", help="register documents (登记文件): hash, department, year; personal data masked")
    add.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a .txt, .md or .pdf disclosure (公开文件)")
    name_help = "department (部门名称), where the document does not say it or to correct it"
    add.add_argument("--department", type=_name, metavar="NAME", help=name_help)
    add.add_argument(
        "--year", type=_year, metavar="YYYY", help="budget year (年度), where the document does not say it"
    )
    add.add_argument("--region", metavar="NAME", help="region (地区), where the department's name does not say it")
    add.add_argument("--url", type=_url, metavar="URL", help="the address it was downloaded from (来源网址)")
    add.set_defaults(command=_add)


def _build_parser(commands: _Commands[argparse.ArgumentParser]) -> None:
    build = commands.add_parser("build", help="documents into the database (建库), with a summary of each document")
    from_help = "read every .txt, .md and .pdf in DIR (目录) instead of the registered documents"
    build.add_argument("--from", dest="from_dir", type=Path, metavar="DIR", help=from_help)
    _db_option(build)
    jobs_help = "processes to read with (进程数); default one a processor"
    build.add_argument("--jobs", type=_jobs, default=0, metavar="N", help=jobs_help)
    build.add_argument("--strict", action="store_true", help="keep the old database where anything is unread (未读出)")
    ocr_help = "recognise scanned pages (扫描件); optional extra, see requirements-ocr.txt; keeps only what sums prove"
    build.add_argument("--ocr", action="store_true", help=ocr_help)
    build.set_defaults(command=_build)


def _db_option(parser: argparse.ArgumentParser) -> None:
    db_help = "the database (数据库); default BUDGETDATA_DB or data/budget.db"
    parser.add_argument("--db", type=Path, default=None, metavar="FILE", help=db_help)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes from 1 up")
    return int(text)


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a blank is no name (部门名称); give the department's full name")
    return text.strip()


def _year(text: str) -> int:
    from budgetdata.register.add import YEARS

    if not text.isdecimal() or int(text) not in YEARS:
        bounds = f"from {YEARS.start} to {YEARS.stop - 1}"
        raise argparse.ArgumentTypeError(
            f"'{text}' is no budget year (年度) {bounds}; give the four digits of the title"
        )
    return int(text)


def _url(text: str) -> str:
    from budgetdata.register.add import is_web_address

    if not is_web_address(text):
        raise argparse.ArgumentTypeError(f"'{text}' is no web address (网址); give it whole, from http:// or https://")
    return text


def _add(options: argparse.Namespace) -> int:
    from budgetdata.register.add import add

    add(options.files, DATA_DIR, options.department, options.year, options.region, options.url, say=print)
    print(f"now build the database with: {_PROGRAM} build")
    return 0


def _build(options: argparse.Namespace) -> int:
    from budgetdata.build.build import build
    from budgetdata.build.workers import stops_on_terminate

    with stops_on_terminate():
        report = build(
            options.db,
            from_dir=options.from_dir,
            jobs=options.jobs,
            strict=options.strict,
            progress=True,
            ocr=options.ocr,
        )
    for line in report.lines():
        print(line)
    return report.exit_code


def _check(options: argparse.Namespace) -> int:
    from budgetdata.store.database import open_readonly

    with closing(open_readonly(options.db or default_database())) as connection:
        for line in check_lines(connection):
            print(line)
    return 0


def check_lines(connection: sqlite3.Connection) -> list[str]:
    """One line for each identity that is not balanced, what differs first, and a line that counts them all."""
    rows = connection.execute(
        "SELECT c.*, d.department, d.year FROM checks c JOIN documents d USING (document_id) ORDER BY c.check_id"
    ).fetchall()
    order = ("different", "rounding", "not_evaluable")
    lines = []
    for status in order:
        for row in (row for row in rows if row["status"] == status):
            what = row["explanation"] if status == "not_evaluable" else _both_sides(row)
            lines.append(f"{status} {row['department']} {row['year']} {row['rule']} {row['label']}: {what}")
    counts = Counter(row["status"] for row in rows)
    counted = ", ".join(f"{counts[status]} {status.replace('_', ' ')}" for status in ("balanced", *order))
    return [one_line(line) for line in (*lines, *_narrative_lines(connection), f"{len(rows)} checks: {counted}")]


def _narrative_lines(connection: sqlite3.Connection) -> list[str]:
    """One line a document: how many numbers of its narrative there are and what each kind of link holds."""
    rows = connection.execute(
        """SELECT d.department, d.year, l.link, count(*) AS numbers FROM statement_link l JOIN document d USING (document_id)
           WHERE l.position = 1 GROUP BY d.department, d.year, l.document_id, l.link
           ORDER BY d.department, d.year, numbers DESC"""
    ).fetchall()
    told: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        told.setdefault((row["department"], row["year"]), []).append(
            f"{row['numbers']} {row['link'].replace('_', ' ')}"
        )
    return [f"narrative {name} {year}: numbers linked to {', '.join(parts)}" for (name, year), parts in told.items()]


def _both_sides(row: sqlite3.Row) -> str:
    """Both sides with their places; for what is no money the explanation carries both."""
    left, right = (f"{row[f'{side}_wan'] or '未填 blank'} ({row[f'{side}_ref']})" for side in ("left", "right"))
    if row["left_wan"] is None and row["right_wan"] is None:
        return f"{row['explanation']} ({row['left_ref']}; {row['right_ref']})"
    return f"{left} ≠ {right}, by {row['difference_wan'] or ''} 万元"


def _show(options: argparse.Namespace) -> int:
    from budgetdata.show.pictures import show_pictures
    from budgetdata.show.printed import show

    db = options.db or default_database()
    if options.png:
        lines = show_pictures(db, options.document, options.png, options.table)
    else:
        lines = show(db, options.document, options.table)
    for line in lines:
        print(line)
    return 0


def _export(options: argparse.Namespace) -> int:
    from budgetdata.exports.tables import export

    if options.out is None and options.site is None:
        raise UsageError("name where to write: --out DIR for the tables, --site DIR for the static site")
    if options.out is not None:
        files = export(options.db or default_database(), options.out)
        print(f"{options.out}: {len(files)} files: {', '.join(path.name for path in files)}")
    if options.site is not None:
        from budgetdata.embeds.site import export_site

        report = export_site(options.db or default_database(), options.site, progress=True)
        counts = f"{report.drawn} charts drawn, {report.kept} unchanged, {report.removed} files removed"
        print(f"{options.site}: {report.files} files, {counts}")
        for note in report.notes:
            print(f"  {note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
