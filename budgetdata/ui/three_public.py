"""The parts of the page on the three public expenses."""

from __future__ import annotations

from html import escape

import streamlit as st

from budgetdata.charts.registered.across import load_three_public
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import say
from budgetdata.words.numbers import wan_text


def choices(db: Database, lang: str) -> tuple[str, str]:
    """The year and the measure, kept in the address."""
    years = sorted({str(row["year"]) for row in held.documents(db)}, reverse=True)
    left, right = st.columns(2)
    with left:
        year = choose(
            "y",
            text(lang, "filter.year"),
            {"": text(lang, "filter.all")} | {y: y for y in years},
            lang,
            page="three_public",
            widget="segments",
        )
    with right:
        measures = {"wan": text(lang, "measure.wan"), "share": say(lang, "占一般公共预算", "Share of general budget")}
        measure = choose("m", text(lang, "filter.measure"), measures, lang, page="three_public", widget="segments")
    return year, measure


def table(db: Database, lang: str, year: str) -> None:
    """All six printed rows of each document, each figure with its passport, and the share of the general budget."""
    data = load_three_public(db, {"y": year} if year else {}, lang)
    for row in data.rows:
        row["link"] = address("department", lang, d=row["document_id"])
    wide = ("overseas", "reception", "vehicle_purchase", "vehicle_running", "total")
    columns = [column for column in data.columns if column[0] in (*wide, "name", "share")]
    write(
        f"<h2>{say(lang, '逐项的数字', 'Item by item')}</h2>{html.table(data.rows, columns, lang, links={'name': 'link'})}"
    )
    write(
        f'<p class="src">{text(lang, "frame.unit")} · '
        f"{say(lang, '公务用车 = 购置 + 运行维护；合计 = 出国 + 接待 + 公务用车', 'vehicles = purchase + running')}"
        f"{_sums(data.rows, lang)}</p>"
    )


def _sums(rows: list[dict[str, object]], lang: str) -> str:
    """Documents whose printed items do not add up to the printed total, named with the difference."""
    said = []
    for row in rows:
        parts = [
            part.get("fen") for item in ("overseas", "reception", "vehicles") if isinstance(part := row.get(item), dict)
        ]
        total = row.get("fen")
        gap = sum(part for part in parts if isinstance(part, int)) - total if isinstance(total, int) else 0
        if gap:
            said.append(f"{row['name']} {wan_text(gap)}")
    if not said:
        return say(lang, "；各份预算的分项相加都等于所印合计", "; items add up to the printed totals")
    return escape(say(lang, "；分项相加与合计不同：", "; items differ from totals: ") + "、".join(said))


def reasons(db: Database, lang: str, year: str) -> None:
    """What each document prints on the change of these expenses."""
    found = [row for row in held.documents(db) if not year or str(row["year"]) == year]
    quotes = []
    for document in found:
        said = [p for p in held.paragraphs(db, document["document_id"], "三公") if len(p["text"]) > 12]
        body = "".join(html.quote(paragraph, document, lang) for paragraph in said[:3]) or html.state_html(
            "missing", lang
        )
        quotes.append(f"<h3>{escape(document['short'])} {document['year']}</h3>{body}")
    write(f"<h2>{say(lang, '增减变动的说明（原文）', 'Reasons for change, as printed')}</h2>" + "".join(quotes))
