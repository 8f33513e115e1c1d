"""The static export: both languages, relative links that all lead somewhere, nothing drawn twice."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest

from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key, Shown
from budgetdata.embeds import site as static
from budgetdata.embeds import site_index
from budgetdata.embeds.site import INDEXES, export_site
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries.base import Database

pytest_plugins = ["app_fixtures"]
LINK = re.compile(r'(?:href|src)="([^"]+)"')


@pytest.fixture
def few(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of two charts: one of a department, one over all."""
    document = held.documents(db)[0]["document_id"]
    charts = all_charts()
    jobs = [(charts["basic-and-project"], (("d", document),)), (charts["three-public-share"], ())]
    monkeypatch.setattr(static, "_jobs", lambda _db: iter(jobs))


def outward(page: Path) -> list[str]:
    """The links of a page but for those inside it and the empty icon."""
    found = [unescape(address) for address in LINK.findall(page.read_text(encoding="utf-8"))]
    return [address for address in found if not address.startswith(("#", "data:"))]


def test_both_languages_and_every_link_leads_somewhere(db: Database, few: None, tmp_path: Path) -> None:
    report = export_site(db.path, tmp_path / "site")
    assert (report.drawn, report.kept) == (2, 0)
    pages = [*(tmp_path / "site" / name for name in INDEXES.values()), *(tmp_path / "site").glob("*/*.html")]
    assert len(pages) == 2 + 2 * 4, "index in two languages; each chart light, dark, English and frozen"
    for page in pages:
        for address in outward(page):
            assert not re.match(r"[a-z]+:|/", address), f"{page.name}: {address} would not survive a move"
            assert "…" in address or (page.parent / address.partition("#")[0]).is_file(), f"{page.name}: {address}"
    for page in (tmp_path / "site").glob("embed/*.en.html"):
        text = page.read_text(encoding="utf-8")
        chart = all_charts()[
            next(name for name in all_charts() if page.name in (f"{name}.en.html",) or page.name.startswith(f"{name}-"))
        ]
        assert '<html lang="en">' in text and "data version" in text and "../index.en.html#" in text, page.name
        assert chart.id in text
    english = (tmp_path / "site" / INDEXES["en"]).read_text(encoding="utf-8")
    assert '<html lang="en">' in english and all(
        chart.question("en").split("'")[0] in english for chart in all_charts().values()
    )


def one_file(site: Path, asked: Shown, _pictures: bool) -> list[str]:
    """A chart as its rows alone."""
    path = f"chart/{site_index.file_name(asked.chart, asked.key)}.csv"
    static._write(site / path, repr(asked.data.rows))
    return [path]


def test_what_did_not_change_is_not_drawn_again(
    db: Database, few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, loaded = tmp_path / "site", list[str]()
    monkeypatch.setattr(static, "export", lambda *_: None)  # tables and pictures are the test's above
    monkeypatch.setattr(static, "_draw", one_file)
    export_site(db.path, site, url="https://example.org/budgets")
    whole = static.shown

    def shown(db: Database, chart: Chart, key: Key, lang: str) -> Shown:
        loaded.append(chart.id)
        return whole(db, chart, key, lang)

    monkeypatch.setattr(static, "shown", shown)
    again = export_site(db.path, site)
    assert (again.drawn, again.kept, again.removed) == (0, 2, 1), "the sitemap goes with the address"
    assert loaded == ["three-public-share"], "what is of a document whose rows are the same is not even loaded"
    picture = next((site / "chart").glob("basic-and-project-*.csv"))
    picture.write_bytes(picture.read_bytes()[:-4])
    os.utime(next((site / "chart").glob("three-public-share.csv")))
    again = export_site(db.path, site)
    assert (again.drawn, again.kept) == (1, 1), "what was cut short is drawn again, what only looks younger is not"
    manifest = json.loads((site / static.MANIFEST_FILE).read_text(encoding="utf-8"))
    name = next(name for name in manifest["charts"] if name.startswith("basic-and-project"))
    manifest["charts"][name]["of"] = "as of other rows"
    (site / static.MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    assert export_site(db.path, site).drawn == 0, "other rows that show the same"


def test_a_site_of_many_leads_by_lists_and_a_map_of_maps(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population, "MANY", 2)
    monkeypatch.setattr(site_index, "LISTED", 2)
    ids = [row["document_id"] for row in held.documents(db)]
    charts = all_charts()
    jobs = [(charts["three-public"], ()), *((charts["basic-and-project"], (("d", code),)) for code in ids)]
    pages = dict(site_index.index_pages(db, jobs))
    assert len(pages) == 2 + 2 * 3
    for lang, name in INDEXES.items():
        linked = {unescape(address) for address in LINK.findall(pages[name])}
        lists = {path for path in pages if path.startswith("list-") and path.endswith(".en.html") == (lang == "en")}
        assert lists <= linked and not any(code in pages[name] for code in ids)
        assert all(sum(code in pages[path] for path in lists) == 1 for code in ids)
    found = site_index.sitemaps(
        [f"embed/{number}.html" for number in range(5)], "https://example.org/", "2026-01-01", 2
    )
    assert list(found) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert found["sitemap.xml"].count("<sitemap>") == 3 and "https://example.org/sitemap-3.xml" in found["sitemap.xml"]
    assert sum(text.count("<url>") for text in found.values()) == 5
    assert list(site_index.sitemaps(["a"], "https://example.org/", "", 2)) == ["sitemap.xml"]
