"""`export --site DIR`: every embed, picture and CSV as files with relative links, that any web server or a folder serves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path

from tqdm import tqdm

from budgetdata.base.errors import StoreError
from budgetdata.charts.drawing import fonts
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.choices import Key, Look
from budgetdata.embeds.files import chart_bytes
from budgetdata.embeds.page import STATIC, Links, document, embed_page, rows_hash
from budgetdata.exports.tables import DATABASE_FILE, export
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.words.names import say

MANIFEST_FILE = "manifest.json"
INDEXES = {"zh": "index.html", "en": "index.en.html"}
_FORMATS = ("SVG", "PNG", "CSV", "Vega-Lite")
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
    for chart, key in tqdm(jobs, desc="site", unit=" charts", disable=not progress):
        name = file_name(chart, key)
        data = chart.load(db, dict(key), "zh")
        fingerprint = f"{rows_hash(data)}-{drawing_hash()}-{'png' if pictures else 'svg'}"
        before = old.get(name, {})
        listed = _listed(before)
        if listed and before.get("print") == fingerprint and _whole(site, listed, before.get("sha256")):
            new[name] = before
            report.kept += 1
            continue
        files = _draw(db, site, chart, key, data, pictures)
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


def _draw(db: Database, site: Path, chart: Chart, key: Key, data: ChartData, pictures: bool) -> list[str]:
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
        stamp=rows_hash(data),
    )
    for theme, mark in (("light", ""), ("dark", ".dark")):
        files[f"embed/{name}{mark}.html"] = embed_page(db, chart, key, Look(theme=theme), links)
    english = replace(links, home=f"../index.en.html#{chart.id}")
    files[f"embed/{name}.en.html"] = embed_page(db, chart, key, Look(lang="en"), english)
    files[f"frozen/{snapshot_name(chart, key, data)}"] = snapshot(db, chart, key, Look(), "../index.html")
    for path, content in files.items():
        if not path.startswith("frozen/") or not (site / path).is_file():
            _write(site / path, content)
    return [path for path in files if not path.startswith("frozen/")]


def snapshot_name(chart: Chart, key: Key, data: ChartData) -> str:
    """The file name of a frozen chart: what it shows decides it."""
    return f"{file_name(chart, key)}.{rows_hash(data)}.html"


def snapshot(db: Database, chart: Chart, key: Key, look: Look, home: str) -> str:
    """A chart as one HTML file that holds everything it shows and never changes."""
    data = chart.load(db, dict(key), look.lang)
    return embed_page(db, chart, key, look, Links(home, "", "", app="", stamp=rows_hash(data)))


@cache
def drawing_hash() -> str:
    """A hash over the code that draws: another hash, and everything is drawn anew."""
    total = hashlib.sha256()
    with contextlib.suppress(metadata.PackageNotFoundError):
        total.update(metadata.version("vl-convert-python").encode())
    for folder in ("charts", "queries", "ui", "web"):
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.suffix in (".py", ".css", ".js"):
                total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _index(db: Database, jobs: list[tuple[Chart, Key]], lang: str) -> str:
    names = {row["document_id"]: f"{row['department']} {row['year']}" for row in held.documents(db)}
    everything = say(lang, "全部", "All")
    blocks = []
    for chart in all_charts().values():
        rows = "".join(
            f'<tr><td class="first">{escape(names.get(dict(key).get("d", ""), everything))}</td>'
            f"<td>{_file_links(file_name(chart, key), lang)}</td></tr>"
            for drawn, key in jobs
            if drawn is chart
        )
        blocks.append(f'<h2 id="{chart.id}">{escape(chart.question(lang))}</h2><table><tbody>{rows}</tbody></table>')
    title = say(lang, "图、嵌入、数据", "Charts, embeds, data")
    about = say(
        lang,
        "这是一份静态拷贝：文件都在这个文件夹里，链接都是相对的，可以整个搬走。数据：",
        "A static copy: all files are in this folder, all links are relative, so it can be moved as a whole. Data: ",
    )
    how, unchanging = (
        say(lang, "嵌入：", "To embed: "),
        say(
            lang,
            "；不变的快照在 <code>frozen/</code>，文件名含内容的散列值。",
            "; snapshots that never change are in <code>frozen/</code>, named by a hash of their content (Chinese).",
        ),
    )
    ending, other = (".en.html", "zh") if lang == "en" else (".html", "en")
    data = '<a href="data/datapackage.json">datapackage.json</a> · <a href="data/figures.csv">figures.csv</a> · '
    data += '<a href="data/mingzhang.xlsx">xlsx</a> · <a href="data/mingzhang.db">SQLite</a>'
    body = (
        f"<h1>{say(lang, '明账：', 'Mingzhang: ')}{title}</h1><p>{about}{data}{say(lang, '。', '.')} "
        f'<a href="{INDEXES[other]}" hreflang="{other}">{say(other, "中文", "English")}</a></p>'
        f'<p>{how}<code>&lt;iframe src="…/embed/…{ending}" width="100%" height="480" style="border:0"&gt;&lt;/iframe&gt;'
        f'&lt;script async src="…/embed.js"&gt;&lt;/script&gt;</code>{unchanging}</p>'
        + "".join(blocks)
        + f'<p class="src">{say(lang, "数据版本", "Data version")} {escape(db.version)}</p>'
    )
    described = say(
        lang,
        "部门预算公开：每张图的嵌入页、图片和数据",
        "Budgets of Chinese departments: every chart as embed, picture and data",
    )
    return document(title, described, body, Look(lang=lang), Links("", "", ""))


def _file_links(name: str, lang: str) -> str:
    """The links to what a chart is there as; pictures and CSV speak Chinese, as their sources do."""
    live = [(f"embed/{name}.html", "嵌入"), (f"embed/{name}.dark.html", "深色")]
    if lang == "en":
        live = [(f"embed/{name}.en.html", "Embed")]
    files = [
        (f"chart/{name}.{suffix}", said) for suffix, said in zip(("svg", "png", "csv", "json"), _FORMATS, strict=True)
    ]
    return " · ".join(f'<a href="{address}">{said}</a>' for address, said in [*live, *files])


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
