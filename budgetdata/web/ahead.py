"""What visitors will ask for first, made ahead while nobody is waiting: packed bundles, pictures of pages and embeds, downloads.

Each version of the facts is gone through once. What is drawn stays on disk by what it shows, so that a build pays only for what
it changed, and a server that starts again for nothing. Visitors come first: each drawing is followed by a rest of several times
its length, and waits while somebody else's is being drawn.
"""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from budgetdata.base.kept_on_disk import kept_on
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key
from budgetdata.embeds.drawings import EMBED_WIDTHS
from budgetdata.markup.pictures import NARROW, WIDE
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.web.bundles import warm_bundles
from budgetdata.web.downloads import files_of
from budgetdata.web.front import page_names

PAUSE = 3.0
"""How many times as long as a picture took the next one waits."""
LOOK = 5.0
"""Seconds between two looks for a new version of the facts."""
PAGE_WIDTHS = (WIDE, NARROW)
MOST_OF_PAGES = 200
MOST_BYTES = 192 * 2**20
"""Bytes of embeds' drawings that are made ahead; there is room for more on the disk, which is for what was asked for."""
_ANSWERED = 0.1
"""Seconds between two looks whether somebody's drawing is done."""


def charts_with_keys(db: Database) -> Iterator[tuple[Any, Key]]:
    """Every registered chart with every document it is drawn for, by itself."""
    of_documents: list[Key] = [(("d", row["document_id"]),) for row in held.documents(db)]
    for chart in all_charts().values():
        for key in of_documents if chart.group == "department" else [()]:
            yield chart, key


def keep_ahead(stop: threading.Event) -> None:
    """Put what stays out of the collector's way, then make ahead what each version of the facts will be asked for, until told."""
    with contextlib.suppress(Exception):
        warm_bundles(page_names() - {""} | {"home"})
    gc.collect()
    gc.freeze()
    done = ""
    while not stop.is_set():
        with contextlib.suppress(Exception):
            db = open_database()
            if db.version != done:
                done = db.version
                make_ahead(db, lambda version=done: stop.is_set() or open_database().version != version)  # type: ignore[misc]
        stop.wait(LOOK)


def make_ahead(db: Database, is_over: Callable[[], bool]) -> int:
    """Draw what pages show, make the downloads, then draw embeds while there is room; how many drawings were made or found."""
    count = room = 0
    for chart, key in islice(charts_with_keys(db), MOST_OF_PAGES):
        for width in PAGE_WIDTHS:
            if is_over():
                return count
            _gently(lambda: picture.cached_bare(db, chart, key, LIGHT, width, "zh"))  # noqa: B023 - asked at once
            count += 1
    files_of(db)
    if kept_on() is None:
        return count
    for chart, key in charts_with_keys(db):
        for width in EMBED_WIDTHS:
            if is_over() or room > MOST_BYTES:
                return count
            room += 2 * len(_gently(lambda: picture.cached_inline(db, chart, key, LIGHT, width, "zh")))  # noqa: B023
            count += 1
    return count


def _gently(draw: Callable[[], str]) -> str:
    """What is drawn, when nobody else is waiting for a drawing, with a rest behind it."""
    while engine.state() == "drawing":
        time.sleep(_ANSWERED)
    began = time.perf_counter()
    drawn = ""
    with contextlib.suppress(Exception):  # one that cannot be drawn says so to who asks for it
        drawn = draw()
    time.sleep(PAUSE * (time.perf_counter() - began))
    return drawn
