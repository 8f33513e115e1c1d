"""/api: the addresses for people, with an example of each."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import answer, base_of, language_of
from budgetdata.embeds.choices import Look
from budgetdata.embeds.document import Links, document
from budgetdata.embeds.files import SUFFIXES
from budgetdata.exports.tables import DATABASE_FILE
from budgetdata.markup.templates import render
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from budgetdata.queries.questions.registry import all_questions
from budgetdata.store.dictionary import public_tables
from budgetdata.web.asked import MOST
from budgetdata.web.downloads import PACKAGE_FILE
from budgetdata.words.catalogue import text

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'"


def api_page(request: Request) -> Response:
    """The addresses of tables, charts and answers as a page."""
    lang, db = language_of(request), open_database()
    sentences = [
        (question.id, question.sentence(lang, {slot: slot for slot in question.slots}))
        for question in all_questions().values()
    ]
    body = render(
        "web/api.html",
        lang,
        version=db.version,
        most=MOST,
        database=DATABASE_FILE,
        package=PACKAGE_FILE,
        tables=public_tables(),
        charts=list(all_charts().values()),
        suffixes=SUFFIXES,
        questions=sentences,
        first=next((row["document_id"] for row in held.named(db)), ""),
    )
    links = Links(canonical=f"{base_of(request)}api")
    page = document(text(lang, "api.title"), text(lang, "api.described"), body, Look(lang=lang), links)
    return answer(page, "html", version=db.version, headers={"Content-Security-Policy": POLICY})
