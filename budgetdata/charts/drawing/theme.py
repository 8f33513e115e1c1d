"""The one theme of every chart: colours with one meaning each (see DESIGN), a CJK font stack, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif"

FUND_COLOURS = {
    "appropriation": "#1D4E79",
    "general": "#1D4E79",
    "fund": "#4A80AF",
    "capital": "#8C7AA9",
    "special": "#8F6E3A",
    "own": "#5F7551",
    "business": "#4E6342",
    "operation": "#7B9069",
    "superior": "#9DB08F",
    "subordinate": "#B4C3A9",
    "other": "#6F7F66",
    "reserves": "#A39E93",
    "cash": "#BDB9B0",
    "carryover": "#857F72",
}
FUND_FAMILIES = {
    "general": ("appropriation", "general"),
    "fund": ("fund",),
    "capital": ("capital",),
    "special": ("special",),
    "own": ("own", "business", "operation", "superior", "subordinate", "other"),
    "carryover": ("carryover", "reserves", "cash"),
}
"""Where many kinds of income stand in one bar, those that share a colour: six, so that each can be told from the others."""
NATURE_COLOURS = {"basic": "#5F7551", "project": "#1D4E79", "personnel": "#5F7551", "operating": "#9DB08F"}
THREE_PUBLIC_COLOURS = {
    "overseas": "#7A4B2A",
    "reception": "#A36A3F",
    "vehicle_purchase": "#C79468",
    "vehicle_running": "#DDB892",
}
QUALITY_COLOURS = {"quantified": "#1D4E79", "verifiable": "#7FA3C4", "vague": "#CFCABD"}


@dataclass(frozen=True, slots=True)
class Theme:
    """The roles of colour: paper, ink, quiet ink, rules, the main series and what needs attention."""

    name: str
    paper: str
    ink: str
    quiet: str
    rule: str
    series: str
    attention: str
    tints: tuple[str, str, str]


LIGHT = Theme(
    "light", "#FBFAF7", "#1F2933", "#5C6670", "#D9D4C7", "#1D4E79", "#C8442B", ("#1D4E79", "#4A80AF", "#A9C3DB")
)
DARK = Theme(
    "dark", "#14181C", "#ECE9E1", "#A7ADB3", "#3A4048", "#7FB0DA", "#F08A72", ("#7FB0DA", "#4A80AF", "#2C4C68")
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

_ON_DARK = {
    "#1D4E79": "#6FA3CF",
    "#4A80AF": "#9CC3E3",
    "#8C7AA9": "#B3A3CC",
    "#8F6E3A": "#C9A66B",
    "#5F7551": "#94AE84",
    "#857F72": "#A9A396",
    "#9DB08F": "#C3D3B8",
    "#4E6342": "#7F9A6E",
    "#7B9069": "#A8BE99",
    "#B4C3A9": "#D3DECB",
    "#6F7F66": "#8B9C81",
    "#A39E93": "#8F8A7F",
    "#BDB9B0": "#76726A",
    "#7A4B2A": "#B97F58",
    "#A36A3F": "#C99670",
    "#C79468": "#DBB593",
    "#DDB892": "#EBD3BB",
    "#7FA3C4": "#4F7594",
    "#CFCABD": "#565B60",
}


def colour(theme: Theme, light: str) -> str:
    """The same role's colour on this theme."""
    return _ON_DARK.get(light, light) if theme.name == "dark" else light


def config(theme: Theme) -> dict[str, Any]:
    """The Vega-Lite config: font, no frame, no axis of its own, the paper left to who places the chart."""
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 0,
        "view": {"stroke": None},
        "concat": {"spacing": 10},
        "title": {
            "anchor": "start",
            "align": "left",
            "frame": "group",
            "color": theme.ink,
            "fontSize": 19,
            "fontWeight": "bold",
            "offset": 16,
            "lineHeight": 26,
            "subtitleColor": theme.quiet,
            "subtitleFontSize": 14,
            "subtitleLineHeight": 21,
            "subtitlePadding": 8,
        },
        "axis": {"labelLimit": 0, "labelOverlap": False, "labelColor": theme.quiet, "domainColor": theme.rule},
        "text": {"fill": theme.ink, "fontSize": 13, "lineBreak": "\n"},
    }
