"""/answer/<question>.csv: the answer to a ready-made question as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.base.errors import BudgetDataError
from budgetdata.embeds.answers import PASSPORT, answer, csv_text, flat, refuse
from budgetdata.queries.base import open_database
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions


def question_file(request: Request) -> Response:
    """The rows of an answer with the choices of the address; unknown choices answer 400 and list the valid ones."""
    name, _, suffix = request.path_params["file"].rpartition(".")
    question = all_questions().get(name)
    if question is None or suffix != "csv":
        return refuse(f"没有这个问题：{name[:60]}", [f"{known}.csv" for known in all_questions()], 404)
    try:
        db = open_database()
        chosen = {}
        for slot in question.slots:
            valid = options(db, slot)
            value = request.query_params.get(slot, next(iter(valid), ""))
            if value not in valid:
                return refuse(
                    f"没有这个选项：{slot}={value[:60]}", [f"{code} {label}" for code, label in valid.items()]
                )
            chosen[slot] = value
        found = question.answer(db, chosen)
    except BudgetDataError as error:
        return refuse(str(error), status=503)
    body = csv_text(
        [*(label for _, label in found.columns), *PASSPORT], (flat(row, found.columns) for row in found.rows)
    )
    return answer(
        body, "csv", version=db.version, headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
