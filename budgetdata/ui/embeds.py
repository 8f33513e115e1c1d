"""One registered chart, or one figure, with everything that is needed to use it elsewhere, ready to copy."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import shown, whose
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose, words
from budgetdata.words.catalogue import text
from budgetdata.words.names import say, source_of
from budgetdata.words.numbers import money, place_text

WIDTHS = {"280": ("手机 280", "Phone 280"), "390": ("手机 390", "Phone 390"), "720": ("正文 720", "Article 720")}
THEMES = {"light": ("浅色", "Light"), "dark": ("深色", "Dark"), "auto": ("随读者的设备", "As the reader's device")}
_TALLEST = 1600
Key = tuple[tuple[str, str], ...]


def show(db: Database, lang: str) -> None:
    """The chart of the address as an embed at a chosen width, then what to copy; a figure as a chip below."""
    charts = {chart.id: chart.question(lang) for chart in all_charts().values()}
    chart = all_charts()[choose("chart", say(lang, "图", "Chart"), charts, lang, page="embeds", always=True)]
    picked: dict[str, str] = {}
    if chart.group == "department":
        options = {row["document_id"]: f"{row['short']} {row['year']}" for row in held.documents(db)}
        picked["d"] = choose("d", text(lang, "department.choose"), options, lang, page="embeds", always=True)
    picked |= {
        name: value for name in chart.parameters if name not in picked and (value := st.query_params.get(name, ""))
    }
    theme = choose("theme", say(lang, "颜色", "Colours"), _named(THEMES, lang), lang, page="embeds", widget="segments")
    width = choose(
        "w",
        say(lang, "看看有多宽", "See it at"),
        _named(WIDTHS, lang),
        lang,
        page="embeds",
        widget="segments",
        default="720",
    )
    key, problem = _checked(db, chart, picked)
    if problem:
        st.warning(problem)
    _preview(db, chart, key, theme, int(width), lang)
    _snippets(db, chart, key, theme, lang)
    _chip(db, lang)


def _named(names: dict[str, tuple[str, str]], lang: str) -> dict[str, str]:
    return {code: pair[1 if lang == "en" else 0] for code, pair in names.items()}


def _checked(db: Database, chart: Chart, picked: dict[str, str]) -> tuple[Key, str]:
    """The choices that exist, and a message where the address names one that does not."""
    from budgetdata.embeds.answers import Refused
    from budgetdata.embeds.choices import chart_key

    try:
        return chart_key(picked, chart, db), ""
    except Refused as refused:
        return tuple(
            (name, value) for name, value in picked.items() if name == "d" and chart.group == "department"
        ), str(refused)


def base_address() -> str:
    """The public address of the app, without a slash at its end."""
    parts = urlsplit(st.context.url or "http://localhost:8501")
    return os.environ.get("BUDGETDATA_URL", "").rstrip("/") or f"{parts.scheme}://{parts.netloc}"


def _query(key: Iterable[tuple[str, str]], **more: str) -> str:
    query = urlencode([*key, *((name, value) for name, value in more.items() if value)])
    return f"?{query}" if query else ""


def _preview(db: Database, chart: Chart, key: Key, theme: str, width: int, lang: str) -> None:
    from budgetdata.embeds.heights import height_of

    asked = {"lang": "en" if lang == "en" else "", "theme": "" if theme == "light" else theme}
    address = f"/embed/{chart.id}{_query(key, **asked)}"
    height = min(height_of(db, chart, key, lang, width), _TALLEST)
    st.iframe(address, width=width, height=height, alt=chart.question(lang))


def _snippets(db: Database, chart: Chart, key: Key, theme: str, lang: str) -> None:
    from budgetdata.embeds.choices import Look
    from budgetdata.embeds.heights import height_of
    from budgetdata.embeds.oembed import iframe
    from budgetdata.embeds.page import rows_hash
    from budgetdata.embeds.site import snapshot, snapshot_name

    base, data = base_address(), chart.load(db, dict(key), lang)
    english, shade = "en" if lang == "en" else "", "dark" if theme == "dark" else ""
    live = (
        f"{base}/embed/{chart.id}"
        f"{_query(key, lang=english, theme='' if theme == 'light' else theme, v=f'{db.version}.{rows_hash(data)}')}"
    )
    page = f"{base}/embeds{_query([('chart', chart.id), *key], lang=english)}"
    picture = f"{base}/chart/{chart.id}.png{_query(key, lang=english, theme=shade)}"
    frame = iframe(live, shown(db, chart, key, lang).title, height_of(db, chart, key, lang), f"{base}/")
    said = " · ".join(part for part in (whose(db, chart, key), data.empty or data.sentence) if part)
    image = f'<a href="{escape(page)}"><img src="{escape(picture)}" alt="{escape(said)}" style="max-width:100%"></a>'
    sizes = "\n".join(
        f"{base}/chart/{chart.id}.png{_query(key, size=size, lang=english, theme=shade)}"
        for size in ("article", "square", "social")
    )
    files = "\n".join(
        f"{base}/chart/{chart.id}.{suffix}{_query(key, lang=english, theme='' if suffix == 'csv' else shade)}"
        for suffix in ("svg", "csv", "json")
    )
    _copy(say(lang, "嵌入网页（随数据更新；数字变了会注明）", "Embed, live (says so where figures changed)"), frame)
    _copy(say(lang, "图片", "Picture"), image)
    _copy(say(lang, "图片文件：文章、方形、社交卡片", "Picture files: article, square, social card"), sizes)
    _copy(say(lang, "矢量图、数据、Vega-Lite", "Vector picture, data, Vega-Lite"), files)
    _copy(say(lang, "链接", "Link"), page)
    sources = [chart.load(db, dict(key), each).source for each in ("zh", "en")]
    _cite(db, (chart.question("zh"), chart.question("en")), sources, page, lang)
    name = snapshot_name(chart, key, data)
    heading = say(lang, "不变的快照", "Frozen snapshot")
    chinese = "一个文件，含图和表，不再变化；文件名里是内容的散列值。"
    told = say(
        lang, chinese, "One file with picture and table that never changes; its name holds a hash of what it shows."
    )
    write(f"<h2>{heading}</h2><p>{told}</p>")
    body = snapshot(db, chart, key, Look(theme=theme, lang=lang), page)
    st.download_button(
        f"{say(lang, '下载', 'Download')} {name}", body, file_name=name, mime="text/html", on_click="ignore"
    )


def _cite(db: Database, titles: Sequence[str], sources: Sequence[str], page: str, lang: str) -> None:
    """The citation in both languages, each with the title and the source in its own."""
    today = datetime.date.today()
    chinese, english = sources[0].removeprefix("来源："), sources[1].removeprefix("Source: ")
    _copy(
        say(lang, "引用（中文、英文）", "Citation (Chinese, English)"),
        f"明账：《{titles[0]}》，{chinese}。数据版本 {db.version}，"
        f"{page}，{today.year} 年 {today.month} 月 {today.day} 日查阅。\n"
        f"Mingzhang, “{titles[1]}”, {english}. Data version {db.version}, {page}, accessed {today.isoformat()}.",
    )


def _chip(db: Database, lang: str) -> None:
    write(
        f"<h2>{say(lang, '嵌入一个数字', 'Embed one figure')}</h2><p>"
        + say(
            lang, "点开任何一页上的数字，“单独打开”后的编号（ID）写在这里。", "The ID of a figure, from its own page."
        )
        + "</p>"
    )
    wanted = words(
        "f", say(lang, "数字的编号", "Figure ID"), lang, page="embeds", placeholder="0dfe996d89b0.t03.r002.total"
    )
    if not wanted:
        return
    figure = amounts.figure(db, wanted)
    if figure is None:
        st.warning(say(lang, f"没有编号为“{wanted[:60]}”的数字。", f"There is no figure “{wanted[:60]}”."))
        return
    from budgetdata.embeds.figure import figure_hash, title_of
    from budgetdata.embeds.heights import height_of_figure
    from budgetdata.embeds.oembed import iframe

    english, base = "en" if lang == "en" else "", base_address()
    query = _query([("id", wanted)], lang=english)
    height = height_of_figure(figure, lang)
    st.iframe(f"/embed/figure{query}", height=height, alt=title_of(figure, lang))
    stamp = f"{db.version}.{figure_hash(figure)}"
    live = f"{base}/embed/figure{_query([('id', wanted)], lang=english, v=stamp)}"
    _copy(say(lang, "嵌入网页", "Embed"), iframe(live, title_of(figure, lang), height, f"{base}/"))
    page = f"{base}/passport{_query([('f', wanted)], lang=english)}"
    _copy(say(lang, "链接", "Link"), page)
    titles = [f"{title_of(figure, each)}: {money(figure['fen'], each)}" for each in ("zh", "en")]
    table = f"表{figure['table_no']}"
    sources = [
        say(each, "，", ", ").join((source_of(figure, table, each), place_text(figure["page"], figure["line"], each)))
        for each in ("zh", "en")
    ]
    _cite(db, titles, sources, page, lang)


def _copy(title: str, body: str) -> None:
    write(f"<h2 class='copy'>{escape(title)}</h2>")
    st.code(body, language=None, wrap_lines=True)
