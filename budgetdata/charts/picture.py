"""A chart as a picture: SVG and PNG with title, answer and source inside; and the bare SVG that pages place in their frame."""

from __future__ import annotations

import hashlib
import re
from types import ModuleType
from typing import NamedTuple

from markupsafe import Markup

from budgetdata.base.keeping import Room
from budgetdata.base.kept_on_disk import kept_on, name_of
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.paper import Drawing, Spot
from budgetdata.charts.drawing.slim import slim
from budgetdata.charts.drawing.svg import svg
from budgetdata.charts.drawing.theme import FONT, LIGHT, Theme
from budgetdata.charts.drawing.written import written
from budgetdata.charts.first import first
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.shown import shown
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text

PICTURES = Room(24 * 2**20)
"""What is drawn, in any form: who comes together waits for the first one's drawing."""
MOST_PIXELS = 12_000_000
"""Pixels of a PNG; a taller picture has fewer for each of its points."""
_ROOT = re.compile(r"<svg ([^>]*)>")
_is_trusted = False
_SIZE = re.compile(r' ?(?:width|height)="[^"]*"')


def drawing_of(chart: Chart, data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    """The drawing alone, with its height and the spots of it that answer."""
    return chart.draw(first(chart, data), theme, width, lang)


def bare_spec(chart: Chart, data: ChartData, theme: Theme, width: int, lang: str) -> str:
    """What the renderer is asked for the drawing alone, for a page that writes title and source around it."""
    specified = _specified()
    made: str = specified.spec(specified.bare(drawing_of(chart, data, theme, width, lang)), theme)
    return made


def framed_spec(chart: Chart, data: ChartData, theme: Theme, width: int, lang: str) -> str:
    """What the renderer is asked for the drawing with its question, its answer and its source inside the picture; a designed
    'no data' where there is none."""
    specified = _specified()
    head = data.title or chart.question(lang), data.empty or data.sentence
    foot = " · ".join(part for part in (data.note, data.source, text(lang, "chart.brand")) if part)
    drawn = None if data.empty or not data.rows else drawing_of(chart, data, theme, width, lang)
    made: str = specified.spec(specified.framed(drawn, head, foot, theme, width), theme)
    return made


def _specified() -> ModuleType:
    """What speaks the renderer's language, loaded when it is asked for the first time."""
    engine.must_be_here()
    from budgetdata.charts import specified

    specified.trust(_is_trusted)
    return specified


def svg_text(specification: str) -> str:
    """A Vega-Lite specification as SVG; every labelled mark gets its label as tooltip. No foreign address is ever read.

    Kept on disk by what it says: a new version of the facts draws only what it changed.
    """
    disk, name = kept_on(), name_of("svg", hashlib.sha256(specification.encode()).hexdigest())
    found = disk.get(name) if disk else None
    if not isinstance(found, str):
        found = slim(engine.svg(specification))
        if disk:
            disk.put(name, found)
    return found


def inline_svg(drawn: str, words: str) -> str:
    """SVG to stand inside a page: scales down, and is one image with a text alternative to assistive technology."""
    root = _ROOT.search(drawn)
    if root is None:
        return drawn
    width = re.search(r'\bwidth="([\d.]+)"', root[1])
    attributes = Markup(_SIZE.sub("", root[1]).strip())
    tag = svg("inline.svg", attributes=attributes, words=words, limit=width[1] if width else "")
    return drawn[: root.start()] + tag + drawn[root.end() :]


def png_bytes(specification: str, scale: float = 2) -> bytes:
    """A Vega-Lite specification as PNG."""
    return engine.png(specification, scale)


@PICTURES.keeps_on_disk
def cached_svg(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, width: int, lang: str
) -> str:
    """The framed SVG of a chart, drawn once for each version of the facts."""
    data = shown(db, chart, parameters, lang).data
    return svg_text(framed_spec(chart, data, theme, width, lang))


@PICTURES.keeps_on_disk
def cached_png(
    db: Database,
    chart: Chart,
    parameters: tuple[tuple[str, str], ...],
    theme: Theme,
    size: tuple[int, float],
    lang: str,
) -> bytes:
    """The framed PNG of a chart, drawn once for each version of the facts. size: its width, and pixels for each of it."""
    width, scale = size
    data = shown(db, chart, parameters, lang).data
    points = width * max(laid_out(db, chart, parameters, width, lang).height, 1)
    scale = min(scale, (MOST_PIXELS / points) ** 0.5)
    return png_bytes(framed_spec(chart, data, theme, width, lang), scale)


class LaidOut(NamedTuple):
    """What a page asks of a bare drawing before anybody fetches it: its height (0: there is none), and the parts that answer when
    they are touched: the same in all colours."""

    height: int
    spots: tuple[Spot, ...]


def laid_out(db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], width: int, lang: str) -> LaidOut:
    """The bare drawing of a width, so that a page can keep its place before it has arrived: kept with what is made of it, by who
    asks for it."""
    data = shown(db, chart, parameters, lang).data
    if data.empty or not data.rows:
        return LaidOut(0, ())
    drawn = drawing_of(chart, data, LIGHT, width, lang)
    return LaidOut(round(drawn.height), drawn.spots)


@PICTURES.keeps
def cached_bare(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, width: int, lang: str
) -> str:
    """The bare SVG of a chart as a file, drawn once for each version of the facts; an empty one where there is nothing.

    A page asks for one of the widths that it keeps a place for: each is drawn again, and written, when it is fetched. What the
    renderer drew is on disk (`svg_text`); what is written at once is so as quickly as a file is read.
    """
    data = shown(db, chart, parameters, lang).data
    if data.empty or not data.rows:
        return svg("nothing.svg")
    at_once = written(drawing_of(chart, data, theme, width, lang), FONT)
    return at_once or svg_text(bare_spec(chart, data, theme, width, lang))


def cached_inline(
    db: Database, chart: Chart, parameters: tuple[tuple[str, str], ...], theme: Theme, width: int, lang: str
) -> str:
    """The bare SVG of a chart to stand inside an HTML page; '' where there is nothing to draw."""
    found = shown(db, chart, parameters, lang)
    if not found.is_drawn:
        return ""
    return inline_svg(cached_bare(db, chart, parameters, theme, width, lang), alt_text(chart, found.data, lang))


def trust(is_trusted: bool) -> None:
    """Whether a drawing's parts are taken as they are. Tests check each against Vega-Lite's schema; a server need not."""
    global _is_trusted
    _is_trusted = is_trusted


def alt_text(chart: Chart, data: ChartData, lang: str) -> str:
    """What a chart says to someone who cannot see it: the question, the answer, where the numbers are."""
    return text(lang, "chart.alt", question=data.title or chart.question(lang), answer=data.empty or data.sentence)
