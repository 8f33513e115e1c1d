"""The pages of a static site that lead to its charts: an index, lists of budgets where many are held, and sitemaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key
from budgetdata.embeds.choices import Look
from budgetdata.embeds.document import Links, document
from budgetdata.exports.tables import DATABASE_FILE, WORKBOOK_FILE
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.words.catalogue import text

INDEXES = {"zh": "index.html", "en": "index.en.html"}
SITEMAP_FILE = "sitemap.xml"
LISTED = 200
"""So many budgets stand on one list, where many are held."""
ADDRESSES = 50_000
"""A sitemap may name so many addresses; of more there are several, and an index of them."""
_FORMATS = {"svg": "SVG", "png": "PNG", "csv": "CSV", "json": "Vega-Lite"}
"""What a chart is there as, by suffix; pictures and CSV speak Chinese, as their sources do."""
_DATA = (
    ("datapackage.json", "datapackage.json"), ("figures.csv", "figures.csv"), (WORKBOOK_FILE, "xlsx"), (DATABASE_FILE, "SQLite"),
)  # fmt: skip

Jobs = Sequence[tuple[Chart, Key]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some budgets in the order of the site: their charts stand on one list."""

    name: str
    number: int
    names: dict[str, str]

    def file(self, lang: str) -> str:
        """The list's page."""
        return f"{self.name}{'' if lang == 'zh' else f'.{lang}'}.html"


def file_name(chart: Chart, key: Key) -> str:
    """The name of a chart's files, without suffix."""
    return "-".join([chart.id, *(value.replace(",", "-") for _, value in key)])


def index_pages(db: Database, jobs: Jobs) -> Iterator[tuple[str, str]]:
    """(path, HTML) of every page that leads to charts, in both languages."""
    names = {row["document_id"]: f"{row['department']} {row['year']}" for row in held.documents(db)}
    parts = _parts(names) if many(db) else []
    for lang in INDEXES:
        shown = [pair for pair in jobs if not parts or not dict(pair[1]).get("d")]
        yield INDEXES[lang], _page(INDEXES, lang, shown, names, db.version, parts)
        for part in parts:
            own = [pair for pair in jobs if dict(pair[1]).get("d") in part.names]
            yield part.file(lang), _page({each: part.file(each) for each in INDEXES}, lang, own, names, db.version)


def _parts(names: dict[str, str]) -> list[_Part]:
    every = list(names.items())
    starts = range(0, len(every), LISTED)
    return [_Part(f"list-{number}", number, dict(every[at : at + LISTED])) for number, at in enumerate(starts, start=1)]


def _page(
    files: dict[str, str], lang: str, jobs: Jobs, names: dict[str, str], version: str, parts: Sequence[_Part] = ()
) -> str:
    """A page of charts. files: its name in each language; parts: the lists that it leads to."""
    listed: dict[str, list[tuple[str, str]]] = {chart.id: [] for chart in all_charts().values()}
    for chart, key in jobs:
        listed[chart.id].append((names.get(dict(key).get("d", ""), ""), file_name(chart, key)))
    charts = [
        {"id": chart.id, "question": chart.question(lang), "files": listed[chart.id]}
        for chart in all_charts().values()
        if listed[chart.id] or files is INDEXES
    ]
    lists = [
        (part.file(lang), text(lang, "site.list", first=next(iter(part.names.values())), n=len(part.names)))
        for part in parts
    ]
    title, other = text(lang, "site.title"), next(each for each in INDEXES if each != lang)
    body = render(
        "embeds/site.html", lang, title=title, data=_DATA, formats=_FORMATS.items(), other=files[other], other_lang=other,
        charts=charts, lists=lists, version=version,
    )  # fmt: skip
    return document(title, text(lang, "site.described"), body, Look(lang=lang), Links())


def sitemaps(places: Sequence[str], base: str, day: str, each: int = ADDRESSES) -> dict[str, str]:
    """The sitemap of some addresses below a base; of more than one may name an index, sitemap-1.xml and so on: name → XML."""
    parts = [places[start : start + each] for start in range(0, len(places), each)] or [places]
    if len(parts) == 1:
        return {SITEMAP_FILE: render("web/sitemap.xml", base=base, places=parts[0], day=day)}
    files = {
        f"sitemap-{number}.xml": render("web/sitemap.xml", base=base, places=part, day=day)
        for number, part in enumerate(parts, start=1)
    }
    return {SITEMAP_FILE: render("web/sitemaps.xml", base=base, places=list(files), day=day), **files}
