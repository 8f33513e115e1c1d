"""How names are said in English: in Latin letters in sentences and charts, with the printed ones where a source is named."""

from __future__ import annotations

import pytest
from opening import html_of, opened

from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.picture import drawing_of
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.embeds.files import rows_of
from budgetdata.markup.pieces import table
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken

pytest_plugins = ["app_fixtures"]
PRINTED, LATIN = "阳泉市招商中心 2024", "Yangquan Shi Zhaoshang Zhongxin 2024"


@pytest.mark.parametrize(
    ("lang", "name", "said", "as_source"),
    [
        ("en", PRINTED, LATIN, f"{LATIN} ({PRINTED})"),
        ("zh", PRINTED, PRINTED, PRINTED),
        ("en", "Education (教育支出)", "Education (教育支出)", "Education (教育支出)"),  # words of ours, no name
        ("en", "LED路灯", "LED Ludeng", "LED Ludeng (LED路灯)"),
        ("en", "㐂市", "㐂市", "㐂市"),  # a character whose reading is not known
        ("en", "", "", ""),
    ],
)
def test_one_place_decides_how_a_name_is_said(lang: str, name: str, said: str, as_source: str) -> None:
    assert (spoken(lang, name), cited(lang, name)) == (said, as_source)


def test_sentences_say_names_of_a_list_too() -> None:
    said = text("en", "chart.projects.tied", n=3, same=2, fen=100, name=["采购", "维护"])
    assert said == "3 projects; 2 are the largest, CNY 1 each: Caigou, Weihu."
    assert "采购、维护" in text("zh", "chart.projects.tied", n=3, same=2, fen=100, name=["采购", "维护"])


@pytest.mark.parametrize(
    "chart_id",
    ["departments-by-fund", "three-public", "three-public-share", "change-from-last-year", "checks-matrix", "disclosure-matrix"],
)  # fmt: skip
def test_a_chart_says_names_in_latin_letters_and_its_csv_as_printed(db: Database, chart_id: str) -> None:
    chart = all_charts()[chart_id]
    found = shown(db, chart, (), "en")
    words = " ".join(one["text"] for one in drawing_of(chart, found.data, LIGHT, 912, "en").paper.texts)
    assert "Zhaoshang" in words and "招商" not in words + found.data.sentence
    heads, rows = rows_of(found)
    assert PRINTED in {row[0] for row in rows} and "Zhaoshang" not in str([heads, rows])
    chinese = drawing_of(chart, shown(db, chart, (), "zh").data, LIGHT, 912, "zh")
    assert "Zhaoshang" not in " ".join(one["text"] for one in chinese.paper.texts)


def test_a_table_says_names_of_cells_and_heads(db: Database) -> None:
    rows = [{"who": PRINTED, "name": "Education (教育支出)", "place": "山西"}]
    made = table(rows, [("who", "x"), ("name", "y"), ("place", PRINTED)], "en")
    assert f'{PRINTED} <span class="latin" lang="zh-Latn">{LATIN}</span>' in made and f">{LATIN}</th>" in made
    assert made.count("zh-Latn") == 1 and "zh-Latn" not in table(rows, [("who", "x")], "zh")


@pytest.mark.usefixtures("own_navigation")
def test_pages_lead_by_names_that_can_be_read(db: Database) -> None:
    document = next(row for row in held.documents(db) if row["department"] == "阳泉市招商中心")
    said = html_of(opened("checks", lang="en", d=document["document_id"]))
    assert f'target="_self">{LATIN}</a>' in said
    department = html_of(opened("department", lang="en", d=document["document_id"]))
    assert "Yangquan Shi · budget disclosure for 2024" in department
    assert f"Source: {cited('en', '阳泉市招商中心')} budget 2024" in department
