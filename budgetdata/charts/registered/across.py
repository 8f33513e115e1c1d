"""Charts that set departments side by side: totals by fund, three public expenses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.shapes import Bar, Block
from budgetdata.charts.drawing.theme import FUND_COLOURS, FUND_FAMILIES, THREE_PUBLIC_COLOURS, Theme, colour
from budgetdata.charts.first import left_out
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import (
    can_rank,
    department_of,
    each_told,
    newest_first,
    of_population,
    passport_of,
    share_columns,
    told_of,
    year_by_year,
)
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.population import many, population, some_of, spread, year_of
from budgetdata.queries.ranking import most_first
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import money, percent_of, share
from budgetdata.words.phrases import headings, named, tables_said

THREE_PUBLIC = ("overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running", "total")
"""The rows of table 10, sums included, in the order printed."""


def chosen_documents(db: Database, parameters: Parameters) -> list[Record]:
    """The documents named in parameter d (ids parted by commas), all where it is absent; a year keeps that year's only."""
    return held.chosen(db, parameters.get("d", ""), parameters.get("y", ""))


def _number_of(db: Database, parameters: Parameters) -> int:
    """How many documents `chosen_documents` gives; thousands are not loaded for that."""
    if parameters.get("d") or not many(db):
        return len(chosen_documents(db, parameters))
    return population(db, year_of(db, parameters.get("y", "")), units_apart=True).documents


def first_documents(db: Database, parameters: Parameters, most: int, lang: str) -> tuple[list[Record], str]:
    """(the documents named in parameter d; of all of a year, where many are held, so many at most; the words that say so).

    What is asked of each document by itself is not asked of thousands: others may be named.
    """
    documents = held.chosen(db, parameters.get("d", ""), parameters.get("y", ""), most)
    if parameters.get("d") or not many(db):
        return documents, ""
    year = year_of(db, parameters.get("y", ""))
    whole = population(db, year, units_apart=True).documents
    said = text(lang, "chart.first_of_year", n=len(documents), all=whole, year=year)
    return documents, said if whole > len(documents) else ""


def whom_first(db: Database, parameters: Parameters, lang: str, sentence: str, said: str) -> str:
    """An answer with whom it speaks of: of the first of a year, as `first_documents` says it (said), or of all of it."""
    if said and sentence:
        return text(lang, "chart.sentences", one=said, other=sentence)
    return of_population(db, parameters, lang, sentence, units_apart=True)


def short_of(document: Record) -> str:
    """A document's short name with its year."""
    return f"{document['short']} {document['year']}"


def sources(documents: Sequence[Record], lang: str, *tables: int) -> str:
    """The source line of several documents and the tables that the figures stand in."""
    return text(lang, "chart.source.several", n=len(documents), tables=tables_said(*tables))


Told = Callable[[list[Record], str], str]
"""What is told of the rows of a ranking, in a language."""


def of_whom(
    db: Database, parameters: Parameters, lang: str, told: Told, rows: Sequence[Record], key: str = "fen"
) -> str:
    """The answer of a ranking with the budgets it is of: years, places, what is left out; of many amounts the middle too.

    told: the answer. key: under which a row holds what is ranked.
    """
    return year_by_year(db, parameters, rows, lang, lambda of, own: _of_whom(db, of, lang, told(own, lang), own, key))


def _of_whom(db: Database, parameters: Parameters, lang: str, sentence: str, rows: Sequence[Record], key: str) -> str:
    known = [row[key] for row in rows if row[key] is not None]
    blank = sum(row["fen"] is None and row.get("state") in ("blank", *reading.EMPTY) for row in rows)
    unread = _number_of(db, parameters) - len(known) - blank
    told = of_population(db, parameters, lang, sentence, units_apart=True, unread=unread, blank=blank)
    quarters = spread(known) if key == "fen" and many(db) and not parameters.get("d") else None
    if quarters is None:
        return told
    low, middle, high = quarters
    return text(
        lang, "chart.sentences", one=told, other=text(lang, "population.spread", low=low, middle=middle, high=high)
    )


def _firsts(rows: Sequence[Record], key: str = "fen") -> str | list[str]:
    """The name of the first of a ranking; of all that share its place, three named at most."""
    same = [row["name"] for row in rows if row[key] == rows[0][key]]
    return same[0] if len(same) == 1 else some_of(same)


_SHOWN = 60
"""So many rows at either end of a ranking may be shown: their figures have their passports; files load those of the rest."""


def _with_passports(db: Database, rows: list[Record]) -> list[Record]:
    """The rows of a ranking with the passports of what may be shown of them."""
    known = sum(row["fen"] is not None for row in rows)
    ends = {*range(_SHOWN), *range(known - _SHOWN, known)}
    full = iter(amounts.completed(db, [row for number, row in enumerate(rows) if number in ends]))
    return [next(full) if number in ends else row for number, row in enumerate(rows)]


def load_departments(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1: the income of each document by kind of fund, most money first; amounts in fen under each fund's name."""
    documents = {row["document_id"]: row for row in chosen_documents(db, parameters)}
    rows: dict[str, Record] = {}
    for figure in amounts.incomes(db, list(documents.values())):
        who = documents[figure["document_id"]]
        row = rows.setdefault(
            figure["document_id"],
            {
                "name": short_of(who),
                "document_id": figure["document_id"],
                "year": who["year"],
                "fen": None,
                "figure": None,
            },
        )
        if figure["role"] == "income_total":
            row |= {"fen": figure["fen"], "figure": figure}
        else:
            row[figure["role"]] = figure
    found = sorted(rows.values(), key=lambda row: -(row["fen"] or 0))
    found = _with_passports(db, newest_first(db, parameters, found))
    held_by_any = set[str]().union(*found)
    printed = [role for role in FUND_COLOURS if role in held_by_any]
    columns = [
        *headings(lang, name="department", fen="income"),
        *((role, text(lang, f"fund.{role}")) for role in printed),
    ]
    if not found:
        return ChartData([], columns, empty=text(lang, "chart.departments.none"))
    sentence = of_whom(db, parameters, lang, _most_and_least, found)
    note = text(lang, "chart.departments.note")
    for row in found:
        row |= {f"{role}_share": share(row[role]["fen"], row["fen"]) for role in printed if row.get(role)}
    source, more = sources(list(documents.values()), lang, 1), share_columns(columns[2:], lang)
    return ChartData(found, columns, sentence, source, note, more=more)


def _most_and_least(rows: list[Record], lang: str) -> str:
    """Who of those with an amount has most and who least; of fewer than three each amount."""
    known = [row for row in rows if row["fen"] is not None]
    if not can_rank(known):
        return each_told(rows, lang, lambda row: money(row["fen"], lang, text(lang, "state.unreadable")))
    return text(
        lang, "chart.departments.sentence", n=len(known), name=_firsts(known), fen=known[0]["fen"],
        last=_firsts(known[::-1]), last_fen=known[-1]["fen"],
    )  # fmt: skip


def _draw_departments(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    used = {
        family: [role for role in roles if any(row.get(role) and row[role]["fen"] for row in data.rows)]
        for family, roles in FUND_FAMILIES.items()
    }
    rows = []
    for row in data.rows:
        bars = [
            _fund_bar(row, role, colour(theme, FUND_COLOURS[family]), lang)
            for family, roles in used.items()
            for role in roles
            if row.get(role)
        ]
        before, whose = left_out(data, row, lang), department_of(row["document_id"])
        rows.append(Block(spoken(lang, row["name"]), money(row["fen"], lang), bars, whose, before))
    legend = [
        (
            text(lang, f"fund.{roles[0]}" if len(roles) == 1 else f"fund.family.{family}"),
            colour(theme, FUND_COLOURS[family]),
        )
        for family, roles in used.items()
        if roles
    ]
    return shapes.stacked(theme, width, rows, legend)


def _fund_bar(row: Record, role: str, paint: str, lang: str) -> Bar:
    """The part of a budget's income that is of one kind."""
    name, figure = text(lang, f"fund.{role}"), row[role]
    tip = told_of(f"{cited(lang, row['name'])} {name}", figure, row[f"{role}_share"], lang)
    return Bar(name, figure["fen"], row[f"{role}_share"], paint, tooltip=tip, opens=passport_of(figure))


def load_three_public(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 10: the four items of each document; share of its general public budget where that is printed."""
    documents = {row["document_id"]: row for row in chosen_documents(db, parameters)}
    rows = _three_public_rows(db, documents)
    found = _with_passports(db, newest_first(db, parameters, sorted(rows, key=most_first)))
    columns = [
        *headings(lang, name="department"),
        *((item, text(lang, f"public_item.{item}")) for item in THREE_PUBLIC),
        *headings(lang, share="share_of_general"),
    ]
    if not found:
        return ChartData([], columns, empty=text(lang, "chart.no_department"))
    sentence = of_whom(db, parameters, lang, _public_told, found)
    source, note = sources(list(documents.values()), lang, 10), text(lang, "chart.three_public.note")
    return ChartData(found, columns, sentence, source, note)


def _public_told(rows: list[Record], lang: str) -> str:
    """Who plans most for the three, and how many plan reception alone."""
    most, reception = _most_public(rows, lang), _all_reception(rows, lang)
    return text(lang, "chart.sentences", one=most, other=reception) if reception else most


def _most_public(rows: list[Record], lang: str) -> str:
    """Who plans most for the three; of fewer than three each amount, as of totals that were not read none."""
    known = [row for row in rows if row["fen"] is not None]
    if not known:
        return text(lang, "chart.three_public.sentence_none")
    if not can_rank(known):
        return each_told(rows, lang, lambda row: money(row["fen"], lang, named(lang, "state", row["state"])))
    name, share = _firsts(known), known[0]["share"]
    key = "chart.three_public.sentence" if share and isinstance(name, str) else "chart.three_public.sentence_bare"
    return text(lang, key, name=name, fen=known[0]["fen"], share=share)


def _three_public_rows(db: Database, documents: Mapping[str, Record], only: str = "") -> list[Record]:
    """One row a document: each item (or `only` one) under its name; fen, figure, state, share and base are the total's."""
    among = list(documents.values())
    base = {row["document_id"]: row for row in amounts.headlines(db, 1, "general", among)}
    lines: dict[str, list[Record]] = {}
    for item in amounts.three_public_lines(db, among, only):
        lines.setdefault(item["document_id"], []).append(item)
    rows: dict[str, Record] = {}
    ordered = sorted(among, key=lambda row: (-row["year"], row["department"], row["document_id"]))
    for item in (line for document in ordered for line in lines.get(document["document_id"], [])):
        who = documents[item["document_id"]]
        row = rows.setdefault(
            item["document_id"],
            {
                "name": short_of(who),
                "document_id": item["document_id"],
                "year": who["year"],
                "fen": None,
                "share": "",
                "figure": None,
            },
        )
        row[item["item"]] = item
        if item["item"] == "total":
            general = base.get(item["document_id"])
            row |= {
                "fen": item["fen"],
                "figure": item if item["fen"] is not None else None,
                "state": item["status"],
                "share": share(item["fen"], general["fen"] if general else None),
                "base": general,
            }
    return list(rows.values())


def _all_reception(rows: list[Record], lang: str) -> str:
    """How many budgets plan reception and nothing else; '' where none does."""
    only = [
        row
        for row in rows
        if row.get("reception") and row["reception"]["fen"] and row["reception"]["fen"] == row["fen"]
    ]
    return text(lang, "chart.three_public.all_reception", n=len(only)) if only else ""


def _draw_three_public(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    groups = []
    for row in data.rows:
        rows = []
        for item in amounts.THREE_PUBLIC_ITEMS:
            part = row.get(item) or {"fen": None, "status": "missing"}
            said = money(part["fen"], lang) if part["fen"] is not None else named(lang, "state", part["status"])
            paint = colour(theme, THREE_PUBLIC_COLOURS[item])
            name = text(lang, f"public_item.{item}")
            tip = told_of(name, part, "", lang)
            rows.append(Bar(name, part["fen"], said, paint, part["status"], tip, passport_of(part)))
        whole = money(row["fen"], lang, named(lang, "state", row.get("state", "missing")))
        before = left_out(data, row, lang)
        groups.append(Block(spoken(lang, row["name"]), whole, rows, department_of(row["document_id"]), before))
    return shapes.blocks(theme, width, groups)


def load_three_public_share(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 10 and 1: the three public expenses in percent of the general public budget, the highest share first."""
    documents = {row["document_id"]: row for row in chosen_documents(db, parameters)}
    rows = sorted(_three_public_rows(db, documents, "total"), key=most_first)
    columns = headings(
        lang, name="department", percent="share_of_general_percent", fen="three_public_total", base="general_budget"
    )
    if not rows:
        return ChartData([], columns, empty=text(lang, "chart.no_department"))
    for row in rows:
        part = percent_of(row["fen"], row["base"]["fen"] if row["base"] else None)
        row |= {
            "part": part,
            "percent": "" if part is None else f"{part:.3f}",
            "part_state": _part_state(db, row, part),
        }
    rows.sort(key=lambda row: (row["part"] is None, -(row["part"] or 0)))
    rows = _with_passports(db, newest_first(db, parameters, rows))
    sentence = of_whom(db, parameters, lang, _highest_share, rows, "part")
    source, note = sources(list(documents.values()), lang, 1, 10), text(lang, "chart.three_public.note")
    return ChartData(rows, columns, sentence, source, note)


def _highest_share(rows: list[Record], lang: str) -> str:
    """Whose share is the highest, as it is shown; of fewer than three each."""
    known = [row for row in rows if row["part"] is not None]
    if not known:
        return text(lang, "chart.three_public_share.sentence_none")
    if not can_rank(known):
        return each_told(known, lang, lambda row: f"{row['percent']}%")
    name = _firsts(known, "percent")
    key = f"chart.three_public_share.sentence{'' if isinstance(name, str) else '_tied'}"
    return text(lang, key, name=name, percent=f"{known[0]['percent']}%", fen=known[0]["fen"])


def _part_state(db: Database, row: Record, part: float | None) -> str:
    """The state of a share: of its amount where that is not there, else of its base; blank where that is 0 or less than it."""
    if part is not None or row["fen"] is None:
        return "stated" if part is not None else row.get("state", "missing")
    return "blank" if row.get("base") else reading.absent(db, row["document_id"], 1)


def _draw_three_public_share(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    rows = [
        Bar(
            spoken(lang, row["name"]),
            row["part"],
            f"{row['percent']}%" if row["percent"] else _no_share(row, lang),
            colour(theme, "#7A4B2A"),
            row["part_state"],
            told_of(cited(lang, row["name"]), row["figure"], f"{row['percent']}%" if row["percent"] else "", lang),
            department_of(row["document_id"]),
            left_out(data, row, lang),
        )
        for row in data.rows
    ]
    return shapes.bars(theme, width, rows)


def _no_share(row: Record, lang: str) -> str:
    """Why a row has no share: its amount is not there, or its base."""
    if row["fen"] is None:
        return named(lang, "state", row["part_state"])
    return text(lang, f"chart.three_public_share.{'unread' if row['part_state'] == 'unreadable' else 'no_base'}")


CHARTS = [
    Chart("departments-by-fund", ("d", "y"), load_departments, _draw_departments, "across", (1,), most=20, ends=True),
    Chart("three-public", ("d", "y"), load_three_public, _draw_three_public, "across", (10,), most=20, ends=True),
    Chart(
        "three-public-share",
        ("d", "y"),
        load_three_public_share,
        _draw_three_public_share,
        "across",
        (1, 10),
        most=20,
        ends=True,
    ),
]
