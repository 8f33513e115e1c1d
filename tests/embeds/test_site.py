"""The static export: both languages, relative links that all lead somewhere, nothing drawn twice."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds import site as static
from budgetdata.embeds.site import INDEXES, export_site
from budgetdata.queries import documents as held
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


def test_what_did_not_change_is_not_drawn_again(db: Database, few: None, tmp_path: Path) -> None:
    export_site(db.path, tmp_path / "site")
    again = export_site(db.path, tmp_path / "site")
    assert (again.drawn, again.kept, again.removed) == (0, 2, 0)
