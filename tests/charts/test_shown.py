"""A chart's rows are loaded once and handed on."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from budgetdata.charts import picture
from budgetdata.charts import shown as shown_module
from budgetdata.charts.drawing.paper import Paper
from budgetdata.charts.drawing.theme import DARK, LIGHT
from budgetdata.charts.model import ChartData, Parameters
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database

pytest_plugins = ["app_fixtures"]


@pytest.mark.parametrize("chart_id", ["basic-and-project", "three-public"])
def test_rows_are_loaded_once_for_every_width_and_theme(db: Database, chart_id: str) -> None:
    chart, loads = all_charts()[chart_id], list[Parameters]()

    def load(asked: Database, given: Parameters, lang: str) -> ChartData:
        loads.append(given)
        return chart.load(asked, given, lang)

    counted = replace(chart, load=load)
    key = (("d", held.documents(db)[0]["document_id"]),) if chart.group == "department" else ()
    for theme in (LIGHT, DARK):
        for width in (350, 720):
            assert picture.cached_inline(db, counted, key, theme, width, "zh").startswith("<svg")
    one = shown(db, counted, key, "zh")
    assert one is shown(db, counted, key, "zh") and len(loads) == 1
    assert one.is_drawn and one.answer == one.data.sentence and one.title.endswith(one.question)
    assert bool(one.who) == (chart.group == "department") and one.who in one.title


def test_a_place_is_kept_free_without_what_the_renderer_is_asked(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def spec(*_: object) -> str:
        raise AssertionError("nobody wants to see it")

    monkeypatch.setattr(picture, "bare_spec", spec)
    monkeypatch.setattr(picture, "written", lambda *_: "")
    picture.PICTURES.clear()
    key = (("d", held.documents(db)[0]["document_id"]),)
    chart = all_charts()["basic-and-project"]
    try:
        assert picture.laid_out(db, chart, key, 350, "zh").height > 0
        with pytest.raises(AssertionError, match="nobody"):
            picture.cached_inline(db, chart, key, LIGHT, 350, "zh")
    finally:
        picture.PICTURES.clear()


def test_what_was_laid_out_is_let_go_at_once(db: Database) -> None:
    """A drawing whose parts hold it stays until Python looks for rubbish, which takes as long as half a page."""
    key = (("d", held.documents(db)[0]["document_id"]),)
    gc.collect()
    gc.disable()
    try:
        parts = picture.laid_out(db, all_charts()["spending-icicle"], key, 640, "zh").spots
        papers = [each for each in gc.get_objects() if isinstance(each, Paper)]
    finally:
        gc.enable()
    assert parts and not papers


def test_one_that_is_too_large_to_be_kept_is_loaded_once_while_somebody_holds_it(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over ten thousand documents the sentence and each picture of a page loaded all rows anew."""
    loaded: list[str] = []
    whole = shown_module.with_note
    monkeypatch.setattr(
        shown_module, "with_note", lambda chart, *given: loaded.append(chart.id) or whole(chart, *given)
    )
    monkeypatch.setattr(shown_module.ROOM, "_weigh", lambda _: 2**40)
    shown_module.ROOM.clear()
    chart, named = all_charts()["three-public"], (("y", "2023"),)
    one = shown(db, chart, named, "zh")
    assert shown(db, chart, named, "zh") is one and shown(db, chart, named, "en") is not one
    assert loaded == ["three-public"] * 2
    del one
    assert shown(db, chart, named, "zh").data.rows and len(loaded) == 3, "nobody held it any more"
