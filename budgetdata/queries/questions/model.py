"""Ready-made questions: a sentence with choices inside, and an answer that is a table, a sentence and where apt a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from budgetdata.base.records import Record
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database, counted_years
from budgetdata.queries.ranking import ALL as ALL_ROWS
from budgetdata.queries.reading import documents_unread
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken
from budgetdata.words.numbers import place_text
from budgetdata.words.phrases import account, tables_said

Chosen = Mapping[str, str]


@dataclass(slots=True)
class Answer:
    """An answer in the language it was asked in.

    columns: (key, heading), amounts in fen under fen and …_fen; rows may hold `figure`. chart: id and its parameters. number: how
    many rows its file has, of which `rows` are the first; 0 where they are all.
    """

    columns: list[tuple[str, str]]
    rows: list[Record]
    sentence: str = ""
    source: str = ""
    chart: str = ""
    chart_choices: dict[str, str] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A public id, its choices, and what answers it in a language; its sentence with its {slots} is question.<id>.

    tables: the standard tables that it is answered from. ranks: its sentence names a first or adds up, and so is told of each
    year by itself.
    """

    id: str
    slots: tuple[str, ...]
    load: Callable[[Database, Chosen, str], Answer]
    tables: tuple[int, ...] = ()
    ranks: bool = True

    def answer(self, db: Database, chosen: Chosen, lang: str = "zh", most: int = ALL_ROWS) -> Answer:
        """The answer for some choices; where tables that it needs were not read whole, it says of whom. most: so many of its rows
        are wanted: of a ranking no others are loaded, and the rest of the answer is the same.

        Where none is chosen it says of whom it is: of all, or where many are held of one year (y, else the newest).
        """
        of_all = self.is_of_all(chosen)
        year = population.year_of(db, chosen.get("y", "")) if of_all else ""
        asked = db.of_year(year) if year and population.many(db) else db
        wanted = {**chosen, _ROWS: str(max(most, _LEAST) if most >= 0 else ALL_ROWS)}
        found = self.load(asked, wanted, lang)
        if of_all:
            self._of_whom(db, asked.year, wanted, found, lang)
        found.number = found.number or len(found.rows)
        found.rows = found.rows[:most] if most >= 0 else found.rows
        note = unread_said(asked, self.tables, lang, chosen.get("d", "") or one(chosen))
        if note:
            told = found.sentence or ("" if found.rows else text(lang, "question.none"))
            found.sentence = text(lang, "chart.sentences", one=told, other=note) if told else note
        return found

    def _of_whom(self, db: Database, year: str, chosen: Chosen, found: Answer, lang: str) -> None:
        """Say of which budgets an answer over all is (of a year, where given); where few are held, of several years, what ranks
        is told and listed of each year apart: its rows stand together and say of which year they are (`of_year`)."""
        held = {} if year or not self.ranks or not found.rows else population.years(db)
        if len(held) < 2 or population.population(db, "").within:
            told = found.sentence or ("" if found.rows else text(lang, "question.none"))
            found.sentence = _with_whom(db, year, told, lang)
            return
        said, rows, number = "", list[Record](), 0
        for each in held:
            own = self.load(db.of_year(each), chosen, lang)
            told = _with_whom(db, each, own.sentence or text(lang, "question.none"), lang)
            said = text(lang, "chart.sentences", one=said, other=told) if said else told
            rows += ({**row, "of_year": each} for row in own.rows)
            number += own.number or len(own.rows)
        found.sentence, found.rows, found.number = said, rows, number

    def is_of_all(self, chosen: Chosen) -> bool:
        """Whether the choices name no single document."""
        return "d" not in self.slots and not one(chosen)

    def sentence(self, lang: str, labels: Mapping[str, str]) -> str:
        """The question with its choices put in."""
        chosen = {slot: text(lang, "question.chosen", label=labels.get(slot, "")) for slot in self.slots}
        return text(lang, f"question.{self.id}", **chosen)


def _with_whom(db: Database, year: str, told: str, lang: str) -> str:
    """What is told, behind the budgets of a year, or of all, that it is of."""
    whom = population.population(db, year, units_apart=bool(year)).said(lang)
    return text(lang, "chart.sentences", one=whom, other=told) if told else whom


def unread_said(db: Database, tables: Sequence[int], lang: str, document_id: str = "") -> str:
    """Of which documents (or whether of one) some tables were not read whole; '' where all were."""
    names = [who(row) for row in documents_unread(db, tables, document_id)] if tables else []
    if not names:
        return ""
    key = "question.unread" if len(names) <= NAMED else "question.unread_more"
    return text(lang, key, n=len(names), names=names[:NAMED], tables=tables_said(*tables))


HORIZONS = ("annual", "term")
ITEMS = ("total", "reception", "vehicles", "overseas")
FUNDS = ("general", "fund", "carryover", "own", "special", "capital")
COUNTS = ("10", "20", "50")
ALL = "all"
NAMED = 3
"""So many documents that were not read whole are named; where there are more, how many."""


def check_options(db: Database, slot: str, lang: str) -> dict[str, str]:
    """The kinds of identities that the database holds, or the statuses: code → label."""
    if slot == "state":
        states = {state: text(lang, f"question.state.{state}") for state in identities.STATUSES}
        return {**states, ALL: text(lang, "question.all")}
    kinds = {kind.id: kind.name(lang) for kind in identities.used_kinds(db)}
    return {ALL: text(lang, "question.all_kinds"), **kinds}


def options(db: Database, slot: str, lang: str = "zh") -> dict[str, str]:
    """What can be chosen in a slot: code → label; the first is the default."""
    if slot in ("d", "who"):
        found = {row["document_id"]: spoken(lang, who(row)) for row in held.documents(db)}
        return found if slot == "d" else {ALL: text(lang, "question.all_departments"), **found}
    if slot == "class":
        where, given = counted_years(db)
        rows = db.rows(
            f"SELECT code, max(name) AS name, sum(fen) AS fen FROM class_year WHERE {where} GROUP BY code ORDER BY fen DESC",
            given,
        )
        return {row["code"]: account(lang, row["name"]) for row in rows}
    if slot == "category":
        return {name: performance.category_name(name, lang) for name in performance.CATEGORIES}
    if slot in ("check", "state"):
        return check_options(db, slot, lang)
    if slot == "n":
        return {count: count for count in COUNTS}
    kind, codes = {
        "horizon": ("question.horizon", HORIZONS), "item": ("question.item", ITEMS), "fund": ("fund", FUNDS),
    }[slot]  # fmt: skip
    return {code: text(lang, f"{kind}.{code}") for code in codes}


_ROWS = "rows"
_LEAST = NAMED + 1
"""With so many rows at hand it can be told who shares the first place."""


def rows_wanted(chosen: Chosen) -> int:
    """How many rows of a ranking are shown; ALL_ROWS for all."""
    return int(chosen.get(_ROWS, ALL_ROWS))


def first_rows(chosen: Chosen) -> int:
    """How many rows are loaded of a list of which not all ever are."""
    wanted = rows_wanted(chosen)
    return performance.MOST_ROWS if wanted < 0 else min(wanted, performance.MOST_ROWS)


def capped(number: int) -> int:
    """How many rows the file of such a list has."""
    return min(number, performance.MOST_ROWS)


def one(chosen: Chosen) -> str:
    """The chosen document, or '' for all."""
    return "" if chosen.get("who", ALL) == ALL else chosen["who"]


def who(row: Record) -> str:
    """A document's short name and year, as one cell."""
    return f"{row['short']} {row['year']}"


def place(row: Record, lang: str) -> Record:
    """Where a row is printed: its line, as files have it alone, and its place in words."""
    return {"line": row["line"], "place": place_text(row["page"], row["line"], lang) if row["line"] else ""}


def tied(rows: Sequence[Record], key: Callable[[Record], Any], name: str = "who") -> list[str]:
    """Who shares the first place of a ranking: three are named at most, and that there are more."""
    return population.some_of([str(row[name]) for row in rows if key(row) == key(rows[0])], NAMED)


def rank_key(number: int, first: Sequence[str]) -> str:
    """Which sentence tells a ranking of so many: of fewer than three no first is named, of a shared first place all."""
    return ".few" if number < population.RANKED else ".tied" if len(first) > 1 else ""


def few_told(rows: Sequence[Record], key: str, lang: str) -> str:
    """Fewer than three amounts, of which none is called the most, one by one with their share. key: which share it is."""
    args = [{"who": row["who"], "fen": row["fen"], "share": row["percent"]} for row in rows]
    said = [text(lang, f"answer.one.{key if one['share'] else 'bare'}", **one) for one in args]
    return text(lang, "answer.few", said=said)


def ends(
    rows: Sequence[Record], key: Callable[[Record], Any], percent: str, message: str, lang: str, number: int = 0
) -> str:
    """The first and the last of a ranking, all that share their places; where all share one, that they do; of fewer
    than three each.

    rows: all, or of `number` the first and the last. percent: under which key a row's value stands in words. message: of {first},
    {first_share}, {last}, {last_share}.
    """
    if (number or len(rows)) < population.RANKED:
        each = {row["who"]: text(lang, "answer.one.share", who=row["who"], share=row[percent]) for row in rows}
        return text(lang, f"{message}.few", said=list(each.values()))
    if key(rows[0]) == key(rows[-1]):
        return text(lang, f"{message}.same", n=number or len(rows), share=rows[0][percent])
    return text(
        lang, message, first=tied(rows, key), first_share=rows[0][percent],
        last=tied(rows[::-1], key), last_share=rows[-1][percent],
    )  # fmt: skip


def and_apart(said: str, left: int, lang: str) -> str:
    """An answer with what its sum leaves out: budgets that another one held may contain."""
    return text(lang, "answer.and_apart", said=said, n=left) if said and left else said


def and_first(said: str, number: int, lang: str) -> str:
    """An answer whose list is longer than what is ever loaded of it says so."""
    most = performance.MOST_ROWS
    return text(lang, "answer.first_rows", said=said, n=most) if said and number > most else said


def of_tables(lang: str, *numbers: int) -> str:
    """The tables that an answer comes from."""
    return text(lang, "answer.source.tables", tables=tables_said(*numbers))
