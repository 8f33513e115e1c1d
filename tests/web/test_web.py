"""Every address of ours: charts in every form for every document, tables by key, refusals that list what exists."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import zipfile
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from starlette.testclient import TestClient

from budgetdata.charts.drawing import fonts
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.choices import SIZES, WIDTHS, known_codes
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.store.dictionary import public_tables

pytest_plugins = ["app_fixtures"]
TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv",
    "json": "application/json",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES = [table.name for table in public_tables()]
CHARTS = list(all_charts())


def documents(db: Database, chart_id: str) -> list[dict[str, str]]:
    ids = [row["document_id"] for row in held.documents(db)]
    return [{"d": document} for document in ids] if all_charts()[chart_id].group == "department" else [{}]


@pytest.mark.parametrize("suffix", ["svg", "png", "csv", "xlsx", "json"])
@pytest.mark.parametrize("chart_id", CHARTS)
def test_every_chart_answers_for_every_document(client: TestClient, db: Database, chart_id: str, suffix: str) -> None:
    for query in documents(db, chart_id):
        response = client.get(f"/chart/{chart_id}.{suffix}", params=query)
        assert response.status_code == 200, response.text[:200]
        assert response.headers["content-type"].startswith(TYPES[suffix])
        assert response.headers["x-data-version"] == db.version and "set-cookie" not in response.headers
        if suffix == "svg":
            ElementTree.fromstring(response.content)
            assert len(gzip.compress(response.content)) <= 5_000
        elif suffix == "png":
            assert Image.open(io.BytesIO(response.content)).size[0] > 1_500
        elif suffix == "json":
            assert "vega-lite" in response.json()["$schema"]
        elif suffix == "xlsx":
            assert zipfile.is_zipfile(io.BytesIO(response.content))
        else:
            assert response.content.startswith(b"\xef\xbb\xbf") and response.text.count("\n") >= 1


@pytest.mark.parametrize("chart_id", CHARTS)
def test_every_embed_is_a_page_of_its_own(client: TestClient, db: Database, chart_id: str) -> None:
    for query in documents(db, chart_id):
        for theme in ("light", "dark", "auto"):
            response = client.get(f"/embed/{chart_id}", params={**query, "theme": theme})
            body = response.text
            assert response.status_code == 200 and "set-cookie" not in response.headers
            assert (
                "frame-ancestors *" in response.headers["content-security-policy"]
                and "unsafe-eval" not in response.headers["content-security-policy"]
            )
            assert body.count("<h1") == body.count("<main") == 1 and '<html lang="zh-CN">' in body
            assert "许可 CC-BY-4.0" in body and ("<svg" in body or 'class="answer"' in body)
            assert len(gzip.compress(response.content)) <= 300_000
            fetched = re.findall(
                r'(?:src|href|srcset)="(https?://[^"]+)"',
                re.sub(r'<(?:link rel="(?:canonical|alternate)"|meta )[^>]*>', "", body),
            )
            assert fetched == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart_id", CHARTS[:3] + CHARTS[-2:])
def test_a_card_has_its_size(client: TestClient, db: Database, chart_id: str, size: str) -> None:
    response = client.get(f"/chart/{chart_id}.png", params={**documents(db, chart_id)[0], "size": size})
    assert response.status_code == 200
    image = Image.open(io.BytesIO(response.content))
    assert {"square": (1080, 1080), "social": (1200, 630)}.get(size, image.size) == image.size


def test_no_data_is_a_designed_picture(db: Database) -> None:
    from budgetdata.charts import picture
    from budgetdata.charts.card import CARDS, _below, _beside
    from budgetdata.charts.drawing.theme import LIGHT
    from budgetdata.charts.shown import Shown

    chart = next(iter(all_charts().values()))
    empty = Chart(chart.id, (), lambda *_: ChartData([], [], empty="这张表没有公布。"), chart.draw)
    data = empty.load(db, {}, "zh")
    asked = Shown(db, empty, (), "zh", data)
    for text in (
        picture.svg_text(picture.framed_spec(empty, data, LIGHT, 860, "zh")),
        _below(asked, LIGHT, *CARDS["square"]),
        _beside(asked, LIGHT, *CARDS["social"]),
    ):
        assert "这张表没有公布" in text and chart.question("zh")[:4] in text
        ElementTree.fromstring(text)


def test_png_shows_chinese_and_not_boxes() -> None:
    assert fonts.shows_chinese()
    assert fonts._drawn("\U000e0fff") == fonts._drawn("\U000e0ffe"), (
        "what no font holds is drawn alike, so the probe can tell"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/chart/nope.svg",
        "/chart/three-public.gif",
        "/embed/nope",
        "/embed/figure?id=nope",
        "/oembed?url=http://elsewhere.test/embed/three-public",
        "/answer/nope.csv",
        "/nope",
        "/a/b",
        "/index.html",
        "/static/js/nope.js",
        "/oembed?url=http://mingzhang.test/about",
    ],
)
def test_what_does_not_exist_answers_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("/chart/spending-by-function.svg", "0"),
        ("/chart/spending-by-function.svg?d=nope", "0"),
        ("/chart/three-public.svg?y=1999", "2024"),
        ("/chart/three-public.svg?w=861", "860"),
        ("/chart/three-public.svg?size=huge", "social"),
        ("/chart/three-public.svg?theme=pink", "dark"),
        ("/chart/three-public.svg?title=mine", "theme"),
        ("/chart/three-public.svg?v=<b>", "version"),
        ("/data/nope.csv", "figures"),
        ("/data/figures.xls", "json"),
        ("/data/figures.csv?nope=1", "amount_wan"),
        ("/data/figures.json?limit=5001", "5000"),
        ("/data/figures.json?limit=many", "5000"),
        ("/data/figures.json?columns=nope", "amount_wan"),
        ("/data/tables.json?after=one", "table_no"),
        ("/data/figures.json?year=last", ""),
    ],
)
def test_an_unknown_name_answers_400_and_lists_what_exists(client: TestClient, path: str, lists: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert response.json()["error"] and lists in json.dumps(response.json()["valid"], ensure_ascii=False)


@pytest.mark.parametrize("table", TABLES)
def test_pages_by_key_hold_every_row_once(client: TestClient, db: Database, table: str) -> None:
    count = db.value(f'SELECT count(*) FROM "{table}"')
    size = max(count // 3, 1) if count < 15_000 else 5_000
    rows, address = [], f"/data/{table}.json?limit={size}"
    for _ in range(50):
        page = client.get(address).json()
        rows += page["rows"]
        if page["next"] is None:
            break
        parts = urlsplit(page["next"])
        address = f"{parts.path}?{parts.query}"
    assert len(rows) == count
    key = next(t.key for t in public_tables() if t.name == table)
    if key:
        assert len({tuple(row[name] for name in key) for row in rows}) == count


def test_filters_columns_and_blank(client: TestClient, db: Database) -> None:
    rows = client.get(
        "/data/figures.json?table_no=3&table_no=6&level=1&columns=table_no,level,amount_wan&limit=5000"
    ).json()["rows"]
    assert {row["table_no"] for row in rows} == {3, 6} and all(
        list(row) == ["table_no", "level", "amount_wan"] for row in rows
    )
    blank = client.get("/data/figures.json?code=&limit=5000").json()["rows"]
    assert blank and all(not row["code"] for row in blank)
    both = client.get("/data/figures.csv?columns=figure_id&limit=2")
    assert both.text.splitlines()[0].lstrip("\ufeff") == "figure_id" and 'rel="next"' in both.headers["link"]


@pytest.mark.parametrize(
    "path",
    [
        "/data/figures.json",
        "/data/figures.csv?limit=50",
        "/chart/three-public.svg",
        "/chart/three-public.png",
        "/embed/three-public",
        "/",
        "/sitemap.xml",
        "/openapi.json",
        "/page.js",
    ],
)
def test_what_did_not_change_answers_304(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_answers_are_packed_for_who_takes_it(client: TestClient) -> None:
    packed, plain = (
        client.get("/data/figures.json", headers={"Accept-Encoding": coding}) for coding in ("gzip", "identity")
    )
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert (
        packed.content == plain.content
        and int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    )
    assert "content-encoding" not in client.get("/chart/three-public.png").headers


def test_streamlits_bundles_are_packed(client: TestClient) -> None:
    names = re.findall(r'"\./(static/js/[^"]+\.js)"', client.get("/").text)
    assert len(names) > 20
    response = client.get(f"/{names[0]}", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip" and "immutable" in response.headers["cache-control"]
    assert (
        client.get(
            f"/{names[0]}", headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["etag"]}
        ).status_code
        == 304
    )


def test_downloads_are_whole(client: TestClient, tmp_path: object) -> None:
    database = client.get("/data/mingzhang.db").content
    assert database.startswith(b"SQLite format 3")
    package = zipfile.ZipFile(io.BytesIO(client.get("/data/mingzhang.zip").content))
    assert package.testzip() is None and {"datapackage.json", "figures.csv", "mingzhang.xlsx"} <= set(
        package.namelist()
    )
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    assert connection.execute("SELECT count(*) FROM figures").fetchone()[0] > 1_000


@pytest.mark.parametrize(
    ("path", "lang", "title"),
    [
        ("/", "zh-CN", "明账"),
        ("/three_public", "zh-CN", "三公经费"),
        ("/about?lang=en", "en", "About"),
        ("/embeds", "zh-CN", "嵌入"),
    ],
)
def test_the_first_html_names_page_and_language(client: TestClient, path: str, lang: str, title: str) -> None:
    response = client.get(path)
    body = response.text
    assert f'<html lang="{lang}">' in body and title in re.search(r"<title>(.*?)</title>", body)[1]  # type: ignore[index]
    assert 'property="og:title"' in body and 'rel="canonical"' in body and "<title>Streamlit" not in body
    policy = [part.strip() for part in response.headers["content-security-policy"].split(";")]
    assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy and "object-src 'none'" in policy
    assert not any(part.startswith("script-src") and "unsafe" in part for part in policy)
    image = re.search(r'property="og:image" content="http://mingzhang\.test(/[^"]+)"', body)
    assert image and client.get(image[1].replace("&amp;", "&")).headers["content-type"] == "image/png"


def test_a_departments_page_is_named_for_it(client: TestClient, db: Database) -> None:
    row = held.documents(db)[0]
    assert f"<title>{row['department']} {row['year']}" in client.get(f"/department?d={row['document_id']}").text


def test_every_address_of_the_sitemap_answers(client: TestClient) -> None:
    found = re.findall(r"<loc>http://mingzhang\.test([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert len(found) > len(CHARTS)
    assert [path for path in found if client.get(path.replace("&amp;", "&")).status_code != 200] == []
    assert client.get("/sitemap-1.xml").status_code == 404, "one is enough for so few addresses"


def test_a_changed_figure_is_noted_and_an_unchanged_one_is_not(client: TestClient, db: Database) -> None:
    from budgetdata.embeds.page import rows_hash

    rows = rows_hash(all_charts()["three-public"].load(db, {}, "zh"))
    noted = {
        v: 'class="note"' in client.get(f"/embed/three-public?v={v}").text
        for v in (db.version, "abcd1234", f"abcd1234.{rows}", "abcd1234.00000000")
    }
    assert list(noted.values()) == [False, True, False, True]


def test_oembed_gives_the_iframe(client: TestClient, db: Database) -> None:
    document = held.documents(db)[0]["document_id"]
    for address in (
        f"embed/spending-by-function?d={document}",
        f"chart/spending-by-function.png?d={document}",
        f"embeds?chart=spending-by-function&d={document}",
    ):
        said = client.get("/oembed", params={"url": f"http://mingzhang.test/{address}", "maxwidth": 500}).json()
        assert (
            said["type"] == "rich"
            and said["width"] == 500
            and f"/embed/spending-by-function?d={document}" in said["html"]
        )
    asked = {"url": "http://mingzhang.test/embed/three-public?y=2024"}
    said, written = client.get("/oembed", params=asked).json(), client.get("/oembed", params=asked | {"format": "xml"})
    assert written.headers["content-type"].startswith("application/xml")
    found = {element.tag: element.text for element in ElementTree.fromstring(written.content)}
    assert found == {name: str(value) for name, value in said.items()}
    assert client.get("/oembed", params=asked | {"format": "yaml"}).status_code == 400


def test_a_code_that_another_document_has_is_a_picture_that_says_so(client: TestClient, db: Database) -> None:
    first, *others = [row["document_id"] for row in held.documents(db)]
    own = set(known_codes(db, first))
    strange = next(code for other in others for code in known_codes(db, other) if code not in own)
    leaf = next(code for code in sorted(own) if not any(other != code and other.startswith(code) for other in own))
    for code, says in ((strange, f"表3里没有科目 {strange}"), (leaf, "下面没有更细的科目")):
        answered = client.get(f"/embed/spending-by-function?d={first}&code={code}")
        assert answered.status_code == 200 and says in answered.text
    refused = client.get(f"/embed/spending-by-function?d={first}&code=nope")
    assert refused.status_code == 400 and all(f"<li>{code}</li>" in refused.text for code in known_codes(db, first))


def test_a_figure_is_a_chip_with_its_passport(client: TestClient, db: Database) -> None:
    row = db.row("SELECT * FROM figures ORDER BY figure_id")
    assert row is not None
    body = client.get("/embed/figure", params={"id": row["figure_id"]}).text
    assert row["raw"] in body and row["department"] in body and str(row["line"]) in body and "<h1>" in body


def test_the_description_names_every_address(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"/data/{table}.csv" for table in TABLES} | {f"/embed/{chart}" for chart in CHARTS} <= set(paths)
    assert "openapi.json" in client.get("/api").text


def test_widths_are_few() -> None:
    assert len(WIDTHS) < 10
