"""Every registered chart: draws for every document or says designedly that there is nothing, in both languages and themes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from budgetdata.base.errors import UnknownNameError
from budgetdata.charts import picture, specified
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.paper import Paper
from budgetdata.charts.drawing.shapes import (
    LEGIBLE,
    Bar,
    Block,
    Node,
    Pair,
    bars,
    blocks,
    contrast,
    icicle,
    on_colour,
    pairs,
)
from budgetdata.charts.drawing.squares import Line, Square, squares
from budgetdata.charts.drawing.text import widest, width_of, wrap
from budgetdata.charts.drawing.theme import DARK, FONT, LIGHT, THEMES, Theme
from budgetdata.charts.drawing.written import written
from budgetdata.charts.registered.agreement import check_colour
from budgetdata.charts.registered.registry import all_charts, chart
from budgetdata.charts.shown import shown
from budgetdata.markup import pictures
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database

pytest_plugins = ["app_fixtures"]


def choices(db: Database, chart_id: str, document_id: str) -> dict[str, str]:
    """A chart's choices for a document; comparisons take it and one other."""
    registered = all_charts()[chart_id]
    if registered.group == "department":
        return {"d": document_id}
    if chart_id == "compare-functions":
        other = next(row["document_id"] for row in held.documents(db) if row["document_id"] != document_id)
        return {"d": f"{document_id},{other}", "m": "share"}
    return {"d": document_id} if "d" in registered.parameters else {}


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_draws_for_every_document_with_sentence_source_and_alt_text(
    db: Database, document_id: str, chart_id: str
) -> None:
    registered = all_charts()[chart_id]
    given = choices(db, chart_id, document_id)
    data = registered.load(db, given, "zh")
    words = picture.alt_text(registered, data, "zh")
    assert registered.question("zh") in words
    if not data.rows:
        assert data.empty
        return
    assert data.sentence and data.source.startswith("来源：")
    keys = {key for key, _ in data.columns}
    assert all(keys & set(row) for row in data.rows)
    for width in (350, 912):
        specification = json.loads(picture.bare_spec(registered, data, LIGHT, width, "zh"))
        assert specification["width"] == width and specification["height"] > 0


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_pictures_in_both_themes_and_languages(db: Database, chart_id: str) -> None:
    registered = all_charts()[chart_id]
    key = tuple(sorted(choices(db, chart_id, held.documents(db)[0]["document_id"]).items()))
    for theme, lang in ((LIGHT, "zh"), (DARK, "en")):
        svg = picture.cached_svg(db, registered, key, theme, 860, lang)
        assert svg.startswith("<svg") and (registered.question(lang).split("?")[0][:12] in svg)
        assert theme.paper.lower() in svg.lower()
    png = picture.cached_png(db, registered, key, LIGHT, (350, 1.0), "zh")
    assert png.startswith(b"\x89PNG")


def test_what_is_written_at_once_is_what_the_renderer_draws(db: Database) -> None:
    """To the byte, a chart each in a width of its own; what may run over an edge is left to the renderer."""
    document_id, count = held.documents(db)[0]["document_id"], 0
    for at, (chart_id, registered) in enumerate(all_charts().items()):
        data = registered.load(db, choices(db, chart_id, document_id), ("zh", "en")[at % 2])
        theme, width = (LIGHT, DARK)[at % 2], (280, 350, 560, 720)[at % 4]
        if not data.rows:
            continue
        drawn = picture.drawing_of(registered, data, theme, width, ("zh", "en")[at % 2])
        if done := written(drawn, FONT):
            assert done == picture.svg_text(specified.spec(specified.bare(drawn), theme)), chart_id
            count += 1
    assert count > 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_picture_of_a_page_waits_for_the_renderer(
    db: Database, document_id: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its start alone takes seconds where a machine is busy, and nobody sees a chart meanwhile."""
    asked = list[str]()
    monkeypatch.setattr(engine, "svg", lambda specification: asked.append(specification) or "<svg></svg>")
    picture.PICTURES.clear()
    for chart_id, registered in all_charts().items():
        key = tuple(sorted(choices(db, chart_id, document_id).items()))
        for width in (350, 560, 640, 720, 912):
            picture.cached_bare(db, registered, key, LIGHT, width, lang)
            assert not asked, (chart_id, width)
    picture.PICTURES.clear()


def test_the_letters_of_a_picture_are_not_made_small_on_a_tablet() -> None:
    """At 768 pixels a picture made for 912 stood with letters of 9 pixels; a page leaves 24 on each side."""
    style = Path(pictures.__file__).with_name("style.css").read_text(encoding="utf-8")
    for media, _ in list(pictures.SIZES.values())[:-1]:
        assert f"@media {media.replace(': ', ':')}{{" in style
    for window in range(641, 1281, 4):
        within = (width for media, width in pictures.SIZES.values() if holds(media, window))
        assert (window - 48) / next(within) >= 0.9, window


def holds(media: str, window: int) -> bool:
    side, limit = re.findall(r"(max|min)-width: (\d+)px", media)[0]
    return window <= int(limit) if side == "max" else window >= int(limit)


def test_what_is_not_known_leaves_its_words_inside_a_narrow_picture() -> None:
    unknown = Block(
        "阳泉市招商中心", "", [Bar("reception of guests", None, "no headcount was read", "#1D4E79", "unread")]
    )
    for width in (350, 912):
        drawing = blocks(LIGHT, width, [unknown])
        strokes, words = (text for text in drawing.paper.texts if text["text"][:1] in ("╱", "n"))
        assert words["x"] + width_of(words["text"], 12) <= width and len(strokes["text"]) >= 2
        assert strokes["x"] + width_of(strokes["text"], strokes["size"]) <= words["x"]


def test_only_what_surely_stays_inside_is_written_at_once() -> None:
    def of(x: float, text: str, **mark: float) -> str:
        paper = Paper(LIGHT, 100, top=40)
        paper.text(x, 20, text)
        paper.rect(mark.get("start", 0), mark.get("end", 5), 10, 10, "#112233", "said")
        return written(paper.drawing(10), FONT)

    assert "<text" in of(0, "支出") and "<title>said</title>" in of(0, "支出")
    assert of(60, "支出合计") == of(0, "支\n出") == of(0, "支出", end=11) == of(0, "支出", start=-1) == ""


def text_boxes(svg: str) -> list[tuple[float, float, str]]:
    """Left and right end of every text of a bare drawing, in its own pixels."""
    boxes = []
    for tag, content in re.findall(r"<text ([^>]*)>([^<]+)</text>", svg):
        x = re.search(r"translate\(([-\d.]+),", tag)
        size = re.search(r'font-size="([\d.]+)px"', tag)
        long = width_of(content, float(size[1]) if size else 13)
        start = float(x[1]) if x else 0
        boxes.append((start - long, start, content) if 'text-anchor="end"' in tag else (start, start + long, content))
    return boxes


@pytest.mark.parametrize("chart_id", list(all_charts()))
@pytest.mark.parametrize("width", [280, 350, 912])
def test_no_label_leaves_the_picture(db: Database, document_id: str, chart_id: str, width: int) -> None:
    registered = all_charts()[chart_id]
    key = tuple(sorted(choices(db, chart_id, document_id).items()))
    svg = picture.cached_bare(db, registered, key, LIGHT, width, "zh")
    boxes = text_boxes(svg)
    assert boxes or not registered.load(db, dict(key), "zh").rows
    for left, right, content in boxes:
        assert left >= -2 and right <= width + 12, (content, left, right)
        assert "…" not in content or "……" in content


def test_totals_are_never_drawn_beside_their_parts(db: Database, document_id: str) -> None:
    for chart_id in ("income-by-source", "spending-by-function", "economic-classes", "basic-and-project"):
        data = all_charts()[chart_id].load(db, {"d": document_id}, "zh")
        if data.rows and data.extra.get("whole"):
            gap = sum(row["fen"] or 0 for row in data.rows) - data.extra["whole"]
            assert gap == 0 or "各项相加比所印合计" in data.note


def test_four_states_look_different() -> None:
    states = [Bar("甲", 5, "5", "#1D4E79"), Bar("甲", 0, "0 元", "#1D4E79"), Bar("甲", None, "未填", "#1D4E79", "blank"),
              Bar("甲", None, "未公布", "#1D4E79", "missing")]  # fmt: skip
    drawn = {picture.svg_text(specified.spec(specified.bare(bars(LIGHT, 300, [bar], 10)), LIGHT)) for bar in states}
    assert len(drawn) == 4
    drawn = {
        picture.svg_text(specified.spec(specified.bare(blocks(LIGHT, 300, [Block("乙", "", [bar])], 10)), LIGHT))
        for bar in states
    }
    assert len(drawn) == 4


def test_lines_break_between_characters_and_never_inside_numbers() -> None:
    lines = wrap("其他政府办公厅（室）及相关机构事务支出2024年12,345.67万元", 120)
    assert "".join(lines).replace(" ", "") == "其他政府办公厅（室）及相关机构事务支出2024年12,345.67万元"
    assert any("12,345.67" in line for line in lines)
    assert all(width_of(line) <= 133 for line in lines)
    assert not any(line[0] in "，。）" for line in lines)
    assert wrap("Administration (行政运行)", 95)[0] == "Administration"  # no bracket is left behind at a line's end


def test_ids_titles_and_colours() -> None:
    charts = all_charts()
    assert len(charts) >= 12
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in charts)
    assert all(entry.question("zh").endswith("？") and entry.question("en").endswith("?") for entry in charts.values())
    assert set(THEMES) == {"light", "dark"}
    assert on_colour("#1D4E79") == "#FFFFFF" and on_colour("#CFCABD") == "#1F2933"
    with pytest.raises(UnknownNameError, match="income-by-source"):
        chart("nothing-like-it")


def test_an_empty_chart_is_a_designed_picture(db: Database) -> None:
    registered = all_charts()["compare-functions"]
    only = held.documents(db)[0]["document_id"]
    svg = picture.cached_svg(db, registered, (("d", only),), LIGHT, 560, "zh")
    assert "请选两个或更多部门" in svg
    assert picture.cached_inline(db, registered, (("d", only),), LIGHT, 560, "zh") == ""


def test_an_amount_below_zero_has_no_dot_at_zero() -> None:
    told = [
        Pair("甲", 5.0, -3.0, "-3 元", "上年 5 元", LIGHT.series),
        Pair("乙", 0.0, 2.0, "2 元", "上年 0 元", LIGHT.series),
    ]
    paper = pairs(LIGHT, 340, [("某局", "", told)], ("上年", "本年")).paper
    assert len(paper.dots) == 3 and any(text["text"] == "-3 元" for text in paper.texts)


def test_where_an_icicle_has_no_room_for_words_its_finest_parts_are_bars_under_their_way(db: Database) -> None:
    """山西忻州经济开发区管理委员会 2024, table 3: 23 项, 城市建设支出 6184.13, twice 征地和拆迁补偿支出 6000.00."""
    found = shown(db, chart("spending-icicle"), (("d", "0dfe996d89b0"),), "zh")
    paper = picture.drawing_of(found.chart, found.data, LIGHT, 350, "zh").paper
    said = [one["text"] for one in paper.texts]
    assert said[:4] == [
        "城乡社区支出 › 国有土地使用权出让收入安排的支出",
        "城市建设支出",
        "6,184.13 万元 · 13.2%",
        said[3],
    ]
    assert said.count("征地和拆迁补偿支出") == 2 and said.count("6,000 万元 · 12.8%") == 2
    assert "城乡社区支出 › 国有土地收益基金安排的支出" in said
    assert len(paper.spots) == 10 and said[-1] == "另有 13 项，数字在图下的表里。"
    assert found.answer.startswith("钱最集中的一项是城市建设支出，6,184.13 万元")
    wide = picture.drawing_of(found.chart, found.data, LIGHT, 912, "zh").paper
    assert len(wide.rects) > 23 and not any("›" in one["text"] for one in wide.texts)


def test_an_icicle_and_the_way_to_a_part_are_told_in_english_alone(db: Database) -> None:
    found = shown(db, chart("spending-icicle"), (("d", "0dfe996d89b0"),), "en")
    narrow, wide = (picture.drawing_of(found.chart, found.data, LIGHT, width, "en").paper for width in (350, 912))
    ways = [one["text"] for one in narrow.texts if "›" in one["text"]]
    parts = [one["text"] for one in wide.texts]
    assert ways and "Urban construction" in parts
    assert not any("\u4e00" <= letter <= "\u9fff" for words in [*ways, *parts] for letter in words)
    assert any("城乡社区支出" in spot.words for spot in wide.spots)


def test_a_part_of_an_icicle_without_room_for_its_amount_has_its_name() -> None:
    sizes = (60, 7, 2)
    nodes = [Node(sum(sizes[:at]), size, 0, f"Part {size}", "CNY 1", "#1D4E79") for at, size in enumerate(sizes)]
    said = [one["text"] for one in icicle(LIGHT, 85, nodes, 1, height=230).paper.texts]
    assert said == ["Part 60", "CNY 1", "Part 7"]


def test_names_beside_bars_stand_on_one_line_where_there_is_room() -> None:
    groups = [Block("Some office 2024", "", [Bar("Vehicle purchase", 3, "CNY 3", "#1D4E79")])]
    assert "Vehicle purchase" in [one["text"] for one in blocks(LIGHT, 560, groups).paper.texts]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_number_on_a_square_can_be_read_in_both_themes(theme: Theme) -> None:
    """White stood on the dark theme's light vermilion, at 2.45 : 1."""
    square = Square("solid", check_colour(theme, "different"), "4")
    drawn = squares(theme, 300, ["甲局 2024"], [Line("收入等于支出", [square])], []).paper.texts
    mark = next(text for text in drawn if text["text"] == "4")
    assert contrast(mark["colour"], square.colour) >= LEGIBLE


def test_lines_are_broken_where_their_words_are_too_wide_together() -> None:
    said = "一般公共服务支出 General public services（含上年结转），其中：办公费"
    for width in (30, 60, 120, 400):
        lines = wrap(said, width, 12)
        assert "".join(lines).replace(" ", "") == said.replace(" ", "")
        assert all(widest(line, 12) <= width for line in lines if len(line) > 12) and lines == wrap(said, width, 12)
    assert wrap("", 10) == [""] and wrap("一二三", 1000) == ["一二三"]
