"""Questions answered by what documents print: change and its reason, procurement, assets, empty tables."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.records import Record
from budgetdata.forms.declared import standard_forms
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import Answer, Chosen, Question, one, rows_wanted, who
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import place_text
from budgetdata.words.phrases import headings, named, told

_UNREAD = ("unreadable", "partial")


def _standard(table: Record, lang: str) -> str:
    """The usual name of a table that is not printed."""
    return text(lang, f"about.form.{standard_forms()[table['table_no']].id}")


def _quoted(paragraphs: Iterable[Record], lang: str, name: str) -> Answer:
    """Paragraphs as printed."""
    rows: list[Record] = [
        {"who": who(p), "text": p["text"], "place": place_text(p["page"], p["line"], lang)} for p in paragraphs
    ]
    said = text(lang, f"answer.{name}", n=len({row["who"] for row in rows})) if rows else ""
    columns = headings(lang, who="department", text="printed", place="place")
    return Answer(columns, rows, said, text(lang, f"answer.source.{name}"))


def change(db: Database, chosen: Chosen, lang: str) -> Answer:
    """What each document prints on its change from last year and the reason."""
    return _quoted(held.changes(db, one(chosen)), lang, "change")


def procurement(db: Database, chosen: Chosen, lang: str) -> Answer:
    """What each document prints on government procurement."""
    return _quoted(held.printed_under(db, "政府采购", one(chosen)), lang, "procurement")


def assets(db: Database, chosen: Chosen, lang: str) -> Answer:
    """What each document prints on vehicles and state assets."""
    return _quoted(held.printed_under(db, "国有资产", one(chosen)), lang, "assets")


def empty_tables(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The tables of the thirteen that hold no data, with what the document prints about it; those not read are told apart."""
    size, document_id = rows_wanted(chosen), one(chosen)
    found = held.tables_without_data(db, document_id) if size < 0 or document_id else held.first_without_data(db, size)
    rows: list[Record] = [
        {
            "who": who(t),
            "no": text(lang, "question.table", no=t["table_no"], title=t["title"] or _standard(t, lang)),
            "code": t["status"],
            "status": named(lang, "table_state", t["state"]),
            "reason": told(lang, t, "reason"),
            "place": place_text(t["page"], t["line"], lang) if t["line"] else "",
        }
        for t in found
    ]
    states = held.number_without_data(db, document_id)
    stated, unread, empty = (
        sum(states.get(code, 0) for code in codes) for codes in (("empty_stated",), _UNREAD, ("empty", "empty_stated"))
    )
    key = "" if empty > stated else ".all" if empty else ".none"
    said = text(lang, f"answer.empty-tables{key}", n=empty, stated=stated)
    said = text(lang, "answer.empty-tables.unread", said=said, unread=unread) if unread else said
    columns = headings(lang, no="table", who="department", status="status", reason="remark", place="place")
    return Answer(columns, rows, said, text(lang, "answer.source.thirteen"), number=sum(states.values()))


QUESTIONS = [
    Question("change", ("who",), change, ranks=False),
    Question("empty-tables", ("who",), empty_tables, ranks=False),
    Question("procurement", ("who",), procurement, ranks=False),
    Question("assets", ("who",), assets, ranks=False),
]
