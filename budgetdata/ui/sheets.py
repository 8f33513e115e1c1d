"""Performance sheets as cards: money by source and horizon, goals, both indicator lists side by side."""

from __future__ import annotations

from html import escape

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.ui import frame
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import QUALITY, SOURCES, say, word
from budgetdata.words.numbers import money, place_text

HORIZONS = ("term", "annual")


def of_document(db: Database, document: Record, lang: str) -> None:
    """The department page's section: how far its targets can be checked, and one sheet opened, chosen in the address."""
    frame.section("sheets", text(lang, "section.sheets"))
    found = performance.sheets(db, performance.SheetFilter(document_id=document["document_id"]))
    if not found:
        write(f'<p class="answer quiet">{text(lang, "sheet.none")}</p>')
        return
    frame.show_chart(db, "targets-by-category", lang, d=document["document_id"])
    options = {row["sheet_id"]: f"{money(row['annual_fen'], lang)} · {sheet_name(row, lang)}" for row in found}
    chosen = choose("s", text(lang, "sheet.choose"), options, lang, page=f"department:{document['document_id']}")
    write(card(db, next(row for row in found if row["sheet_id"] == chosen), lang))


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


def summary(db: Database, row: Record, lang: str) -> str:
    """A sheet as a small card in a list: project, money, its strongest numbers, the share of targets with a number."""
    link = escape(address("performance", lang, s=row["sheet_id"]))
    numbers = "".join(
        f"<span>{escape(target['indicator'])} <b>{escape(target['target'])}</b></span>"
        for target in strongest(performance.sheet_targets(db, row["sheet_id"]))
    )
    count = text(lang, "sheet.count", n=row["targets"], q=row["quantified"])
    chips = "".join(
        f'<span class="chip">{escape(chip)}</span>'
        for chip in (f"{row['short']} {row['year']}", row["office_name"], row["attribute"])
        if chip
    )
    return (
        f'<div class="card"><h3><a href="{link}" target="_self">'
        f"{escape(sheet_name(row, lang))}</a> · {escape(money(row['annual_fen'], lang))}</h3>"
        f'<div class="strong3">{numbers}</div><div class="quiet">{escape(count)}</div><div>{chips}</div></div>'
    )


def card(db: Database, row: Record, lang: str) -> str:
    """A sheet whole: funds, goals, texts, and its targets of both horizons side by side."""
    targets = performance.sheet_targets(db, row["sheet_id"])
    budget = (
        text(lang, "sheet.link", name=row["row_name"], money=money(row["row_fen"], lang))
        + f" · {place_text(row['row_page'], row['row_line'], lang)}"
        if row["project_id"]
        else text(lang, "sheet.nolink")
    )
    if row["scope"] == "department":
        budget = ""
    chips = "".join(
        f'<span class="chip">{escape(chip)}</span>'
        for chip in (f"{row['short']} {row['year']}", row["office_name"], row["attribute"], row["term"])
        if chip
    )
    notes = f'<p class="src">{escape(text(lang, "sheet.notes", text=row["notes"]))}</p>' if row["notes"] else ""
    return (
        f'<article class="card"><h2>{escape(sheet_name(row, lang))}</h2><div>{chips}</div>'
        f'<p class="src">{escape(budget)}</p>{_funds(performance.sheet_funds(db, row["sheet_id"]), lang)}{_texts(row, lang)}'
        f"{_goals(row, lang)}{_sides(targets, lang)}{notes}"
        f'<p class="src">{escape(row["department"])} {row["year"]} · {say(lang, "项目支出绩效目标表", "performance sheet")} '
        f"· {place_text(row['page'], row['line'], lang)}</p></article>"
    )


def _funds(funds: dict[tuple[str, str], int], lang: str) -> str:
    if not funds:
        return ""
    rows = []
    for source in SOURCES:
        if any((horizon, source) in funds for horizon in HORIZONS):
            cells = "".join(
                f'<td class="n" data-label="{text(lang, f"sheet.{horizon}")}">'
                f"{_yuan(funds[horizon, source]) if (horizon, source) in funds else _blank(lang)}</td>"
                for horizon in HORIZONS
            )
            rows.append(
                f'<tr{" class=sum" if source == "total" else ""}><td class="first">{word(SOURCES, source, lang)}</td>{cells}</tr>'
            )
    head = f"<th>{text(lang, 'sheet.funds')}</th>" + "".join(
        f'<th class="n">{text(lang, f"sheet.{horizon}")}</th>' for horizon in HORIZONS
    )
    return f'<table class="funds"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _yuan(fen: int) -> str:
    whole, cents = divmod(fen, 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"


def _blank(lang: str) -> str:
    return f'<span class="state">{say(lang, "未填", "blank")}</span>'


def _texts(row: Record, lang: str) -> str:
    parts = [(name, row[name]) for name in ("overview", "basis", "need", "safeguards", "plan") if row[name]]
    if not parts:
        return ""
    first = f"<p>{escape(parts[0][1])}</p>" if parts[0][0] == "overview" else ""
    rest = parts[1:] if first else parts
    listed = "".join(f"<h3>{text(lang, f'sheet.{name}')}</h3><p>{escape(value)}</p>" for name, value in rest)
    more = html.fold("、".join(text(lang, f"sheet.{name}") for name, _ in rest), listed)
    return first + more


def _goals(row: Record, lang: str) -> str:
    sides = "".join(
        f"<div><h3>{text(lang, f'sheet.{horizon}')}{'' if lang == 'zh' else ' '}{text(lang, 'sheet.goal').lower()}"
        f"</h3><p>{escape(row[f'{horizon}_goal'] or text(lang, 'sheet.nogoal'))}</p></div>"
        for horizon in HORIZONS
    )
    return f'<div class="two">{sides}</div>'


def _sides(targets: list[Record], lang: str) -> str:
    lists = {horizon: [row for row in targets if row["horizon"] == horizon] for horizon in HORIZONS}
    filled = [horizon for horizon in HORIZONS if lists[horizon]]
    said = ""
    if len(filled) == 1:
        said = f'<p class="src">{text(lang, "sheet.onesided", side=text(lang, f"sheet.{filled[0]}"))}</p>'
    columns = "".join(f"<div>{_target_table(lists[horizon], horizon, lang)}</div>" for horizon in filled)
    return f'{said}<div class="{"two" if len(filled) > 1 else "one"}">{columns}</div>'


def _target_table(rows: list[Record], horizon: str, lang: str) -> str:
    body, last = [], ""
    for row in rows:
        if row["category"] != last:
            last = row["category"]
            body.append(f'<tr><th colspan="2" scope="colgroup">{escape(last)}</th></tr>')
        shown = escape(row["target"]) if row["target"] else _blank(lang)
        note = f'<br><span class="quiet">{escape(row["note"])}</span>' if row["note"] else ""
        title = f"{word(QUALITY, row['quality'], lang)} · {place_text(row['page'], row['line'], lang)}"
        body.append(
            f'<tr title="{escape(title)}"><td>{escape(row["indicator"])}'
            f'{note}</td><td class="t {row["quality"]}">{shown}</td></tr>'
        )
    count = sum(row["quality"] == "quantified" for row in rows)
    caption = f"{text(lang, f'sheet.{horizon}')} · {text(lang, 'sheet.count', n=len(rows), q=count)}"
    return f'<h3>{escape(caption)}</h3><table class="targets"><tbody>{"".join(body)}</tbody></table>'
