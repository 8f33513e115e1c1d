"""One way to make an environment of templates: Jinja2, everything escaped that is not markup already, nothing left undefined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def made(folder: Path, *, escapes: bool = True, **more: Any) -> Environment:
    """The environment of a room's folder: compiles each template once, trims what blocks leave behind.

    escapes: False for text that is no HTML or XML. more: as Jinja2 takes it.
    """
    return Environment(
        loader=FileSystemLoader(folder), autoescape=escapes, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False, cache_size=-1, **more,
    )  # fmt: skip
