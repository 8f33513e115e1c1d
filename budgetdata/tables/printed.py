"""Tables that were not recognised: whether their title, or a word about them, is printed anywhere in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budgetdata.base.facts import NOWHERE, TableFact
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.base.said import Said, said
from budgetdata.base.text import key, squeeze
from budgetdata.forms.declared import Form
from budgetdata.forms.titles import form_titled
from budgetdata.tables.outline import LeftOut

_DOTS = re.compile(r"[.．·…\s_-]*\d{0,3}$")
_LEADERS = re.compile(r"[.．·…]{3,}")
_NONE = re.compile(r"(?:无|没有|未安排|不涉及|为零|为0)")
_SHOWN = 40
FEWEST_IN_CONTENTS = 4
"""Different tables' titles on one page, no table among them, that make it a list of contents."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed text: a paragraph, or the texts of a row of cells. in_contents: it stands in the list of contents."""

    text: str
    place: Place
    in_contents: bool = False
    in_row: bool = False

    @property
    def shown(self) -> str:
        """The text as a reason quotes it."""
        bare = squeeze(self.text)
        return bare if len(bare) <= _SHOWN else bare[:_SHOWN] + "…"


def every_line(raw: RawDocument, forms: dict[int, Form]) -> list[Line]:
    """Everything that the document prints, in printed order."""
    lines: list[Line] = []
    run: list[int] = []
    titles: set[int] = set()

    def close() -> None:
        if len(titles) >= FEWEST_IN_CONTENTS:
            for number in run:
                lines[number] = Line(lines[number].text, lines[number].place, True)
        run.clear()
        titles.clear()

    for block in raw.blocks:
        if isinstance(block, Paragraph):
            form = form_titled(_bare(block.text), forms)
            lines.append(Line(block.text, block.place, bool(_LEADERS.search(block.text))))
            run.append(len(lines) - 1)
            titles |= {form.no} if form else set()
        else:
            close()
            lines += [Line(text, row.place, in_row=True) for row in block.rows for text in _texts_of(row.cells)]
    close()
    return lines


def _texts_of(cells: Sequence[str]) -> Iterator[str]:
    yield from (cell for cell in cells if cell)
    joined = "".join(cells)
    if joined not in cells:
        yield joined


def _bare(text: str) -> str:
    """A line of contents without its leader and page number."""
    return _DOTS.sub("", text)


def unrecognised(
    form: Form, lines: Sequence[Line], left_out: Sequence[LeftOut], raw: RawDocument, forms: dict[int, Form]
) -> TableFact:
    """What is said of a table that was not recognised: 'missing' only where nothing printed speaks of it."""
    titled = [line for line in lines if _is_title(line, form, forms)]
    line = next((line for line in titled if not line.in_contents), next(iter(titled), None))
    if line is not None:
        code = "table.in_contents" if line.in_contents else "table.title_unread"
        return _fact(form, line.shown if not line.in_contents else "", "unreadable", _quoted(code, line), line.place)
    spoken = [line for line in lines if not line.in_row and any(p.search(key(line.text)) for p in form.mentions)]
    none = next((line for line in spoken if says_none(line.text, form)), None)
    if none is not None:
        return _fact(form, "", "empty_stated", _quoted("table.stated_none", none), none.place)
    if spoken:
        return _fact(form, "", "unreadable", _quoted("table.spoken_of", spoken[0]), spoken[0].place)
    unknown = next((left for left in left_out if left.amounts), None)
    if unknown is not None:
        reason = said("table.perhaps_among", text=unknown.named, at=unknown.first.told)
        return _fact(form, "", "unreadable", reason, unknown.first)
    page = next((place for place, _ in raw.unreadable if place.line is None), None)
    if page is not None:
        return _fact(form, "", "unreadable", said("table.perhaps_on_page", at=page.told), page)
    return _fact(form, "", "missing", said("table.not_found", title=form.title), NOWHERE)


def says_none(text: str, form: Form) -> bool:
    """True where one clause of a sentence names what the table holds and says that there is none of it."""
    clauses = re.split(r"[。；;]", key(text))
    return any(
        any(p.search(clause) for p in form.none_of)
        and _NONE.search(clause)
        and not re.search(r"\d[\d.,]*万?元", clause)
        for clause in clauses
    )


def _is_title(line: Line, form: Form, forms: dict[int, Form]) -> bool:
    found = form_titled(_bare(line.text), forms)
    return found is not None and found.no == form.no


def _quoted(code: str, line: Line) -> Said:
    return said(code, text=line.shown, at=line.place.told)


def _fact(form: Form, title: str, status: str, reason: Said, place: Place) -> TableFact:
    return TableFact(form.no, title, "", status, reason, place)


def first_mention(lines: Iterable[Line], pattern: re.Pattern[str]) -> Line | None:
    """The first text that a pattern is found in."""
    return next((line for line in lines if pattern.search(squeeze(line.text))), None)
