"""A chart as somebody asked for it: its choices and language, and its rows, loaded once and handed on."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakValueDictionary

from budgetdata.base.keeping import Room, room_of
from budgetdata.charts.first import with_note
from budgetdata.charts.model import Chart, ChartData
from budgetdata.charts.unread import with_unread
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.words.names import cited

Key = tuple[tuple[str, str], ...]
"""A chart's checked choices, sorted: part of every cache key."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Shown:
    """What a page, an embed, a picture and a file of one chart share. Nobody changes `data`: others hold it too."""

    db: Database
    chart: Chart
    key: Key
    lang: str
    data: ChartData

    @property
    def question(self) -> str:
        """The chart's title for these choices."""
        return self.data.title or self.chart.question(self.lang)

    @property
    def answer(self) -> str:
        """The answer in a sentence; where there is nothing to show, why."""
        return self.data.empty or self.data.sentence

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.data.rows) and not self.data.empty

    @property
    def who(self) -> str:
        """The department and year that it speaks of; '' for a chart of several documents."""
        return whose(self.db, self.chart, self.key, self.lang)

    @property
    def title(self) -> str:
        """What it is called where it stands alone: its question, behind the department and year."""
        return " · ".join(part for part in (self.who, self.question) if part)


def _room(found: Shown) -> int:
    return room_of((found.data.rows, found.data.unread))


ROOM = Room(16 * 2**20, _room)


_IN_HAND: WeakValueDictionary[tuple[Database, str, Key, str], Shown] = WeakValueDictionary()
"""Charts that somebody holds now: one over very many documents is larger than the room, and each of its pictures loaded it."""


def shown(db: Database, chart: Chart, key: Key, lang: str) -> Shown:
    """A chart with these choices, its rows loaded once for a version of the facts, or while somebody holds it."""
    named = (db, chart.id, key, lang)
    one = _IN_HAND.get(named)
    if one is None or one.chart is not chart:
        one = _IN_HAND[named] = _loaded(db, chart, key, lang)
    return one


@ROOM.keeps
def _loaded(db: Database, chart: Chart, key: Key, lang: str) -> Shown:
    data = with_unread(db, chart, dict(key), chart.load(db, dict(key), lang), lang)
    return Shown(db, chart, key, lang, with_note(chart, data, lang))


def whose(db: Database, chart: Chart, key: Key, lang: str) -> str:
    """The department and year that a chart of one document speaks of; '' for a chart of several."""
    row = held.document(db, dict(key).get("d", "")) if chart.group == "department" else None
    return f"{cited(lang, row['department'])} {row['year']}" if row else ""
