"""Tables whose title is printed but whose rows a reader could not give: they are unreadable, not missing."""

from __future__ import annotations

from budgetdata.base.raw import Paragraph, Place, RawDocument, RawTable
from budgetdata.base.said import Said, said
from budgetdata.forms.declared import Form
from budgetdata.forms.titles import form_titled

NEAR_LINES = 8  # paragraphs: a table's title stands no further above it


def unread_titles(raw: RawDocument, forms: dict[int, Form]) -> dict[int, tuple[Paragraph, Said]]:
    """The title of each standard table that stands above a part no reader could read, with the reason given for it.

    Between the title and that part, on one page, no other table is printed.
    """
    found: dict[int, tuple[Paragraph, Said]] = {}
    for place, reason in raw.unreadable:
        if place.line is None:
            continue
        above: list[Paragraph] = []
        for block in raw.blocks:
            if block.place.page != place.page or not _before(block.place, place):
                continue
            above = [] if isinstance(block, RawTable) else [*above, block]
        for paragraph in reversed(above[-NEAR_LINES:]):
            form = form_titled(paragraph.text, forms)
            if form is not None:
                found.setdefault(form.no, (paragraph, said("readers.at", place=str(place), reason=reason)))
                break
    return found


def _before(one: Place, other: Place) -> bool:
    return (one.line or 0) < (other.line or 0)
