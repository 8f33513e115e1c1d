"""Charts against last year and against the number of staff: what the narrative prints, beside what the tables print."""

from __future__ import annotations

from collections.abc import Iterable

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing
from budgetdata.charts.drawing.shapes import Bar, Block, Pair
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.registered.across import first_documents, short_of, whom_first
from budgetdata.charts.registered.compared import DOCUMENT_COLOURS, scope_note
from budgetdata.charts.rows import can_rank, department_of, each_told, year_by_year
from budgetdata.queries import documents as held
from budgetdata.queries import reading, staff
from budgetdata.queries.base import Database
from budgetdata.queries.changes import SUBJECTS, TOTALS, changes
from budgetdata.queries.population import RANKED, some_of, year_of
from budgetdata.queries.questions.changed import totals
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken
from budgetdata.words.numbers import money, place_text, wan_text
from budgetdata.words.phrases import headings, named

MOST = 15
"""So many documents are asked for what each prints of last year or of its staff, where many are held and none is named."""


def subject_name(subject: str, lang: str) -> str:
    """What is compared with last year, as printed."""
    own = (*TOTALS, "three_public")
    return text(lang, f"chart.change.subject.{subject}" if subject in own else f"public_item.{subject}")


def _compared(db: Database, parameters: Parameters, lang: str) -> tuple[list[Record], list[Record], str]:
    """(the documents asked for; of many those of a year that changed most, all of its totals by their change, and '', else the
    words that say of whom these are the first)."""
    documents, of_year = first_documents(db, parameters, MOST, lang)
    ranked = totals(db.of_year(year_of(db, parameters.get("y", "")))) if of_year else []
    if not ranked:
        return documents, [], of_year
    most = (held.document(db, row["document_id"]) for row in ranked[:MOST])
    return [row for row in most if row is not None], ranked, ""


def load_change(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Narrative, tables 1 and 10: this year as printed, last year rebuilt from the printed change; in fen."""
    documents, ranked, of_year = _compared(db, parameters, lang)
    rows = [
        {
            **row, "name": f"{row['short']} {row['year']}", "item": subject_name(row["subject"], lang),
            "fen": row["now_fen"], "change": _signed(row["change_fen"]), "percent": _percent(row["rate"]),
            "place": place_text(row["page"], row["line"], lang),
        }
        for row in changes(db, [document["document_id"] for document in documents])
    ]  # fmt: skip
    columns = headings(
        lang, name="department", item="item", fen="this_year", last_fen="last_year", low_fen="at_least",
        high_fen="at_most", change="printed_change", percent="printed_rate", place="place",
    )  # fmt: skip
    spoken = {row["document_id"]: reading.change_spoken(db, row["document_id"], tuple(SUBJECTS)) for row in documents}
    if not rows:
        none = text(lang, f"chart.change.none.{_furthest(spoken.values())}")
        return ChartData([], columns, empty=whom_first(db, parameters, lang, none, of_year) if of_year else none)
    others = [row | {"name": f"{row['short']} {row['year']}"} for row in ranked[len(documents) :]]
    spoken_total = _total_spoken(db, documents)
    sentence = year_by_year(
        db, parameters, [*rows, *others], lang,
        lambda of, own: whom_first(db, of, lang, _change_sentence(own, spoken_total, lang), of_year),
    )  # fmt: skip
    return ChartData(
        rows,
        columns,
        sentence,
        text(lang, "chart.change.source", n=len(documents) + len(others)),
        _note(rows, len(documents) if others else 0, lang),
        extra={"documents": documents, "spoken": spoken},
    )


def _note(rows: list[Record], most: int, lang: str) -> str:
    """How last year was rebuilt and drawn; most: so many are shown, those that changed most of more."""
    scales = text(lang, f"chart.change.note{'.scales' if len({_scale(row) for row in rows}) > 1 else ''}")
    return " · ".join([scales, text(lang, "chart.change.note.most", n=most)] if most else [scales])


def _furthest(states: Iterable[str]) -> str:
    """Of what documents say of a change, what can be said of all of them: silent only where every one is silent."""
    found = set(states)
    return next((state for state in ("stated", "unread") if state in found), "silent")


def _total_spoken(db: Database, documents: list[Record]) -> str:
    """What some documents say of the change of the expenditure total."""
    return _furthest(reading.change_spoken(db, row["document_id"], TOTALS) for row in documents)


def _signed(fen: int | None) -> str:
    return "—" if fen is None else f"+{wan_text(fen)}" if fen > 0 else wan_text(fen)


def _percent(rate: str) -> str:
    return "—" if not rate else f"{rate}%" if rate.startswith("-") else f"+{rate}%"


def _told(row: Record, lang: str) -> str:
    """减少 9.42 亿元（-66.81%）, from what is printed; the difference to the rebuilt amount where only a rate is printed."""
    change = row["change_fen"]
    if change is None and row["now_fen"] is not None:
        change = row["now_fen"] - row["last_fen"]
    if change is None:
        return row["percent"] if row["rate"] else ""
    if change == 0:
        return text(lang, "chart.change.same")
    key = f"chart.change.{'more' if change > 0 else 'less'}{'_rate' if row['rate'] else ''}"
    return text(lang, key, fen=abs(change), rate=row["percent"])


def _change_sentence(rows: list[Record], spoken: str, lang: str) -> str:
    of_totals = [row for row in rows if row["subject"] in TOTALS and row["now_fen"] is not None]
    if not of_totals:
        return text(lang, f"chart.change.only_three_public{'' if spoken == 'silent' else '.unread'}")
    if len(of_totals) == 1:
        row = of_totals[0]
        return text(
            lang, f"chart.change.one{'' if row['subject'] == TOTALS[0] else '_income'}{'.first' if row['first_year'] else ''}",
            name=row["name"], now=row["now_fen"], last=row["last_fen"], told=_told(row, lang),
        )  # fmt: skip
    if not can_rank(of_totals):
        return each_told(of_totals, lang, lambda row: _told(row, lang), "chart.each_said")
    up = sum(row["now_fen"] > row["last_fen"] for row in of_totals)
    down = sum(row["now_fen"] < row["last_fen"] for row in of_totals)
    apart = [abs(row["now_fen"] - row["last_fen"]) for row in of_totals]
    most = [row for row, gap in zip(of_totals, apart, strict=True) if gap == max(apart)]
    if len(most) > 1:
        names = some_of([row["name"] for row in most])
        return text(lang, "chart.change.several_tied", n=len(of_totals), up=up, down=down, name=names, fen=max(apart))
    told = _told(most[0], lang)
    return text(lang, "chart.change.several", n=len(of_totals), up=up, down=down, name=most[0]["name"], told=told)


def _draw_change(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    groups = []
    for document in data.extra["documents"]:
        own = [row for row in data.rows if row["document_id"] == document["document_id"]]
        none = "" if own else text(lang, f"chart.change.none_here.{data.extra['spoken'][document['document_id']]}")
        groups.append((spoken(lang, short_of(document)), none, [_pair(row, theme, lang) for row in own]))
    legend = (text(lang, "chart.change.legend.last"), text(lang, "chart.change.legend.now"))
    return shapes.pairs(theme, width, groups, legend)


def _scale(row: Record) -> str:
    """Which amounts it can be compared with."""
    return "total" if SUBJECTS[row["subject"]][0] == 1 else "items"


def _of_last(row: Record) -> str:
    """What last year's amount is: none, what was spent, or its budget."""
    return "none_before" if row["first_year"] else "last_spent" if row["of_execution"] else "last"


def _pair(row: Record, theme: Theme, lang: str) -> Pair:
    last = None if row["first_year"] else row["last_fen"]
    words = [text(lang, f"chart.change.{_of_last(row)}", last=last), _told(row, lang)]
    if row["other_fen"] is not None:
        words.append(text(lang, "chart.change.other", other=row["other_fen"]))
    return Pair(
        row["item"], last, row["now_fen"], money(row["now_fen"], lang, named(lang, "state", row["state"])),
        text(lang, "chart.change.separator").join(part for part in words if part), colour(theme, "#1D4E79"), _scale(row),
        department_of(row["document_id"]),
    )  # fmt: skip


def load_per_head(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 1, 3 and 6 by the printed headcount (h: staff | staff_quota): fen for one person, rounded to whole 元."""
    which = parameters.get("h") or staff.HEADCOUNTS[0]
    documents, of_year = first_documents(db, parameters, MOST, lang)
    heads = text(lang, f"headcount.{which}")
    rows = [
        {**row, "name": f"{row['short']} {row['year']}", "what": text(lang, f"per_head.{row['item']}"),
         "people": _people(row, heads, lang)}
        for row in staff.per_head(db, [document["document_id"] for document in documents], which)
    ]  # fmt: skip
    columns = headings(lang, name="department", what="item", per_fen="per_person", fen="amount", people="people")
    stated = [row for row in rows if row["state"] == "stated"]
    if not stated:
        none = text(lang, "chart.per_head.none_printed", heads=heads)
        return ChartData([], columns, empty=whom_first(db, parameters, lang, none, of_year) if of_year else none)
    sentence = _per_head_sentence(rows, stated, heads, lang)
    return ChartData(
        rows,
        columns,
        whom_first(db, parameters, lang, sentence, of_year),
        text(lang, "chart.per_head.source", n=len(documents)),
        text(lang, "chart.per_head.note", heads=heads, scope=scope_note(documents, lang)),
        extra={"documents": documents, "heads": heads},
    )


def _per_head_sentence(rows: list[Record], stated: list[Record], heads: str, lang: str) -> str:
    """Where one person's part of basic expenditure is the most; of fewer than three each; how many have no headcount."""
    basic = sorted((row for row in stated if row["item"] == "basic"), key=lambda row: -row["per_fen"])
    if len(basic) < RANKED:
        said = each_told(basic or stated, lang, lambda row: text(lang, "chart.per_head.each", **row, heads=heads))
    else:
        same = [row["name"] for row in basic if row["per_fen"] == basic[0]["per_fen"]]
        said = text(
            lang, "chart.per_head.sentence", heads=heads, name=some_of(same), what=basic[0]["what"], fen=basic[0]["per_fen"]
        )  # fmt: skip
    bare = sum(row["item"] == "basic" and row["state"] in ("uncounted", "none") for row in rows)
    return text(lang, "chart.per_head.gap", said=said, heads=heads, n=bare) if bare else said


def _people(row: Record, heads: str, lang: str) -> str:
    count = row["count"]
    if count is None:
        return text(lang, "chart.per_head.state.uncounted")
    return text(lang, "chart.per_head.people", heads=heads, n=count["value"])


def _draw_per_head(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    places = {document["document_id"]: number for number, document in enumerate(data.extra["documents"])}
    words = {state: text(lang, f"chart.per_head.state.{state}") for state in ("uncounted", "none")}
    words |= {
        state: named(lang, "state", state)
        for state in ("blank", "empty_stated", "empty", "missing", "unreadable", "apart", "no_column")
    }
    groups = []
    for item in staff.ITEMS:
        bars = [
            Bar(
                spoken(lang, row["name"]), row["per_fen"],
                words.get(row["state"]) or money(row["per_fen"], lang),
                colour(theme, DOCUMENT_COLOURS[places[row["document_id"]] % len(DOCUMENT_COLOURS)]),
                "blank" if row["state"] == "none" else row["state"],
                opens=department_of(row["document_id"]),
            )
            for row in data.rows if row["item"] == item
        ]  # fmt: skip
        groups.append(Block(text(lang, f"per_head.{item}"), "", bars))
    return shapes.blocks(theme, width, groups)


CHARTS = [
    Chart("change-from-last-year", ("d", "y"), load_change, _draw_change, "across", (1, 10), most=MOST),
    Chart("per-staff-member", ("d", "y", "h"), load_per_head, _draw_per_head, "across", (1, 3, 6)),
]
