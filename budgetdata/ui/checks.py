"""The parts of the 核对 page: what the figures say of each other, by document and kind, with both sides of each check."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from budgetdata.base.records import Record
from budgetdata.charts.registered.across import short_of
from budgetdata.charts.registered.agreement import load_checks
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.checks import Kind
from budgetdata.queries.questions.checks import ALL
from budgetdata.ui.check_cards import cards, rows_table
from budgetdata.ui.frame import section, source_line, write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.names import say
from budgetdata.words.phrases import named

CHART = "checks-matrix"
A_BLOCK = 6
"""Documents side by side in one block of the matrix; more go on below."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; '' keeps all."""

    document_id: str
    kind: str
    status: str

    @property
    def narrow(self) -> bool:
        """True where a document or a kind is chosen, so that its list is what was asked for."""
        return bool(self.document_id or self.kind)


def page(db: Database, lang: str) -> None:
    """The parts in their order: matrix, then list; where a square was chosen, its list comes first."""
    overview(db, lang)
    before, middle, after = st.container(), st.container(), st.container()
    with middle:
        top = filters(db, lang)
        found(db, lang, top)
    with after if top.narrow else before:
        if top.narrow:
            section("all", say(lang, "全部部门", "All departments"))
        matrix(db, lang, top)
        unknown_reasons(db, lang)


def overview(db: Database, lang: str) -> None:
    """What the checks of all documents come to, in a sentence."""
    number = identities.counts(identities.checks(db))
    said = identities.summary(number) if lang == "zh" else identities.counts_said(number, lang)
    write(f'<p class="answer"><b>{escape(said)}</b></p>')


def filters(db: Database, lang: str) -> Chosen:
    """Document, kind and status, all in the address; where nothing is chosen, only what differs is listed."""
    everything = {"": text(lang, "filter.all")}
    documents = {row["document_id"]: short_of(row) for row in held.documents(db)}
    kinds = {kind.id: kind.name(lang) for kind in identities.used_kinds(db)}
    first, second, third = st.columns([3, 2, 2])
    with first:
        document = choose("d", text(lang, "filter.department"), everything | documents, lang, page="checks")
    with second:
        kind = choose("kind", say(lang, "类别", "Kind"), everything | kinds, lang, page="checks")
    number = identities.counts(identities.checks(db, document, kind))
    states = {state: f"{text(lang, f'check_state.{state}')} {number[state]:,}" for state in identities.STATUSES}
    usual = "" if document or kind else "different"
    with third:
        every = {ALL: f"{text(lang, 'filter.all')} {sum(number.values()):,}"}
        status = choose(
            "status", say(lang, "状态", "Status"), every | states, lang,
            default=usual or ALL, page=f"checks:{'some' if document or kind else 'all'}",
        )  # fmt: skip
    return Chosen(document, kind, "" if status == ALL else status)


def matrix(db: Database, lang: str, chosen: Chosen) -> None:
    """The matrix of all documents and kinds; a square opens its list."""
    data = load_checks(db, {}, lang)
    cells = {(row["document_id"], row["kind_id"]): row for row in data.rows}
    kinds, documents = data.extra["kinds"], data.extra["documents"]
    blocks = "".join(
        _block(documents[start : start + A_BLOCK], kinds, cells, chosen, lang)
        for start in range(0, len(documents), A_BLOCK)
    )
    order = ("balanced", "rounding", "different", "not_evaluable")
    words = {
        "balanced": say(lang, "一致", "agree"), "rounding": say(lang, "只差在四舍五入（尾差）", "rounding only"),
        "different": say(lang, "有不一致，方块里是条数", "differs; the number says how many"),
        "not_evaluable": say(lang, "无法核对，如表是空的", "cannot be checked"),
    }  # fmt: skip
    key = "".join(f'<span><i class="sq {state}"></i>{words[state]}</span>' for state in order)
    write(f'<p class="key">{key}</p>{blocks}{source_line(CHART, data, (), lang)}')


def _block(
    documents: list[Record], kinds: list[Kind], cells: dict[tuple[str, str], Record], chosen: Chosen, lang: str
) -> str:
    head = "".join(
        f'<th scope="col"><a href="{escape(address("checks", lang, d=d["document_id"]))}" target="_self">'
        f"{escape(short_of(d))}</a></th>"
        for d in documents
    )
    body = "".join(
        f'<tr><th scope="row"><a href="{escape(address("checks", lang, kind=kind.id))}" target="_self">'
        f"{escape(kind.name(lang))}</a>"
        f"<small>{escape(kind.what(lang)) if lang == 'zh' else ''}</small></th>"
        + "".join(_cell(cells[d["document_id"], kind.id], chosen, lang) for d in documents) + "</tr>"
        for kind in kinds
    )  # fmt: skip
    return f'<table class="matrix"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(row: Record, chosen: Chosen, lang: str) -> str:
    if not row["state"]:
        said = say(lang, "没有这类核对", "none")
        return f'<td><span class="quiet" title="{said}" aria-label="{said}">—</span></td>'
    number = f"{row['checks']} 条，其中" if lang == "zh" else f"{row['checks']}: "
    said = escape(f"{row['name']} {row['kind']}：{number}{identities.counts_said(row, lang)}")
    link = escape(address("checks", lang, d=row["document_id"], kind=row["kind_id"]))
    here = ' aria-current="true"' if (row["document_id"], row["kind_id"]) == (chosen.document_id, chosen.kind) else ""
    mark = row["different"] if row["state"] == "different" else ""
    return (
        f'<td><a class="cell" href="{link}" target="_self" title="{said}" aria-label="{said}"{here}>'
        f'<i class="sq {row["state"]}" data-mark="{mark}"></i><span>{row["checks"]}</span></a></td>'
    )


def found(db: Database, lang: str, chosen: Chosen) -> None:
    """The list that was asked for: what differs as cards, the rest as rows, and its CSV."""
    rows = identities.checks(db, chosen.document_id, chosen.kind, chosen.status)
    whole = identities.checks(db, chosen.document_id, chosen.kind)
    title = _title(db, chosen, lang)
    number = identities.counts(whole)
    count = say(lang, f"{len(whole)} 条：", f"{len(whole)}: ")
    said = f"{count}{identities.counts_said(number, lang)}{say(lang, '。', '.')}" if chosen.narrow else ""
    about = identities.all_kinds()[chosen.kind].what(lang) if chosen.kind and lang == "zh" else ""
    lead = "。".join(part for part in (about, said) if part)
    write(f'<h2 id="list">{escape(title)}</h2>' + (f'<p class="answer">{escape(lead)}</p>' if lead else ""))
    if not rows:
        write(f'<p class="quiet">{say(lang, "没有这样的核对。", "There are none.")}</p>')
        return
    different = [row for row in rows if row["status"] == "different"]
    rest = [row for row in rows if row["status"] != "different"]
    body = cards(db, different, lang)
    if rest:
        body += rows_table(db, rest, lang, with_who=not chosen.document_id, with_kind=not chosen.kind)
    query = urlencode({"who": chosen.document_id or ALL, "check": chosen.kind or ALL, "state": chosen.status or ALL})
    csv = f'<a href="./answer/which-checks.csv?{escape(query)}" target="_self">{text(lang, "question.csv")}</a>'
    write(f'{body}<p class="src">{text(lang, "question.rows", n=len(rows))} · {csv} · {text(lang, "frame.unit")}</p>')


def _title(db: Database, chosen: Chosen, lang: str) -> str:
    document = held.document(db, chosen.document_id) if chosen.document_id else None
    kind = identities.all_kinds()[chosen.kind] if chosen.kind else None
    parts = [short_of(document) if document else "", (kind.name(lang)) if kind else ""]
    parts.append(named(lang, "check_state", chosen.status) if chosen.status else "")
    if chosen.status == "different" and not chosen.narrow:
        return say(lang, "不一致的，逐条列出", "What differs, one by one")
    return " · ".join(part for part in parts if part) or say(lang, "全部核对", "All checks")


def of_document(db: Database, document_id: str, lang: str) -> None:
    """The checks of one document in a sentence, those that differ as cards, and the way to all of them."""
    rows = identities.checks(db, document_id)
    number = identities.counts(rows)
    said = (
        identities.summary(number)
        if lang == "zh"
        else f"{len(rows):,} identities: {identities.counts_said(number, lang)}."
    )
    different = [row for row in rows if row["status"] == "different"]
    link = escape(address("checks", lang, d=document_id))
    whole = say(lang, f"全部 {len(rows):,} 条，逐类看", f"All {len(rows):,}, by kind")
    write(
        f'<p class="answer">{escape(said)}</p>{cards(db, different, lang)}'
        f'<p class="src"><a href="{link}" target="_self">{whole}</a></p>'
    )


def unknown_reasons(db: Database, lang: str) -> None:
    """Why checks could not be evaluated, each reason with how often."""
    reasons: dict[str, int] = {}
    for row in identities.checks(db, status="not_evaluable"):
        reasons[row["explanation"] or ""] = reasons.get(row["explanation"] or "", 0) + 1
    if not reasons:
        return
    listed = "".join(
        f"<li>{escape(reason)}：{count} {say(lang, '条', '')}</li>"
        for reason, count in sorted(reasons.items(), key=lambda pair: -pair[1])
    )
    said = say(lang, f"为什么有 {sum(reasons.values())} 条无法核对", f"Why {sum(reasons.values())} cannot be checked")
    write(html.fold(said, f'<ul class="reasons">{listed}</ul>'))
