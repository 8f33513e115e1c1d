"""Where the two sides of a check are printed: figures with what stands in their cell, sheet texts, narrative paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgetdata.base.leaves import page_and_line
from budgetdata.base.records import Record
from budgetdata.base.said import Said
from budgetdata.queries.base import Database
from budgetdata.queries.checks import references
from budgetdata.queries.signals.check_sides import explanation_of, label_of
from budgetdata.sentences.itemised import item_lists
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import WAN, YUAN

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_FIGURE = re.compile(r"t\d\d\.")
_NO_NUMBERS = ("table", "no", "row", "column", "code")
"""Arguments that name a table, row or column and no number of the text."""


def places(db: Database, rows: Sequence[Record], lang: str = "zh") -> dict[str, dict[str, list[Record]]]:
    """For each check_id what its sides rest on: {'left': [...], 'right': [...], 'texts': [...]}.

    A figure: figure_id, label, column_label, table_no, raw, page, line. Another place: page, line only. texts: what is
    printed there: title, text, page, line, sheet_id (None for a narrative paragraph), each once.
    """
    ids = [f"{row['document_id']}.{ref}" for row in rows for ref in references(row) if _FIGURE.match(ref)]
    figures = _figures(db, ids)
    found: dict[str, dict[str, list[Record]]] = {}
    for row in rows:
        sides = {side: _side(row, side, figures) for side in ("left", "right")}
        found[row["check_id"]] = {**sides, "texts": _texts(db, row, lang)}
    return found


def _figures(db: Database, ids: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), 500):
        part = unique[start : start + 500]
        marks = ",".join("?" * len(part))
        for row in db.rows(f"SELECT * FROM figure WHERE figure_id IN ({marks})", part):
            found[row["figure_id"]] = row
    return found


def _side(row: Record, side: str, figures: dict[str, Record]) -> list[Record]:
    found: list[Record] = []
    for ref in references(row, side):
        figure = figures.get(f"{row['document_id']}.{ref}")
        place = page_and_line(ref)
        if figure is not None:
            found.append(figure)
        elif place is not None:
            found.append({"figure_id": None, "page": place[0], "line": place[1]})
    return found


def _texts(db: Database, row: Record, lang: str) -> list[Record]:
    found: list[Record] = []
    for ref in references(row):
        place = page_and_line(ref)
        if place is None:
            continue
        at = {name: number for name, number in zip(("page", "line"), place, strict=True) if number}
        found += _sheets(db, row, at, lang)
        found += _paragraphs(db, row, at)
    return found


def _where(at: Mapping[str, int], table: str = "") -> str:
    """The condition of a row that stands at a page, a line or both, with a mark for each number in order."""
    return " AND ".join(f"{table}{name} = ?" for name in at)


def _sheets(db: Database, row: Record, at: Mapping[str, int], lang: str) -> list[Record]:
    texts = _sheet_texts(db, row, at, lang) if row["rule"].startswith("sheet.itemised") else []
    if texts:
        return texts
    sheets = db.rows(f"SELECT * FROM sheet WHERE document_id = ? AND {_where(at)}", (row["document_id"], *at.values()))
    project = label_of(row).args.get("project")
    named = [sheet for sheet in sheets if sheet["project_name"] == project] or sheets[:1]
    return [_text(sheet, sheet["project_name"], "", sheet["sheet_id"]) for sheet in named]


def _sheet_texts(db: Database, row: Record, at: Mapping[str, int], lang: str) -> list[Record]:
    """The text of a sheet in which a check's amounts are itemised, at its own place."""
    args = label_of(row).args
    found = db.rows(
        f"""SELECT s.*, t.field, t.page AS text_page, t.line AS text_line FROM sheet_text t JOIN sheet s USING (sheet_id)
            WHERE s.document_id = ? AND {_where(at, "t.")}""",
        (row["document_id"], *at.values()),
    )
    return [
        _text({"page": sheet["text_page"], "line": sheet["text_line"]},
              f"{sheet['project_name']} · {text(lang, args['text'])}", sheet[sheet["field"]] or "", sheet["sheet_id"])
        for sheet in found
        if args.get("text") == f"check.sheet.{sheet['field']}" and sheet["project_name"] == args.get("project")
    ]  # fmt: skip


def _paragraphs(db: Database, row: Record, at: Mapping[str, int]) -> list[Record]:
    if not row["rule"].startswith("narrative."):
        return []
    rows = db.rows(
        f"SELECT * FROM paragraph WHERE document_id = ? AND {_where(at)} ORDER BY paragraph_id",
        (row["document_id"], *at.values()),
    )
    if "line" not in at:
        rows = [part for part in rows if wanted(row, part["text"]) & numbers_in(part["text"])][:2]
    return [_text(part, part["section"], part["text"], None) for part in rows]


def _text(source: Record, title: str, text: str, sheet_id: str | None) -> Record:
    return {"title": title, "text": text, "page": source["page"], "line": source["line"], "sheet_id": sheet_id}


def wanted(row: Record, printed: str) -> set[Decimal]:
    """The numbers to mark in a printed text: both sides of the check, what its explanation names, and, where the text
    itemises, its items."""
    found = numbers_of(explanation_of(row).args) | {
        (Decimal(fen) / WAN).normalize() for fen in (row["left_fen"], row["right_fen"]) if fen is not None
    }
    if row["rule"].startswith("sheet.itemised"):
        for listed in item_lists(printed):
            found |= {(Decimal(fen) / unit).normalize() for fen in listed.items for unit in (WAN, YUAN)}
    return found


def numbers_of(value: Any) -> set[Decimal]:
    """The numbers that the arguments of a message hold, amounts in 万元: fen as whole numbers, others as printed."""
    if isinstance(value, Said):
        return numbers_of(value.args)
    if isinstance(value, Mapping):
        own = [numbers_of(inner) for name, inner in value.items() if name not in _NO_NUMBERS]
        return set().union(*own)
    if isinstance(value, list | tuple):
        return set().union(*(numbers_of(inner) for inner in value))
    if isinstance(value, int):
        return {Decimal(abs(value)).normalize(), (Decimal(abs(value)) / WAN).normalize()}
    return numbers_in(value) if isinstance(value, str) else set()


def numbers_in(text: str) -> set[Decimal]:
    """Every number of a text by its value, so that 41,424.31 and 41424.310 are one."""
    return {Decimal(number.replace(",", "")).normalize() for number in _NUMBER.findall(text)}


def number_spans(text: str, wanted: set[Decimal]) -> list[tuple[int, int]]:
    """Where in a text the numbers of `wanted` are printed, from first to last."""
    return [
        match.span() for match in _NUMBER.finditer(text) if Decimal(match[0].replace(",", "")).normalize() in wanted
    ]
