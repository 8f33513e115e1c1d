"""`export --site DIR`: every embed, picture and CSV as files with relative links, that any web server or a folder serves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
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
from budgetdata.embeds.document import STATIC, Links
from budgetdata.embeds.files import chart_bytes
from budgetdata.embeds.page import embed_page, rows_hash
from budgetdata.embeds.site_index import INDEXES, Jobs, file_name, index_pages, sitemaps
from budgetdata.exports.tables import DATABASE_FILE, export
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.population import many

MANIFEST_FILE = "manifest.json"
Entry = dict[str, object]
"""What the manifest keeps of a chart: what it shows (print) of which rows (of), its files, and how they stand there."""
_OURS = ("chart/", "embed/", "list-", "sitemap")
_PACKAGE = Path(__file__).parent.parent


@dataclass(slots=True)
class SiteReport:
    """What an export did: pages drawn anew, pages kept as they were, files taken away, and what it could not do."""

    drawn: int = 0
    kept: int = 0
    removed: int = 0
    files: int = 0
    notes: list[str] = field(default_factory=list)


def export_site(db_path: Path, site: Path, *, url: str = "", progress: bool = False) -> SiteReport:
    """Write the static site and report. Charts whose figures and drawing code did not change are left as they are.

    url: the address that it will have, for its sitemap. Snapshots under frozen/ are named by their content and never taken away.
    Raises StoreError where it cannot be written.
    """
    db = open_database(db_path)
    try:
        site.mkdir(parents=True, exist_ok=True)
        return _export(db, site, url, progress)
    except OSError as error:
        raise StoreError(f"{site}: cannot be written ({error.strerror}); choose another --site DIR") from error


def _export(db: Database, site: Path, url: str, progress: bool) -> SiteReport:
    report, old = SiteReport(), _manifest(site)
    pictures = fonts.shows_chinese()
    if not pictures:
        report.notes.append("no Chinese font: PNG pictures left out; install fonts-wqy-microhei and export again")
    jobs = list(_jobs(db))
    drawn = _drawn(db, site, jobs, old, pictures)
    new: dict[str, Entry] = {}
    for name, entry, is_new in tqdm(drawn, "site", len(jobs), unit=" charts", disable=None if progress else True):
        new[name] = entry
        report.drawn, report.kept = report.drawn + is_new, report.kept + (not is_new)
    export(db.path, site / "data")
    _write(site / "data" / DATABASE_FILE, db.path.read_bytes())
    _write(site / "embed.js", (STATIC / "embed.js").read_text(encoding="utf-8"))
    leading = _leading(db, site, jobs, url)
    for path in leading:
        new[path] = {"files": [path]}
    report.removed = _remove_stale(site, old, new)
    _write(site / MANIFEST_FILE, json.dumps({"version": db.version, "charts": new}, ensure_ascii=False, indent=1))
    report.files = sum(path.is_file() for path in site.rglob("*"))
    return report


def _leading(db: Database, site: Path, jobs: Jobs, url: str) -> list[str]:
    """Write the pages that lead to the charts, and sitemaps where the site's address is known; their names."""
    written = dict(index_pages(db, jobs))
    if url:
        places = ["" if path == INDEXES["zh"] else path for path in written]
        places += [f"embed/{file_name(chart, key)}{mark}.html" for chart, key in jobs for mark in ("", ".en")]
        written |= sitemaps(places, f"{url.rstrip('/')}/", db.built_at[:10])
    for path, content in written.items():
        _write(site / path, content)
    return list(written)


def _drawn(
    db: Database, site: Path, jobs: Jobs, old: Mapping[str, Entry], pictures: bool
) -> Iterator[tuple[str, Entry, bool]]:
    """(name, entry of the manifest, whether it was drawn now) of each chart.

    A chart of a document none of whose rows changed is not even loaded; of another one what it shows decides.
    """
    look = f"{drawing_hash()}-{'png' if pictures else 'svg'}-{'many' if many(db) else 'few'}"
    stored = {row["document_id"]: row["hash"] for row in db.rows("SELECT document_id, hash FROM main.document_content")}
    for chart, key in jobs:
        name, document_id = file_name(chart, key), dict(key).get("d", "")
        of = f"{stored[document_id][:16]}-{look}" if document_id in stored else ""
        before = old.get(name, {})
        files, is_whole = _listed(before), _is_whole(site, before)
        if is_whole and of and before.get("of") == of:
            yield name, before, False
            continue
        asked = shown(db, chart, key, "zh")
        fingerprint = f"{rows_hash(asked.data)}-{look}"
        is_new = not (is_whole and before.get("print") == fingerprint)
        if is_new:
            files = _draw(site, asked, pictures)
        found: Entry = {"print": fingerprint, "of": of, "files": files, "chart": chart.id, "choices": dict(key)}
        yield name, found | {"stamp": _stamps(site, files), "sha256": _sums(site, files)}, is_new


def _is_whole(site: Path, entry: Entry) -> bool:
    """Whether all files of a chart stand there as they were written: what was cut short or changed is drawn again. Those that lay
    still since are not read for it."""
    files = _listed(entry)
    if not files or not all((site / path).is_file() for path in files):
        return False
    return entry.get("stamp") == _stamps(site, files) or entry.get("sha256") == _sums(site, files)


def _stamps(site: Path, files: list[str]) -> str:
    """A hash of sizes and times of files."""
    stats = [(site / path).stat() for path in files]
    return hashlib.sha256(repr([(stat.st_size, stat.st_mtime_ns) for stat in stats]).encode()).hexdigest()[:16]


def _sums(site: Path, files: list[str]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(hashlib.sha256((site / path).read_bytes()).digest())
    return total.hexdigest()


def _jobs(db: Database) -> Iterator[tuple[Chart, Key]]:
    ids = [row["document_id"] for row in held.named(db)]
    for chart in all_charts().values():
        if chart.group != "department":
            yield chart, ()
        else:
            yield from ((chart, (("d", document_id),)) for document_id in ids)


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


def _manifest(site: Path) -> dict[str, Entry]:
    try:
        charts = json.loads((site / MANIFEST_FILE).read_text(encoding="utf-8"))["charts"]
        return charts if isinstance(charts, dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _listed(entry: Entry) -> list[str]:
    files = entry.get("files")
    return [str(path) for path in files] if isinstance(files, list) else []


def _remove_stale(site: Path, old: dict[str, Entry], new: dict[str, Entry]) -> int:
    """Take away the files of charts and lists that are no more; only what an earlier export listed, only where it writes."""
    alive = {path for entry in new.values() for path in _listed(entry)}
    removed = 0
    for path in {path for entry in old.values() for path in _listed(entry)} - alive:
        file = site / path
        if path.startswith(_OURS) and ".." not in path and file.is_file():
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
