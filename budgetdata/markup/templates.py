"""HTML from templates alone: Jinja2, everything escaped that is not markup already.

A template has `t(key, **args)` for words in the language it is drawn in, and `lang`. What comes back is Markup, which
another template takes as it is and anything else escapes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from budgetdata.words.catalogue import text

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The one environment: escapes by default, fails on a name that is not given, trims what blocks leave behind."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False, cache_size=-1,
    )  # fmt: skip
    return made


def render(template: str, lang: str = "zh", /, **values: Any) -> Markup:
    """A template of `templates/` as markup. Raises jinja2.UndefinedError where it names what was not given."""

    def t(key: str, **args: Any) -> str:
        return text(lang, key, **args)

    return Markup(environment().get_template(template).render(lang=lang, t=t, **values))
