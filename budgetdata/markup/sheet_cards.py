"""Performance sheets as cards: money by source and horizon, goals, both indicator lists, once where both print the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup.templates import macros
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.sheets.quality import numbered_clauses
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money, place_text
from budgetdata.words.phrases import as_printed, named

SHEETS = "sheets.html"
HORIZONS = ("term", "annual")
BOTH = "both"
"""What stands once, since both horizons print the same."""
_SAID = ("category", "indicator", "target", "note", "quality")
SOURCES = ("total", "central", "provincial", "local", "self", "other")
"""Sources of a sheet's funds in the order of its form, as in sheet_source.<source>."""
MOST_CLAUSES = 3
"""So many clauses of a goal in sentences stand on its card in a list."""
KINDS = {"oneoff": "一次性项目", "continuing": "延续性项目", "recurring": "经常性项目"}
"""How what the sheets print as 项目属性 begins, by the code of the kind."""
TEXTS = ("overview", "basis", "need", "safeguards", "plan")


def sheet_name(row: Record, lang: str) -> str:
    """The name of a sheet's project, or that it is the department-wide sheet."""
    return text(lang, "sheet.department") if row["scope"] == "department" else row["project_name"]


def strongest(targets: list[Record]) -> list[Record]:
    """At most three targets of the year (or the term) that carry a number, outputs and benefits before the rest."""
    weight = {"数量": 0, "经济效益": 1, "社会效益": 1, "成本": 2, "质量": 3, "时效": 4}
    numbered = [row for row in targets if row["quality"] == "quantified"]
    annual = [row for row in numbered if row["horizon"] == "annual"] or numbered
    unique = {
        row["indicator"]: row for row in sorted(annual, key=lambda row: weight.get(row["category"], 5), reverse=True)
    }
    return sorted(unique.values(), key=lambda row: weight.get(row["category"], 5))[:3]


def kind_said(printed: str | None, lang: str) -> str:
    """A kind of project as it is printed; in English its words before that, where they are known."""
    known = next((code for code, words in KINDS.items() if (printed or "").startswith(words)), "")
    return as_printed(lang, text(lang, f"performance.kind.{known}"), printed or "") if known else printed or ""


def summary(db: Database, row: Record, lang: str) -> Markup:
    """A sheet as a small card in a list: project, money, its strongest numbers, the share of targets with a number; where it
    prints its goal in sentences, those of them that state a quantity."""
    goal = "" if row["targets"] else row["annual_goal"] or row["term_goal"] or ""
    numbers = strongest(performance.sheet_targets(db, row["sheet_id"]))
    names = (f"{row['short']} {row['year']}", _office(row), kind_said(row["attribute"], lang))
    clauses = numbered_clauses(goal)
    counted = ("sheet.goal_only" if clauses else "sheet.goal_bare", len(clauses)) if goal else ("", 0)
    return macros(SHEETS, lang).summary(row, sheet_name(row, lang), numbers, names, clauses[:MOST_CLAUSES], counted)


def _office(row: Record) -> str:
    """The office or unit that a sheet is of; '' where it is the department itself, which stands beside it."""
    return "" if row["office_name"] in (row["short"], row["department"]) else row["office_name"]


def card(db: Database, row: Record, lang: str) -> Markup:
    """A sheet whole: funds, goals, texts, and its targets of both horizons side by side."""
    targets = performance.sheet_targets(db, row["sheet_id"])
    sides = [(horizon, [target for target in targets if target["horizon"] == horizon]) for horizon in HORIZONS]
    said = [[[target[name] for name in _SAID] for target in side] for _, side in sides]
    lists = [_listed(side, horizon, lang) for horizon, side in ([(BOTH, sides[0][1])] if said[0] == said[1] else sides)]
    funds = performance.sheet_funds(db, row["sheet_id"])
    horizons = _printed(row, funds, targets)
    return macros(SHEETS, lang).card(
        row,
        sheet_name(row, lang),
        (f"{row['short']} {row['year']}", _office(row), kind_said(row["attribute"], lang), row["term"]),
        _budget(row, lang),
        _funds(funds, horizons),
        [(name, row[name]) for name in TEXTS if row[name]],
        horizons,
        _goals(row, horizons),
        [listed for listed in lists if listed[1]],
    )


def _goals(row: Record, horizons: Sequence[str]) -> list[tuple[str, str | None]]:
    """The goal of each horizon; once where both print the same."""
    goals = [(horizon, row[f"{horizon}_goal"]) for horizon in horizons]
    same = len(goals) > 1 and goals[0][1] and goals[0][1] == goals[1][1]
    return [(BOTH, goals[0][1])] if same else goals


def _listed(targets: list[Record], horizon: str, lang: str) -> tuple[str, list[tuple[str, str, Record]], int]:
    """The targets of a horizon, each with its category where a new one begins and its grade and place; how many have a number."""
    last, listed = "", []
    for row in targets:
        category = "" if row["category"] == last else _category(row["category"], lang)
        last = row["category"]
        title = f"{named(lang, 'quality', row['quality'])} · {place_text(row['page'], row['line'], lang)}"
        listed.append((category, title, row))
    return horizon, listed, sum(row["quality"] == "quantified" for row in targets)


def _category(printed: str | None, lang: str) -> str:
    """The category of targets as it is printed; in English its words before that, where they are known."""
    name = performance.category_name(printed or "", lang)
    return as_printed(lang, name, printed) if printed and name != printed else name


def _budget(row: Record, lang: str) -> str:
    """The budget row that a sheet belongs to, with its place; '' for the department-wide sheet."""
    if row["scope"] == "department":
        return ""
    if not row["project_id"]:
        return text(lang, "sheet.nolink")
    linked = text(lang, "sheet.link", name=row["row_name"], money=money(row["row_fen"], lang))
    return f"{linked} · {place_text(row['row_page'], row['row_line'], lang)}"


def _printed(row: Record, funds: Mapping[tuple[str, str], int], targets: Sequence[Record]) -> list[str]:
    """The horizons of which a sheet prints anything: a form may have one side only, whose other side is not left blank."""
    found = {horizon for horizon, _ in funds} | {target["horizon"] for target in targets}
    return [horizon for horizon in HORIZONS if horizon in found or row[f"{horizon}_goal"]] or list(HORIZONS)


def _funds(funds: Mapping[tuple[str, str], int], horizons: Sequence[str]) -> list[tuple[str, list[str | None]]]:
    """Each source that has money, with its amount of each horizon in yuan; None where blank."""
    return [
        (source, [_yuan(funds.get((horizon, source))) for horizon in horizons])
        for source in SOURCES
        if any((horizon, source) in funds for horizon in horizons)
    ]


def _yuan(fen: int | None) -> str | None:
    if fen is None:
        return None
    whole, cents = divmod(fen, 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"
