"""Charts on whether the figures agree with each other and on what is disclosed: one square a document and kind or item."""

from __future__ import annotations

import altair as alt

from budgetdata.base.records import Record
from budgetdata.charts.drawing.squares import Line, Square, squares
from budgetdata.charts.drawing.theme import Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.registered.across import chosen_documents, short_of
from budgetdata.checks.disclosure import GROUPS
from budgetdata.queries import checks as identities
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries.base import Database
from budgetdata.words.names import say, word

CHECK_STATES = {
    "different": ("不一致", "differ"),
    "not_evaluable": ("无法核对", "cannot be checked"),
    "rounding": ("尾差", "rounding"),
    "balanced": ("一致", "agree"),
}
CHECK_COLOURS = {"balanced": "#3B7A57", "rounding": "#857F72", "different": "#C8442B", "not_evaluable": "#857F72"}
DISCLOSURE_STATES = {
    "full": ("完整", "full"),
    "partial": ("部分", "partial"),
    "empty_stated": ("空表或“无”，已写明", "stated as none"),
    "empty": ("空着，没有说明", "empty, unexplained"),
    "missing": ("没有找到", "not found"),
    "not_applicable": ("不适用", "not applicable"),
}
DISCLOSURE_LOOKS = {
    "full": "solid", "partial": "half", "empty_stated": "dot", "empty": "outline", "missing": "hatched", "not_applicable": "none",
}  # fmt: skip
DISCLOSURE_COLOURS = {"full": "#1D4E79", "partial": "#1D4E79", "missing": "#857F72"}
GROUP_WORDS = {
    "core": ("核心：必须公开", "Core: must be disclosed"),
    "local": ("地方格式：当地样表里另有的", "Local form"),
    "encouraged": ("鼓励公开，逐步推行", "Encouraged, phased in"),
}


def check_colour(theme: Theme, state: str) -> str:
    """The colour of a state of a check on a theme."""
    return theme.attention if state == "different" else colour(theme, CHECK_COLOURS[state])


def counts_text(number: dict[str, int], lang: str) -> str:
    """How many checks have each status, in words: 一致 12 条，无法核对 3 条."""
    order = ("balanced", "rounding", "different", "not_evaluable")
    if lang == "en":
        return ", ".join(f"{number[state]:,} {word(CHECK_STATES, state, lang)}" for state in order if number[state])
    return "，".join(f"{word(CHECK_STATES, state, lang)} {number[state]:,} 条" for state in order if number[state])


def load_checks(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Every kind of identity of every document: name, kind, how many checks, how many of each status, and the cell's state."""
    documents = chosen_documents(db, parameters)
    cells = identities.matrix(db, [row["document_id"] for row in documents])
    kinds = identities.used_kinds(db)
    rows = []
    for kind in kinds:
        for document in documents:
            number = cells.get((document["document_id"], kind.id))
            rows.append({
                "name": short_of(document), "kind": kind.name_en if lang == "en" else kind.name,
                "document_id": document["document_id"],
                "kind_id": kind.id, "what": kind.what, "state": identities.state_of(number),
                "checks": sum(number.values()) if number else 0, **(number or dict.fromkeys(identities.STATUSES, 0)),
            })  # fmt: skip
    words = [
        (state, word(CHECK_STATES, state, lang)) for state in ("balanced", "rounding", "different", "not_evaluable")
    ]
    columns = [("name", "部门"), ("kind", "类别"), ("checks", say(lang, "条数", "Checks")), *words]
    total = {state: sum(row[state] for row in rows) for state in identities.STATUSES}
    if not sum(total.values()):
        return ChartData([], columns, empty=say(lang, "没有可核对的勾稽关系。", "No identity to check."))
    sentence = (
        identities.summary(total)
        if lang == "zh"
        else f"{sum(total.values()):,} identities: {counts_text(total, lang)}."
    )
    note = say(
        lang, "“不一致”是提示，不是结论；尾差不算不一致", "a difference is a signal, not a verdict; rounding is none"
    )
    source = say(lang, f"来源：{len(documents)} 份部门预算公开", f"Source: {len(documents)} budget disclosures")
    return ChartData(rows, columns, sentence, source, note, extra={"documents": documents, "kinds": kinds})


def check_square(theme: Theme, row: Record, lang: str) -> Square:
    """The square of one cell of the matrix of checks."""
    state = row["state"]
    if not state:
        return Square("none", theme.quiet)
    look = "hatched" if state == "not_evaluable" else "solid"
    mark = str(row["different"]) if state == "different" else ""
    return Square(
        look,
        check_colour(theme, state),
        mark,
        str(row["checks"]),
        f"{row['name']} {row['kind']}：{counts_text(row, lang)}",
    )


def _draw_checks(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    documents, kinds = data.extra["documents"], data.extra["kinds"]
    cells = {(row["document_id"], row["kind_id"]): row for row in data.rows}
    lines = [
        Line(
            kind.name_en if lang == "en" else kind.name,
            [check_square(theme, cells[d["document_id"], kind.id], lang) for d in documents],
        )
        for kind in kinds
    ]
    key = [
        (Square("hatched" if state == "not_evaluable" else "solid", check_colour(theme, state)), word(CHECK_STATES, state, lang))
        for state in ("balanced", "rounding", "different", "not_evaluable")
    ]  # fmt: skip
    return squares(theme, width, [short_of(document) for document in documents], lines, key)


def load_disclosure(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Every item of the profile on every document: name, group, item, status in words, evidence."""
    documents = chosen_documents(db, parameters)
    names = {row["document_id"]: short_of(row) for row in documents}
    found = {(row["document_id"], row["item_id"]): row for row in disclosed.items(db)}
    rows = []
    for item in disclosed.profile().items:
        for code, name in names.items():
            row = found.get((code, item["id"]))
            if row is not None:
                state = word(DISCLOSURE_STATES, row["status"], lang)
                rows.append({**row, "name": name, "state": state, "group_name": word(GROUP_WORDS, row["group"], lang)})
    columns = [
        ("name", "部门"), ("group_name", "类别"), ("item", "说明"), ("state", "状态"),
        ("evidence", say(lang, "依据", "Evidence")),
    ]  # fmt: skip
    if not rows:
        return ChartData([], columns, empty=say(lang, "还没有评过公开项目。", "Nothing assessed yet."))
    core = [row for row in rows if row["group"] == "core"]
    told = sum(row["status"] in disclosed.TOLD for row in core)
    sentence = say(
        lang,
        f"{len(names)} 份预算，核心项目共 {len(core)} 处：{told} 处完整、写明没有或不适用，"
        f"{len(core) - told} 处只有部分、没有说明或没有找到。",
        f"Of {len(core)} core items in {len(names)} budgets, {told} are full, stated as none or not applicable.",
    )
    note = say(
        lang, "三组分开看，每项同等，不合成总分，不排名", "three groups apart, every item alike, no score, no ranking"
    )
    asked = disclosed.profile().source
    source = say(
        lang,
        f"来源：{len(documents)} 份部门预算公开；要求出自{asked}",
        f"Source: {len(documents)} budget disclosures; asked for by {asked}",
    )
    return ChartData(rows, columns, sentence, source, note, extra={"documents": documents})


def _disclosure_square(theme: Theme, row: Record | None, lang: str) -> Square:
    if row is None:
        return Square("none", theme.quiet)
    said = f"{row['name']} {row['item']}：{row['state']} {row['evidence'] or ''}"
    return Square(DISCLOSURE_LOOKS[row["status"]], _ink(theme, row["status"]), tooltip=said)


def _ink(theme: Theme, status: str) -> str:
    return colour(theme, DISCLOSURE_COLOURS.get(status, "#857F72"))


def _draw_disclosure(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    documents = data.extra["documents"]
    cells = {(row["document_id"], row["item_id"]): row for row in data.rows}
    items = list(dict.fromkeys((row["group"], row["item_id"], row["item"]) for row in data.rows))
    lines: list[Line] = []
    for group in GROUPS:
        own = [(code, name) for of, code, name in items if of == group]
        if own:
            lines.append(Line(word(GROUP_WORDS, group, lang)))
        for code, name in own:
            lines.append(
                Line(name, [_disclosure_square(theme, cells.get((d["document_id"], code)), lang) for d in documents])
            )
    key = [
        (Square(DISCLOSURE_LOOKS[status], _ink(theme, status)), word(DISCLOSURE_STATES, status, lang))
        for status in DISCLOSURE_STATES
    ]  # fmt: skip
    return squares(theme, width, [short_of(document) for document in documents], lines, key)


CHARTS = [
    Chart(
        "checks-matrix",
        "账对得上吗？",
        "Do the figures agree with each other?",
        ("d", "y"),
        load_checks,
        _draw_checks,
        "across",
    ),
    Chart(
        "disclosure-matrix",
        "该公开的公开了吗？",
        "Is what must be disclosed disclosed?",
        ("d", "y"),
        load_disclosure,
        _draw_disclosure,
        "across",
    ),
]
