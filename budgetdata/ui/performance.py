"""The parts of the page on projects and their targets."""

from __future__ import annotations

from html import escape

import streamlit as st

from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import documents as held
from budgetdata.queries import projects as queries
from budgetdata.queries.base import Database
from budgetdata.queries.projects import SheetFilter
from budgetdata.ui import frame, sheets
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose, keep, say_unknown, words
from budgetdata.words.catalogue import text
from budgetdata.words.names import QUALITY, say, word
from budgetdata.words.numbers import money

PAGE_SIZE = 10
WAN = 1_000_000
MONEY = {"0": (None, 10 * WAN), "10": (10 * WAN, 100 * WAN), "100": (100 * WAN, 1000 * WAN), "1000": (1000 * WAN, None)}
KINDS = {"oneoff": "一次性项目", "continuing": "延续性项目", "recurring": "经常性项目"}


def one_sheet(db: Database, lang: str) -> bool:
    """One sheet whole where the address names one; False where it does not."""
    wanted = st.query_params.get("s", "")
    if not wanted:
        return False
    row = queries.sheet(db, wanted)
    if row is None:
        say_unknown("s", wanted, text(lang, "filter.all"), [r["sheet_id"] for r in queries.sheets(db)], lang)
        keep("s", "")
        return False
    back = escape(address("performance", lang))
    department = escape(address("department", lang, d=row["document_id"], s=row["sheet_id"]))
    write(
        f'<p class="crumb"><a href="{back}">{text(lang, "filter.all")}</a> › '
        f'<a href="{department}">{escape(row["short"])} {row["year"]}</a> › '
        f"<b>{escape(sheets.sheet_name(row, lang))}</b></p>{sheets.card(db, row, lang)}"
    )
    return True


def filters(db: Database, lang: str) -> SheetFilter:
    """The filters, all in the address."""
    everything = {"": text(lang, "filter.all")}
    documents = {row["document_id"]: f"{row['short']} {row['year']}" for row in held.documents(db)}
    years = {str(y): str(y) for y in sorted({row["year"] for row in held.documents(db)}, reverse=True)}
    first, second, third = st.columns(3)
    with first:
        document = choose("d", text(lang, "filter.department"), everything | documents, lang, page="performance")
    with second:
        needle = words(
            "q",
            text(lang, "filter.words"),
            lang,
            page="performance",
            placeholder=say(lang, "如：培训、补贴", "e.g. 培训"),
        )
    with third:
        quality = choose(
            "quality",
            text(lang, "filter.quality"),
            everything | {name: word(QUALITY, name, lang) for name in QUALITY},
            lang,
            page="performance",
        )
    hidden = ("y", "office", "kind", "category", "horizon", "money")
    with st.expander(text(lang, "filter.more"), expanded=any(st.query_params.get(name) for name in hidden)):
        left, middle, right = st.columns(3)
        with left:
            year = choose("y", text(lang, "filter.year"), everything | years, lang, page="performance")
            office = choose(
                "office",
                text(lang, "filter.office"),
                everything | {name: name for name in queries.offices(db)},
                lang,
                page="performance",
            )
        with middle:
            category = choose(
                "category",
                text(lang, "filter.category"),
                everything | {name: name for name in queries.CATEGORIES},
                lang,
                page="performance",
            )
            horizons = {name: text(lang, f"horizon.{name}") for name in ("annual", "term")}
            horizon = choose("horizon", text(lang, "filter.horizon"), everything | horizons, lang, page="performance")
        with right:
            amount = choose(
                "money",
                text(lang, "filter.money"),
                everything | {code: _range(code, lang) for code in MONEY},
                lang,
                page="performance",
            )
            kinds = {code: say(lang, name, code) for code, name in KINDS.items()}
            kind = choose("kind", say(lang, "项目属性", "Kind"), everything | kinds, lang, page="performance")
    least, most = MONEY.get(amount, (None, None))
    return SheetFilter(
        document_id=document,
        year=int(year) if year else None,
        office=office,
        attribute=KINDS.get(kind, ""),
        category=category,
        horizon=horizon,
        quality=quality,
        words=needle,
        least_fen=least,
        most_fen=most,
    )


def _range(code: str, lang: str) -> str:
    least, most = MONEY[code]
    if least is None:
        return say(lang, f"不到 {money(most)}", f"below {money(most, 'en')}")
    if most is None:
        return say(lang, f"{money(least)}以上", f"from {money(least, 'en')}")
    return say(lang, f"{money(least)}—{money(most)}", f"{money(least, 'en')} to {money(most, 'en')}")


def results(db: Database, lang: str, chosen: SheetFilter) -> None:
    """How many sheets match and what they hold, a page of cards, and the way to the next."""
    found = queries.sheets(db, chosen)
    if not found:
        write(f'<p class="answer">{text(lang, "filter.none")}</p>')
        return
    targets, numbered = sum(row["targets"] for row in found), sum(row["quantified"] for row in found)
    total = sum(row["annual_fen"] or 0 for row in found if row["scope"] == "project")
    said = say(
        lang,
        f"项目的年度资金共 {money(total)}；{targets:,} 条指标，{numbered:,} 条写了数字"
        + (f"（{100 * numbered / targets:.1f}%）。" if targets else "。"),
        f"annual funds of projects {money(total, 'en')}; {targets:,} targets, {numbered:,} with a number.",
    )
    write(f"<h2>{text(lang, 'filter.found', n=len(found))}</h2><p class='answer'>{escape(said)}</p>")
    if chosen == SheetFilter():
        frame.show_chart(db, "targets-by-category", lang)
        frame.show_chart(db, "targets-by-department", lang)
    pages = {str(n + 1): str(n + 1) for n in range((len(found) + PAGE_SIZE - 1) // PAGE_SIZE)}
    page = int(st.query_params.get("p", "1")) if st.query_params.get("p", "1") in pages else 1
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    write("".join(sheets.summary(db, row, lang) for row in shown))
    if len(pages) > 1:
        choose("p", text(lang, "filter.page"), pages, lang, page="performance", widget="segments")
    columns = [
        ("name", "项目"),
        ("who", "部门"),
        ("annual_fen", "年度资金"),
        ("targets", "指标数"),
        ("quantified", say(lang, "有数字", "With a number")),
        ("line", "行"),
    ]
    rows = [
        {
            **row,
            "name": sheets.sheet_name(row, lang),
            "who": f"{row['short']} {row['year']}",
            "link": address("performance", lang, s=row["sheet_id"]),
        }
        for row in found
    ]
    write(html.fold(text(lang, "table.all", n=len(rows)), html.table(rows, columns, lang, links={"name": "link"})))
