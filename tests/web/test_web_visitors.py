"""What readers, sharers and robots do to an address: counted links, doubled choices, codings, places below ours, no database."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from budgetdata.base.errors import StoreError
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds import answers, site
from budgetdata.embeds import live as embeds
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.web import kept as keeping

pytest_plugins = ["app_fixtures"]


@pytest.mark.parametrize(
    "more", ["utm_source=letter&utm_medium=mail", "fbclid=x", "from=singlemessage&isappinstalled=0"]
)
@pytest.mark.parametrize("path", ["/embed/three-public", "/chart/three-public.csv"])
def test_what_counts_readers_changes_nothing(client: TestClient, path: str, more: str) -> None:
    assert client.get(f"{path}?{more}").text == client.get(path).text


def test_lists_may_be_said_twice_and_nothing_else(client: TestClient, db: Database) -> None:
    first, second = [row["document_id"] for row in held.documents(db)][:2]
    joined = client.get(f"/chart/compare-functions.csv?d={first},{second}").text
    assert client.get(f"/chart/compare-functions.csv?d={first}&d={second}").text == joined
    turned = client.get(f"/chart/compare-functions.csv?d={second}&d={first}").text
    assert turned != joined and turned == client.get(f"/chart/compare-functions.csv?d={second},{first}").text
    assert client.get("/data/figures.json?columns=code&columns=label&limit=1").json()["rows"][0].keys() == {
        "code",
        "label",
    }
    assert client.get("/chart/three-public.svg?theme=dark&theme=light").status_code == 400


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip;q=0", ""),
        ("*", "gzip"),
        ("gzip;q=0, *;q=1", ""),
        ("br;q=1, gzip;q=0.5", "gzip"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("path", ["/data/figures.json", "/embed/three-public", "/"])
def test_packed_only_for_who_takes_it(client: TestClient, path: str, asked: str, coding: str) -> None:
    for _ in range(2):  # the second answer takes the shortest way
        answered = client.get(path, headers={"accept-encoding": asked})
        assert answered.headers.get("content-encoding", "") == coding and answered.text


@pytest.mark.parametrize("name", ["mingzhang.db", "mingzhang.zip", "mingzhang.xlsx", "datapackage.json"])
def test_a_download_that_did_not_change_answers_304(client: TestClient, name: str) -> None:
    first = client.get(f"/data/{name}")
    again = client.get(f"/data/{name}", headers={"if-none-match": first.headers["etag"]})
    assert first.status_code == 200 and again.status_code == 304 and again.content == b""


@pytest.mark.parametrize(
    "path",
    ["/chart", "/embed", "/chart/a/b", "/chart/three-public.svg/x", "/embed/figure/x", "/data/figures.csv/x", "/healthz/x",
     "/robots.txt/x", "/sitemap.xml/x", "/oembed/x", "/api/x", "/openapi.json/x", "/embed/vega.js/x"],
)  # fmt: skip
def test_nothing_stands_below_an_address(client: TestClient, path: str) -> None:
    answered = client.get(path)
    assert answered.status_code == 404 and "没有这一页" in answered.text


@pytest.mark.parametrize("asked", ["", "?lang=en&y=2026"])
def test_the_first_page_is_found_by_its_name_too(client: TestClient, asked: str) -> None:
    answered = client.get(f"/home{asked}", follow_redirects=False)
    assert answered.status_code == 308 and answered.headers["location"] == f"./{asked}"


@pytest.mark.parametrize(
    "path", ["/chart/three-public.svg", "/data/figures.json", "/embed/three-public", "/oembed", "/healthz"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_only_reads_says_so(client: TestClient, path: str, method: str) -> None:
    answered = client.request(method, path)
    assert answered.status_code == 405 and answered.headers["allow"] == "GET, HEAD" and "只能读取" in answered.text


@pytest.mark.parametrize("path", ["nope", "spending-by-function", "figure?id=nope", "figure", "three-public?lang=fr"])
def test_an_embed_that_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answered = client.get(f"/embed/{path}")
    assert answered.status_code in (400, 404) and answered.headers["content-type"].startswith("text/html")
    assert "现在没有" in answered.text and "frame-ancestors *" in answered.headers["content-security-policy"]


def test_without_a_database_no_place_of_the_machine_is_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Database:
        raise StoreError("/srv/secret/budget.db: no database there")

    for module in (keeping, embeds):
        monkeypatch.setattr(module, "open_database", missing)
    for path in ("/embed/change-from-last-year?theme=dark&w=560", "/oembed?url=x"):
        answered = client.get(path)
        assert answered.status_code in (404, 503) and "secret" not in answered.text
    assert "secret" not in answers.unavailable(StoreError("/srv/secret/budget.db")).body.decode()


@pytest.mark.parametrize("chart_id", ["income-by-source", "three-public", "compare-functions"])
def test_the_card_of_a_chosen_chart_is_that_chart(client: TestClient, db: Database, chart_id: str) -> None:
    document = f"&d={held.documents(db)[0]['document_id']}" if all_charts()[chart_id].group == "department" else ""
    head = client.get(f"/embeds?chart={chart_id}{document}").text
    assert f"/chart/{chart_id}.png?" in head and all_charts()[chart_id].question("zh") in head
    english = client.get(f"/embeds?chart={chart_id}{document}&lang=en").text
    assert (
        all_charts()[chart_id].question("en") in english
        and "lang=en" in english.split('property="og:image" content="')[1][:200]
    )


def test_the_chart_of_shares_is_led_by_the_highest_share(client: TestClient) -> None:
    lines = client.get("/chart/three-public-share.csv").text.lstrip("\ufeff").splitlines()
    shares = [float(line.split(",")[1]) for line in lines[1:] if line.split(",")[1]]
    assert shares == sorted(shares, reverse=True)
    page = client.get("/embed/three-public-share").text
    answer = page.split('<p class="answer">')[1].split("</p>")[0]
    assert lines[1].split(",")[0] in answer and f"{lines[1].split(',')[1]}%" in answer


def test_amounts_in_a_charts_csv_name_their_unit(client: TestClient, db: Database) -> None:
    document = held.documents(db)[0]["document_id"]
    head, *rows = client.get(f"/chart/projects-by-money.csv?d={document}").text.splitlines()
    assert "金额（万元）" in head and head.count("page") == 1 and "页" not in head
    assert rows


def test_a_damaged_export_is_drawn_again(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = held.documents(db)[0]["document_id"]
    jobs = [(all_charts()["basic-and-project"], (("d", document),))]
    monkeypatch.setattr(site, "_jobs", lambda _db: iter(jobs))
    site.export_site(db.path, tmp_path)
    listed = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["charts"]
    page = tmp_path / next(name for each in listed.values() for name in each["files"] if name.endswith(".html"))
    whole = page.read_text("utf-8")
    page.write_text(whole[:100], "utf-8")
    again = site.export_site(db.path, tmp_path)
    assert again.drawn == 1 and page.read_text("utf-8") == whole
    assert site.export_site(db.path, tmp_path).drawn == 0


@pytest.mark.parametrize("chart_id", ["compare-functions", "three-public", "departments-by-fund"])
def test_every_amount_of_a_chart_of_several_budgets_names_its_figure(
    client: TestClient, db: Database, chart_id: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/chart/{chart_id}.csv").text.removeprefix("\ufeff"))))
    named = 0
    for row in rows:
        for head, figure_id in row.items():
            if head.endswith(" figure_id") and figure_id:
                found = db.row("SELECT amount_wan FROM figures WHERE figure_id = ?", (figure_id,))
                assert found is not None
                assert row[head.removesuffix(" figure_id") + "（万元）"] == found["amount_wan"]
                named += 1
    assert named >= len(rows)
