"""核对 and 公开度: the pages show what is stored; every rule has a kind; both sides, places and printed text."""

# ruff: noqa: F811 - a fixture is imported and then asked for by its name

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from html import unescape

import pytest
from app_fixtures import db, document_id  # noqa: F401 - fixtures
from opening import alerts, html_of, opened, text_of
from starlette.testclient import TestClient

from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown
from budgetdata.checks.disclosure import standard_profile
from budgetdata.checks.kinds import OTHER, all_kinds, kind_of
from budgetdata.embeds.choices import Look
from budgetdata.embeds.live import live_links
from budgetdata.embeds.page import embed_page
from budgetdata.markup.badge import badge, badge_of_rows
from budgetdata.markup.check_cards import LONG, clipped, marked_numbers, rows_table
from budgetdata.queries import checks as identities
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import documents as held
from budgetdata.queries import statement_links
from budgetdata.queries.base import Database
from budgetdata.queries.signals.check_places import number_spans, numbers_in, places
from budgetdata.queries.signals.check_sides import sides as sides_of
from budgetdata.queries.signals.target_rules import rule_hits
from budgetdata.sheets.quality import RULES
from budgetdata.show.balance import check_lines
from budgetdata.store.opened import Opened
from budgetdata.words.catalogue import has, tell
from budgetdata.words.numbers import wan_text


def stored(db: Database, where: str = "1 = 1", values: tuple[object, ...] = ()) -> Counter[str]:
    """How many checks of each status the public view holds."""
    rows = db.rows(f"SELECT status, count(*) AS n FROM checks WHERE {where} GROUP BY status", values)
    return Counter({row["status"]: row["n"] for row in rows})


def test_every_rule_has_a_declared_kind(db: Database) -> None:
    rules = [row["rule"] for row in db.rows("SELECT DISTINCT rule FROM checks")]
    assert rules and OTHER not in {kind_of(rule) for rule in rules}
    assert [kind.id for kind in identities.used_kinds(db)] == [kind for kind in all_kinds() if kind != OTHER]
    assert all(kind.name(lang) and kind.what(lang) for kind in all_kinds().values() for lang in ("zh", "en"))


def test_a_budget_of_a_thousand_checks_opens_with_a_few_of_them(db: Database) -> None:
    """核对 of 山西忻州经济开发区管理委员会 2024 was 6,267 pixels tall in English at a desk, and 9,146 on a phone."""
    every = identities.checks(db, "0dfe996d89b0")
    table = rows_table(db, every[:40], "en", with_who=False, with_kind=True)
    folded = '<details class="more"><summary>'
    assert table.split(folded)[0].count("<tr id=") == 8 and table.count("<tr id=") == 40


def test_the_matrix_counts_every_check_once(db: Database) -> None:
    documents = [row["document_id"] for row in held.documents(db)]
    cells = identities.matrix(db, documents)
    total: Counter[str] = Counter()
    for number in cells.values():
        total.update(number)
    assert total == stored(db)
    for code in documents:
        own: Counter[str] = Counter()
        for (of, _), number in cells.items():
            own.update(number if of == code else {})
        assert +own == stored(db, "document_id = ?", (code,))


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ({"different": 1, "not_evaluable": 2, "rounding": 3, "balanced": 4}, "different"),
        ({"different": 0, "not_evaluable": 2, "rounding": 3, "balanced": 4}, "rounding"),
        ({"different": 0, "not_evaluable": 2, "rounding": 0, "balanced": 4}, "balanced"),
        ({"different": 0, "not_evaluable": 2, "rounding": 0, "balanced": 0}, "not_evaluable"),
        (None, ""),
    ],
)
def test_a_cell_shows_what_needs_a_look(number: dict[str, int] | None, state: str) -> None:
    assert identities.state_of(number) == state


def test_the_page_opens_with_the_counts_and_lists_what_differs(db: Database) -> None:
    app = opened("checks")
    body, said = html_of(app), text_of(app)
    number = stored(db)
    assert identities.summary(dict(number)) in said and not alerts(app)
    assert f"{sum(number.values()):,} 条勾稽关系，{number['balanced']:,} 条一致" in said
    cards = re.findall(r'<article class="check (\w+)" id="([\w.]+)">', body)
    assert {code for _, code in cards} == {
        row["check_id"] for row in db.rows("SELECT check_id FROM checks WHERE status = 'different'")
    }
    assert {status for status, _ in cards} == {"different"}
    squares = re.findall(r'<a class="cell" href="\./checks\?d=(\w+)&amp;kind=(\w+)"[^>]*aria-label="([^"]+)"', body)
    assert len(squares) == len(identities.matrix(db, [row["document_id"] for row in held.documents(db)]))
    assert all(re.search(r"：.*\d+ 条", unescape(label)) for _, _, label in squares)


def test_a_document_lists_its_own_checks_with_both_sides(db: Database, document_id: str) -> None:
    body = html_of(opened("checks", d=document_id, status="different"))
    rows = identities.checks(db, document_id, status="different")
    assert len(re.findall(r'<article class="check', body)) == len(rows)
    plain = unescape(re.sub(r"<[^>]+>", "", body))
    for row in rows:
        sides = sides_of(row)
        for part in (sides.left_name, sides.left, sides.right_name, sides.right, identities.gap_text(row)):
            assert part in plain
    for figure in re.findall(r'href="\./passport\?f=([\w.]+)"', body):
        assert db.row("SELECT 1 FROM figure WHERE figure_id = ? AND document_id = ?", (figure, document_id))


def test_every_kind_of_every_document_opens(db: Database, document_id: str) -> None:
    for kind in list(identities.used_kinds(db))[::4]:
        app = opened("checks", d=document_id, kind=kind.id)
        rows = identities.checks(db, document_id, kind.id)
        body = html_of(app)
        assert (not alerts(app) and f"{len(rows)} 条：" in text_of(app)) or not rows
        shown = re.findall(rf'id="({document_id}\.check\d+)"', body)
        assert len(shown) == len(set(shown)) and set(shown) <= {row["check_id"] for row in rows}
        assert len(shown) == len(rows) or len(shown) >= 120


def test_rounding_is_never_a_card(db: Database) -> None:
    body = html_of(opened("checks", status="rounding"))
    number = stored(db)["rounding"]
    assert number and '<article class="check' not in body
    assert len(re.findall(r'<tr id="[\w.]+"', body)) == number


def test_every_side_that_differs_has_a_place_and_printed_text(db: Database) -> None:
    rows = identities.checks(db, status="different")
    where = places(db, rows)
    for row in rows:
        found = where[row["check_id"]]
        assert found["left"] and found["right"] and found["texts"]
        for place in (*found["left"], *found["right"]):
            assert place["line"] or place["page"]
        printed = set().union(*(numbers_in(text["text"]) for text in found["texts"]))
        assert printed & numbers_in(row["explanation"]) or row["rule"] == "sheet.itemised_text"


def test_sides_of_a_table_name_whole_and_parts(db: Database) -> None:
    for row in identities.checks(db, status="rounding"):
        sides = sides_of(row)
        if row["rule"].endswith((".total", ".hierarchy")):
            assert sides.left_name.startswith("表") and sides.right_name.endswith("之和")
            assert sides.left == f"{wan_text(row['left_fen'])} 万元" and sides.sign == "≈"


def test_the_csv_holds_what_the_page_lists(db: Database, document_id: str) -> None:
    from app import app

    answer = TestClient(app).get(f"/answer/which-checks.csv?who={document_id}&check=all&state=all")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert len(rows) == sum(stored(db, "document_id = ?", (document_id,)).values())
    assert {row["编号"] for row in rows} == {row["check_id"] for row in identities.checks(db, document_id)}
    assert TestClient(app).get("/answer/which-checks.csv?state=wrong").status_code == 400


@pytest.mark.parametrize(
    ("page", "query", "names"),
    [
        ("checks", {"d": "nothing"}, "阳泉市招商中心"),
        ("checks", {"kind": "magic"}, "收支平衡"),
        ("checks", {"status": "wrong"}, "rounding"),
        ("disclosure", {"d": "nothing"}, "阳泉市招商中心"),
    ],
)
def test_an_unknown_value_is_named(page: str, query: dict[str, str], names: str) -> None:
    app = opened(page, **query)
    assert len(alerts(app)) == 1 and names in alerts(app)[0] and next(iter(query.values())) in alerts(app)[0]


def test_the_disclosure_page_shows_every_item_with_its_evidence(db: Database, document_id: str) -> None:
    app = opened("disclosure", d=document_id)
    body, said = html_of(app), unescape(re.sub(r"<[^>]+>", "", html_of(app)))
    rows = db.rows("SELECT * FROM disclosure WHERE document_id = ?", (document_id,))
    assert len(rows) == len(standard_profile().items) and not alerts(app)
    for row in rows:
        assert row["item"] in said and row["evidence"] in said
    assert standard_profile().source in said and "不排名" in said and "权重都是 1" in said
    shown = body[body.index('id="evidence"') : body.index('id="all"')]
    assert len(re.findall(r'<td class="first"', shown)) == len(rows)


def test_disclosure_groups_are_counted_apart(db: Database, document_id: str) -> None:
    rows = disclosed.items(db, document_id)
    number = disclosed.counts(rows)
    for group in ("core", "local", "encouraged"):
        own = db.value('SELECT count(*) FROM disclosure WHERE document_id = ? AND "group" = ?', (document_id, group))
        assert sum(number[group].values()) == own > 0


def test_fewer_than_ten_documents_are_said_not_to_be_ranked(db: Database) -> None:
    assert len(held.documents(db)) < disclosed.FEWEST_TO_RANK
    assert f"目前只有 {len(held.documents(db))} 份文件，不到十份，不排名" in text_of(opened("disclosure"))


def test_rules_are_run_again_and_agree(db: Database) -> None:
    found, total, same = rule_hits(db)
    assert total == same == db.value("SELECT count(*) FROM targets")
    hits = {row["rule"]: row["n"] for row in db.rows("SELECT rule, count(*) AS n FROM targets GROUP BY rule")}
    assert {row["rule"]: row["hits"] for row in found if row["hits"]} == hits
    assert all(has(f"target_rule.{rule.id}", lang) for rule in RULES for lang in ("zh", "en"))
    body = html_of(opened("checks"))
    for row in found:
        assert tell("zh", row["said"]) in unescape(body)
        if row["hits"]:
            assert f'./data/targets.csv?rule={row["rule"]}" target="_self">{row["hits"]:,}</a>' in body


def test_the_badge_stands_only_where_a_figure_differs(db: Database, document_id: str) -> None:
    shown = html_of(opened("department", d=document_id)).count('class="src badge"')
    figures = [
        ref
        for row in identities.checks(db, document_id, status="different")
        for ref in identities.references(row)
        if ref[0] == "t"
    ]
    assert bool(shown) == any(
        (ref.startswith(("t01.", "t03.", "t06.")) and ".total" in ref) or ref == "t03.r001.project" for ref in figures
    )
    tables = {int(ref[1:3]) for ref in figures}
    for number in range(1, 14):
        line = badge(db, document_id, [number], "zh")
        assert bool(line) == (number in tables)
        if line:
            assert "这张表有" in line and f"./checks?d={document_id}&amp;status=different" in line


WITH_TOTALS = ("income-by-source", "spending-by-function", "basic-and-project", "departments-by-fund", "three-public",
               "three-public-share", "compare-functions", "change-from-last-year")  # fmt: skip


@pytest.mark.parametrize("chart_id", WITH_TOTALS)
def test_every_chart_whose_total_fails_an_identity_says_so(db: Database, chart_id: str) -> None:
    """In its frame and in its embed: for each document, the badge stands where a total of the chart's tables differs."""
    documents = [row["document_id"] for row in db.rows("SELECT document_id FROM document")]
    chart = all_charts()[chart_id]
    one_by_one = chart.group == "department"
    for asked in documents if one_by_one else [",".join(documents)]:
        data = chart.load(db, {"d": asked}, "zh")
        figures = [v for row in data.rows for v in row.values() if isinstance(v, dict) and v.get("figure_id")]
        assert figures
        failing = {
            figure["document_id"] for figure in figures
            if identities.touching_figures(
                db, figure["document_id"],
                {figure["figure_id"]} | identities.total_figures(db, figure["document_id"], {figure["table_no"]}),
            )
        }  # fmt: skip
        line = badge_of_rows(db, data.rows, "zh")
        assert {d for d in documents if f"d={d}&amp;status=different" in line} == failing
        links = live_links("http://x/", chart, (("d", asked),), Look())
        body = embed_page(shown(db, chart, (("d", asked),), "zh"), Look(), links)
        assert ('class="src badge"' in body) == bool(failing)


def test_the_badges_of_the_pages_stand_at_their_charts(db: Database) -> None:
    ids = [row["document_id"] for row in db.rows("SELECT document_id FROM document")]
    for page, query in (("compare", {"d": ",".join(ids)}), ("three_public", {})):
        assert 'class="src badge"' in html_of(opened(page, **query)), page


def test_a_figure_that_differs_says_so_on_its_own_page(db: Database) -> None:
    row = next(row for row in identities.checks(db, status="different") if row["rule"] == "narrative.department_goal")
    said = text_of(opened("passport", f=f"{row['document_id']}.{row['right_ref']}"))
    assert "这个数有 1 处与别处所印的不一致" in said


def test_numbers_are_marked_by_value() -> None:
    wanted = numbers_in("写的是41424.31万元，共28个")
    assert wanted == {Decimal("41424.31"), Decimal("28")}
    assert (
        marked_numbers("共41,424.31万元<28>个、128个", wanted)
        == "共<mark>41,424.31</mark>万元&lt;<mark>28</mark>&gt;个、128个"
    )
    assert number_spans("2.80", numbers_in("2.8")) == [(0, 4)]


def test_a_long_text_is_clipped_to_the_sentences_with_its_numbers() -> None:
    long = "无关的话。" * 60 + "这里写了 130 万元。" + "别的话。" * 30
    assert clipped(long, numbers_in("130")) == "……这里写了 130 万元。……"
    assert clipped("短。", numbers_in("1")) == "短。"
    assert clipped(long, numbers_in("7")).startswith("无关的话。") and len(clipped(long, numbers_in("7"))) <= LONG + 2


def test_the_page_says_what_the_numbers_of_the_text_are_linked_to(db: Database) -> None:
    number = statement_links.counts(db)
    rows = statement_links.unlinked(db)
    body = html_of(opened("checks"))
    said = text_of(opened("checks"))
    assert f"情况说明里 {sum(number.values()):,} 个数" in said and f"{number['none']:,} 个只写了一次" in said
    assert len(rows) == number["none"] > 0
    flat = re.sub(r"</?mark>", "", unescape(body))
    assert all(row["text"] in flat for row in rows)
    assert "./data/statement_links.csv" in body


def test_the_links_of_each_document_are_in_the_summary_line(db: Database) -> None:
    for row in held.documents(db):
        number = statement_links.counts(db, row["document_id"])
        line = statement_links.summary(number)
        assert line.startswith(f"{sum(number.values()):,} 个") and f"{number['none']:,} 个没有对应" in line
        assert len(statement_links.unlinked(db, row["document_id"])) == number["none"]
    with Opened(db.path) as opened:
        told = [line for line in check_lines(opened) if line.startswith("narrative ")]
    assert len(told) == len(held.documents(db))
    for row in held.documents(db):
        [line] = [line for line in told if line.startswith(f"narrative {row['department']} {row['year']}: ")]
        counted = {
            name: int(count) for count, name in re.findall(r"(\d+) ([a-z ]+?)(?:,|$)", line.partition(" to ")[2])
        }
        expected = {
            link.replace("_", " "): n for link, n in statement_links.counts(db, row["document_id"]).items() if n
        }
        assert counted == expected
