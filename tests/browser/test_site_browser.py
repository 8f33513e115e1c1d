"""The static site in a real Chromium: it works from a folder and from a server, also after a move, and asks nobody else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browsing import overheard
from playwright.sync_api import Browser

from budgetdata.base.settings import DATA_DIR
from budgetdata.build.build import build
from budgetdata.embeds.site import export_site
from budgetdata.register.sources import read_sources, stored_path

pytestmark = pytest.mark.browser


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of the two shortest registered documents: what a site of any number of them is made of."""
    documents = sorted(
        (stored_path(source, DATA_DIR) for source in read_sources(DATA_DIR)), key=lambda p: p.stat().st_size
    )
    (tmp_path / "two").mkdir()
    for path in documents[:2]:
        shutil.copy(path, tmp_path / "two")
    return build(tmp_path / "two.db", from_dir=tmp_path / "two", jobs=1).database


def test_it_works_from_a_folder_and_after_a_move(
    browser: Browser, host: tuple[str, Path], tmp_path: Path, database: Path
) -> None:
    origin, folder = host
    report = export_site(database, tmp_path / "site")
    again = export_site(database, tmp_path / "site")
    assert report.drawn > 20 and again.drawn == 0 and again.kept == report.drawn
    shutil.move(tmp_path / "site", folder / "moved")
    for base in (f"{origin}/moved", (folder / "moved").as_uri()):
        page = browser.new_page(viewport={"width": 390, "height": 900})
        said, asked = overheard(page)
        page.goto(f"{base}/index.html")
        links = page.eval_on_selector_all("a", "all => all.map(a => a.href)")
        assert len(links) > 100 and all(link.startswith(base) for link in links)
        missing = [
            link
            for link in links
            if not (folder / "moved" / link.removeprefix(base).split("#")[0].lstrip("/")).exists()
        ]
        assert missing == []
        page.goto(next(link for link in links if link.endswith(".html") and "projects" in link))
        assert page.locator(".drawing:visible svg").count() == 1
        frozen = next((folder / "moved" / "frozen").iterdir()).name
        page.goto(f"{base}/frozen/{frozen}")
        assert page.locator("h1").count() == 1
        assert said == [] and all(url.startswith((base, "data:")) for url in asked)
        page.close()
