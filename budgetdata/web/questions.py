"""/answer/<question>.csv: the answer to a ready-made question as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.said import said
from budgetdata.embeds.answers import PASSPORT, STATE, Refused, answer, csv_text, flat
from budgetdata.embeds.asked import read
from budgetdata.queries.base import open_database
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.web.asked import answer_of


def question_file(request: Request) -> Response:
    """The rows of an answer with the choices of the address; unknown choices answer 400 and list the valid ones."""
    name, _, suffix = request.path_params["file"].rpartition(".")
    question = all_questions().get(name)
    if question is None or suffix != "csv":
        raise Refused(said("refused.question", value=name[:60]), [f"{known}.csv" for known in all_questions()], 404)
    db = open_database()
    asked = read(answer_of(question, db), request.query_params.multi_items())
    chosen = {slot: getattr(asked, slot) or next(iter(options(db, slot)), "") for slot in question.slots}
    chosen["y"] = getattr(asked, "y", "")
    found = question.answer(db, chosen)
    body = csv_text(
        [*(label for _, label in found.columns), *PASSPORT, STATE], (flat(row, found.columns) for row in found.rows)
    )
    return answer(
        body, "csv", version=db.version, headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
