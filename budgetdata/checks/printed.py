"""Tables that were not recognised: whether their title, or a word about them, is printed anywhere in the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from budgetdata.base.facts import NOWHERE, TableFact
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.base.said import Said, said
from budgetdata.base.text import half_width, key, squeeze
from budgetdata.forms.declared import Form
from budgetdata.forms.said_empty import Listed, is_listed, is_of_other_side, says_none, says_some
from budgetdata.forms.titles import form_titled, may_be_title
from budgetdata.tables.groups import LeftOut

_DOTS = re.compile(r"(?<![.．·…\s_-])[.．·…\s_-]*\d{0,3}$")
_NOTE = re.compile(r"[(（]?(?:注|备注)[:：]")
_AMOUNTS = re.compile(r"(?<![\d.,])(?:\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d{5,})(?![\d.,年])")
_LEADERS = re.compile(r"[.．·…]{3,}")
_CAPTION = re.compile(r"图[一二三四五六七八九十\d]+[:：、.]")
"""What a figure is named by: 图2：基本支出和项目支出情况."""
_SHOWN, _BEFORE = 40, 10
"""So many characters are quoted of a line; of a long sentence these stand before what it is quoted for."""
_STOPS = "。；;"
FEWEST_IN_ROW = 2
"""Amounts in a text that is no sentence: a row of a table that was not read as one."""
FEWEST_IN_CONTENTS = 4
"""Different tables' titles, no table among them, that make lines a list of contents."""
FEWEST_ON_PAGE = 2
"""Titles that a page of contents ends with at least where they go on to the next: pages with one each print empty tables."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed text: a paragraph, or the texts of a row of cells. in_contents: it stands in the list of contents; table: of
    which form it is the title."""

    text: str
    place: Place
    in_contents: bool = False
    in_row: bool = False
    table: int | None = None

    @property
    def is_sentence(self) -> bool:
        """True for running text, also where it stands in a cell: a sentence, or a note below a table."""
        return not self.in_row or "。" in self.text or bool(_NOTE.match(squeeze(self.text)))

    @property
    def shown(self) -> str:
        """The text as a reason quotes it."""
        bare = squeeze(self.text)
        return bare if len(bare) <= _SHOWN else bare[:_SHOWN] + "…"

    def about(self, *patterns: re.Pattern[str]) -> Line:
        """The line with its sentence, or a piece of it, that one of the patterns is found in, where the whole is long."""
        bare = squeeze(self.text)
        match = next((found for pattern in patterns if (found := pattern.search(bare))), None)
        if match is None or len(bare) <= _SHOWN:
            return self
        start = max((bare.rfind(stop, 0, match.start()) for stop in _STOPS), default=-1) + 1
        end = min((at for stop in _STOPS if (at := bare.find(stop, match.end())) >= 0), default=len(bare))
        if end - start > _SHOWN and match.start() - start > _BEFORE:
            start = match.start() - _BEFORE
            return replace(self, text=f"…{bare[start:end]}")
        return replace(self, text=bare[start:end])


def every_line(raw: RawDocument, forms: dict[int, Form]) -> list[Line]:
    """Everything that the document prints, in printed order."""
    lines: list[Line] = []
    run: list[int] = []
    titles: set[int] = set()
    page, here = None, set[int]()

    def close() -> None:
        if len(titles) >= FEWEST_IN_CONTENTS:
            for number in run:
                lines[number] = replace(lines[number], in_contents=True)
        run.clear()
        titles.clear()

    for block in raw.blocks:
        if block.place.page != page:
            if len(here) < FEWEST_ON_PAGE:
                close()
            page, here = block.place.page, set()
        if isinstance(block, Paragraph):
            if _is_row(block.text):
                close()
            no = _titled(block.text, forms)
            here |= {no} if no else set()
            lines.append(Line(block.text, block.place, bool(_LEADERS.search(block.text)), table=no))
            run.append(len(lines) - 1)
            titles |= {no} if no else set()
        else:
            close()
            texts = [(text, row) for row in block.rows for text in _texts_of(row.cells)]
            named = [_titled(text, forms) for text, _ in texts]
            cells = {
                no for (text, row), no in zip(texts, named, strict=True) if no and "表" in text and text in row.cells
            }
            listing = len(cells) >= FEWEST_IN_CONTENTS  # contents drawn as a table
            lines += [Line(t, row.place, listing, True, no) for (t, row), no in zip(texts, named, strict=True)]
    close()
    return lines


def _titled(text: str, forms: dict[int, Form]) -> int | None:
    """The number of the form that a line, without the leader and page number of contents, is the title of."""
    form = form_titled(_DOTS.sub("", text), forms) if may_be_title(text, forms) else None
    return None if form is None else form.no


def _is_row(text: str) -> bool:
    return not set(_STOPS) & set(text) and len(_AMOUNTS.findall(half_width(text))) >= FEWEST_IN_ROW


def _texts_of(cells: Sequence[str]) -> Iterator[str]:
    yield from (cell for cell in cells if cell)
    joined = "".join(cells)
    if joined not in cells:
        yield joined


def unrecognised(
    form: Form,
    lines: Sequence[Line],
    left_out: Sequence[LeftOut],
    raw: RawDocument,
    listed: Callable[[], Sequence[Listed]],
) -> TableFact:
    """What is said of a table that was not recognised: 'missing' only where nothing printed speaks of it. listed: gives the
    tables that the document's own list marks as empty."""
    titled = [line for line in lines if line.table == form.no]
    line = next((line for line in titled if not line.in_contents), next(iter(titled), None))
    if line is not None:
        marked = is_listed(line.text, listed())
        if marked is not None and line.place == marked.place:
            reason = said("table.listed_empty", text=marked.text, at=marked.place.told)
            return _fact(form, "", "empty_stated", reason, line.place)
        code = "table.in_contents" if line.in_contents else "table.title_unread"
        return _fact(form, line.shown if not line.in_contents else "", "unreadable", _quoted(code, line), line.place)
    spoken = [line for line in lines if _speaks(line, form)]
    none = said_none(form, spoken)
    if none is not None:
        return _fact(form, "", "empty_stated", _quoted("table.stated_none", none), none.place)
    if spoken:
        return _fact(
            form, "", "unreadable", _quoted("table.spoken_of", spoken[0].about(*form.mentions)), spoken[0].place
        )
    unknown = next((left for left in left_out if left.amounts), None)
    if unknown is not None:
        reason = said("table.perhaps_among", text=unknown.named, at=unknown.first.told)
        return _fact(form, "", "unreadable", reason, unknown.first)
    page = next((place for place, _ in raw.unreadable if place.line is None), None)
    if page is not None:
        return _fact(form, "", "unreadable", said("table.perhaps_on_page", at=page.told), page)
    return _fact(form, "", "missing", said("table.not_found", title=form.title), NOWHERE)


def _speaks(line: Line, form: Form) -> bool:
    """True where a line speaks of a table: no title of another form that holds its words, nor what stands at a figure."""
    return (
        line.is_sentence
        and line.table in (None, form.no)
        and not _CAPTION.match(squeeze(line.text))
        and any(pattern.search(key(line.text)) for pattern in form.mentions)
    )


def said_none(form: Form, lines: Sequence[Line], title: str = "") -> Line | None:
    """The first sentence that says that there is nothing of what a table of this title holds, where none tells of an amount
    of it. What is said of income alone says nothing of expenditure."""
    return next((line for line, of_other in _none_said(form, lines, title) if not of_other), None)


def _none_said(form: Form, lines: Sequence[Line], title: str) -> Iterator[tuple[Line, bool]]:
    """The clauses that say that there is nothing of a table's fund, each with whether it speaks of the other side alone."""
    told = [line for line in lines if line.is_sentence]
    if any(says_some(line.text, form) for line in told):
        return
    for line in told:
        for part in re.split("[。；;]", squeeze(line.text)):
            if says_none(part, form):
                about = replace(line, text=part).about(*form.none_of)
                yield about, is_of_other_side(part, title or form.title)


def said_empty(form: Form, title: str, lines: Sequence[Line], listed: Sequence[Listed]) -> Said | None:
    """What a document says of a table that it prints empty, and where: its list of tables, or a sentence anywhere; of a table
    of expenditure at least that its fund has no income."""
    marked = is_listed(title, listed, form)
    if marked is not None:
        return said("table.said_empty", text=marked.text, at=marked.place.told)
    none = list(_none_said(form, lines, title))
    own = next((line for line, of_other in none if not of_other), None)
    if own is not None:
        return _quoted("table.said_empty", own)
    if none and "收入" not in title:
        return _quoted("table.said_no_income", none[0][0])
    return None


def _quoted(code: str, line: Line) -> Said:
    return said(code, text=line.shown, at=line.place.told)


def _fact(form: Form, title: str, status: str, reason: Said, place: Place) -> TableFact:
    return TableFact(form.no, title, "", status, reason, place)


def first_mention(lines: Iterable[Line], pattern: re.Pattern[str]) -> Line | None:
    """The first text that a pattern is found in."""
    return next((line.about(pattern) for line in lines if pattern.search(squeeze(line.text))), None)
