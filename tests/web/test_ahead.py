"""What is made ahead is there for the first who asks, and a new version of the facts draws only what it changed."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from app_fixtures import client, db  # noqa: F401 - fixtures
from starlette.testclient import TestClient

from budgetdata.base import keeping
from budgetdata.base.kept_on_disk import Disk, keep_on
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds import live
from budgetdata.embeds.drawings import EMBED_WIDTHS
from budgetdata.gate import lanes
from budgetdata.gate.lanes import showing
from budgetdata.markup import framed
from budgetdata.queries import base, population, reported, sheet_pages
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, database_at
from budgetdata.queries.projects import SheetFilter
from budgetdata.web import ahead, sight
from budgetdata.web.recent import RECENT

CHART = "basic-and-project"


@pytest.fixture
def drawn(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:  # noqa: F811
    """Every drawing that the renderer is asked for, as if none could be written at once; a disk to keep them on, one chart to
    make ahead and no downloads."""
    document, said = held.documents(db)[0]["document_id"], []
    monkeypatch.setattr(ahead, "charts_with_keys", lambda _db: [(all_charts()[CHART], (("d", document),))])
    monkeypatch.setattr(ahead, "files_of", lambda _db: None)
    monkeypatch.setattr(ahead, "PAUSE", 0.0)

    def svg(specification: str) -> str:
        said.append(specification)
        return '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0,0" fill="#111111"/></svg>'

    monkeypatch.setattr(engine, "svg", svg)
    monkeypatch.setattr(picture, "written", lambda *_: "")
    picture.PICTURES.clear()
    keep_on(Disk(tmp_path / "drawings"))
    yield said
    keep_on(None)
    picture.PICTURES.clear()


def test_the_first_visitor_waits_for_no_drawing(db: Database, drawn: list[str], client: TestClient) -> None:  # noqa: F811
    assert ahead.make_ahead(db, lambda: False) == len(ahead.PAGE_WIDTHS) + 1
    count = len(drawn)
    assert count == len({*ahead.PAGE_WIDTHS, *EMBED_WIDTHS})
    picture.PICTURES.clear()
    document = held.documents(db)[0]["document_id"]
    assert client.get(f"/embed/{CHART}?d={document}").status_code == 200 and len(drawn) == count


def test_a_new_version_draws_only_what_it_changed(db: Database, drawn: list[str], tmp_path: Path) -> None:  # noqa: F811
    ahead.make_ahead(db, lambda: False)
    count = len(drawn)
    shutil.copyfile(db.path, tmp_path / "next.db")
    with sqlite3.connect(tmp_path / "next.db") as connection:
        connection.execute("UPDATE meta SET value = 'ffffffffffffffff' WHERE key = 'version'")
    following = database_at(tmp_path / "next.db")
    assert following.version != db.version and ahead.make_ahead(following, lambda: False) and len(drawn) == count


def test_an_embed_made_ahead_is_the_one_that_is_asked_for_also_after_a_start(
    db: Database,  # noqa: F811
    drawn: list[str],
    client: TestClient,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whole, from its file: nothing is loaded or drawn; of another version, address or choice it is made."""
    monkeypatch.setenv("BUDGETDATA_URL", "https://budget.example.org")
    address = f"/embed/{CHART}?d={held.documents(db)[0]['document_id']}"
    ahead.make_ahead(db, lambda: False)
    client.headers["host"], asked = "budget.example.org", list[str]()
    whole = client.get(f"{address}&v={db.version}")  # of the version that it is: the same
    monkeypatch.setattr(live, "embed_page", lambda *_: asked.append("made") or "anew")  # type: ignore[func-returns-value]
    RECENT.clear()
    assert client.get(f"{address}&utm_source=x").content == whole.content and "https://budget.example.org" in whole.text
    assert whole.headers["x-data-version"] == db.version and not asked
    RECENT.clear()
    monkeypatch.setenv("BUDGETDATA_URL", "https://other.example.org")
    client.headers["host"] = "other.example.org"
    assert client.get(address).text == client.get(f"{address}&lang=en").text == "anew" and len(asked) == 2


def test_it_ends_when_it_is_over(db: Database, drawn: list[str]) -> None:  # noqa: F811
    assert ahead.make_ahead(db, lambda: True) == 0 and not drawn


def test_visitors_come_first(db: Database, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Nothing is begun while something is made for one, but for so long only."""
    asked: list[bool] = []
    monkeypatch.setattr(ahead, "is_at_work", lambda: asked.append(not drawn) or len(asked) < 3)  # type: ignore[func-returns-value]
    monkeypatch.setattr(ahead, "_ANSWERED", 0.0)
    ahead.make_ahead(db, lambda: False)
    assert asked[:3] == [True] * 3 and drawn
    monkeypatch.setattr(ahead, "is_at_work", lambda: True)
    monkeypatch.setattr(ahead, "LONGEST_WAIT", 0.01)
    assert ahead.make_ahead(db, lambda: False)


@pytest.mark.parametrize(("setting", "made"), [("", True), ("on", True), ("off", False), ("0", False)])
def test_an_operator_may_have_nothing_made_ahead(monkeypatch: pytest.MonkeyPatch, setting: str, made: bool) -> None:
    stop, asked = threading.Event(), list[str]()

    def make(facts: Database, _is_over: object) -> None:
        asked.append(facts.version)
        stop.set()

    monkeypatch.setenv("BUDGETDATA_AHEAD", setting)
    monkeypatch.setattr(ahead, "warm_bundles", lambda _names: 0)
    monkeypatch.setattr(ahead, "make_ahead", make)
    ahead.keep_ahead(stop)
    assert bool(asked) == made


def test_what_is_of_all_documents_is_made_first(
    db: Database,  # noqa: F811
    drawn: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of ten thousand documents the first chart alone is more than is ever made ahead."""
    made: list[str] = []
    of_one = [(all_charts()[CHART], (("d", row["document_id"]),)) for row in held.documents(db)]
    monkeypatch.setattr(ahead, "charts_with_keys", lambda _db: iter([*of_one, (all_charts()["three-public"], ())]))
    monkeypatch.setattr(ahead, "MOST_OF_PAGES", 2)
    monkeypatch.setattr(picture, "cached_bare", lambda _db, chart, *_: made.append(chart.id))
    keep_on(None)
    ahead.make_ahead(db, lambda: False)
    assert list(dict.fromkeys(made)) == ["three-public", CHART] and len(made) == 2 * len(ahead.PAGE_WIDTHS)


def test_the_first_html_of_every_page_is_found_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(ahead, "first_sight", lambda page, _asked, lang: seen.append((page, lang)))
    monkeypatch.setattr(ahead, "PAUSE", 0.0)
    ahead.see_ahead(lambda: False)
    assert {*seen} == {(page or "home", lang) for page in ahead.page_names() for lang in ("zh", "en")}
    seen.clear()
    ahead.see_ahead(lambda: True)
    assert seen == []


def test_groups_that_stand_beside_each_other_are_read_before_a_version_of_many_is_served(
    db: Database,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[tuple[str, int, str]] = []
    monkeypatch.setattr(ahead, "settings", lambda: SimpleNamespace(makes_ahead=True))
    monkeypatch.setattr(ahead, "alike", lambda _db, *group: read.append(group))
    ahead.prepare(db)
    assert read == []  # of five any page is quick
    monkeypatch.setattr(ahead, "many", lambda _db: True)
    ahead.prepare(db)
    held_of = {(row["region"], row["year"], row["kind"]) for row in held.documents(db) if row["region"]}
    assert {*read} == held_of and len(read) == len(held_of)


def test_what_is_made_ahead_waits_while_a_page_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LONGEST_WAIT", 0.3)
    monkeypatch.setattr(ahead, "_ANSWERED", 0.02)
    made = threading.Event()
    with showing():
        thread = threading.Thread(target=ahead._gently, args=(made.set,))
        thread.start()
        assert not made.wait(0.15)
    assert made.wait(1)
    thread.join()
    assert not lanes.is_at_work()


def test_between_two_pages_of_one_visitor_nothing_is_made_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "QUIET", 0.4)
    made = threading.Event()
    thread = threading.Thread(target=ahead._gently, args=(made.set,))
    with showing():
        thread.start()
    assert not lanes.is_at_work() and lanes.since_shown() < 0.4
    assert not made.wait(0.2) and made.wait(2) and lanes.since_shown() >= 0.4
    thread.join()


def test_short_answers_over_all_documents_are_found_last_before_a_version_of_many_is_served(
    db: Database,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What pages ask as they open, of which each is a look at many rows: 关于, 绩效 and the lists of years and places."""
    monkeypatch.setattr(ahead, "settings", lambda: SimpleNamespace(makes_ahead=True))
    monkeypatch.setattr(ahead, "many", lambda _db: True)
    base.forget()
    ahead.prepare(db)
    monkeypatch.setattr(base, "_CONNECTIONS", None)  # who asks the file now fails
    newest = SheetFilter(year=0)
    assert population.regions(db)
    assert sheet_pages.page(db, newest, 0, sheet_pages.A_PAGE) and sheet_pages.totals(db, newest)["sheets"]
    assert reported.documents(db, reported.MOST_DOCUMENTS) and reported.layouts(db)
    assert (
        len(held.catalogue(db, held.Catalogue(), 0, population.PAGE)) == held.catalogue_count(db, held.Catalogue()) == 5
    )
    with pytest.raises(AttributeError):
        db.rows("SELECT 1 AS not_asked_before")


def test_what_pages_open_with_is_found_before_a_version_of_many_is_served(
    db: Database,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "settings", lambda: SimpleNamespace(makes_ahead=True))
    loaded: list[str] = []
    whole = framed.shown
    monkeypatch.setattr(framed, "shown", lambda db, chart, *given: loaded.append(chart.id) or whole(db, chart, *given))
    monkeypatch.setattr(keeping, "kept_on", lambda: None)
    for room in (framed._KEPT, sight._KEPT):
        room.clear()
    ahead.prepare(db)
    assert loaded == []  # five need no preparing
    monkeypatch.setattr(ahead, "many", lambda _db: True)
    ahead.prepare(db)
    assert {"departments-by-fund", "three-public"} <= {*loaded}
    loaded.clear()
    seen = [sight._seen(db, page or "home", (), lang) for page in ahead.page_names() for lang in ("zh", "en")]
    assert loaded == [] and sum(one is not None for one in seen) > 8
