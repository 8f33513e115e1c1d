"""The parts of the home page."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.queries.choosing import newest
from budgetdata.ui.frame import show_chart, states_said, under, write
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money
from budgetdata.words.phrases import headings


def headline(db: Database, lang: str) -> None:
    """Four figures with their year and scope; money is added up over one year alone."""
    year = population.year_of(db, "")
    now, of = held.overview(db, year), year or population.one_year(db)
    summed = held.overview(db, of)
    carried = now["carried_projects"]
    current = now["projects"] - carried
    listed = f"home.scope.projects{'' if carried else '_current'}"
    years = {"first": now["first_year"], "last": now["last_year"]}
    dated = "–".join(dict.fromkeys(str(each) for each in years.values()))
    of_sheets = f"home.scope.targets{'_whole' if now['whole_sheets'] else ''}"
    told = {
        "projects": text(lang, listed, a=current, b=carried),
        "targets": text(lang, of_sheets, n=now["sheets"], whole=now["whole_sheets"]),
    }
    held_said = f"home.scope.year{'_units' if now['units'] else ''}" if year else "home.scope.documents"
    items = [
        (
            "departments",
            f"{now['departments']:,}",
            text(lang, held_said, n=now["documents"], regions=now["regions"], units=now["units"], **years),
        ),
        ("money", money(summed["total_fen"], lang, text(lang, "state.unreadable")), _money_scope(summed, lang, of)),
        *(
            (name, f"{now[name]:,}", text(lang, "home.scope.dated", years=dated, told=scope))
            for name, scope in told.items()
        ),
    ]
    write(html.heads([(text(lang, f"home.{name}"), value, scope) for name, value, scope in items]))


def _money_scope(now: Record, lang: str, year: str) -> str:
    """What the sum of money adds, and what it leaves out: single units, what another budget may contain, what was not read."""
    told = text(lang, "home.scope.money_year" if year else "home.scope.money", n=now["with_total"], year=year)
    left = [text(lang, f"home.scope.money_{name}", n=now[name]) for name in ("units", "apart", "unread") if now[name]]
    return text(lang, "home.scope.money_left", told=told, left=left) if left else told


def budgets(db: Database, lang: str) -> None:
    """The budgets of one year by size."""
    year = population.one_year(db)
    show_chart(db, "departments-by-fund", lang, level=2, y=year)


def doors(db: Database, lang: str) -> None:
    """Six doors into the questions people ask."""
    found = newest(db)
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


def regions(db: Database, lang: str) -> None:
    """The regions of the newest year, those with most budgets first, and the way to all documents."""
    year = population.year_of(db, "")
    found = population.regions(db, year)
    rows = [
        {
            "region": html.called(row["region"] or text(lang, "home.found.no_region"), lang),
            "link": address("region", lang, r=row["region"], y=year) if row["region"] else "",
            "documents": row["n"], "departments": row["departments"], "units": row["units"],
        }
        for row in found[: population.PAGE]
    ]  # fmt: skip
    columns = headings(lang, region="region", documents="budgets", departments="department", units="units")
    title = text(lang, "home.regions", year=year, n=len(found))
    table = html.table(rows, columns, lang, links={"region": "link"})
    write(under(title, table + macros("home.html", lang).catalogue(db.documents)))


def documents(db: Database, lang: str) -> None:
    """The documents held and the state of their tables; where many are held their regions."""
    if population.many(db):
        regions(db, lang)
        return
    states: dict[str, dict[str, int]] = {}
    for row in held.table_states(db):
        states.setdefault(row["document_id"], {})[row["status"]] = row["tables"]
    rows = [
        {
            "name": html.called(row["department"], lang),
            "link": address("department", lang, d=row["document_id"]),
            "year": row["year"],
            "region": row["region"] or "",
            "tables": states_said(states.get(row["document_id"], {}), lang),
        }
        for row in held.documents(db)
    ]
    columns = headings(lang, name="department", year="budget_year", region="region", tables="thirteen_tables")
    write(under(text(lang, "home.documents"), html.table(rows, columns, lang, links={"name": "link"})))
