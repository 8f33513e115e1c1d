"""The parts of the home page."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import states_said, under, write
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money
from budgetdata.words.phrases import headings


def headline(db: Database, lang: str) -> None:
    """Four figures with their year and scope."""
    now = held.overview(db)
    carried = now["carried_projects"]
    current = now["projects"] - carried
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
