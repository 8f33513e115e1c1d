"""The app over documents of other cities: every page opens and every chart answers, whatever a layout prints or leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import folder_of, real_documents
from opening import opened
from readings import read_once
from starlette.applications import Starlette
from starlette.testclient import TestClient

from budgetdata.build import together
from budgetdata.build.build import build
from budgetdata.charts.registered.registry import all_charts
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.web import middleware, routes
from budgetdata.web.ahead import charts_with_keys

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation")
OF_A_DOCUMENT = ("department", "checks", "performance", "disclosure")


@pytest.fixture(scope="module", params=["invented", "real"])
def cities(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of the invented samples, or of real PDFs of every place (all where WHOLE_CORPUS=1), shown by the app."""
    folder = Path(__file__).parents[1] / "samples"
    if request.param == "real":
        chosen = real_documents(request.getfixturevalue("shared"))
        folder = folder_of(chosen, tmp_path_factory.mktemp("documents"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "read_document", lambda path, _ocr: read_once(path))  # others of this run read them too
        path = build(tmp_path_factory.mktemp("cities") / "cities.db", from_dir=folder, jobs=1).database
        patch.setenv("BUDGETDATA_DB", str(path))
        yield open_database()


def test_every_page_opens_for_every_document(cities: Database) -> None:
    documents = [row["document_id"] for row in held.documents(cities)]
    assert len(documents) >= 4
    for page in OF_A_DOCUMENT:
        for document in documents:
            opened(page, d=document)


@pytest.mark.parametrize("page", [*PAGES, *HIDDEN])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens(cities: Database, page: str, lang: str) -> None:
    opened(page, lang=lang)


def test_every_chart_answers(cities: Database) -> None:
    client = TestClient(Starlette(routes=routes(), middleware=middleware()))
    for chart, key in charts_with_keys(cities):
        for address in (f"/chart/{chart.id}.csv", f"/chart/{chart.id}.json"):
            answered = client.get(address, params=dict(key))
            assert answered.status_code == 200 and answered.headers["x-data-version"] == cities.version, (address, key)


def test_every_kind_of_income_is_counted(cities: Database) -> None:
    chart, looked = all_charts()["income-by-source"], 0
    for row in held.documents(cities):
        data = chart.load(cities, {"d": row["document_id"]}, "zh")
        if data.rows:
            assert "等于所印合计" in data.note or "尾差" in data.note, (row["department"], data.note)
            looked += 1
    assert looked >= 3
