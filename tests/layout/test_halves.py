"""Two pages on one sheet are read as two; a wide table, or a title in the middle, is one page."""

from __future__ import annotations

from collections.abc import Iterator

from test_cells import HIGH, ROWS, TOP, XS, glyphs_of, rules_of, text

from budgetdata.base.raw import Paragraph, RawDocument
from budgetdata.layout.geometry import Glyph, Page, Rule
from budgetdata.readers.pdf.assembled import assemble

WIDE, TALL = 840.0, 595.0
RIGHT = 420.0


def moved(glyphs: list[Glyph], rules: list[Rule], by: float) -> tuple[list[Glyph], list[Rule]]:
    """Glyphs and rules further to the right."""
    return (
        [glyph._replace(x0=glyph.x0 + by, x1=glyph.x1 + by) for glyph in glyphs],
        [r._replace(start=r.start + by, end=r.end + by) if r.flat else r._replace(at=r.at + by) for r in rules],
    )


def page_at(by: float, title: str, number: str) -> tuple[list[Glyph], list[Rule]]:
    """A page with a title, the table and its page number, so far from the left."""
    drawn = [*text(title, XS[0], TOP - 40, 0), *glyphs_of(ROWS), *text(number, 200, TALL - 20, 990)]
    return moved(drawn, rules_of(len(ROWS)), by + 20)


def sheet(*parts: tuple[list[Glyph], list[Rule]], more: Iterator[Glyph] | None = None) -> RawDocument:
    """The document of one sheet with the parts on it."""
    glyphs = [glyph._replace(order=n) for n, glyph in enumerate(g for part in parts for g in part[0])]
    rules = [rule for part in parts for rule in part[1]]
    return assemble("a.pdf", [Page(1, WIDE, TALL, [*glyphs, *(more or ())], rules)])


def test_two_pages_on_a_sheet_are_two_the_left_one_first() -> None:
    document = sheet(page_at(0, "表一 部门支出总表", "3"), page_at(RIGHT, "表二 部门收入总表", "4"))
    said = [b.text if isinstance(b, Paragraph) else [row.cells for row in b.rows] for b in document.blocks]
    assert said == ["表一 部门支出总表", ROWS, "表二 部门收入总表", ROWS]
    assert document.pages == 1 and len(document.left_out) == 2
    places = [row.place for table in document.tables() for row in table.rows]
    assert len(set(places)) == len(places), "no two rows of a sheet stand at one place"
    boxes = [table.rows[1].boxes[1] for table in document.tables()]
    assert boxes[0] and boxes[1] and round(boxes[1][0] - boxes[0][0]) == RIGHT, "boxes are those of the sheet"


def test_what_crosses_the_middle_makes_it_one_page() -> None:
    left, right = page_at(0, "表一", "3"), page_at(RIGHT, "表二", "4")
    titled = sheet(left, right, more=text("部门预算公开表", RIGHT - 35, TOP - 60, 5000))
    assert [b.text for b in titled.blocks if isinstance(b, Paragraph)][:2] == ["部门预算公开表", "表一"]
    wide = Rule(True, TOP + HIGH * 9, 20, WIDE - 20, 0.5)
    ruled = sheet((left[0], [*left[1], wide]), right)
    assert [b.text for b in ruled.blocks if isinstance(b, Paragraph)][:2] == ["表一", "表二"]
    assert isinstance(ruled.blocks[1], Paragraph), "both titles stand above both tables"


def test_two_pages_on_a_sheet_may_carry_one_number_in_the_middle_of_its_foot() -> None:
    (left, rules), (right, others) = page_at(0, "表一", ""), page_at(RIGHT, "表二", "")
    number = [list(text(f"- {n} -", RIGHT - 12, TALL - 20, 5000)) for n in range(1, 5)]
    pages = [Page(n, WIDE, TALL, [*left, *right, *each], [*rules, *others]) for n, each in enumerate(number, 1)]
    for n, page in enumerate(pages):  # pages that print the same are one
        page.glyphs = [g._replace(text="八" if g.text == "一" else g.text) if n % 2 else g for g in page.glyphs]
    document = assemble("a.pdf", pages)
    assert len(list(document.tables())) == 8 and not document.gaps
    bare = assemble("a.pdf", [Page(1, WIDE, TALL, [*left, *right, *number[0]], [])])
    assert len({b.place.line for b in bare.blocks}) == 1 + len(ROWS), (
        "without rules it may be one table with white in it"
    )
