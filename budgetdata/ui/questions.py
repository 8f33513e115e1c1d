"""The parts of the question page."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from budgetdata.charts.registered.registry import chart as registered
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries.base import Database
from budgetdata.queries.questions import english as words
from budgetdata.queries.questions.model import Question, options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.ui import frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import say

_SLOTS = {
    "who": ("部门", "Department"),
    "d": ("部门", "Department"),
    "n": ("个数", "How many"),
    "class": ("支出类", "Class"),
    "fund": ("资金", "Fund"),
    "item": ("三公项目", "Item"),
    "horizon": ("期限", "Horizon"),
    "category": ("指标类别", "Category"),
    "check": ("核对类别", "Kind of check"),
    "state": ("状态", "Status"),
}
_BLANKS = {name: f"某{labels[0]}" for name, labels in _SLOTS.items()} | {
    "n": "若干",
    "who": "某部门",
    "horizon": "年度",
    "d": "某部门",
}


def _plain(question: Question, lang: str) -> str:
    labels = {slot: _SLOTS[slot][1].lower() for slot in question.slots} if lang == "en" else _BLANKS
    return question.sentence(lang, labels)


def chosen(lang: str) -> Question:
    """The question of the address, the first one where none is named."""
    known = {question.id: _plain(question, lang) for question in all_questions().values()}
    code = choose("q", text(lang, "question.choose"), known, lang, page="questions", always=True, hidden=True)
    return all_questions()[code]


def slots(db: Database, question: Question, lang: str) -> dict[str, str]:
    """The choices inside the sentence, kept in the address, and the sentence as a heading."""
    picked: dict[str, str] = {}
    labels: dict[str, str] = {}
    if question.slots:
        for column, slot in zip(st.columns(max(len(question.slots), 2)), question.slots, strict=False):
            with column:
                valid = options(db, slot)
                if lang == "en":
                    valid = {code: words.english(label) for code, label in valid.items()}
                picked[slot] = choose(
                    slot,
                    _SLOTS[slot][1 if lang == "en" else 0],
                    valid,
                    lang,
                    page=f"questions:{question.id}",
                    always=True,
                )
                labels[slot] = valid.get(picked[slot], "")
    write(f'<h2 class="asked">{escape(question.sentence(lang, labels))}</h2>')
    return picked


def answer(db: Database, question: Question, picked: dict[str, str], lang: str) -> None:
    """The answer: a sentence, a chart where apt, the table, and its CSV."""
    found = question.answer(db, picked)
    link = escape(f"./answer/{question.id}.csv" + (f"?{urlencode(picked)}" if picked else ""))
    if not found.rows:
        none = text(lang, "question.none")
        write(f'<p class="answer">{escape(none if lang == "en" else found.sentence or none)}</p>')
        return
    said = words.sentence(question.id, found) if lang == "en" else found.sentence
    write(f'<p class="answer">{escape(said)}</p>')
    if found.chart:
        chart_choices = {name: value for name, value in found.chart_choices.items() if value}
        if registered(found.chart).group != "department" or chart_choices:
            frame.show_chart(db, found.chart, lang, choices=chart_choices)
    rows = words.rows(found.rows) if lang == "en" else found.rows
    for row in rows:
        if row.get("sheet_id"):
            row["link"] = address("performance", lang, s=row["sheet_id"])
    key = next(
        (name for name in ("name", "project_name") if any(row.get("link") and row.get(name) for row in rows)), ""
    )
    table = html.folded(rows, found.columns, lang, show=12, links={key: "link"} if key else None)
    source = say(
        lang, f"来源：各部门预算公开，{found.source}", f"Source: budget disclosures, {words.source(found.source)}"
    )
    write(
        f'{table}<p class="src">{text(lang, "frame.unit")} · {escape(source)} · '
        f'{text(lang, "question.rows", n=len(found.rows))} · <a href="{link}">{text(lang, "question.csv")}</a></p>'
    )


def others(lang: str, now: Question) -> None:
    """All questions as doors."""
    items = [
        (address("questions", lang, q=question.id), _plain(question, lang), "")
        for question in all_questions().values()
        if question.id != now.id
    ]
    write(f"<h2>{say(lang, '换一个问题', 'Other questions')}</h2>{html.doors(items)}")
