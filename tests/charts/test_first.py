"""A picture of very many documents shows the first and says so; files hold them all; nothing that is drawn grows without end.

What ranks says of whom, and names nobody as the first who shares that place with others, or has too few beside it.
"""

from __future__ import annotations

import gzip
import io
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from benchmarks.many import make
from budgetdata.base.errors import TooLongError
from budgetdata.base.keeping import Room, room_of
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.first import NEAREST, nearest
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.embeds.choices import Look
from budgetdata.embeds.document import Links
from budgetdata.embeds.files import as_csv
from budgetdata.embeds.page import embed_page
from budgetdata.queries.base import Database, database_at
from budgetdata.queries.documents import chosen, documents
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions

pytest_plugins = ["app_fixtures"]
ACROSS = [chart.id for chart in all_charts().values() if chart.group != "department"]
HELD = 64


@pytest.fixture(scope="module")
def many(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database of many documents, all made of one small one."""
    path = tmp_path_factory.mktemp("many") / "many.db"
    make(db.path, path, HELD)
    return database_at(path)


@pytest.mark.parametrize("chart_id", ACROSS)
def test_a_picture_of_many_is_bounded_and_says_so(many: Database, chart_id: str) -> None:
    chart = all_charts()[chart_id]
    data = shown(many, chart, (), "zh").data
    height = picture.laid_out(many, chart, (), 860, "zh").height
    assert height < 8_000
    documents = {row.get("document_id") for row in data.rows} - {None} or {
        row["document_id"] for row in data.extra.get("documents", ())
    }
    if len(documents) > chart.most:
        half = chart.most // 2
        said = f"最前 {half} 个和最后 {half} 个" if chart.ends else f"前 {chart.most} 个"
        assert f"{said}，共 {len(documents)} 个" in data.note
    assert picture.alt_text(chart, data, "zh")


@pytest.mark.parametrize("chart_id", [chart.id for chart in all_charts().values() if chart.ends])
def test_between_the_first_and_the_last_stands_how_many_are_left_out(many: Database, chart_id: str) -> None:
    """Else the tenth and the last but nine are taken for neighbours."""
    chart = all_charts()[chart_id]
    data = shown(many, chart, (), "zh").data
    texts = picture.drawing_of(chart, data, LIGHT, 350, "zh").paper.texts
    left = [text for text in texts if text["text"].startswith("这里略去")]
    held = len({row.get("document_id", number) for number, row in enumerate(data.rows)})
    if held <= chart.most:
        assert not left
        return
    assert [text["text"] for text in left] == [f"这里略去 {held - chart.most} 个，在数据表和 CSV 里"]
    names = {row["name"] for row in data.rows}
    above = [text for text in texts if text["y"] < left[0]["y"] and text["weight"] == "bold" and text["size"] > 12]
    assert len(names) and len(above) >= chart.most // 2


def test_among_very_many_the_nearest_are_named_and_can_be_touched_and_files_hold_all(
    many: Database, tmp_path: Path
) -> None:
    chart, path = all_charts()["among-peers"], tmp_path / "alike.db"
    shutil.copyfile(many.path, path)
    with closing(sqlite3.connect(path)) as changed, changed:
        changed.execute("UPDATE document SET region = '山阴县', year = 2024, kind = 'department'")
    alike = database_at(path)
    document_id = documents(alike)[0]["document_id"]
    data = shown(alike, chart, (("d", document_id),), "zh").data
    near = [row["document_id"] for row in nearest(data.rows)]
    assert len(data.rows) > len(near) == 2 * NEAREST + 1 and document_id in near
    spots = picture.drawing_of(chart, data, LIGHT, 350, "zh").spots
    assert {dict(spot.opens[1])["d"] for spot in spots if spot.opens} <= set(near)
    assert len({(spot.left, spot.top) for spot in spots}) == len(spots) > 3
    found = shown(alike, chart, (("d", document_id),), "zh")
    assert len(as_csv(found).splitlines()) > len(data.rows)
    page = embed_page(found, Look(), Links(data="x.csv"))
    assert page.count("<tr") == len(near) + 1 and f"其余 {len(data.rows) - len(near)} 行" in page


RANKS = re.compile("最多|最少|最大|最高|最低|占比|平均|第一|最常见|人均")
OF_WHOM = re.compile(r"(20\d\d、?)+ 年，\d+ 个地区的 \d+ 份(部门)?预算")


def answers(db: Database) -> Iterator[tuple[str, str]]:
    """What every chart and question over all documents answers."""
    for chart_id in ACROSS:
        yield chart_id, shown(db, all_charts()[chart_id], (), "zh").answer
    for question in all_questions().values():
        chosen = {slot: next(iter(options(db, slot)), "") for slot in question.slots}
        if question.is_of_all(chosen):
            yield question.id, question.answer(db, chosen).sentence


def test_where_all_have_their_like_nobody_is_called_the_first(many: Database) -> None:
    ranked = {name: said for name, said in answers(many) if RANKS.search(said) and name != "targets-by-category"}
    shares = {"without-sheet"}  # a share of all, no ranking
    assert len(ranked) > 10 and not {name for name, said in ranked.items() if "…" not in said} - shares, ranked


def test_what_ranks_says_of_whom_over_a_few(db: Database) -> None:
    ranked = [(name, said) for name, said in answers(db) if RANKS.search(said)]
    assert len(ranked) > 10 and all(OF_WHOM.match(said) for _, said in ranked), ranked


def test_no_first_place_and_no_sum_is_one_of_two_years(db: Database) -> None:
    """Each year held is told by itself; only the kinds of indicators are counted over all of them."""
    ranked = {name: said for name, said in answers(db) if RANKS.search(said.replace("人均", ""))}
    assert {name for name, said in ranked.items() if re.match(r"20\d\d、", said)} == {"targets-by-category"}
    assert "都是" not in dict(answers(db))["targets-by-department"]
    parts = re.findall(r"(20\d\d) 年[^。]*预算。", ranked["fund-users"])
    assert (
        parts == ["2024", "2023"]
        and "共 2 亿元；最多的是" in ranked["fund-users"]
        and "共 3.77 亿元：" in ranked["fund-users"]
    )


def test_of_two_none_is_the_first_nor_of_two_years(db: Database) -> None:
    two = ",".join(row["document_id"] for row in documents(db)[:2])
    all_of_two_years = ",".join(row["document_id"] for row in documents(db))
    for chart_id in ACROSS:
        chart = all_charts()[chart_id]
        if "d" in chart.parameters and not chart_id.startswith("targets"):
            for chosen_ones in (two, all_of_two_years):
                answer = shown(db, chart, (("d", chosen_ones),), "zh").answer
                assert not RANKS.search(answer.replace("人均", "")) or chart_id == "per-staff-member", chart_id


def test_files_hold_every_document(many: Database, monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    monkeypatch.setenv("BUDGETDATA_DB", str(many.path))
    lines = client.get("/chart/departments-by-fund.csv").text.strip().splitlines()
    year = len(chosen(many, "", ""))  # of many documents those of the newest year
    assert 20 < year < HELD and len(lines) == year + 1
    page = client.get("/embed/departments-by-fund")
    assert len(gzip.compress(page.content)) < 300_000 and f"最后 10 个，共 {year} 个" in page.text
    wide = client.get("/embed/compare-functions")
    assert len(gzip.compress(wide.content)) < 300_000 and wide.text.count("<th") < 60
    drawn = Image.open(io.BytesIO(client.get("/chart/three-public.png").content))
    assert drawn.size[0] * drawn.size[1] < 1.3 * picture.MOST_PIXELS


def test_of_few_documents_the_picture_shows_them_all(db: Database) -> None:
    for chart_id in ACROSS:
        assert "其余在数据表" not in shown(db, all_charts()[chart_id], (), "zh").data.note


def test_what_is_kept_is_counted_in_bytes_and_made_once() -> None:
    room, made = Room(100_000), list[int]()

    @room.keeps
    def draw(number: int) -> str:
        made.append(number)
        time.sleep(0.01)
        return "x" * 9_000

    threads = [threading.Thread(target=draw, args=(1,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    for number in range(50):
        draw(number)
    assert room.held.currsize <= 100_000 and len(room.held) <= 11

    @room.keeps
    def large(number: int) -> str:
        return "x" * 200_000 + str(number)

    assert large(1) == large(1) and room.held.currsize <= 100_000
    rows = [{"name": "x" * 100, "figure": {"raw": "y" * 100}} for _ in range(1000)]
    assert 400_000 < room_of(rows) < 4_000_000


def test_a_drawing_that_takes_too_long_is_given_up_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LONGEST", 1.0)
    monkeypatch.setattr(engine, "STARTING", 0.0)
    slow = Path(__file__).with_name("slow_drawer.py")
    monkeypatch.setattr(engine, "_DRAWER", slow)
    renderer = engine._Apart(20)
    try:
        began = time.monotonic()
        with pytest.raises(TooLongError, match="longer"):
            renderer.ask({"do": "sleep"})
        assert time.monotonic() - began < 5
        assert renderer.ask({"do": "quick"}) == b"drawn"
        monkeypatch.setattr(engine, "STARTING", 60.0)
        assert renderer.longest() == 1.0, "it has started"
        renderer.end()
        renderer._pipes()
        assert renderer.longest() == 61.0, (
            "a busy machine takes long to load it, and would for ever if it were ended then"
        )
    finally:
        renderer.end()


def test_the_renderer_says_how_it_is(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.state() == "here"
    engine.apart()
    try:
        assert engine.state() == "resting" and engine._apart is not None
        engine._apart.began = time.monotonic()
        assert engine.state() == "drawing"
        engine._apart.began -= engine._apart.longest() + 10
        assert engine.state() == "stuck"
        engine._apart.began = 0
        chart = all_charts()["three-public"]
        assert "<svg" in picture.svg_text(picture.bare_spec(chart, shown(db, chart, (), "zh").data, LIGHT, 350, "zh"))
    finally:
        engine.here()


def test_the_load_table_is_measured_on_documents_of_their_own(many: Database) -> None:
    assert many.documents == HELD == len({row["department"] for row in many.rows("SELECT department FROM document")})
    assert many.value("SELECT count(DISTINCT document_id) FROM search_entry") == HELD
