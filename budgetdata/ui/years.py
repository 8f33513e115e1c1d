"""逐年: a department's years side by side, shown only where more than one year of it is held."""

from __future__ import annotations

from html import escape

import streamlit as st

from budgetdata.base.money import wan
from budgetdata.base.records import Record
from budgetdata.embeds.answers import csv_text
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import years as over
from budgetdata.queries.base import Database
from budgetdata.ui.frame import section, write
from budgetdata.words.names import say

SHOWN = 10
_EN = {"exact": "same name", "similar": "name similar", "code": "same code", "moved": "same name, other code",
       "new": "new this year", "ended": "not listed this year"}  # fmt: skip


def of_department(db: Database, document: Record, lang: str) -> None:
    """The totals of every year, then this year against the last one held: 科目, projects and targets."""
    held = over.totals(db, document["document_id"])
    if len(held) < 2:
        return
    section("years", say(lang, "逐年", "Year by year"))
    write(_totals(held, document, lang))
    position = next(i for i, row in enumerate(held) if row["document_id"] == document["document_id"])
    before, after = (held[position - 1], held[position]) if position else (held[0], held[1])
    title = say(lang, f"{after['year']} 年与 {before['year']} 年", f"{after['year']} against {before['year']}")
    note = "" if over.SIMILAR not in (before["match"], after["match"]) else say(
        lang, "（部门名称不同，按相似度对应）", " (the department's name differs; matched by similarity)"
    )  # fmt: skip
    write(f"<h3>{escape(title)}{escape(note)}</h3>")
    ids = before["document_id"], after["document_id"]
    heads = [(f"{name}_fen", say(lang, zh, en)) for name, zh, en in (
        ("before", f"{before['year']}", f"{before['year']}"), ("after", f"{after['year']}", f"{after['year']}"),
        ("change", "增减", "Change"))]  # fmt: skip
    match = ("said", say(lang, "对应", "Match"))
    functions = [_shown(row, lang) for row in over.functions(db, *ids)]
    _folded(functions, [("name", say(lang, "科目", "Account")), ("code", say(lang, "编码", "Code")), match, *heads],
            say(lang, "科目", "Accounts"), lang)  # fmt: skip
    projects = [_shown(row, lang) for row in over.projects(db, *ids)]
    _folded(projects, [("name", say(lang, "项目", "Project")), match, *heads], say(lang, "项目", "Projects"), lang)
    targets = over.targets(db, *ids)
    columns = [("project", say(lang, "项目", "Project")), ("indicator", say(lang, "指标", "Indicator")),
               ("before", f"{before['year']}"), ("after", f"{after['year']}")]  # fmt: skip
    _folded(targets, columns, say(lang, "年度指标", "Targets of the year"), lang)
    named = say(lang, "下载 CSV（单位：万元）", "CSV (10,000 CNY)")
    st.download_button(named, _csv(db, *ids), f"years-{ids[0]}-{ids[1]}.csv", "text/csv", key="years-csv")


def _totals(held: list[Record], document: Record, lang: str) -> str:
    rows = []
    for row in held:
        name = f"{row['year']}"
        if row["match"] == over.SIMILAR:
            name += say(lang, f"（{row['department']}，名称相似）", f" ({row['department']}, name similar)")
        rows.append({
            "year": name, "fen": row["fen"], "figure": row["figure"],
            "link": address("department", lang, d=row["document_id"]) if row["document_id"] != document["document_id"] else "",
        })  # fmt: skip
    columns = [("year", say(lang, "年度", "Year")), ("fen", say(lang, "支出总计（万元）", "Expenditure (10,000 CNY)"))]
    return html.table(rows, columns, lang, links={"year": "link"})


def _shown(row: Record, lang: str) -> Record:
    """A row with its match in words; a year that does not list it shows a dash there, which is no blank amount."""
    unlisted = {over.NEW: ("before_fen", "change_fen"), over.ENDED: ("after_fen", "change_fen")}.get(row["match"], ())
    return {**row, "said": _said(row, lang), **dict.fromkeys(unlisted, "—")}


def _said(row: Record, lang: str) -> str:
    said = _EN[row["match"]] if lang == "en" else over.MATCHES[row["match"]]
    if row["match"] != over.SIMILAR:
        return said
    then = say(lang, f"，上年作「{row['before_name']}」", f", then 「{row['before_name']}」")
    return f"{said} {int(row['ratio'])}%{then}"


def _folded(rows: list[Record], columns: list[tuple[str, str]], title: str, lang: str) -> None:
    """The first rows as a table, all of them behind 全部 N 项."""
    if not rows:
        return
    write(f"<h4>{escape(title)}</h4>{html.folded(rows, columns, lang, show=SHOWN)}")


def _csv(db: Database, before_id: str, after_id: str) -> bytes:
    heads, rows = over.table(db, before_id, after_id)
    amounts = [head.endswith("_fen") for head in heads]
    cells = [
        [
            wan(int(value)) if is_amount and value is not None else value
            for value, is_amount in zip(row, amounts, strict=True)
        ]
        for row in rows
    ]
    return csv_text([head.replace("_fen", "_wan") for head in heads], cells).encode()
