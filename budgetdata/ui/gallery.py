"""One registered chart with everything that is needed to use it elsewhere."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from budgetdata.charts import all_charts
from budgetdata.charts.words import say
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui import frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.ui.texts import text


def show(db: Database, lang: str) -> None:
    """The chart of the address, drawn, and its addresses ready to copy."""
    charts = {chart.id: chart.question(lang) for chart in all_charts().values()}
    chart = all_charts()[choose("chart", say(lang, "图", "Chart"), charts, lang, page="gallery", always=True)]
    picked: dict[str, str] = {}
    if chart.group == "department":
        options = {row["document_id"]: f"{row['short']} {row['year']}" for row in held.documents(db)}
        picked["d"] = choose("d", text(lang, "department.choose"), options, lang, page="gallery", always=True)
    picked |= {
        name: value for name in chart.parameters if name not in picked and (value := st.query_params.get(name, ""))
    }
    frame.show_chart(db, chart.id, lang, choices=picked)
    parts = urlsplit(st.context.url or "http://localhost:8501")
    base = f"{parts.scheme}://{parts.netloc}"
    query = urlencode([*picked.items(), *([("lang", "en")] if lang == "en" else [])])
    tail = f"?{query}" if query else ""
    look = f'width="100%" height="480" style="border:0" loading="lazy" title="{escape(chart.question(lang))}"'
    frame_text = f'<iframe src="{base}/embed/{chart.id}{tail}" {look}></iframe>'
    for title, body in (
        (say(lang, "嵌入网页（随数据更新）", "Embed (live)"), frame_text),
        (say(lang, "图片", "Picture"), f"{base}/chart/{chart.id}.png{tail}"),
        (say(lang, "矢量图", "Vector picture"), f"{base}/chart/{chart.id}.svg{tail}"),
        (say(lang, "数据", "Data"), f"{base}/chart/{chart.id}.csv{tail}"),
        ("Vega-Lite", f"{base}/chart/{chart.id}.json{tail}"),
    ):
        write(f"<h3>{escape(title)}</h3>")
        st.code(body, language=None, wrap_lines=True)
