"""What makes an embed light: slim drawings, the shortest way to an answer, the sheet it uses, a renderer apart, a chip."""

from __future__ import annotations

import asyncio
import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from loops import run
from PIL import Image, ImageChops
from starlette.testclient import TestClient

from budgetdata.charts import picture
from budgetdata.charts.drawing import engine, fonts
from budgetdata.charts.drawing.slim import slim
from budgetdata.charts.drawing.theme import DARK, LIGHT
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.choices import Look
from budgetdata.embeds.lean import lean
from budgetdata.embeds.site import snapshot, snapshot_name
from budgetdata.markup.style import STYLE_FILE
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.web.quick import Turnstile
from budgetdata.web.recent import RECENT

pytest_plugins = ["app_fixtures"]
FETCHED = re.compile(r'(?:src|href|srcset|data-vega|data-spec)="([^"]+)"|url\(([^)]+)\)|@import')


@pytest.fixture
def apart() -> Iterator[None]:
    engine.apart(idle=60)
    yield
    engine.here()


def raw_svg(db: Database, chart_id: str) -> str:
    """A chart as the renderer writes it."""
    chart = all_charts()[chart_id]
    given = {"d": held.documents(db)[0]["document_id"]} if chart.group == "department" else {}
    data = chart.load(db, given, "zh")
    return engine.svg(picture.framed_spec(chart, data, LIGHT, 860, "zh"))


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_a_slim_drawing_looks_and_says_the_same(db: Database, chart_id: str) -> None:
    fonts.register()
    raw = raw_svg(db, chart_id)
    small = slim(raw)
    before, after = (Image.open(io.BytesIO(engine.png_of_svg(text))).convert("RGB") for text in (raw, small))
    levels = sorted(ImageChops.difference(before, after).convert("L").get_flattened_data())
    assert levels[int(0.97 * len(levels))] == 0 and levels[-1] <= 64, (
        "all that may differ is a hundredth of a pixel; a letter, placed in quarters of one, may come into the next"
    )
    assert re.findall(r"<text[^>]*>([^<]*)", raw) == re.findall(r"<text[^>]*>([^<]*)", small)
    labels = dict.fromkeys(re.findall(r'<path aria-label="([^"]+)"', raw))
    assert list(labels) == list(dict.fromkeys(re.findall("<title>([^<]*)", small)))
    assert len(small) < 0.65 * len(raw)


def test_marks_join_only_where_colour_and_words_are_the_same() -> None:
    def marks(*paths: str) -> int:
        return slim(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(paths)}</svg>').count("<path")

    one = '<path aria-label="甲" d="M0,0h1v1Z" fill="#111111"/>'
    assert marks(one, one.replace("M0", "M5")) == 1
    assert marks(one, one.replace("甲", "乙")) == marks(one, one.replace("#111111", "#222222")) == 2
    assert marks(*2 * [one.replace("fill=", 'opacity="0.5" fill=')]) == 2, (
        "where shapes shine through, two are darker than one"
    )
    assert marks('<path d="" fill="#111111"/>', '<g fill="none"><path d="M0,0h9"/></g>') == 0


def test_the_shortest_way_gives_the_same_answer(client: TestClient) -> None:
    RECENT.clear()
    for path in (
        "/embed/three-public",
        "/chart/three-public.svg",
        "/data/figures.json?limit=5",
        "/chart/three-public.png",
    ):
        first, second = client.get(path), client.get(path)
        assert first.content == second.content and first.headers.pop("x-request-id") != second.headers.pop(
            "x-request-id"
        )
        assert first.headers == second.headers, path
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        assert plain.content == first.content and "content-encoding" not in plain.headers
        assert int(plain.headers["content-length"]) == len(plain.content)
        known = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"") and "content-type" not in known.headers
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert len(RECENT.ways) == len(RECENT.answers) == 4
    assert (
        "http://other.test/" in client.get("/data/figures.json?limit=5", headers={"Host": "other.test"}).json()["next"]
    )


def test_facts_that_changed_are_never_answered_the_short_way(client: TestClient, db: Database) -> None:
    first = client.get("/data/documents.json?limit=1")
    address = next(way for way in RECENT.ways if way.query == b"limit=1" and way.path == "/data/documents.json")
    _, key = RECENT.ways[address]
    held = RECENT.answers[key]
    RECENT.answers[("old", *key)] = held._replace(usual=({**held.usual[0], "status": 418}, held.usual[1]))
    RECENT.ways[address] = ("another version", ("old", *key))
    assert client.get("/data/documents.json?limit=1").content == first.content
    assert RECENT.ways[address] == (db.version, key)


def test_refusals_and_what_is_not_kept_are_not_held(client: TestClient) -> None:
    RECENT.clear()
    for path in ("/embed/nope", "/data/figures.json?nope=1", "/healthz", "/data/mingzhang.db", "/"):
        client.get(path)
    assert not RECENT.ways and not RECENT.answers


def test_a_few_answers_go_out_in_a_turn_and_all_in_order() -> None:
    async def crowd() -> list[tuple[int, int]]:
        gate, turn, out = Turnstile(2), [0], list[tuple[int, int]]()

        async def reader(number: int) -> None:
            await gate.through()
            out.append((turn[0], number))

        readers = [asyncio.create_task(reader(number)) for number in range(9)]
        readers[5].cancel()
        for _ in range(12):
            await asyncio.sleep(0)
            turn[0] += 1
        await asyncio.gather(*readers, return_exceptions=True)
        return out

    out = run(crowd())
    assert [number for _, number in out] == [0, 1, 2, 3, 4, 6, 7, 8]
    assert max(Counter(turn for turn, _ in out).values()) == 2 and out[-1][0] <= 6


def test_an_embed_carries_only_the_rules_it_can_use() -> None:
    sheet = STYLE_FILE.read_text(encoding="utf-8")
    page = '<main class="mz"><h1>甲</h1><table class="cards"><td class="n" data-label="乙"></td></table></main>'
    used = lean(sheet, page)
    assert len(used) < 0.6 * len(sheet)
    assert (
        ".stApp" not in used and ".passport" not in used and ".mz h1{" in used and ".mz table.cards td::before" in used
    )
    assert lean(".a,.b{c:d}@media print{.a{e:f}.z{g:h}}", '<p class="b a">') == ".a,.b{c:d}@media print{.a{e:f}}"
    assert lean(".z :is(.a,.b),.c{d:e}.f{g:h}", '<p class="f">') == ".z :is(.a,.b){d:e}.f{g:h}"
    assert lean('.a{b:c}@font-face{font-family:"x"}', "<p>") == '.a{b:c}@font-face{font-family:"x"}'


def test_a_renderer_apart_draws_the_same_and_comes_back(db: Database, apart: None) -> None:
    fonts.register()
    drawn = raw_svg(db, "three-public")
    process = engine._apart.process if engine._apart else None
    assert process is not None and process.poll() is None
    process.kill()
    process.wait()
    assert raw_svg(db, "three-public") == drawn, "a process that ended is started again"
    with pytest.raises(ValueError, match="Error"):
        engine.svg("{}}")
    assert engine.png_of_svg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').startswith(b"\x89PNG")
    engine.here()
    assert raw_svg(db, "three-public") == drawn, "here and apart draw alike"


def test_without_a_process_apart_drawing_is_done_here(monkeypatch: pytest.MonkeyPatch, apart: None) -> None:
    monkeypatch.setattr("budgetdata.charts.drawing.engine.sys.executable", "/nowhere/python")
    assert engine.png_of_svg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').startswith(b"\x89PNG")


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chip_of_a_figure_is_a_page_of_its_own(client: TestClient, db: Database, theme: str, lang: str) -> None:
    row = db.row("SELECT * FROM figures WHERE table_no = 1 ORDER BY figure_id")
    assert row is not None
    response = client.get("/embed/figure", params={"id": row["figure_id"], "theme": theme, "lang": lang})
    body = response.text
    assert response.status_code == 200 and "set-cookie" not in response.headers
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "unsafe-eval" not in policy
    assert (
        f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in body and body.count("<h1") == body.count("<main") == 1
    )
    for told in (row["raw"], row["figure_id"], row["department"], f"../passport?f={row['figure_id']}", "CC-BY-4.0"):
        assert told in body
    assert ("prefers-color-scheme:dark" in body) == (theme == "auto")
    assert ("@media print{:root{color-scheme:light}" in body) == (theme == "dark"), "print is on white"
    assert "&" not in body.partition("<style>")[2].partition("</style>")[0], "a style sheet is not escaped"
    assert (f"--red:{DARK.attention}" in body) == (theme != "light"), "what differs is read on dark too"
    assert "postMessage" in body, "it tells its height"
    outside = re.sub(r'<(?:link rel="(?:canonical|alternate)"|meta )[^>]*>', "", body)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', outside)
    assert len(response.content) < 12_000
    changed = client.get("/embed/figure", params={"id": row["figure_id"], "lang": lang, "v": "abcd1234.00000000"}).text
    assert 'role="note"' in changed and 'role="note"' not in body


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_a_snapshot_holds_everything_it_shows(db: Database, chart_id: str) -> None:
    chart = all_charts()[chart_id]
    key = (("d", held.documents(db)[0]["document_id"]),) if chart.group == "department" else ()
    data = chart.load(db, dict(key), "zh")
    body = snapshot(db, chart, key, Look(), "../index.html")
    fetched = {address for found in FETCHED.findall(body) for address in found if address}
    assert fetched <= {"data:,", "../index.html"}, "nothing but the link home leads out of it"
    assert ("<svg" in body) == bool(data.rows) and 'data-vega="' not in body
    assert snapshot_name(chart, key, data) == snapshot_name(chart, key, chart.load(db, dict(key), "zh"))
    assert snapshot(db, chart, key, Look(), "../index.html") == body
