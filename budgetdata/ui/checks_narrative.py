"""文字与表: what the numbers of the narrative are linked to, and the list of those without any counterpart."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.narrative.links import ALONE
from budgetdata.narrative.names import subject_zh
from budgetdata.queries import statement_links as links
from budgetdata.queries.base import Database
from budgetdata.queries.check_places import number_spans, numbers_in
from budgetdata.ui.frame import section, write
from budgetdata.words.names import say
from budgetdata.words.numbers import place_text
from budgetdata.words.numbers import share as share_of

SHOWN = 8
"""Sentences shown before the rest is folded."""


def linked_numbers(db: Database, lang: str, document_id: str = "") -> None:
    """How the numbers of the text are linked, each kind with its share, then those that are not, with their sentences."""
    number = links.counts(db, document_id)
    whole = sum(number.values())
    if not whole:
        return
    section(
        "narrative", say(lang, "文字里的数，在表里找得到吗", "The numbers of the text, and where the tables hold them")
    )
    linked = whole - number["none"]
    share, alone, other = share_of(linked, whole), number["none"], number["statement"]
    lead = say(
        lang,
        f"情况说明里 {whole:,} 个数，{linked:,} 个（{share}）有对应：{linked - other:,} 个对应表或绩效目标表，"
        f"{other:,} 个只对应文中另一个数；{alone:,} 个只写了一次，无处可对。",
        f"{whole:,} numbers in the text: {linked:,} ({share}) have a counterpart, {linked - other:,} of them in a table or sheet "
        f"and {other:,} only elsewhere in the text; {alone:,} have none.",
    )
    write(f'<p class="answer">{escape(lead)}</p><ul class="reasons">{_kinds(number, whole, lang)}</ul>')
    rows = links.unlinked(db, document_id)
    if rows:
        sentences: dict[tuple[str, str], list[Record]] = {}
        for row in rows:
            sentences.setdefault((row["document_id"], row["text"]), []).append(row)
        items = [_item(same, lang, with_who=not document_id) for same in sentences.values()]
        first, rest = items[:SHOWN], items[SHOWN:]
        more = say(lang, f"全部 {len(items)} 句", f"All {len(items)} sentences")
        title = say(lang, "没有对应的数，连同原句", "Numbers without counterpart, with their sentences")
        write(f"<h3>{title}</h3>{''.join(first)}{html.fold(more, ''.join(rest))}")
    query = f"?{urlencode({'document_id': document_id})}" if document_id else ""
    csv = say(lang, "每个数的对应（CSV）", "Every number and its link (CSV)")
    write(f'<p class="src"><a href="./data/statement_links.csv{query}" target="_self">{csv}</a></p>')


def _kinds(number: dict[str, int], whole: int, lang: str) -> str:
    return "".join(
        f"<li>{escape(links.LINKS[link][lang == 'en'])}：{count:,}（{share_of(count, whole)}）</li>"
        for link, count in number.items() if count
    )  # fmt: skip


def _item(rows: list[Record], lang: str, with_who: bool) -> str:
    """One sentence with its numbers that have no counterpart marked, what each is of, and the place."""
    first = rows[0]
    who = f"{first['short']} {first['year']} · " if with_who else ""
    named = "、".join(f"{_subject(row, lang)} {row['value']} {row['unit'] or ''}".strip() for row in rows)
    reasons = "；".join(
        dict.fromkeys(row["reason"] for row in rows if row["reason"] and row["reason_code"] != ALONE.code)
    )
    at = place_text(first["page"], first["line"], lang)
    told = " · ".join(part for part in (named, at, reasons) if part)
    return f"<blockquote>{_marked(rows)}<footer>{escape(who + told)}</footer></blockquote>"


def _subject(row: Record, lang: str) -> str:
    return subject_zh(row["subject"]) if row["subject"] else say(lang, "没有读出说的是什么", "not read")


def _marked(rows: list[Record]) -> str:
    """The sentence with the numbers marked; one that it prints in words or elsewhere too stays plain."""
    text, shown, position = rows[0]["text"], "", 0
    spans = number_spans(text, {number for row in rows for number in numbers_in(row["value"] or "")})
    units = {row["unit"] for row in rows}
    for start, end in spans:
        if not any(text[end:].lstrip().startswith(unit) for unit in units if unit):
            continue
        shown += f"{escape(text[position:start])}<mark>{escape(text[start:end])}</mark>"
        position = end
    return shown + escape(text[position:])
