"""What visitors will ask for first, made ahead while nobody is waiting: packed bundles, pictures of pages, downloads, embeds.

Each version of the facts is gone through once. What the renderer draws stays on disk by what it shows, so that a build pays
only for what it changed; whole embeds stay by their version, so that a server that starts again pays for nothing. Visitors
come first: each making is followed by a rest of several times its length, and waits while something is made for one of them.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TypeVar
from urllib.parse import urlencode

from budgetdata.base.kept_on_disk import kept_on
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.theme import LIGHT
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.peers import alike
from budgetdata.charts.registered.registry import all_charts
from budgetdata.charts.shown import Key
from budgetdata.embeds.answers import public_address
from budgetdata.embeds.drawings import EMBED_WIDTHS
from budgetdata.embeds.live import embed
from budgetdata.forms.declared import standard_forms
from budgetdata.gate.lanes import is_at_work, since_shown
from budgetdata.gate.settings import settings
from budgetdata.markup.pictures import NARROW, WIDE
from budgetdata.markup.wordings import common
from budgetdata.queries import documents as held
from budgetdata.queries import reported, sheet_pages
from budgetdata.queries.base import Database, open_database
from budgetdata.queries.population import PAGE, many, regions, year_of, years
from budgetdata.queries.projects import SheetFilter
from budgetdata.queries.questions.peers import groups
from budgetdata.web.bundles import warm_bundles
from budgetdata.web.downloads import files_of
from budgetdata.web.front import page_names
from budgetdata.web.kept import EMBED, stored_ahead
from budgetdata.web.sight import first_sight, see
from budgetdata.words.catalogue import LANGUAGES

T = TypeVar("T")

PAUSE = 3.0
"""How many times as long as a picture took the next one waits."""
LOOK = 5.0
"""Seconds between two looks for a new version of the facts."""
PAGE_WIDTHS = (WIDE, NARROW)
MOST_OF_PAGES = 200
MOST_GROUPS = 100
"""Of budgets of one place, year and kind, the largest: more are read when one of them is looked at."""
MOST_BYTES = 192 * 2**20
"""Bytes of embeds' drawings that are made ahead; there is room for more on the disk, which is for what was asked for."""
_ANSWERED = 0.1
"""Seconds between two looks whether somebody's drawing is done."""
LONGEST_WAIT = 60.0
"""Seconds that visitors may keep the next thing waiting: where they never pause, it goes on slowly."""
QUIET = 1.0
"""Seconds for which no page was shown: who walks from page to page has pauses of his own."""


def charts_with_keys(db: Database) -> Iterator[tuple[Chart, Key]]:
    """Every registered chart with every document it is drawn for, by itself."""
    of_documents: list[Key] = [(("d", row["document_id"]),) for row in held.named(db)]
    for chart in all_charts().values():
        for key in of_documents if chart.group == "department" else [()]:
            yield chart, key


def embed_address(chart: Chart, key: Key) -> str:
    """Where the embed of a chart with its choices is, from the root of the site."""
    return f"embed/{chart.id}" + (f"?{urlencode(key)}" if key else "")


def keep_ahead(stop: threading.Event) -> None:
    """Make ahead what each version of the facts will be asked for, until told.

    BUDGETDATA_AHEAD=off: nothing is made that nobody asked for.
    """
    with contextlib.suppress(Exception):
        warm_bundles(page_names() - {""} | {"home"})
    done = ""
    while settings().makes_ahead and not stop.is_set():
        with contextlib.suppress(Exception):
            db = open_database()
            if db.version != done:
                done = db.version
                is_over = partial(_is_past, done, stop)
                see_ahead(is_over)
                make_ahead(db, is_over)
        stop.wait(LOOK)


def _is_past(version: str, stop: threading.Event) -> bool:
    """Whether nothing more is to be made of a version: the server ends, or another is published."""
    return stop.is_set() or open_database().version != version


def prepare(db: Database) -> None:
    """Find what pages open with, before a version of many documents is served: whoever came first would wait for it. It stays on
    the disk by version, so a server that starts again finds it there."""
    if not (many(db) and settings().makes_ahead):
        return
    standard_forms()
    common(db)
    for group in groups(db, MOST_GROUPS):  # each is asked for on the page of every budget in it
        alike(db, group["region"], group["year"], group["kind"])
    for lang in LANGUAGES:
        for page in page_names():
            see(db, page or "home", lang)
    _short(db)  # last: of what was loaded for the others much is large, and pushes out what it finds


def _short(db: Database) -> None:
    """Ask what pages ask over all documents as they open: short answers, each found by a look at many rows."""
    year = year_of(db, "")
    newest = SheetFilter(year=int(year or 0))
    sheet_pages.totals(db, newest)
    sheet_pages.page(db, newest, 0, sheet_pages.A_PAGE)
    reported.documents(db, reported.MOST_DOCUMENTS)
    reported.layouts(db)
    years(db)
    regions(db)
    regions(db, year)
    everything = held.Catalogue()
    held.catalogue_count(db, everything)
    held.catalogue(db, everything, 0, PAGE)


def see_ahead(is_over: Callable[[], bool]) -> None:
    """Find what the first HTML of every page shows: over many documents the first who asked would wait a second for it."""
    for lang in LANGUAGES:
        for page in page_names():
            if is_over():
                return
            _gently(lambda: first_sight(page or "home", {}, lang))  # noqa: B023 - asked at once


def make_ahead(db: Database, is_over: Callable[[], bool]) -> int:
    """Draw what pages show, make the downloads, then draw embeds while there is room; how many drawings were made or found.

    What is of all documents is drawn first: of one document there may be more than are ever drawn ahead.
    """
    count = room = 0
    of_all = (pair for pair in charts_with_keys(db) if not pair[1])
    of_one = (pair for pair in charts_with_keys(db) if pair[1])
    for chart, key in islice(chain(of_all, of_one), MOST_OF_PAGES):
        for width in PAGE_WIDTHS:
            if is_over():
                return count
            _gently(lambda: picture.cached_bare(db, chart, key, LIGHT, width, "zh"))  # noqa: B023 - asked at once
            count += 1
    _gently(lambda: files_of(db))
    if kept_on() is None:
        return count
    for chart, key in charts_with_keys(db):
        if is_over() or room > MOST_BYTES:
            return count
        room += _gently(lambda: _embed(db, chart, key)) or 0  # noqa: B023
        count += 1
    return count


def _embed(db: Database, chart: Chart, key: Key) -> int:
    """Make an embed: the whole of it where our public address is known, which stands in it, else its drawings."""
    if public_address():
        return stored_ahead(embed, EMBED, f"/{embed_address(chart, key)}", {"chart": chart.id}, db)
    return sum(2 * len(picture.cached_inline(db, chart, key, LIGHT, width, "zh")) for width in EMBED_WIDTHS)


def _gently(make: Callable[[], T]) -> T | None:
    """What is made, when nothing is being made for a visitor, with a rest behind it; None where it cannot be."""
    until = time.monotonic() + LONGEST_WAIT
    while (engine.state() == "drawing" or is_at_work() or since_shown() < QUIET) and time.monotonic() < until:
        time.sleep(_ANSWERED)
    began = time.perf_counter()
    made = None
    with contextlib.suppress(Exception):  # one that cannot be drawn says so to who asks for it
        made = make()
    time.sleep(min(PAUSE * (time.perf_counter() - began), LONGEST_WAIT))
    return made
