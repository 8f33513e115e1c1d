"""What the printed tables say that no form knows: titles and heads, each with its place, as whoever adds a layout needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Place, RawRow
from budgetdata.base.text import squeeze, unnumbered
from budgetdata.forms.declared import Form, head_key, matches
from budgetdata.forms.header import is_index_row, split_header
from budgetdata.forms.other_years import year_marked
from budgetdata.show.perhaps import like_table
from budgetdata.tables.groups import Outline

TITLE, HEAD, ROW = "title", "head", "row"
MOST_HEADER_ROWS = 6
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A printed text that no form knows: a title that tables stand under, a head of a column, the label of a row.

    table_no: the table whose head or row it is, None under a title that is not known, which `under` gives; amounts: how many
    amounts stand under the title; perhaps: the table that is likely meant by the title.
    """

    kind: str
    text: str
    place: Place
    table_no: int | None = None
    amounts: int = 0
    under: str = ""
    perhaps: int | None = None


def not_understood(parts: Outline, forms: Mapping[int, Form]) -> list[Unknown]:
    """The titles and heads of a document's tables that no form or variant knows, in printed order, each once.

    Of the heads under an unknown title those are left away that the table knows which the title likely names.
    """
    found: dict[tuple[str, str, int | None, str], Unknown] = {}
    for left in parts.left_out:
        if left.amounts:
            heads = list(_heads(left.head))
            likely = _likely(left.title, [text for _, text in heads], parts, forms)
            if left.title:
                _add(found, Unknown(TITLE, squeeze(left.title), left.first, None, left.amounts, perhaps=likely))
            for row, text in heads:
                if likely is None or not _is_known_to(forms[likely], text):
                    _add(found, Unknown(HEAD, text, row.place, under=squeeze(left.title)))
    for group in parts.tables.values():
        layouts = (group.form, *group.form.variants)
        for number, fragment in enumerate(group.fragments):
            if number and not any(split_header(fragment.rows, form)[0] for form in layouts):
                continue
            for row, text in _heads(fragment.rows):
                if not _is_known_to(group.form, text):
                    _add(found, Unknown(HEAD, text, row.place, group.form.no))
    return sorted(found.values(), key=lambda unknown: (unknown.place.page or 0, unknown.place.line or 0))


def rows_not_known(facts: DocumentFacts, forms: Mapping[int, Form]) -> list[Unknown]:
    """The labels of rows with an amount, in tables that know their rows, that are none of them and no part of one, each once."""
    found: dict[tuple[str, str, int | None, str], Unknown] = {}
    for figure in facts.figures:
        form = forms[figure.table_no]
        rows = next((side.rows for side in form.sides if side.name == figure.side), ())
        if (
            rows
            and figure.level == 1
            and figure.fen
            and not (figure.role or figure.code or _is_known_to(form, figure.label))
        ):
            _add(found, Unknown(ROW, figure.label, figure.place, figure.table_no))
    return list(found.values())


def _add(found: dict[tuple[str, str, int | None, str], Unknown], unknown: Unknown) -> None:
    found.setdefault((unknown.kind, unknown.text, unknown.table_no, unknown.under), unknown)


def _likely(title: str, heads: Sequence[str], parts: Outline, forms: Mapping[int, Form]) -> int | None:
    """The table that rows under an unknown title may be, by the heads that its form knows; one that is found is none."""
    open_forms = {no: form for no, form in forms.items() if no not in parts.tables}
    known = {no: sum(_is_known_to(form, head) for head in heads) for no, form in open_forms.items()}
    return like_table(title, known, len(heads), open_forms)


def _is_known_to(form: Form, text: str) -> bool:
    return any(_is_known(layout, text) for layout in (form, *form.variants))


def _is_known(form: Form, text: str) -> bool:
    if matches(form.heads, head_key(text)) or year_marked(text, None):
        return True
    return any(spec.label.fullmatch(unnumbered(text)) for side in form.sides for spec in side.rows)


def _heads(rows: Sequence[RawRow]) -> Iterator[tuple[RawRow, str]]:
    """The texts of the rows above the first that holds an amount; none where no row does."""
    head: list[RawRow] = []
    for row in rows[: MOST_HEADER_ROWS + 1]:
        if is_index_row(row):
            continue
        if any(_NUMBER.fullmatch(squeeze(text)) for _, text in row.filled):
            break
        head.append(row)
    else:
        head = head[:1]
    yield from ((row, squeeze(text)) for row in head for _, text in row.filled)
