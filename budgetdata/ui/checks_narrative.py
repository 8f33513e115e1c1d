"""文字与表: what the numbers of the narrative are linked to, and the list of those without any counterpart."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.base.said import Said
from budgetdata.markup import pieces as html
from budgetdata.markup.templates import macros
from budgetdata.narrative.names import subject_said
from budgetdata.narrative.unlinked import ALONE
from budgetdata.queries import statement_links as links
from budgetdata.queries.base import Database
from budgetdata.queries.signals.check_places import number_spans, numbers_in
from budgetdata.ui.frame import section, write
from budgetdata.words.catalogue import tell, text
from budgetdata.words.names import spoken
from budgetdata.words.numbers import place_text
from budgetdata.words.numbers import share as share_of
from budgetdata.words.phrases import unit_name

TEMPLATE = "narrative_numbers.html"
SHOWN = 4
"""Sentences shown before the rest is folded."""


def linked_numbers(db: Database, lang: str, document_id: str = "") -> None:
    """How the numbers of the text are linked, each kind with its share, then those that are not, with their sentences."""
    number = links.counts(db, document_id)
    whole = sum(number.values())
    if not whole:
        return
    section("narrative", text(lang, "narrative_numbers.title"))
    linked = whole - number["none"]
    said = text(
        lang, "narrative_numbers.said", n=whole, linked=linked, share=share_of(linked, whole),
        tabled=linked - number["statement"], other=number["statement"], alone=number["none"],
    )  # fmt: skip
    drawn = macros(TEMPLATE, lang)
    write(drawn.overview(said, _kinds(number, whole, lang)))
    rows = links.unlinked(db, document_id)
    if rows:
        sentences: dict[tuple[str, str], list[Record]] = {}
        for row in rows:
            sentences.setdefault((row["document_id"], row["text"]), []).append(row)
        items = [(_marked(same), _told(same, lang, with_who=not document_id)) for same in sentences.values()]
        write(drawn.unlinked(items[:SHOWN], items[SHOWN:], len(items)))
    write(drawn.data(f"?{urlencode({'document_id': document_id})}" if document_id else ""))


def _kinds(number: dict[str, int], whole: int, lang: str) -> list[str]:
    return [
        text(
            lang, "statement_link.count",
            link=text(lang, f"statement_link.{link}"), n=count, share=share_of(count, whole),
        )
        for link, count in number.items() if count
    ]  # fmt: skip


def _told(rows: list[Record], lang: str, with_who: bool) -> str:
    """Whose sentence it is, what each of its numbers without counterpart is of, where it stands, and why none was found."""
    first = rows[0]
    who = spoken(lang, f"{first['short']} {first['year']}") if with_who else ""
    named = text(lang, "target_rules.pause").join(
        f"{_subject(row, lang)} {row['value']} {unit_name(lang, row['unit'] or '')}".strip() for row in rows
    )
    why = {
        (row["reason_code"], row["reason_args"])
        for row in rows
        if row["reason"] and row["reason_code"] != ALONE.code
    }  # fmt: skip
    reasons = text(lang, "question.separator").join(
        dict.fromkeys(tell(lang, Said.from_json(code, args)) for code, args in sorted(why))
    )
    at = place_text(first["page"], first["line"], lang)
    return " · ".join(part for part in (who, named, at, reasons) if part)


def _subject(row: Record, lang: str) -> str:
    if not row["subject"]:
        return text(lang, "narrative_numbers.not_read")
    subject = subject_said(row["subject"])
    return tell(lang, subject) if isinstance(subject, Said) else subject


def _marked(rows: list[Record]) -> Markup:
    """The sentence with the numbers marked; one that it prints in words or elsewhere too stays plain."""
    printed, parts, position = rows[0]["text"], [], 0
    units = {row["unit"] for row in rows if row["unit"]}
    for start, end in number_spans(printed, {number for row in rows for number in numbers_in(row["value"] or "")}):
        if any(printed[end:].lstrip().startswith(unit) for unit in units):
            parts += [(printed[position:start], False), (printed[start:end], True)]
            position = end
    return html.marked_parts([*parts, (printed[position:], False)])
