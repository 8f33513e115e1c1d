"""One registered chart, or one figure, with everything that is needed to use it elsewhere, ready to copy."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import streamlit as st

from budgetdata.base.records import Record
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Shown, shown
from budgetdata.embeds.asked import choices
from budgetdata.embeds.choices import DrawnEmbed
from budgetdata.markup.templates import macros
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.ui import choosing
from budgetdata.ui.alert import warn
from budgetdata.ui.frame import citation_of, embeds_of, lead, write
from budgetdata.ui.permalink import base_address, choose, words
from budgetdata.words.catalogue import LANGUAGES, text
from budgetdata.words.numbers import place_text
from budgetdata.words.phrases import source_line

WIDTHS = ("280", "390", "720")
THEMES = tuple(choices(DrawnEmbed, "theme"))
_TALLEST = 1600
Key = tuple[tuple[str, str], ...]


def show(db: Database, lang: str) -> None:
    """The chart of the address as an embed at a chosen width, then what to copy; a figure as a chip below."""
    charts = {chart.id: chart.question(lang) for chart in all_charts().values()}
    chart = all_charts()[choose("chart", text(lang, "embeds.chart"), charts, lang, page="embeds", always=True)]
    picked: dict[str, str] = {}
    if chart.group == "department":
        picked["d"] = choosing.document(db, lang, text(lang, "department.choose"), page="embeds")
    picked |= {
        name: value for name in chart.parameters if name not in picked and (value := st.query_params.get(name, ""))
    }
    themes, widths = _named("theme", THEMES, lang), _named("width", WIDTHS, lang)
    left, right = st.columns(2)
    with left:
        theme = choose("theme", text(lang, "embeds.colours"), themes, lang, page="embeds", widget="segments")
    with right:
        seen_at = text(lang, "embeds.see_at")
        width = choose("w", seen_at, widths, lang, page="embeds", widget="segments", default="720")
    key, problem = _checked(db, chart, picked)
    if problem:
        warn(problem)
    found = shown(db, chart, key, lang)
    _preview(found, theme, int(width))
    _snippets(found, theme)
    _chip(db, lang)


def _named(what: str, codes: Sequence[str], lang: str) -> dict[str, str]:
    return {code: text(lang, f"embeds.{what}.{code}") for code in codes}


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


def _query(key: Iterable[tuple[str, str]], **more: str) -> str:
    query = urlencode([*key, *((name, value) for name, value in more.items() if value)])
    return f"?{query}" if query else ""


def _preview(found: Shown, theme: str, width: int) -> None:
    from budgetdata.embeds.heights import height_of

    asked = {"lang": _english(found.lang), "theme": "" if theme == "light" else theme}
    height = min(height_of(found.db, found.chart, found.key, found.lang, width), _TALLEST)
    address = f"/embed/{found.chart.id}{_query(found.key, **asked)}"
    st.iframe(address, width=width, height=height, alt=found.chart.question(found.lang))


def _english(lang: str) -> str:
    return "en" if lang == "en" else ""


def _snippets(found: Shown, theme: str) -> None:
    """What to copy for a chart: iframe, picture, files, link, citation, snapshot."""
    lang, page = found.lang, f"{base_address()}/{embeds_of(found.chart.id, found.key, found.lang)}"
    _copy(text(lang, "embeds.live"), _iframe_of(found, theme))
    shade = {"lang": _english(lang), "theme": "dark" if theme == "dark" else ""}
    picture, alt = _file(found, "png", **shade), " · ".join(filter(None, (found.who, found.answer)))
    _copy(text(lang, "embeds.picture"), macros("embeds_page.html", lang).image(page, picture, alt))
    sizes = (_file(found, "png", size=size, **shade) for size in ("article", "square", "social"))
    _copy(text(lang, "embeds.pictures"), "\n".join(sizes))
    files = [_file(found, "svg", **shade), _file(found, "csv", lang=_english(lang)), _file(found, "json", **shade)]
    _copy(text(lang, "embeds.files"), "\n".join(files))
    _copy(text(lang, "embeds.link"), page)
    each = [shown(found.db, found.chart, found.key, other) for other in LANGUAGES]
    _cite(found.db, [one.chart.question(one.lang) for one in each], [one.data.source for one in each], page, lang)
    _snapshot(found, theme, page)


def _file(found: Shown, suffix: str, **more: str) -> str:
    return f"{base_address()}/chart/{found.chart.id}.{suffix}{_query(found.key, **more)}"


def _iframe_of(found: Shown, theme: str) -> str:
    """The iframe of a chart, stamped with the version and rows that it was copied at."""
    from budgetdata.embeds.heights import height_of
    from budgetdata.embeds.oembed import iframe
    from budgetdata.embeds.page import rows_hash

    base, stamp = base_address(), f"{found.db.version}.{rows_hash(found.data)}"
    asked = {"lang": _english(found.lang), "theme": "" if theme == "light" else theme, "v": stamp}
    height = height_of(found.db, found.chart, found.key, found.lang)
    return iframe(f"{base}/embed/{found.chart.id}{_query(found.key, **asked)}", found.title, height, f"{base}/")


def _snapshot(found: Shown, theme: str, page: str) -> None:
    """The chart as one file that never changes."""
    from budgetdata.embeds.choices import Look
    from budgetdata.embeds.site import snapshot, snapshot_name

    lang, name = found.lang, snapshot_name(found.chart, found.key, found.data)
    write(lead(text(lang, "embeds.snapshot"), text(lang, "embeds.snapshot.lead")))
    body = snapshot(found.db, found.chart, found.key, Look(theme=theme, lang=lang), page)
    label = text(lang, "embeds.download", name=name)
    st.download_button(label, body, file_name=name, mime="text/html", on_click="ignore")


def _cite(db: Database, titles: Sequence[str], sources: Sequence[str], page: str, lang: str) -> None:
    """The citation in both languages, each with the title and the source in its own."""
    today = datetime.date.today()
    both = [
        citation_of(each, title, source, db.version, page, today)
        for each, title, source in zip(LANGUAGES, titles, sources, strict=True)
    ]
    _copy(text(lang, "embeds.cite"), "\n".join(both))


def _chip(db: Database, lang: str) -> None:
    """One figure as an embed, and what to copy for it."""
    write(lead(text(lang, "embeds.figure"), text(lang, "embeds.figure.lead")))
    hint = "0dfe996d89b0.t03.r002.total"
    wanted = words("f", text(lang, "embeds.figure.id"), lang, page="embeds", placeholder=hint)
    figure = amounts.figure(db, wanted) if wanted else None
    if figure is not None:
        _figure(db, figure, lang)
    elif wanted:
        warn(text(lang, "embeds.figure.unknown", id=wanted[:60]))


def iframe_of_figure(db: Database, figure: Record, lang: str) -> str:
    """The iframe of one figure, stamped with the version and the amount that it was copied at."""
    from budgetdata.embeds.figure import figure_hash, title_of
    from budgetdata.embeds.heights import height_of_figure
    from budgetdata.embeds.oembed import iframe

    base, stamp = base_address(), f"{db.version}.{figure_hash(figure)}"
    live = f"{base}/embed/figure{_query([('id', figure['figure_id'])], lang=_english(lang), v=stamp)}"
    return iframe(live, title_of(figure, lang), height_of_figure(figure, lang), f"{base}/")


def _figure(db: Database, figure: Record, lang: str) -> None:
    from budgetdata.embeds.figure import title_of
    from budgetdata.embeds.heights import height_of_figure

    asked = {"lang": _english(lang)}
    shown_as = f"/embed/figure{_query([('id', figure['figure_id'])], **asked)}"
    st.iframe(shown_as, height=height_of_figure(figure, lang), alt=title_of(figure, lang))
    _copy(text(lang, "embeds.figure.live"), iframe_of_figure(db, figure, lang))
    page = f"{base_address()}/passport{_query([('f', figure['figure_id'])], **asked)}"
    _copy(text(lang, "embeds.link"), page)
    titles, sources = [], []
    for each in LANGUAGES:
        titles.append(text(each, "embeds.figure.title", title=title_of(figure, each), amount=figure["fen"]))
        place = place_text(figure["page"], figure["line"], each)
        source = source_line(each, figure, int(figure["table_no"]))
        sources.append(text(each, "embeds.figure.source", source=source, place=place))
    _cite(db, titles, sources, page, lang)


def _copy(title: str, body: str) -> None:
    write(macros("frame.html", "zh").copy(title))
    st.code(body, language=None, wrap_lines=True)
