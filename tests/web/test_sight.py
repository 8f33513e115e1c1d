"""What a page's first HTML shows before any script has come: its answer, of the choices in its address, and its picture."""

from __future__ import annotations

import pytest

from budgetdata.charts.registered.registry import chart
from budgetdata.charts.shown import shown
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.web.bundles import static_directory
from budgetdata.web.heads import shell
from budgetdata.web.sight import CHARTS, first_sight

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
    assert first_sight("department", {}, "zh") is None and first_sight("department", {"d": "nothing"}, "zh") is None
    assert first_sight("home", {"q": "培训"}, "zh") is None and first_sight("three_public", {"y": "1999"}, "zh") is None
    assert first_sight("about", {}, "zh") is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_is_answered_in_the_first_html_as_on_its_page(db: Database, lang: str) -> None:
    for name, question in all_questions().items():
        slots = {slot: next(iter(options(db, slot, lang)), "") for slot in question.slots}
        said = question.answer(db, slots, lang).sentence
        seen = first_sight("questions", {"q": name}, lang)
        assert (seen.said if seen else [""]) == [said], name
    first = first_sight("questions", {}, lang)
    assert first is not None and first == first_sight("questions", {"q": next(iter(all_questions()))}, lang)
    assert first_sight("questions", {"q": "nothing"}, lang) is None
    assert first_sight("questions", {"q": "class-spenders", "class": "nothing"}, lang) is None
