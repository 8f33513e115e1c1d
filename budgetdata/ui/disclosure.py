"""The parts of the 公开度 page: the profile with its source, each document against it, item by item with the evidence."""

from __future__ import annotations

from html import escape
from typing import Any

from budgetdata.base.records import Record
from budgetdata.charts.registered.across import short_of
from budgetdata.charts.registered.agreement import DISCLOSURE_LOOKS, load_disclosure
from budgetdata.checks.disclosure import GROUPS
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import section, source_line, write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import say
from budgetdata.words.phrases import named

CHART = "disclosure-matrix"
A_BLOCK = 6
_KINDS = {
    "table": "找到这张表；有数据，或空表并写明没有",
    "depth": "每一行都继续列到规定的一级",
    "rows": "规定的几行分开列出",
    "text": "有这一节，并写到规定的几点",
    "glossary": "解释的名词不少于规定的个数",
    "empties": "每张空表都写明没有",
    "sheets": "绩效目标表不少于项目数",
    "department_sheet": "有部门整体的绩效目标表",
}
"""How an item of each kind of the profile is judged."""


def page(db: Database, lang: str) -> None:
    """The parts in their order: where a document is chosen its evidence, then the matrix of all, then the method."""
    overview(db, lang)
    document_id = chosen(db, lang)
    if document_id:
        evidence(db, lang, document_id)
        section("all", say(lang, "全部部门", "All departments"))
    matrix(db, lang)
    method(lang)


def overview(db: Database, lang: str) -> None:
    """What was assessed against what, and that nobody is ranked."""
    data = load_disclosure(db, {}, lang)
    count = len(held.documents(db))
    few = (
        say(
            lang,
            f"目前只有 {count} 份文件，不到十份，不排名。",
            f"Only {count} documents are held, fewer than ten: no ranking.",
        )
        if count < disclosed.FEWEST_TO_RANK
        else say(lang, "按文件的年度和名称排列，不按多少排名。", "In order of year and name, not of rank.")
    )
    write(f'<p class="answer"><b>{escape(data.empty or data.sentence)}</b> {escape(few)}</p>')


def matrix(db: Database, lang: str) -> None:
    """Every item of every document as a square, the three groups apart, with their counts."""
    data = load_disclosure(db, {}, lang)
    if not data.rows:
        return
    cells = {(row["document_id"], row["item_id"]): row for row in data.rows}
    documents = data.extra["documents"]
    key = "".join(
        f'<span><i class="sq d-{DISCLOSURE_LOOKS[status]}"></i>{named(lang, "disclosure_state", status)}</span>'
        for status in DISCLOSURE_LOOKS
    )
    blocks = "".join(
        _block(documents[start : start + A_BLOCK], cells, lang) for start in range(0, len(documents), A_BLOCK)
    )
    write(f'<p class="key">{key}</p>{blocks}{source_line(CHART, data, (), lang)}')


def _block(documents: list[Record], cells: dict[tuple[str, str], Record], lang: str) -> str:
    head = "".join(
        f'<th scope="col"><a href="{_link(d["document_id"], lang)}" target="_self">{escape(short_of(d))}</a></th>'
        for d in documents
    )
    body = "".join(_group(group, documents, cells, lang) for group in GROUPS)
    return f'<table class="matrix disclosure"><thead><tr><td></td>{head}</tr></thead>{body}</table>'


def _group(group: str, documents: list[Record], cells: dict[tuple[str, str], Record], lang: str) -> str:
    items = [item for item in disclosed.profile().items if item["group"] == group]
    if not items:
        return ""
    sums = "".join(f"<td>{_count(d['document_id'], group, cells, lang)}</td>" for d in documents)
    body = f'<tr class="group"><th scope="rowgroup">{named(lang, "disclosure_group", group)}</th>{sums}</tr>'
    for item in items:
        squares = "".join(_cell(cells.get((d["document_id"], item["id"])), lang) for d in documents)
        body += f'<tr><th scope="row">{escape(item["item"])}</th>{squares}</tr>'
    return f"<tbody>{body}</tbody>"


def _count(document_id: str, group: str, cells: dict[tuple[str, str], Record], lang: str) -> str:
    own = [row for (code, _), row in cells.items() if code == document_id and row["group"] == group]
    told = sum(row["status"] in disclosed.TOLD for row in own)
    said = say(
        lang,
        f"{len(own)} 项中 {told} 项完整、写明没有或不适用",
        f"{told} of {len(own)} full, stated as none or not applicable",
    )
    return f'<span title="{said}" aria-label="{said}">{told}/{len(own)}</span>'


def _cell(row: Record | None, lang: str) -> str:
    if row is None:
        return "<td>—</td>"
    said = escape(f"{row['name']} {row['item']}：{row['state']}。{row['evidence'] or ''}")
    square = f'<i class="sq d-{DISCLOSURE_LOOKS[row["status"]]}"></i>'
    link = _link(row["document_id"], lang)
    return f'<td><a class="cell" href="{link}" target="_self" title="{said}" aria-label="{said}">{square}</a></td>'


def _link(document_id: str, lang: str) -> str:
    return escape(address("disclosure", lang, d=document_id))


def chosen(db: Database, lang: str) -> str:
    """The document whose evidence is listed, in the address; '' for none."""
    options = {row["document_id"]: short_of(row) for row in held.documents(db)}
    everything = {"": say(lang, "全部（选一个部门，看逐项的依据）", "all (choose one to see its evidence)")}
    return choose("d", say(lang, "部门", "Department"), everything | options, lang, page="disclosure")


def evidence(db: Database, lang: str, document_id: str) -> None:
    """The items of one document in their three groups: status and where the evidence stands."""
    rows = disclosed.items(db, document_id)
    document = held.document(db, document_id)
    if document is None:
        return
    section("evidence", f"{short_of(document)} · {say(lang, '逐项的依据', 'the evidence, item by item')}")
    counts = disclosed.counts(rows)
    parts = []
    for group in GROUPS:
        own = [row for row in rows if row["group"] == group]
        if not own:
            continue
        said = "，".join(
            f"{text(lang, f'disclosure_state.{status}')} {count}" for status, count in counts[group].items()
        )
        count = say(lang, f"{len(own)} 项", f"{len(own)} items")
        body = "".join(_item(row, lang) for row in own)
        heads = ("项目", "状态", "依据") if lang == "zh" else ("Item", "Status", "Evidence")
        head = "".join(f'<th scope="col">{name}</th>' for name in heads)
        parts.append(
            f'<h3>{named(lang, "disclosure_group", group)}</h3><p class="answer">{count}：{escape(said)}</p>'
            f'<table class="cards items"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        )
    link = escape(f"./data/disclosure.csv?document_id={document_id}")
    csv = f'<a href="{link}" target="_self">{say(lang, "下载 CSV", "Download CSV")}</a>'
    department = escape(address("department", lang, d=document_id))
    page = f'<a href="{department}" target="_self">{say(lang, "这个部门的预算", "This budget")}</a>'
    write("".join(parts) + f'<p class="src">{csv} · {page}</p>')


def _item(row: Record, lang: str) -> str:
    heads = ("项目", "状态", "依据") if lang == "zh" else ("Item", "Status", "Evidence")
    look = DISCLOSURE_LOOKS[row["status"]]
    state = f'<i class="sq d-{look}"></i>{named(lang, "disclosure_state", row["status"])}'
    return (
        f'<tr><td class="first" data-label="{heads[0]}">{escape(row["item"])}</td>'
        f'<td class="status" data-label="{heads[1]}"><span>{state}</span></td>'
        f'<td data-label="{heads[2]}">{escape(row["evidence"] or "")}</td></tr>'
    )


def method(lang: str) -> None:
    """Where the profile comes from, how each item is judged, and how items are weighed."""
    profile = disclosed.profile()
    section("method", say(lang, "怎样判断", "Method"))
    said = say(
        lang,
        "三组分开看：核心、地方格式、鼓励公开，不相加。每一项同等（权重都是 1），不合成总分。"
        "状态由程序按下面的规则判断，每条都给出依据所在的行；“没有找到”指程序没有读到，请对照原文件。",
        "Three groups, never added up. Every item weighs 1; there is no score. "
        "Statuses follow the rules below, each with its place.",
    )
    rows = "".join(_declared(item, lang) for item in profile.items)
    heads = ("项目", "怎样算完整", "要写到的（规则原文）") if lang == "zh" else ("Item", "Full where", "Rule")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    fold = say(lang, f"{len(profile.items)} 项的判断规则", f"The rules of all {len(profile.items)} items")
    write(
        f"<p>{escape(said)}</p><p>{say(lang, '要求的出处：', 'Source: ')}{escape(profile.source)}。</p>"
        + html.fold(fold, f'<table class="cards items"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')
    )


def _declared(item: dict[str, Any], lang: str) -> str:
    heads = ("项目", "怎样算完整", "要写到的") if lang == "zh" else ("Item", "Full where", "Rule")
    needs = "<br>".join(f"<code>{escape(need)}</code>" for need in item.get("needs", ()))
    void = "" if needs else ' class="void"'
    return (
        f'<tr><td class="first" data-label="{heads[0]}">{escape(item["item"])}</td>'
        f'<td data-label="{heads[1]}">{escape(_KINDS[item["kind"]])}</td>'
        f'<td{void} data-label="{heads[2]}"><div>{needs}</div></td></tr>'
    )
