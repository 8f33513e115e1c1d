"""A drawing in the renderer's language, Vega-Lite: alone, or with question, answer and source inside the picture.

What builds it (Altair) takes 28 MiB and a third of a second to load: `picture` loads this module when the renderer is asked for
something, and most drawings are written without it.
"""

from __future__ import annotations

import json
from typing import Any

import altair as alt
from altair.utils import schemapi

from budgetdata.charts.drawing.paper import DOT_SIZE, Drawing, Paper, grouped
from budgetdata.charts.drawing.text import wrap
from budgetdata.charts.drawing.theme import Theme, config


def bare(drawing: Drawing) -> alt.LayerChart:
    """What is laid out."""
    paper, height = drawing.paper, drawing.height
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, paper.width], range=[0, paper.width]), axis=None)
    marks = [
        *([_rects(paper, y, drawing.most)] if paper.rects else []),
        *([_dots(paper, x, y)] if paper.dots else []),
        *(_texts(size, weight, align, group, x, y) for (size, weight, align), group in grouped(paper.texts).items()),
    ]
    apart = alt.Resolve(scale=alt.ScaleResolveMap(x="independent", color="independent"))
    return alt.LayerChart(layer=marks, resolve=apart, width=paper.width, height=height)


def framed(drawing: Drawing | None, head: tuple[str, str], foot: str, theme: Theme, width: int) -> alt.VConcatChart:
    """A drawing (None: there is nothing to draw) with its question and answer above it, and its source below."""
    title, sentence = wrap(head[0], width, 19), wrap(head[1], width, 14)
    above = alt.TitleParams(text=title, subtitle=sentence)
    lines = wrap(foot, width, 11)
    below = (
        alt.Chart(alt.Data(values=tuple({"text": line, "y": 8 + 15 * n} for n, line in enumerate(lines))))
        .mark_text(align="left", baseline="middle", fontSize=11, color=theme.quiet)
        .encode(
            x=alt.value(0),
            y=alt.Y("y:Q", scale=alt.Scale(domain=[0, 15 * len(lines)], range=[0, 15 * len(lines)]), axis=None),
            text=alt.Text("text:N"),
        )
        .properties(width=width, height=15 * len(lines))
    )
    body = [] if drawing is None else [bare(drawing)]
    if body:
        body[0] = body[0].properties(title=above)
    else:
        below = below.properties(title=above)
    return alt.vconcat(*body, below, background=theme.paper, padding=18)


def spec(drawing: alt.LayerChart | alt.VConcatChart, theme: Theme) -> str:
    """The Vega-Lite JSON of a drawing with the theme's config."""
    specification = drawing.to_dict(validate=False)
    specification["config"] = {**specification.get("config", {}), **config(theme)}
    return json.dumps(specification, ensure_ascii=False)


def trust(is_trusted: bool) -> None:
    """Whether a drawing's parts are taken as they are, or each is checked against Vega-Lite's schema."""
    schemapi.DEBUG_MODE = not is_trusted


def _rects(paper: Paper, y: alt.Y, most: float) -> alt.Chart:
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, most or 1], range=[0, paper.width]), axis=None)
    colour = alt.Color("colour:N", scale=None)
    drawn = alt.Chart(alt.Data(values=tuple(paper.rects))).mark_rect(clip=False)
    made: alt.Chart = drawn.encode(
        x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("y2:Q"), color=colour, description=alt.Description("tooltip:N")
    )
    return made


def _dots(paper: Paper, x: alt.X, y: alt.Y) -> alt.Chart:
    colour, fill = alt.Stroke("colour:N", scale=None), alt.Fill("fill:N", scale=None)
    drawn = alt.Chart(alt.Data(values=tuple(paper.dots))).mark_point(size=DOT_SIZE, strokeWidth=2, opacity=1)
    made: alt.Chart = drawn.encode(x=x, y=y, stroke=colour, fill=fill, description=alt.Description("tooltip:N"))
    return made


def _texts(size: int, weight: str, align: str, group: list[dict[str, Any]], x: alt.X, y: alt.Y) -> alt.Chart:
    """Texts of one look as one mark."""
    look: dict[str, Any] = {"size": size, "fontWeight": weight, "align": align, "baseline": "middle"}
    drawn = alt.Chart(alt.Data(values=tuple(group))).mark_text(**look, lineHeight=round(size * 1.3), limit=0)
    made: alt.Chart = drawn.encode(x=x, y=y, text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None))
    return made
