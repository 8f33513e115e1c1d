"""What an address may name is declared once: the refusals, the description and the pages' choices say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from budgetdata.base.said import said
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds import choices as embed_choices
from budgetdata.embeds.answers import MOST_LISTED, Refused
from budgetdata.embeds.asked import choices, read
from budgetdata.embeds.choices import chart_key, parameters
from budgetdata.queries import documents
from budgetdata.queries.base import Database
from budgetdata.queries.questions.registry import all_questions
from budgetdata.web import asked as web_asked

pytest_plugins = ["app_fixtures"]
PATHS = [
    "/embed/three-public", "/chart/three-public.csv", "/data/figures.json?limit=2", "/answer/which-checks.csv", "/sitemap.xml",
    "/oembed?url=/embed/three-public", "/api", "/data/",
]  # fmt: skip
COUNTED = "utm_source=a&utm_medium=b&fbclid=c&gclid=d&spm=e&from=timeline&scene=f&clicktime=1&isappinstalled=0"


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.mark.parametrize("path", PATHS)
def test_what_counts_readers_is_passed_over_everywhere(client: TestClient, path: str) -> None:
    plain = client.get(path)
    counted = client.get(f"{path}{'&' if '?' in path else '?'}{COUNTED}")
    assert counted.status_code == 200 and counted.text == plain.text


def test_links_to_the_next_page_are_not_counted(client: TestClient) -> None:
    assert "utm" not in client.get(f"/data/figures.json?limit=2&{COUNTED}").json()["next"]


@pytest.mark.parametrize("chart_id", list(all_charts()))
def test_refusal_and_description_list_the_same(
    client: TestClient, db: Database, described: dict[str, Any], chart_id: str
) -> None:
    told = [each["name"] for each in described["paths"][f"/embed/{chart_id}"]["get"]["parameters"]]
    model = parameters(all_charts()[chart_id], db, True)
    refused = client.get(f"/chart/{chart_id}.csv?nope=1").json()
    assert sorted(refused["valid"]) == sorted(told) == sorted(model.model_fields)
    given = {"d": choices(model, "d")[0]} if all_charts()[chart_id].group == "department" else {}
    for name in ("theme", "lang", "w", "size", "bare", *(set(told) & {"y", "m", "h"})):
        answered = client.get(f"/chart/{chart_id}.csv", params={**given, name: "nope"})
        listed = next(
            each["schema"]["enum"]
            for each in described["paths"][f"/chart/{chart_id}.csv"]["get"]["parameters"]
            if each["name"] == name
        )
        assert answered.status_code == 400 and answered.json()["valid"] == [value for value in listed if value]


def test_refusals_speak_the_language_of_the_address(client: TestClient) -> None:
    assert client.get("/chart/three-public.csv?y=1999").json()["error"] == "没有这个年度：1999"
    assert client.get("/chart/three-public.csv?y=1999&lang=en").json()["error"] == "There is no year 1999"
    assert "There is no chart nope" in client.get("/embed/nope?lang=en").text


def test_oembed_ignores_what_it_does_not_know(client: TestClient) -> None:
    assert client.get("/oembed?url=/embed/three-public&dnt=true&omitscript=1").status_code == 200
    assert client.get("/oembed?url=/embed/three-public&format=yaml").json()["valid"] == ["json", "xml"]
    assert client.get("/oembed?url=/embed/three-public&maxwidth=9").json()["valid"] == ["200…10000"]


def test_amounts_compare_as_numbers(client: TestClient) -> None:
    row = next(
        each
        for each in client.get("/data/figures.json?columns=figure_id,amount_wan&limit=2000").json()["rows"]
        if each["amount_wan"].endswith(".00") and float(each["amount_wan"]) > 0
    )
    whole = row["amount_wan"].removesuffix(".00")
    for written in (whole, f"{whole}.0", f"+{whole}.000", row["amount_wan"]):
        found = client.get("/data/figures.json", params={"amount_wan": written, "limit": 5000}).json()["rows"]
        assert row["figure_id"] in {each["figure_id"] for each in found}
        assert {float(each["amount_wan"]) for each in found} == {float(whole)}
    refused = client.get("/data/figures.json?amount_wan=many")
    assert refused.status_code == 400 and "amount_wan" in refused.json()["error"]


def test_an_answer_names_its_choices(client: TestClient, described: dict[str, Any]) -> None:
    assert client.get("/answer/which-checks.csv?nope=1").status_code == 400
    refused = client.get("/answer/which-checks.csv?state=nope").json()
    assert any(each.startswith("different ") for each in refused["valid"])
    told = described["paths"]["/answer/which-checks.csv"]["get"]["parameters"]
    assert {each["name"] for each in told} >= {"state"}


def test_a_refusal_does_not_grow_with_what_is_held() -> None:
    body = json.loads(
        bytes(Refused(said("refused.value", name="d", value="x"), [str(n) for n in range(100)]).response().body)
    )
    assert len(body["valid"]) == MOST_LISTED and body["more"] == 100 - MOST_LISTED
    body = json.loads(bytes(Refused(said("refused.value", name="d", value="x"), ["1"]).response().body))
    assert body["valid"] == ["1"] and "more" not in body


def test_of_many_documents_each_is_looked_up(
    client: TestClient, db: Database, described: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A declaration that named ten thousand documents would take 11 MiB, one for each chart and question."""
    monkeypatch.setattr(embed_choices, "MOST_NAMED", 2)
    monkeypatch.setattr(web_asked, "MOST_NAMED", 2)
    held = {row["document_id"]: row["year"] for row in documents.documents(db)}
    one, chart, several = next(iter(held)), all_charts()["basic-and-project"], all_charts()["three-public"]
    parameters.cache_clear()
    web_asked.answer_of.cache_clear()
    try:
        assert choices(parameters(chart, db, True), "d") == choices(parameters(several, db, False), "d") == []
        assert chart_key({"d": one}, chart, db) == (("d", one),)
        assert chart_key({"d": ",".join(held)}, several, db) == (("d", ",".join(held)),)
        for wrong in ("0" * 12, "nope", one[:-1], f"{one}0"):
            with pytest.raises(Refused) as refused:
                chart_key({"d": wrong}, chart, db)
            assert refused.value.status == 400 and len(refused.value.valid) == len(held), wrong
            with pytest.raises(Refused):
                chart_key({"d": f"{one},{wrong}"}, several, db)
        spending, own = all_charts()["spending-by-function"], embed_choices.known_codes(db, one)
        assert chart_key({"d": one, "code": own[0]}, spending, db) == (("code", own[0]), ("d", one))
        with pytest.raises(Refused) as refused:
            chart_key({"d": one, "code": "999"}, spending, db)
        assert refused.value.valid == own
        question = web_asked.answer_of(all_questions()["without-sheet"], db)
        assert [read(question, given).model_dump()["who"] for given in ([], [("who", "all")], [("who", one)])] == [
            "",
            "all",
            one,
        ]
        with pytest.raises(Refused):
            read(question, [("who", "nope")])
    finally:
        parameters.cache_clear()
        web_asked.answer_of.cache_clear()
