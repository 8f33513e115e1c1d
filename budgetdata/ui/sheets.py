"""The department page's section on its performance sheets."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.markup.sheet_cards import card, sheet_name
from budgetdata.queries import projects as performance
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.ui import frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money


def of_document(db: Database, document: Record, lang: str) -> None:
    """The department page's section: how far its targets can be checked, and one sheet opened, chosen in the address."""
    frame.section("sheets", text(lang, "section.sheets"))
    found = performance.sheets(db, performance.SheetFilter(document_id=document["document_id"]))
    if not found:
        known = reading.sheets_known(db, document["document_id"])
        write(frame.quiet(text(lang, "sheet.none" if known else "sheet.unread")))
        return
    frame.show_chart(db, "targets-by-category", lang, d=document["document_id"])
    options = {row["sheet_id"]: _choice(row, lang) for row in found}
    chosen = choose("s", text(lang, "sheet.choose"), options, lang, page=f"department:{document['document_id']}")
    write(card(db, next(row for row in found if row["sheet_id"] == chosen), lang))


def _choice(row: Record, lang: str) -> str:
    """A sheet to choose: its money of the year where a form prints one, and its name."""
    amount = [] if row["annual_fen"] is None else [money(row["annual_fen"], lang)]
    return " · ".join([*amount, sheet_name(row, lang)])
