"""SVG that we write ourselves, around what the renderer draws: from templates, escaped by default."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from budgetdata.words.templates import made

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return made(TEMPLATES)


def svg(template: str, /, **values: Any) -> str:
    """A template of `templates/` as text; what of its values is SVG already is given as Markup.

    Raises jinja2.UndefinedError where the template names what was not given.
    """
    return _environment().get_template(template).render(values)
