"""What a page's first HTML shows before any script has come: its answer, of the choices in its address, and its picture."""

from __future__ import annotations

import pytest

from budgetdata.base import keeping
from budgetdata.charts.registered.registry import chart
from budgetdata.charts.shown import shown
from budgetdata.markup import framed
from budgetdata.markup.found import found
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.queries.choosing import newest
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.web import sight
from budgetdata.web.bundles import static_directory
from budgetdata.web.heads import shell
from budgetdata.web.sight import CHARTS, first_sight
from budgetdata.words.catalogue import text

pytest_plugins = ["app_fixtures"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_html_holds_the_answer_before_the_root(db: Database, lang: str) -> None:
    static = static_directory()
    assert static is not None
    document = held.documents(db)[0]["document_id"]
    for page, chart_id in CHARTS.items():
        both = ",".join(row["document_id"] for row in held.documents(db)[:2])
        key = {"department": (("d", document),), "compare": (("d", both), ("m", "share"))}.get(page, ())
        asked = tuple(sorted([*key, *([("lang", "en")] if lang == "en" else [])]))
        html = shell(page, "http://mingzhang.test/", asked, static)
        of = (("y", "2024"),) if page == "home" else key  # the first page ranks one year alone
        said = shown(db, chart(chart_id), of, lang).answer
        seen = html.partition('<div id="first">')[2].partition('<div id="root">')[0]
        assert said.split("“")[0] in seen and "<h1" not in seen, page
        assert html.index('as="image"') < html.index("modulepreload") if 'as="image"' in html else page != "home"


def test_nothing_is_answered_that_was_not_asked(db: Database) -> None:
    """What a page is about stands there alone: no amount, no picture, nothing of another department, figure or place."""
    for page, asked in (
        ("department", {}), ("department", {"d": "nothing"}), ("three_public", {"y": "1999"}), ("about", {}), ("passport", {}),
        ("passport", {"f": "nothing"}), ("region", {"r": "nowhere"}), ("region", {"r": "阳泉", "y": "1999"}),
        ("subject", {"code": "999"}), ("performance", {"s": "nothing"}), ("home", {"q": "培训", "kind": "nothing"}),
    ):  # fmt: skip
        seen = first_sight(page, asked, "zh")
        assert seen is not None and seen.title == text(
            "zh", f"{page}.title" if page != "department" else "nav.department"
        )
        assert not seen.sources and not seen.body and "元" not in "".join(seen.said), page


def first_html(page: str, /, **asked: str) -> tuple[str, str]:
    """The title of a page's first HTML, and what is seen of it first."""
    static = static_directory()
    assert static is not None
    html = shell(page, "http://mingzhang.test/", tuple(sorted(asked.items())), static)
    seen = html.partition('<div id="first">')[2].partition('<div id="root">')[0]
    return html.partition("<title>")[2].partition("</title>")[0], seen.partition("</style>")[2]


@pytest.mark.parametrize("most", [4, 12])
def test_where_no_budgets_are_named_those_that_the_page_opens_with_are_compared(
    db: Database, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first HTML said what the page is about alone: the answer came after 16 seconds of a slow line."""
    monkeypatch.setattr(population, "MANY", most)
    two = newest(db, 2) if most < db.documents else held.documents(db)[:2]
    named = first_html("compare", d=",".join(row["document_id"] for row in two))[1]
    assert first_html("compare")[1] == named and "<img" in named


def test_what_an_address_names_is_in_the_first_html(db: Database) -> None:
    """Without it a line of 400 kb/s showed nothing for 15 seconds; the title is what a preview elsewhere tells."""
    total = db.row(
        """SELECT figure_id FROM figure JOIN document USING (document_id) WHERE department LIKE '%招商中心'
           AND table_no = 1 AND role = 'expenditure_total' AND "column" = 'total' AND year = 2024"""
    )
    assert total is not None
    title, seen = first_html("passport", f=total["figure_id"])
    assert "招商中心" in title and "支出总计" in title and "359.95 万元" in seen and "第 110 行" in seen
    title, seen = first_html("region", r="阳泉市")
    assert title.startswith("阳泉市") and "359.95 万元" in seen
    title, seen = first_html("subject", code="206")
    assert title.startswith("科学技术支出 206") and "科学技术支出" in seen
    title, seen = first_html(
        "performance", s=db.value("SELECT sheet_id FROM sheet WHERE project_name LIKE '%企业扶持资金%'")
    )
    assert "企业扶持资金" in title and "1.4 亿元" in seen and "年度目标" in seen
    title, seen = first_html("glossary")
    assert "名词" in title and "因公出国（境）、公务接待、公务用车购置及运行三类费用" in seen


def test_what_is_found_is_in_the_first_html_as_on_the_page(db: Database) -> None:
    _, seen = first_html("home", q="培训")
    assert "“培训”找到" in seen and found(db, "培训", {}, "zh") in seen
    _, narrowed = first_html("home", q="培训", kind="target", page="2", m="share")
    assert found(db, "培训", {"kind": "target", "page": "2"}, "zh") in narrowed and narrowed != seen


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_is_answered_in_the_first_html_as_on_its_page(db: Database, lang: str) -> None:
    for name, question in all_questions().items():
        slots = {slot: next(iter(options(db, slot, lang)), "") for slot in question.slots}
        said = question.answer(db, slots, lang).sentence
        seen = first_sight("questions", {"q": name}, lang)
        assert (seen.said if seen else [""]) == [said], name
    first = first_sight("questions", {}, lang)
    assert first is not None and first == first_sight("questions", {"q": next(iter(all_questions()))}, lang)
    for asked in ({"q": "nothing"}, {"q": "class-spenders", "class": "nothing"}):
        about = first_sight("questions", asked, lang)
        assert about is not None and about.said == [text(lang, "questions.lead")]


def test_what_was_seen_first_is_kept_for_a_version(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where thousands of rows are ranked for one sentence, these are not kept, and were ranked for each reader."""
    ranked: list[str] = []
    whole = framed.shown
    monkeypatch.setattr(framed, "shown", lambda db, chart, *given: ranked.append(chart.id) or whole(db, chart, *given))
    monkeypatch.setattr(keeping, "kept_on", lambda: None)  # what another test left there is not ranked again
    sight._KEPT.clear()
    framed._KEPT.clear()
    seen = first_sight("three_public", {}, "zh")
    asked = len(ranked)
    assert seen is not None and seen.said and first_sight("three_public", {}, "zh") == seen
    assert framed.framed(db, chart("three-public"), (), "zh").said == seen.said[0]  # as its page shows it
    assert asked == len(ranked) and {*ranked} == {"three-public"}
    assert first_sight("three_public", {"y": "2024"}, "zh") != seen and first_sight("three_public", {}, "en") != seen
