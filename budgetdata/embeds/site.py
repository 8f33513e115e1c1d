"""`export --site DIR`: every embed, picture and CSV as files with relative links, that any web server or a folder serves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from tqdm import tqdm

from budgetdata.base.errors import StoreError
from budgetdata.charts.drawing import fonts
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key, Shown, shown
from budgetdata.embeds.choices import Look
from budgetdata.embeds.document import STATIC, Links, document
from budgetdata.embeds.files import chart_bytes
from budgetdata.embeds.page import embed_page, rows_hash
from budgetdata.exports.tables import DATABASE_FILE, WORKBOOK_FILE, export
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.words.catalogue import text

MANIFEST_FILE = "manifest.json"
INDEXES = {"zh": "index.html", "en": "index.en.html"}
_FORMATS = {"svg": "SVG", "png": "PNG", "csv": "CSV", "json": "Vega-Lite"}
"""What a chart is there as, by suffix; pictures and CSV speak Chinese, as their sources do."""
_DATA = (
    ("datapackage.json", "datapackage.json"), ("figures.csv", "figures.csv"), (WORKBOOK_FILE, "xlsx"), (DATABASE_FILE, "SQLite"),
)  # fmt: skip
_PACKAGE = Path(__file__).parent.parent


@dataclass(slots=True)
class SiteReport:
    """What an export did: pages drawn anew, pages kept as they were, files taken away, and what it could not do."""

    drawn: int = 0
    kept: int = 0
    removed: int = 0
    files: int = 0
    notes: list[str] = field(default_factory=list)


def export_site(db_path: Path, site: Path, *, progress: bool = False) -> SiteReport:
    """Write the static site and report. Charts whose figures and drawing code did not change are left as they are.

    Snapshots under frozen/ are named by their content and never taken away. Raises StoreError where it cannot be written.
    """
    db = open_database(db_path)
    try:
        site.mkdir(parents=True, exist_ok=True)
        return _export(db, site, progress)
    except OSError as error:
        raise StoreError(f"{site}: cannot be written ({error.strerror}); choose another --site DIR") from error


def _export(db: Database, site: Path, progress: bool) -> SiteReport:
    report, old = SiteReport(), _manifest(site)
    new: dict[str, dict[str, object]] = {}
    pictures = fonts.shows_chinese()
    if not pictures:
        report.notes.append("no Chinese font: PNG pictures left out; install fonts-wqy-microhei and export again")
    jobs = list(_jobs(db))
    for chart, key in tqdm(jobs, desc="site", unit=" charts", disable=None if progress else True):
        name = file_name(chart, key)
        asked = shown(db, chart, key, "zh")
        fingerprint = f"{rows_hash(asked.data)}-{drawing_hash()}-{'png' if pictures else 'svg'}"
        before = old.get(name, {})
        listed = _listed(before)
        if listed and before.get("print") == fingerprint and _whole(site, listed, before.get("sha256")):
            new[name] = before
            report.kept += 1
            continue
        files = _draw(site, asked, pictures)
        new[name] = {
            "print": fingerprint, "files": files, "sha256": _sums(site, files), "chart": chart.id, "choices": dict(key),
        }  # fmt: skip
        report.drawn += 1
    export(db.path, site / "data")
    _write(site / "data" / DATABASE_FILE, db.path.read_bytes())
    _write(site / "embed.js", (STATIC / "embed.js").read_text(encoding="utf-8"))
    for lang, name in INDEXES.items():
        _write(site / name, _index(db, jobs, lang))
    report.removed = _remove_stale(site, old, new)
    _write(site / MANIFEST_FILE, json.dumps({"version": db.version, "charts": new}, ensure_ascii=False, indent=1))
    report.files = sum(path.is_file() for path in site.rglob("*"))
    return report


def _whole(site: Path, files: list[str], sums: object) -> bool:
    """Whether all files stand there as they were written: what was cut short or changed is drawn again."""
    return all((site / path).is_file() for path in files) and _sums(site, files) == sums


def _sums(site: Path, files: list[str]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(hashlib.sha256((site / path).read_bytes()).digest())
    return total.hexdigest()


def _jobs(db: Database) -> Iterator[tuple[Chart, Key]]:
    ids = [row["document_id"] for row in held.documents(db)]
    for chart in all_charts().values():
        if chart.group != "department":
            yield chart, ()
        else:
            yield from ((chart, (("d", document_id),)) for document_id in ids)


def file_name(chart: Chart, key: Key) -> str:
    """The name of a chart's files, without suffix."""
    return "-".join([chart.id, *(value.replace(",", "-") for _, value in key)])


def _draw(site: Path, asked: Shown, pictures: bool) -> list[str]:
    db, chart, key = asked.db, asked.chart, asked.key
    name, files = file_name(chart, key), dict[str, str | bytes]()
    for suffix in ("svg", "csv", "json", *(("png",) if pictures else ())):
        files[f"chart/{name}.{suffix}"] = chart_bytes(db, chart, key, Look(), suffix)
    if pictures:
        files[f"chart/{name}.social.png"] = chart_bytes(db, chart, key, Look(card="social"), "png")
    links = Links(
        f"../index.html#{chart.id}",
        f"../chart/{name}.csv",
        f"../chart/{name}.png" if pictures else f"../chart/{name}.svg",
        app="",
        stamp=rows_hash(asked.data),
    )
    for theme, mark in (("light", ""), ("dark", ".dark")):
        files[f"embed/{name}{mark}.html"] = embed_page(asked, Look(theme=theme), links)
    english = replace(links, home=f"../index.en.html#{chart.id}")
    files[f"embed/{name}.en.html"] = embed_page(shown(db, chart, key, "en"), Look(lang="en"), english)
    files[f"frozen/{snapshot_name(chart, key, asked.data)}"] = snapshot(db, chart, key, Look(), "../index.html")
    for path, content in files.items():
        if not path.startswith("frozen/") or not (site / path).is_file():
            _write(site / path, content)
    return [path for path in files if not path.startswith("frozen/")]


def snapshot_name(chart: Chart, key: Key, data: ChartData) -> str:
    """The file name of a frozen chart: what it shows decides it."""
    return f"{file_name(chart, key)}.{rows_hash(data)}.html"


def snapshot(db: Database, chart: Chart, key: Key, look: Look, home: str) -> str:
    """A chart as one HTML file that holds everything it shows and never changes."""
    asked = shown(db, chart, key, look.lang)
    return embed_page(asked, look, Links(home, app="", stamp=rows_hash(asked.data)))


@cache
def drawing_hash() -> str:
    """A hash over the code that draws: another hash, and everything is drawn anew."""
    total = hashlib.sha256()
    with contextlib.suppress(metadata.PackageNotFoundError):
        total.update(metadata.version("vl-convert-python").encode())
    for folder in ("charts", "embeds", "markup", "queries", "words"):
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.suffix in (".py", ".css", ".js", ".html", ".po"):
                total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _index(db: Database, jobs: list[tuple[Chart, Key]], lang: str) -> str:
    names = {row["document_id"]: f"{row['department']} {row['year']}" for row in held.documents(db)}
    listed = [
        {
            "id": chart.id,
            "question": chart.question(lang),
            "files": [
                (names.get(dict(key).get("d", ""), ""), file_name(chart, key)) for drawn, key in jobs if drawn is chart
            ],
        }
        for chart in all_charts().values()
    ]
    title, other = text(lang, "site.title"), next(each for each in INDEXES if each != lang)
    body = render(
        "embeds/site.html", lang, title=title, data=_DATA, formats=_FORMATS.items(), other=INDEXES[other], other_lang=other,
        charts=listed, version=db.version,
    )  # fmt: skip
    return document(title, text(lang, "site.described"), body, Look(lang=lang), Links())


def _manifest(site: Path) -> dict[str, dict[str, object]]:
    try:
        charts = json.loads((site / MANIFEST_FILE).read_text(encoding="utf-8"))["charts"]
        return charts if isinstance(charts, dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _listed(entry: dict[str, object]) -> list[str]:
    files = entry.get("files")
    return [str(path) for path in files] if isinstance(files, list) else []


def _remove_stale(site: Path, old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]) -> int:
    """Take away the files of charts that are no more; only names that an earlier export listed, only inside its folders."""
    alive = {path for entry in new.values() for path in _listed(entry)}
    removed = 0
    for path in {path for entry in old.values() for path in _listed(entry)} - alive:
        file = site / path
        if path.startswith(("chart/", "embed/")) and ".." not in path and file.is_file():
            file.unlink()
            removed += 1
    return removed


def _write(path: Path, content: str | bytes) -> None:
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)
