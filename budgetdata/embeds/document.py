"""An HTML page outside the app: its head, the style that it uses, the one script that it may run, the policy that says so."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from budgetdata.charts.card import CARDS
from budgetdata.charts.drawing.theme import DARK, LIGHT, Theme
from budgetdata.embeds.choices import AUTO, Look
from budgetdata.embeds.lean import lean
from budgetdata.markup.style import STYLE_FILE
from budgetdata.markup.templates import render
from budgetdata.words.catalogue import text

STATIC = Path(__file__).parent / "static"
_NOTES = {LIGHT.name: "#F2EEE4", DARK.name: "#22282E"}
"""What a note stands on."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where an embed's links lead: relative where a copy may move, absolute where others fetch them.

    app: what stands before a page's address, '' where there is no app behind (a static copy). stamp: what the footer says
    behind the database's version.
    """

    home: str = ""
    data: str = ""
    image: str = ""
    app: str = "../"
    canonical: str = ""
    preview: str = ""
    oembed: str = ""
    vega: str = ""
    spec: str = ""
    stamp: str = ""


def document(title: str, description: str, body: Markup, look: Look, links: Links, rules: str = "") -> str:
    """A whole page around its body; rules: style of this page alone."""
    return render(
        "embeds/document.html",
        look.lang,
        name=text(look.lang, "embed.titled", title=title),
        title=title,
        description=description,
        links=links,
        card=CARDS["social"],
        vega=links.vega if look.theme != AUTO else "",
        body=body,
        style=_joined(lean(_look(), body, "mz"), _sheet(), _roles(look.theme), rules),
        script=Markup(_script()),
    )


def _joined(*sheets: str) -> Markup:
    """Style sheets one behind the other. Not by +, which would escape those that are no markup."""
    return Markup("".join(sheets))


@cache
def _roles(theme: str) -> str:
    """The colours of a theme by their roles; of both where it follows the device, and where it is dark: print is on white."""
    paint = DARK if theme == DARK.name else LIGHT
    dark = _named(DARK) if theme == AUTO else None
    light = _named(LIGHT) if paint is DARK else None
    return render("embeds/roles.css", scheme=theme, paint=_named(paint), dark=dark, light=light).strip()


def _named(paint: Theme) -> dict[str, str]:
    return {**asdict(paint), "note": _NOTES[paint.name]}


@cache
def _look() -> str:
    return STYLE_FILE.read_text(encoding="utf-8")


@cache
def _sheet() -> str:
    return (STATIC / "embed.css").read_text(encoding="utf-8").replace("\n", "")


@cache
def _script() -> str:
    return (STATIC / "frame.js").read_text(encoding="utf-8")


@cache
def embed_policy() -> str:
    """What an embed may do: our own address and its own script, nothing of anyone else; be framed by anyone."""
    own = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline';"
        f" script-src 'self' 'sha256-{own}'; connect-src 'self'; "
        "frame-ancestors * file: data: blob:; base-uri 'none'; form-action 'none'"
    )
