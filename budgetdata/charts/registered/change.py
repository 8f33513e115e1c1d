"""Charts against last year and against the number of staff: what the narrative prints, beside what the tables print."""

from __future__ import annotations

import altair as alt

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.shapes import Bar, Block, Pair
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.registered.across import DOCUMENT_COLOURS, chosen_documents, scope_note, short_of
from budgetdata.queries import staff
from budgetdata.queries.base import Database
from budgetdata.queries.changes import SUBJECTS, changes
from budgetdata.words.names import HEADCOUNTS, PER_HEAD, THREE_PUBLIC, say, word
from budgetdata.words.numbers import money, place_text, wan_text


def subject_name(subject: str, lang: str) -> str:
    """What is compared with last year, as printed."""
    if subject == "expenditure_total":
        return say(lang, "支出总计", "Total expenditure")
    if subject == "three_public":
        return say(lang, "三公经费合计", "Three public expenses")
    return word(THREE_PUBLIC, subject, lang)


def load_change(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Narrative, tables 1 and 10: this year as printed, last year rebuilt from the printed change; in fen."""
    documents = chosen_documents(db, parameters)
    rows = [
        {
            **row, "name": f"{row['short']} {row['year']}", "item": subject_name(row["subject"], lang),
            "fen": row["now_fen"], "change": _signed(row["change_fen"]), "percent": _percent(row["rate"]),
            "place": place_text(row["page"], row["line"], lang),
        }
        for row in changes(db, [document["document_id"] for document in documents])
    ]  # fmt: skip
    columns = [
        ("name", "部门"), ("item", "项目"), ("fen", "本年（所印）"), ("last_fen", "上年（推算）"), ("low_fen", "推算下限"),
        ("high_fen", "推算上限"), ("change", "所印增减"), ("percent", "所印增减率"), ("place", "位置"),
    ]  # fmt: skip
    if not rows:
        none = say(lang, "文件没有说明比上年变了多少，上年数无从推算。", "No change from last year is stated.")
        return ChartData([], columns, empty=none)
    count = len(documents)
    return ChartData(
        rows,
        columns,
        _change_sentence(rows, lang),
        say(lang, f"来源：{count} 份部门预算公开，表1、表10和情况说明",
            f"Source: {count} budget disclosures, tables 1 and 10, narrative"),
        say(lang, "上年数没有印在这些文件里，由所印增减推算；总计含上年结转",
            "last year is not printed but rebuilt from the printed change; totals with carry-over"),
        extra={"documents": documents},
    )  # fmt: skip


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
        return say(lang, "与上年相同", "unchanged")
    more = say(lang, "增加", "up") if change > 0 else say(lang, "减少", "down")
    rate = f"{say(lang, '（', ' (')}{row['percent']}{say(lang, '）', ')')}" if row["rate"] else ""
    return f"{more} {money(abs(change), lang)}{rate}"


def _change_sentence(rows: list[Record], lang: str) -> str:
    totals = [row for row in rows if row["subject"] == "expenditure_total" and row["now_fen"] is not None]
    if not totals:
        return say(lang, "文件只说明了三公经费的变动。", "Only the three public expenses are compared with last year.")
    if len(totals) == 1:
        row = totals[0]
        return say(
            lang,
            f"{row['name']} 年度支出总计 {money(row['now_fen'])}，上年推算为 {money(row['last_fen'])}，{_told(row, lang)}。",
            f"Total expenditure {money(row['now_fen'], 'en')}; last year, rebuilt, {money(row['last_fen'], 'en')};"
            f" {_told(row, lang)}.",
        )
    up = sum(row["now_fen"] > row["last_fen"] for row in totals)
    down = sum(row["now_fen"] < row["last_fen"] for row in totals)
    most = max(totals, key=lambda row: abs(row["now_fen"] - row["last_fen"]))
    return say(
        lang,
        f"{len(totals)} 份预算说明了支出总计的变动，{up} 份增加，{down} 份减少；"
        f"变动最大的是{most['name']} 年度，{_told(most, lang)}。",
        f"Of {len(totals)} budgets {up} rose and {down} fell; the largest change is {most['name']}, {_told(most, lang)}.",
    )


def _draw_change(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    blank, groups = say(lang, "未填", "blank"), []
    for document in data.extra["documents"]:
        own = [row for row in data.rows if row["document_id"] == document["document_id"]]
        none = "" if own else say(lang, "文件没有说明变动", "no change stated")
        groups.append((short_of(document), none, [_pair(row, theme, lang, blank) for row in own]))
    legend = (say(lang, "上年（推算）", "last year (rebuilt)"), say(lang, "本年（所印）", "this year (printed)"))
    return shapes.pairs(theme, width, groups, legend)


def _pair(row: Record, theme: Theme, lang: str, blank: str) -> Pair:
    last = money(row["last_fen"], lang)
    words = [say(lang, f"上年 {last}（推算）", f"last year {last} (rebuilt)"), _told(row, lang)]
    if row["other_fen"] is not None:
        other = money(row["other_fen"], lang)
        words.append(
            say(lang, f"按所印增减率推算则为 {other}，两者不合", f"by the printed rate {other}: they disagree")
        )
    scale = "total" if SUBJECTS[row["subject"]][0] == 1 else "items"
    return Pair(
        row["item"], row["last_fen"], row["now_fen"], money(row["now_fen"], lang, blank),
        say(lang, "，", "; ").join(text for text in words if text), colour(theme, "#1D4E79"), scale,
    )  # fmt: skip


def load_per_head(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 1, 3 and 6 by the printed headcount (h: staff | staff_quota): fen for one person, rounded to whole 元."""
    which = parameters.get("h") or staff.HEADCOUNTS[0]
    documents = chosen_documents(db, parameters)
    heads = word(HEADCOUNTS, which, lang)
    rows = [
        {**row, "name": f"{row['short']} {row['year']}", "what": word(PER_HEAD, row["item"], lang),
         "people": _people(row, heads, lang)}
        for row in staff.per_head(db, [document["document_id"] for document in documents], which)
    ]  # fmt: skip
    columns = [("name", "部门"), ("what", "项目"), ("per_fen", "人均"), ("fen", "金额"), ("people", "人数")]
    stated = [row for row in rows if row["state"] == "stated"]
    if not stated:
        none = say(lang, f"这些文件没有公布{heads}，不作推测。", f"No {heads} printed; nothing is guessed.")
        return ChartData([], columns, empty=none)
    basic = sorted((row for row in stated if row["item"] == "basic"), key=lambda row: -row["per_fen"])
    bare = sum(row["item"] == "basic" and row["state"] in ("missing", "none") for row in rows)
    gap = say(lang, f"{bare} 份没有可用的{heads}。", f"{bare} without a usable count.") if bare else ""
    first = basic[0] if basic else stated[0]
    sentence = say(
        lang,
        f"按{heads}，{first['name']} 年度人均{first['what']}最多，{money(first['per_fen'])}。{gap}",
        f"Per person ({heads}), {first['name']} is highest for {first['what'].lower()}:"
        f" {money(first['per_fen'], 'en')}. {gap}",
    )
    return ChartData(
        rows,
        columns,
        sentence,
        say(lang, f"来源：{len(documents)} 份部门预算公开，表1、表3、表6和机构说明",
            f"Source: {len(documents)} budget disclosures, tables 1, 3, 6 and narrative"),
        say(lang, f"除数是文件所印的{heads}；", f"divided by {heads} as printed; ") + scope_note(documents, lang),
        extra={"documents": documents, "heads": heads},
    )  # fmt: skip


def _people(row: Record, heads: str, lang: str) -> str:
    count = row["count"]
    if count is None:
        return say(lang, "未公布人数", "no headcount printed")
    return f"{heads} {count['value']:,}"


def _draw_per_head(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    places = {document["document_id"]: number for number, document in enumerate(data.extra["documents"])}
    words = {
        "missing": say(lang, "未公布人数", "no headcount printed"), "none": say(lang, "公布为 0 人", "0 people printed"),
        "blank": say(lang, "未填", "blank"),
    }  # fmt: skip
    groups = []
    for item in staff.ITEMS:
        bars = [
            Bar(
                row["name"], row["per_fen"],
                words.get(row["state"]) or money(row["per_fen"], lang),
                colour(theme, DOCUMENT_COLOURS[places[row["document_id"]] % len(DOCUMENT_COLOURS)]),
                "blank" if row["state"] == "none" else row["state"],
            )
            for row in data.rows if row["item"] == item
        ]  # fmt: skip
        groups.append(Block(word(PER_HEAD, item, lang), "", bars))
    return shapes.blocks(theme, width, groups)


CHARTS = [
    Chart(
        "change-from-last-year", "比上年变了多少？", "How much did it change from last year?", ("d", "y"), load_change,
        _draw_change, "across",
    ),
    Chart(
        "per-staff-member", "平均到每个人是多少？", "How much is it for each staff member?", ("d", "y", "h"), load_per_head,
        _draw_per_head, "across",
    ),
]  # fmt: skip
