"""The question whether the figures agree: the checks of a kind and status, with both sides as words and as amounts."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.checks.kinds import all_kinds
from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import ALL, Answer, Chosen, Question, and_first, capped, first_rows, one, who
from budgetdata.queries.signals.check_sides import sides as sides_of
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import headings


def which_checks(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The checks of a document (or all), kind (or all) and status (or all), those that need a look first."""
    kind, state = chosen.get("check", ALL), chosen.get("state", "different")
    asked = one(chosen), "" if kind == ALL else kind
    found = identities.checks(db, *asked, "" if state == ALL else state, limit=first_rows(chosen))
    whole = identities.number(db, *asked)
    columns = headings(
        lang, who="department", kind_name="category", state="status", left="left", right="right", said="remark",
        check_id="id",
    )  # fmt: skip
    said = identities.summary(whole, lang) if sum(whole.values()) else ""
    number = sum(whole.values()) if state == ALL else whole[state]
    rows, source = [_row(row, lang) for row in found], text(lang, "answer.source.all")
    return Answer(columns, rows, and_first(said, number, lang), source, number=capped(number))


def _row(row: Record, lang: str) -> Record:
    sides, gap = sides_of(row, lang), identities.gap_text(row, lang)
    remarks = [text(lang, "question.gap", gap=gap) if gap else "", sides.remark]
    return {
        **row, "who": who(row), "kind_name": all_kinds()[row["kind"]].name(lang),
        "state": text(lang, f"question.state.{row['status']}"),
        "left": _side(sides.left_name, sides.left, lang), "right": _side(sides.right_name, sides.right, lang),
        "said": text(lang, "question.separator").join(remark for remark in remarks if remark),
    }  # fmt: skip


def _side(name: str, value: str, lang: str) -> str:
    return text(lang, "question.side", name=name, value=value) if name and value else name or value


QUESTIONS = [Question("which-checks", ("who", "check", "state"), which_checks, ranks=False)]
