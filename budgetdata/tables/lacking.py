"""Where rows of a table may be lacking: a page that was lost or not read, rows that could not be joined, no total row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawTable
from budgetdata.base.said import Said, said
from budgetdata.forms.declared import Form, Side
from budgetdata.forms.titles import form_titled, is_like_title, is_other_table
from budgetdata.tables.groups import LeftOut, TableGroup
from budgetdata.tables.sums import TableRow

PAGE_NUMBER = "readers.page_number"
"""What a reader says of a line that is the number of its page."""
UPRIGHT = 612.0
"""Points: no upright page of a disclosure is wider."""
FOOT_ROWS = 2
"""Rows that a page may have room for below a table that goes on."""
OF_TARGETS = "绩效"
"""What titles of forms and lists of performance targets say: they are of no table of amounts."""
FEWEST_ROWS = 2
"""Rows that a list must have before a total is expected."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Rows may be lacking behind the rows of page `page` (None: nobody knows where), or where `at_end`, behind the last."""

    reason: Said
    page: int | None = None
    at_end: bool = False

    def positions(self, rows: Sequence[TableRow]) -> list[int]:
        """The indexes of the rows behind which others may be lacking."""
        if self.at_end:
            return [len(rows) - 1]
        if self.page is None:
            return list(range(-1, len(rows)))
        return [sum((row.place.page or 0) <= self.page for row in rows) - 1]


def no_total(form: Form, sides: Mapping[str, Sequence[TableRow]]) -> list[Lack]:
    """A lack at the end where a side that should end with, or hold, a total row prints none."""
    silent = any(_is_open(form.side(name), rows) for name, rows in sides.items())
    return [Lack(said("table.no_total"), at_end=True)] if silent else []


def _is_open(side: Side, rows: Sequence[TableRow]) -> bool:
    amounts = [row for row in rows if row.values]
    if len(amounts) < FEWEST_ROWS:
        return False
    if side.closes:
        return not any(row.role in side.closes for row in rows)
    return bool(side.hierarchy or side.flat_sum) and not side.declares_rows and all(row.level for row in rows)


def lost_parts(raw: RawDocument, group: TableGroup, forms: dict[int, Form]) -> list[Lack]:
    """What the reader of the document says it missed or did not read within a table, or where it may go on."""
    first, last = group.place, group.fragments[-1].rows[-1].place
    lacks = [Lack(said("table.cut"), at_end=True)] if group.cut else []
    if group.elsewhere is not None:
        lacks.append(Lack(said("table.rows_elsewhere", at=group.elsewhere.told)))
    for place, _ in raw.gaps:
        if place.page and (first.page or 0) - 1 <= place.page <= (last.page or 0):
            lacks.append(Lack(said("table.pages_missing", at=Place(place.page, None).told), place.page))
    end, begin = _goes_on_to(raw.blocks, last, forms), _begins_at(raw.blocks, first, group.form.no, forms)
    for place, _ in raw.unreadable:
        if begin < _order(place) < _order(first):
            lacks.append(Lack(said("table.part_unread", at=place.told), _page_before(place)))
        if _order(first) < _order(place) < _order(last):
            lacks.append(Lack(said("table.part_unread", at=place.told), _page_before(place)))
        elif _order(last) < _order(place) < end and _is_near(raw, last, place):
            lacks.append(Lack(said("table.part_unread", at=place.told), at_end=True))
    return lacks


def unproved_pages(raw: RawDocument, group: TableGroup) -> list[Lack]:
    """Where nothing proves that a table's pages follow each other, or that it ends where it seems to: no pages before and behind
    print numbers, or those skip somewhere between; no row is cut by the page's end, or the last row stands at the foot of its
    page. The table is read whole as far as anyone can tell; a sum that does not hold may lack a page."""
    first, last = group.place.page, group.fragments[-1].rows[-1].place.page
    if first is None or last is None:
        return []
    numbered = {place.page for place, why in raw.left_out if why.code == PAGE_NUMBER and place.page}
    skips = {place.page for place, _ in raw.gaps if place.page}
    cut = {fragment.rows[0].place.page for fragment in group.fragments[1:] if len(fragment.rows[0].filled) == 1}
    ends = range(first, last + _is_at_foot(raw, group.fragments[-1]))

    def is_proved(page: int) -> bool:
        before = max((n for n in numbered if n <= page), default=0)
        behind = min((n for n in numbered if n > page), default=0)
        return bool(before and behind) and not any(before <= skip < behind for skip in skips)

    lost = [page for page in ends if not is_proved(page) and page + 1 not in cut]
    return [Lack(said("table.page_unproved", at=Place(page, None).told), page) for page in lost]


def goes_on_unread(
    raw: RawDocument, group: TableGroup, left_out: Sequence[LeftOut], forms: dict[int, Form]
) -> list[Lack]:
    """Where a table may go on in rows that follow it and were read as none's: as wide as it, with amounts, and no other table,
    known title or heading before them. What stands above them may be its own title, printed so that nobody could read it; a sum
    that does not hold may lack them."""
    fragment = group.fragments[-1]
    reached = _goes_on_to(raw.blocks, fragment.rows[-1].place, forms)
    runs = (run for run in left_out if run.amounts and _order(run.first) <= reached <= _order(run.last))
    return [
        Lack(said("table.perhaps_goes_on", at=run.first.told), at_end=True)
        for run in runs
        if any(abs(len(row.cells) - fragment.width) <= 1 for row in run.head)
    ]


def _is_at_foot(raw: RawDocument, fragment: RawTable) -> bool:
    """Whether a table ends as low on its page as any in the document does, a row or two apart, on pages laid as it is."""
    mine = _extent(fragment)
    others = [extent for table in raw.tables() if (extent := _extent(table))]
    if mine is None:
        return False
    return mine[1] >= max(low for wide, low, _ in others if wide == mine[0]) - FOOT_ROWS * mine[2]


def _extent(table: RawTable) -> tuple[bool, float, float] | None:
    """Whether a table is wider than an upright page, how far down it reaches, and the height of its last row."""
    boxes = [box for row in table.rows for box in row.boxes if box]
    last = [box for box in table.rows[-1].boxes if box]
    if not boxes or not last:
        return None
    return max(b[2] for b in boxes) > UPRIGHT, max(b[3] for b in boxes), max(b[3] - b[1] for b in last)


def _order(place: Place) -> tuple[int, int]:
    return place.page or 0, place.line or 0


def _page_before(place: Place) -> int | None:
    return place.page if place.line else (place.page or 0) - 1


def _is_near(raw: RawDocument, last: Place, place: Place) -> bool:
    """True where nothing but unread parts lies between the last row and a part: the same page, the next, or those behind it."""
    unread = {other.page for other, _ in raw.unreadable}
    return all(page in unread for page in range((last.page or 0) + 1, (place.page or 0) + 1))


def _goes_on_to(blocks: Sequence[Block], last: Place, forms: dict[int, Form]) -> tuple[int, int]:
    """How far a table may go on behind its last row: to the next table, title or heading."""
    for block in blocks:
        if _order(block.place) <= _order(last):
            continue
        if isinstance(block, RawTable) or (isinstance(block, Paragraph) and _opens(block, forms)):
            return _order(block.place)
    return (1 << 30, 0)


def _begins_at(blocks: Sequence[Block], first: Place, number: int, forms: dict[int, Form]) -> tuple[int, int]:
    """Where a table may begin above its first title: at one of its own, behind which no other table or title stands."""
    begin = _order(first)
    for block in reversed([block for block in blocks if _order(block.place) < begin]):
        if isinstance(block, RawTable):
            break
        if isinstance(block, Paragraph) and _opens(block, forms):
            titled = form_titled(block.text, forms)
            if titled is None or titled.no != number:
                break
            begin = _order(block.place)
    return begin


def _opens(paragraph: Paragraph, forms: dict[int, Form]) -> bool:
    text = paragraph.text
    if paragraph.heading or form_titled(text, forms) is not None or is_other_table(text):
        return True
    return OF_TARGETS in text and is_like_title(text)
