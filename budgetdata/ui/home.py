"""The parts of the home page."""

from __future__ import annotations

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.search import LIMIT, search
from budgetdata.ui.frame import states_said, under, write
from budgetdata.ui.permalink import words
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money, place_text
from budgetdata.words.phrases import headings

SHOWN_HITS = 6
"""So many hits of a kind stand open."""


def search_box(db: Database, lang: str) -> bool:
    """The search and, where words are given, what they find; True where the page belongs to the answer."""
    needle = words("q", text(lang, "home.search"), lang, page="home", placeholder=text(lang, "home.search.hint"))
    if not needle:
        return False
    found = search(db, needle)
    count = sum(len(rows) for rows in found.values())
    title = text(lang, "home.found", words=needle, n=count) if found else text(lang, "home.found.none", words=needle)
    kinds = [_kind(kind, rows, needle, lang) for kind, rows in found.items()]
    write(macros("home.html", lang).found(title, kinds, LIMIT))
    return True


def _kind(kind: str, rows: list[Record], needle: str, lang: str) -> tuple[str, int, bool, list[Markup], list[Markup]]:
    """A kind of hits: its name, how many, whether more were left out, those that stand open and those behind a fold."""
    hits = [_hit(kind, row, needle, lang) for row in rows]
    return text(lang, f"kind.{kind}"), len(rows), len(rows) == LIMIT, hits[:SHOWN_HITS], hits[SHOWN_HITS:]


def _hit(kind: str, row: Record, needle: str, lang: str) -> Markup:
    amount = "" if row["fen"] is None else money(row["fen"], lang)
    clip = html.marked(row["text"], needle) if row["text"] and row["text"] != row["title"] else ""
    place = (place_text(row["page"], row["line"], lang),) if row["line"] else ()
    where = " · ".join((f"{row['short']} {row['year']}", *place))
    title = html.marked(_title(kind, row, lang), needle)
    return macros("home.html", lang).hit(_target(kind, row, lang), title, amount, clip, where)


def _title(kind: str, row: Record, lang: str) -> str:
    """What a hit is called: its own title, else the kind of text it is, for a paragraph above the first section."""
    return row["title"] or text(lang, f"kind.{kind}")


def _target(kind: str, row: Record, lang: str) -> str:
    if kind in ("target", "sheet") or (kind == "project" and ".s" in row["target"]):
        return address("performance", lang, s=row["target"])
    if kind == "subject":
        return address("passport", lang, f=row["target"])
    return address("department", lang, d=row["document_id"])


def headline(db: Database, lang: str) -> None:
    """Four figures with their year and scope."""
    now = held.overview(db)
    stages = [row["stage"] for row in performance.projects(db)]
    current, carried = stages.count("current"), stages.count("carryover")
    years = {"first": now["first_year"], "last": now["last_year"]}
    items = [
        ("departments", f"{now['departments']:,}", text(lang, "home.scope.documents", n=now["documents"], **years)),
        ("money", money(now["total_fen"], lang), _money_scope(now, lang)),
        ("projects", f"{now['projects']:,}", text(lang, "home.scope.projects", a=current, b=carried)),
        ("targets", f"{now['targets']:,}", text(lang, "home.scope.targets", n=now["sheets"])),
    ]
    write(html.heads([(text(lang, f"home.{name}"), value, scope) for name, value, scope in items]))


def _money_scope(now: Record, lang: str) -> str:
    """What the sum of money adds, and how many budgets it leaves out because another one may contain them."""
    told = text(lang, "home.scope.money", n=now["with_total"])
    return text(lang, "home.scope.money_apart", told=told, n=now["apart"]) if now["apart"] else told


def doors(db: Database, lang: str) -> None:
    """Six doors into the questions people ask."""
    found = held.documents(db)
    if not found:
        return
    first = found[0]["document_id"]
    doors_to: dict[str, tuple[str, dict[str, str]]] = {
        "biggest": ("questions", {"q": "biggest-projects"}),
        "vague": ("questions", {"q": "targets-without-number"}),
        "public": ("three_public", {}),
        "department": ("department", {"d": first}),
        "unsheeted": ("questions", {"q": "without-sheet"}),
        "compare": ("compare", {}),
    }
    items = [
        (address(page, lang, **choices), text(lang, f"home.door.{name}"), text(lang, f"home.door.{name}.remark"))
        for name, (page, choices) in doors_to.items()
    ]
    write(under(text(lang, "home.doors"), html.doors(items)))


def documents(db: Database, lang: str) -> None:
    """The documents held and the state of their tables."""
    states: dict[str, dict[str, int]] = {}
    for row in held.table_states(db):
        states.setdefault(row["document_id"], {})[row["status"]] = row["tables"]
    rows = [
        {
            "name": f"{row['department']}",
            "link": address("department", lang, d=row["document_id"]),
            "year": row["year"],
            "region": row["region"] or "",
            "tables": states_said(states.get(row["document_id"], {}), lang),
        }
        for row in held.documents(db)
    ]
    columns = headings(lang, name="department", year="budget_year", region="region", tables="thirteen_tables")
    write(under(text(lang, "home.documents"), html.table(rows, columns, lang, links={"name": "link"})))
