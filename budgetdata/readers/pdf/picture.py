"""A page of a PDF as PNG, upright as its boxes are counted: whole with boxes drawn in, or the part around one box."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from budgetdata.base.raw import Box
from budgetdata.readers.pdf.process import ask_child

SECONDS = 10.0


def page_png(path: Path, page: int, boxes: list[Box], hidden: list[Box]) -> bytes:
    """A page as PNG with the boxes framed and the hidden ones covered. Raises DocumentError where it cannot be drawn."""
    return _asked(path, {"page": page, "boxes": boxes, "hidden": hidden})


def clip(path: Path, page: int, box: Box) -> bytes:
    """The strip of a page around a box, as wide as the page, as PNG with the box framed.

    Raises DocumentError where it cannot be drawn.
    """
    return _asked(path, {"page": page, "clip": box})


def _asked(path: Path, task: dict[str, Any]) -> bytes:
    return base64.b64decode(ask_child(path, SECONDS, "picture", json.dumps(task))["png"])
