"""The parts of the pages 地区 and 科目: what is held of one place, and one account over departments."""

from __future__ import annotations

from budgetdata.markup import answers
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.pages import EXPLAINED
from budgetdata.markup.templates import macros
from budgetdata.queries import population, regions
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import options as offered
from budgetdata.queries.questions.named import accounts_named, regions_named
from budgetdata.queries.signals import rates
from budgetdata.ui import choosing
from budgetdata.ui.alert import warn
from budgetdata.ui.frame import answer, database, page, plain, quiet, section, write
from budgetdata.ui.permalink import asked_for, choose, keep, language, say_unknown, words
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share
from budgetdata.words.phrases import account as account_name
from budgetdata.words.phrases import headings

TEMPLATE = "region.html"


def opened() -> tuple[Database, str]:
    """The page opened: named by the region of the address, with the way to all of them."""
    lang, asked = language(), asked_for("r")
    db = database(lang)
    if not asked or not regions.known(db, asked):
        return page("region.title", "region.lead")
    write(macros(TEMPLATE, lang).head(asked, EXPLAINED["region"]))
    return db, lang


def region(db: Database, lang: str) -> None:
    """One region: its years with totals, how much agrees and is disclosed, and its departments, a page at a time."""
    asked = asked_for("r")
    if not asked or not regions.known(db, asked):
        if asked:
            warn(text(lang, "region.unknown", region=asked[:40]))
            near = [(address("region", lang, r=name), name) for name in regions_named(db, asked)]
            write(macros(TEMPLATE, lang).near(near))
        _all_regions(db, lang)
        return
    held = regions.years(db, asked)
    options = {str(row["year"]): str(row["year"]) for row in held}
    year = _year(options, lang, "region")
    now = next(row for row in held if str(row["year"]) == year)
    write(answer(answers.of_region(db, asked, now, lang)))
    _agreement(db, lang, asked, year)
    section("years", text(lang, "region.years"))
    rows = [
        {**row, "link": address("region", lang, r=asked, y=row["year"]), "budgets": row["documents"]} for row in held
    ]
    columns = headings(
        lang,
        year="budget_year",
        budgets="budgets",
        departments="department",
        units="units",
        apart="apart",
        fen="total",
    )
    write(html.table(rows, columns, lang, links={"year": "link"}) + plain(text(lang, "region.years.note")))
    section("departments", text(lang, "region.departments", year=year))
    pages = choosing.pages(now["documents"])
    listed = [
        {
            "name": html.called(choosing.within(row), lang), "link": address("department", lang, d=row["document_id"]),
            "kind": text(lang, f"home.document_kind.{row['kind']}"), "fen": row["fen"],
            "state": row["state"],
        }
        for row in regions.departments(db, asked, year, pages.start, pages.size)
    ]  # fmt: skip
    shown = headings(lang, name="department", kind="kind", fen="total")
    write(html.table(listed, shown, lang, links={"name": "link"}) + pages.links(lang))


def _year(options: dict[str, str], lang: str, page: str) -> str:
    """The year that is shown; chosen where there are several. One that is not there is named."""
    if len(options) == 1:
        only, asked = next(iter(options)), asked_for("y")
        if asked not in ("", only):
            say_unknown("y", asked, only, [only], lang)
            keep("y", "")
        return only
    return choose("y", text(lang, "filter.year"), options, lang, page=page, widget="segments")


def _agreement(db: Database, lang: str, region: str, year: str) -> None:
    """How much agrees and how much is disclosed there, with the ways down."""
    part = rates.Part(year, region)
    agree, checked = rates.agreed(rates.total(rates.checks(db, part)))
    told, read = rates.told(rates.total(rates.items(db, part)))
    doors = [
        (address("checks", lang, r=region, y=year), text(lang, "region.agree", rate=share(agree, checked) or "—"),
         text(lang, "region.of", part=agree, whole=checked)),
        (address("disclosure", lang, r=region, y=year), text(lang, "region.told", rate=share(told, read) or "—"),
         text(lang, "region.of", part=told, whole=read)),
    ]  # fmt: skip
    write(html.doors(doors))


def _all_regions(db: Database, lang: str) -> None:
    """Every region of the newest year, a page at a time."""
    year = choosing.year(db, lang, page="regions")
    found = [row for row in population.regions(db, year) if row["region"]]
    if not found:
        write(quiet(text(lang, "region.none")))
        return
    pages = choosing.pages(len(found))
    rows = [
        row | {"region": html.called(row["region"], lang), "link": address("region", lang, r=row["region"], y=year)}
        for row in pages.of(found)
    ]
    columns = headings(lang, region="region", n="budgets", departments="department", units="units")
    write(html.table(rows, columns, lang, links={"region": "link"}) + pages.links(lang))


def account(db: Database, lang: str) -> None:
    """One 科目 over departments: a year, the middle and the spread, who prints it, a page at a time, and its years."""
    code = words("code", text(lang, "subject.code"), lang, page="subject", placeholder=text(lang, "subject.hint"))
    found = regions.account(db, code, lang) if code else None
    if found is None:
        _no_account(db, code, lang)
        return
    parts = [found["code"][:length] for length in (3, 5) if length < len(found["code"])]
    above = [(part, (regions.account(db, part, lang) or {"name": part})["name"]) for part in parts]
    write(macros(TEMPLATE, lang).account(found, above))
    held = regions.account_years(db, code)
    options = {str(row["year"]): str(row["year"]) for row in held}
    year = _year(options, lang, "subject")
    region = choosing.region(db, lang, page="subject", year=year)
    rows = regions.ranked(db, code, year, region)
    if not rows:
        write(quiet(text(lang, "subject.none_here")))
        return
    write(
        answer(
            answers.of_account(db, rows, {"code": code, "year": year, "name": found["name"], "region": region}, lang)
        )
    )
    pages = choosing.pages(len(rows))
    shown = regions.spenders(db, code, rows, pages.start, pages.size)
    places = population.places(rows)[pages.start : pages.start + pages.size]
    placed = [
        row | {"name": html.called(row["short"], lang), "place": place,
               "link": address("department", lang, d=row["document_id"], code=code)}
        for row, place in zip(shown, places, strict=True)
    ]  # fmt: skip
    name, amount = headings(lang, name="department", fen="amount")
    columns = [name, ("place", text(lang, "population.place")), amount]
    table = html.table(placed, columns, lang, links={"name": "link"})
    write(table + plain(text(lang, "frame.unit")) + pages.links(lang))
    _over_years(held, lang)


def _no_account(db: Database, asked: str, lang: str) -> None:
    """Where no code is given, or none that is printed: the 科目 whose names hold what is asked, else the 类, as doors."""
    is_name = bool(asked) and not asked.isdecimal()
    found = {code: account_name(lang, name) for code, name in accounts_named(db, asked).items()} if is_name else {}
    told = "named" if found else "unnamed" if is_name else "unknown" if asked else "none"
    write(quiet(text(lang, f"subject.{told}", code=asked[:20])))
    write(macros(TEMPLATE, lang).accounts(found or offered(db, "class", lang)))


def _over_years(held: list[dict[str, object]], lang: str) -> None:
    """How many print it in each year, from the least to the most; no sum over years."""
    if len(held) < 2:
        return
    section("years", text(lang, "region.years"))
    rows = [{**row, "low_fen": row["low"], "high_fen": row["high"], "n": row["documents"]} for row in held]
    least, most = ("low_fen", text(lang, "subject.least")), ("high_fen", text(lang, "subject.most"))
    columns = [*headings(lang, year="budget_year", n="budgets"), least, most]
    write(html.table(rows, columns, lang) + plain(text(lang, "frame.unit")))
