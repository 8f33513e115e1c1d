"""What the charts of amounts share: a row with its share and figure, and bars drawn from such rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing, Opens
from budgetdata.charts.drawing.shapes import Bar
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import ChartData, Parameters
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.population import RANKED, many, population, some_of, year_of, years
from budgetdata.queries.reported import state_of
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import money, place_of, share
from budgetdata.words.phrases import headings, named, with_share


def amount_columns(lang: str) -> list[tuple[str, str]]:
    """The columns of a chart of amounts."""
    return headings(lang, name="item", fen="amount", share="share")


def empty(db: Database, document: Record | None, table: int, lang: str) -> ChartData:
    """A chart of amounts without any: whose table holds nothing that was read, and why."""
    return ChartData([], amount_columns(lang), empty=nothing(db, document, table, lang))


def nothing(db: Database, document: Record | None, table: int, lang: str) -> str:
    """The sentence of a picture that has no data: the table was not read, is not published, is empty, or holds no such."""
    if document is None:
        return text(lang, "chart.no_department")
    found = reading.table(db, document["document_id"], table)
    state = state_of(found) if found else "missing"
    key = f"chart.nothing.{state}" if state != "data" else "chart.nothing"
    return text(lang, key, department=document["department"], no=table)


def amount_row(name: str, fen: int | None, whole: int | None, figure: Record | None, **more: Any) -> Record:
    """A row of a chart of amounts: name, fen (None where blank), share of `whole`, the figure it is, and its state.

    The state of an amount that is not there is blank, unless `state` among the rest tells another (`queries.reading`).
    """
    return {
        "name": name,
        "fen": fen,
        "share": share(fen, whole),
        "figure": figure,
        **more,
        "state": "stated" if fen is not None else more.get("state", "blank"),
    }


def told_of(name: str, figure: Record | None, percent: str, lang: str) -> str:
    """What a part of a chart tells when it is touched: its name, the exact amount, its share, where that is printed.

    '' where there is no figure: the part then tells what stands beside it.
    """
    if figure is None or figure.get("fen") is None:
        return ""
    exact = text(lang, "chart.exact", fen=figure["fen"])
    place = place_of(figure, lang) if figure.get("figure_id") else ""
    return " · ".join(part for part in (name, exact, percent, place) if part)


def passport_of(figure: Record | None) -> Opens | None:
    """The page of a figure; None where there is none."""
    return ("passport", (("f", figure["figure_id"]),)) if figure and figure.get("figure_id") else None


def department_of(document_id: str, **choices: str) -> Opens:
    """The page of a document's department, with further choices of it."""
    return "department", (("d", document_id), *choices.items())


def of_population(
    db: Database, parameters: Parameters, lang: str, sentence: str, *, units_apart: bool = False, **without: int
) -> str:
    """An answer over all documents with whom it speaks of, where none is chosen: where many are held, those of one year.

    units_apart: of many, single units are no part of it. without: how many it leaves out (unread, blank).
    """
    if not sentence or parameters.get("d"):
        return sentence
    year, apart = year_of(db, parameters.get("y", "")), units_apart and many(db)
    unread, blank = (without.get(name, 0) for name in ("unread", "blank"))
    whom = population(db, year, units_apart=apart, unread=unread, blank=blank).said(lang)
    return text(lang, "chart.sentences", one=whom, other=sentence)


def year_by_year(
    db: Database,
    parameters: Parameters,
    rows: Sequence[Record],
    lang: str,
    told: Callable[[Parameters, list[Record]], str],
) -> str:
    """What is told of rows, each with its `year`: of each year by itself, the newest first, where few documents are held and
    neither a document nor a year is chosen; no first place, sum or share is one of two years."""
    held = _apart(db, parameters)
    of_each = {year: own for year in held if (own := [row for row in rows if str(row["year"]) == year])}
    if len(of_each) < 2:
        return told(parameters, list(rows))
    told_of_each = (told({**parameters, "y": year}, own) for year, own in of_each.items())
    return reduce(lambda one, other: text(lang, "chart.sentences", one=one, other=other), told_of_each)


def _apart(db: Database, parameters: Parameters) -> dict[str, int]:
    """The years that are told apart, the newest first; none where many documents are held, or one or a year is chosen."""
    return {} if parameters.get("d") or parameters.get("y") or many(db) else years(db)


def newest_first(db: Database, parameters: Parameters, rows: Iterable[Record]) -> list[Record]:
    """The rows of a ranking, each with its `year`; those of one year together where years are told apart."""
    return sorted(rows, key=lambda row: -int(row["year"])) if _apart(db, parameters) else list(rows)


def can_rank(rows: Sequence[Record]) -> bool:
    """Whether one of some rows can be called the first: of three and more, all of one year."""
    return len(rows) >= RANKED and len({row["year"] for row in rows}) == 1


def each_told(rows: Iterable[Record], lang: str, told: Callable[[Record], str], one: str = "chart.each_one") -> str:
    """A few rows one by one, where there are too few to call one the first: each name with what is told of it.

    one: the words of each; chart.each_said where what is told begins with a word."""
    said = [text(lang, one, name=row["name"], told=told(row)) for row in rows]
    return text(lang, "chart.each", said=some_of(said))


def led(rows: Sequence[Record], lang: str, usual: str) -> str:
    """The sentence on the first of some rows: the usual one, unless others share its place, or no share of it can be told."""
    first = rows[0]
    same = [row["name"] for row in rows if row["fen"] == first["fen"]]
    if not first["fen"] or (len(same) == 1 and first["share"]):
        return usual if first["fen"] else text(lang, "chart.led.none")
    key = "chart.led.tied" if len(same) > 1 else "chart.led.bare"
    return text(lang, key, name=some_of(same), n=len(same), fen=first["fen"])


def share_columns(columns: Sequence[tuple[str, str]], lang: str) -> list[tuple[str, str]]:
    """The columns that hold the shares of some columns of amounts or counts."""
    return [(f"{key}_share", text(lang, "chart.share_of", name=name)) for key, name in columns]


def bars_of(rows: Iterable[Record], whole: int | None, theme: Theme, lang: str) -> list[Bar]:
    """The bar of each row, labelled with its amount and its share of the whole."""
    return [
        Bar(
            spoken(lang, row["name"]),
            row["fen"],
            with_share(money(row["fen"], lang, named(lang, "state", row["state"])), row["fen"], whole),
            colour(theme, row.get("colour", "#1D4E79")),
            row["state"],
            row.get("tooltip") or told_of(cited(lang, row["name"]), row["figure"], row["share"], lang),
            row.get("opens") or passport_of(row["figure"]),
        )
        for row in rows
    ]


def draw_bars(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    """One bar a row, labelled with its amount and share."""
    return shapes.bars(theme, width, bars_of(data.rows, data.extra.get("whole"), theme, lang))


def draw_first(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    """The bars of the first twelve rows."""
    return draw_bars(ChartData(data.rows[:12], data.columns, extra=data.extra), theme, width, lang)
