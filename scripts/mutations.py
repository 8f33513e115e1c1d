"""Mutated copies of PDFs: what is published of them must be seen on them, and disagree nowhere that the print does not.

    python scripts/mutations.py FOLDER … [--count 2000] [--seed 1] [--jobs 2] [--keep DIR]

Each copy is one of the PDFs with one mutation: a page dropped, a page doubled, a page moved, a row's text taken out, a cell's
text taken out, a number hidden under a white box, printed in white or in the mode that draws nothing, a rule of the grid
moved or gone, a row printed twice, a label in two pieces within its row, a page turned, the unit taken out, another unit
printed in its place, or behind a head only. The copy is read and held against the copy that was not mutated:
- a figure is published only where the original has the same amount for the same table, code and column (without a code: for
  the same label; a code that was told to be unread is not asked for), and never one whose text was hidden or taken out; where
  another unit is printed, its amount may be what its print says in that unit;
- a disagreement that the original does not have is an error, except where print was taken out of that table itself (a row, a
  cell), or a sentence speaks of a table whose unit was changed: a document printed so would disagree with itself too;
- an exception is an error.
A coded row's name is not held against the original: where a rule runs through it, or half of it was moved, what belongs to it
is not printed. Pages that a mutation does not touch are read once; every EACH copy is read as a file too, and must give the same.
Prints a line for each error and the totals; exit 1 where there is any error.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from page_edits import Box, band_copied, painted_text, printed, split_text, white_box, without_text  # noqa: E402

from budgetdata.base.errors import DocumentError  # noqa: E402
from budgetdata.base.facts import DocumentFacts, FigureFact  # noqa: E402
from budgetdata.base.raw import RawDocument  # noqa: E402
from budgetdata.build.document import facts_of  # noqa: E402
from budgetdata.forms.declared import standard_forms  # noqa: E402
from budgetdata.layout.document import assemble  # noqa: E402
from budgetdata.layout.geometry import Page  # noqa: E402
from budgetdata.readers import read_document  # noqa: E402
from budgetdata.readers.pdf.opened import has_layers  # noqa: E402
from budgetdata.readers.pdf.pdfium import read_page  # noqa: E402
from budgetdata.register.sources import Source  # noqa: E402

EACH = 25
"""One copy of so many is read by the reader in its own process as well."""
YUAN = 10_000
"""元 in one 万元."""
TAKES_PRINT = ("row_out", "cell_out", "row_twice")
"""Mutations that take print out of a table: a document printed so may rightly disagree with itself there."""


@dataclass(slots=True)
class Mutation:
    """What was done to a copy: its kind, the tables it may touch (None: any), and figures whose print is gone (by key).

    `order` are the pages of the original (from 0) that the copy consists of, None where they are the same; `page` (from 1)
    is drawn anew where nothing was moved.
    """

    kind: str
    page: int
    order: list[int] | None = None
    tables: set[int] = field(default_factory=set)
    gone: set[tuple[str, ...]] = field(default_factory=set)
    said: str = ""


def key_of(figure: FigureFact) -> tuple[str, ...]:
    """What a figure is of, apart from where it stands."""
    return (str(figure.table_no), figure.side, figure.code, figure.label, figure.column)


def facts(raw: RawDocument, like: DocumentFacts | None = None) -> DocumentFacts:
    """What a document gives; a copy is of the department and year of its original, though its cover may be gone."""
    named = {"department": like.department, "year": like.year} if like else {}
    return facts_of(raw, Source("mutation.pdf", "0" * 64, "0" * 12, **named), standard_forms())


@dataclass(slots=True)
class Original:
    """A PDF that copies are made of: its facts, and its pages as drawn."""

    known: DocumentFacts
    pages: list[Page]


def original(path: Path) -> Original:
    """A PDF read whole, its pages kept."""
    with pdfium.PdfDocument(path) as opened:
        pages = [read_page(opened, index, has_layers(path)) for index in range(len(opened))]
    return Original(facts(assemble(path.name, map(_again, pages))), pages)


def read_copy(copy: Path, mutation: Mutation, first: Original) -> DocumentFacts:
    """What a copy gives, the pages that are as they were taken from the original."""
    pages = first.pages
    order = mutation.order if mutation.order is not None else range(len(pages))
    anew = mutation.page - 1 if mutation.order is None else -1
    with pdfium.PdfDocument(copy) as opened:
        read = [
            read_page(opened, index) if source == anew else replace(_again(pages[source]), number=index + 1)
            for index, source in enumerate(order)
        ]
    return facts(assemble(copy.name, read), first.known)


def _again(page: Page) -> Page:
    return replace(page, glyphs=list(page.glyphs), rules=list(page.rules), diagonal=list(page.diagonal))


def figures_on(known: DocumentFacts, page: int) -> list[FigureFact]:
    """The figures of a page that have a box."""
    return [figure for figure in known.figures if figure.place.page == page and figure.box is not None]


def _pages(document: pikepdf.Pdf, order: list[int]) -> pikepdf.Pdf:
    made = pikepdf.Pdf.new()
    for number in order:
        made.pages.append(document.pages[number])
    return made


def page_dropped(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures is gone."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    gone = {key_of(f) for f in known.figures if f.place.page == page}
    left = [number for number in range(len(document.pages)) if number != page - 1]
    gone -= {key_of(f) for f in known.figures if f.place.page != page}
    return _pages(document, left), Mutation("page_dropped", page, left, gone=gone)


def page_doubled(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands twice."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [*range(page), *range(page - 1, len(document.pages))]
    return _pages(document, order), Mutation("page_doubled", page, order)


def page_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands elsewhere."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [number for number in range(len(document.pages)) if number != page - 1]
    order.insert(draw.choice([at for at in range(len(order) + 1) if at != page - 1]), page - 1)
    return _pages(document, order), Mutation("page_moved", page, order)


def row_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a row with a figure is taken out of the page; the rules stay."""
    page, box, figure = _one(known, draw)
    band = (-1000.0, box[1], 5000.0, box[3])
    without_text(document, page, band)
    inside = [f for f in figures_on(known, page) if f.box and band[1] <= (f.box[1] + f.box[3]) / 2 <= band[3]]
    gone = {key_of(f) for f in inside} - _still_seen(document, page, inside)
    return document, Mutation("row_out", page, None, {f.table_no for f in inside}, gone, figure.label)


def cell_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a cell with a figure is taken out of the page."""
    page, box, figure = _one(known, draw)
    taken = without_text(document, page, box)
    gone = {key_of(figure)} if taken else set()
    return document, Mutation("cell_out", page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def number_hidden(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A white box lies over a number: no reader of the page sees it."""
    page, (x0, y0, x1, y1), figure = _one(known, draw)
    white_box(document, page, (x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8))
    return document, Mutation(
        "number_hidden", page, None, {figure.table_no}, {key_of(figure)}, f"{figure.label} {figure.raw}"
    )


def _still_seen(document: pikepdf.Pdf, page: int, figures: list[FigureFact]) -> set[tuple[str, ...]]:
    """The figures whose print was not taken out after all: one piece of text may hold several cells."""
    made = io.BytesIO()
    document.save(made)
    with pdfium.PdfDocument(made.getvalue()) as opened:
        layer, height = opened[page - 1].get_textpage(), opened[page - 1].get_height()
        boxes = {key_of(f): f.box for f in figures if f.box}
        return {
            key
            for key, box in boxes.items()
            if layer.get_text_bounded(box[0], height - box[3], box[2], height - box[1]).strip()
        }


def _one(known: DocumentFacts, draw: random.Random) -> tuple[int, Box, FigureFact]:
    """A figure that has a box, with its page."""
    figure = draw.choice([f for f in known.figures if f.box is not None])
    assert figure.box is not None and figure.place.page is not None
    return figure.place.page, figure.box, figure


def rule_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A thin rectangle or a line of a page with figures is moved sideways or up by some points."""
    by = draw.choice((-14.0, -6.0, -3.0, 3.0, 6.0, 14.0))
    return document, Mutation("rule_moved", _rule_moved(document, known, draw, by))


def cells_joined(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A thin rectangle or a line of a page with figures is gone: the cells on both its sides are one."""
    return document, Mutation("cells_joined", _rule_moved(document, known, draw, 5000.0))


def _rule_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, by: float) -> int:
    number = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    page = document.pages[number - 1]
    instructions = list(pikepdf.parse_content_stream(page))
    thin = [
        at for at, one in enumerate(instructions)
        if str(one.operator) == "re" and min(abs(float(one.operands[2])), abs(float(one.operands[3]))) < 2.5
    ]  # fmt: skip
    lines = [
        at for at, one in enumerate(instructions[:-1])
        if str(one.operator) == "m" and str(instructions[at + 1].operator) == "l"
    ]  # fmt: skip
    if thin or lines:
        at = draw.choice(thin or lines)
        operands = [[float(value) for value in instructions[n].operands] for n in ([at] if thin else [at, at + 1])]
        wide = abs(operands[0][2]) > abs(operands[0][3]) if thin else abs(operands[0][0] - operands[1][0]) > 1
        for place, values in enumerate(operands):
            values[1 if wide else 0] += by
            instructions[at + place] = pikepdf.ContentStreamInstruction(values, instructions[at + place].operator)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    return number


def unit_gone(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is taken out, where a page with figures prints one."""
    number, box = _unit_line(document, known, draw)
    if number:
        without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
    return document, Mutation("unit_gone", number)


def unit_changed(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is printed anew with 元 in the place of 万元."""
    number, box = _unit_line(document, known, draw)
    if number:
        without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
        page, high = document.pages[number - 1], float(document.pages[number - 1].mediabox[3])
        with pikepdf.open(printed("单位：元", box[0], high - box[3] + 2, (float(page.mediabox[2]), high))) as over:
            page.add_overlay(over.pages[0])
    return document, Mutation("unit_changed", number)


def number_white(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A number is printed in white: no reader of the page sees it."""
    return _painted(document, known, draw, "number_white", b"1 g", b"")


def number_unprinted(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A number is printed in the mode that draws nothing."""
    return _painted(document, known, draw, "number_unprinted", b"3 Tr", b"0 Tr")


def _painted(
    document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, kind: str, operators: bytes, back: bytes
) -> tuple[pikepdf.Pdf, Mutation]:
    page, box, figure = _one(known, draw)
    met = painted_text(document, page, box, operators, back)
    gone = {key_of(figure)} if met else set()
    return document, Mutation(kind, page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def row_twice(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A row is printed once more in the place of the row below it."""
    page, box, figure = _one(known, draw)
    below = [f for f in figures_on(known, page) if f.box and f.table_no == figure.table_no and f.box[1] > box[3] - 1]
    if not below:
        return document, Mutation("row_twice", page, None, {figure.table_no})
    high = min(f.box[1] for f in below if f.box) + 0.5
    other = next(f.box for f in below if f.box and f.box[1] < high)
    gone = {key_of(f) for f in below if f.box and f.box[1] < high}
    without_text(document, page, (-1000.0, other[1], 5000.0, other[3]))
    band_copied(document, page, (0.0, box[1] + 0.5, 5000.0, box[3] - 0.5), other[1] - box[1])
    return document, Mutation("row_twice", page, None, {figure.table_no}, gone, figure.label)


def label_split(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The second half of a row's label, or of its code, stands elsewhere in the row.

    Not in the next row: what is printed there is the name of that row to whoever looks at the page, as it is to a reader.
    """
    page, box, figure = _one(known, draw)
    across = draw.choice((8.0, 25.0, 60.0, -6.0))
    amounts = [f.box[0] for f in figures_on(known, page) if f.box and abs(f.box[1] - box[1]) < 2]
    split_text(document, page, (-1000.0, box[1], min(amounts) - 2, box[3]), across, 0.0)
    return document, Mutation("label_split", page, None, {figure.table_no}, said=f"{figure.label} {across}")


def page_turned(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures is shown turned."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    document.pages[page - 1].rotate(draw.choice((90, 180, 270)), relative=True)
    return document, Mutation("page_turned", page)


def unit_in_head(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A head of a column is printed with 元 behind it, the unit above the table stays."""
    number, box = _printed_text(document, known, draw, draw.choice(("合计", "小计", "支出", "预算数", "金额")))
    if any(f.box and f.box[1] <= box[3] for f in figures_on(known, number)):
        number = 0  # no head, but in a row
    if number:
        page, high = document.pages[number - 1], float(document.pages[number - 1].mediabox[3])
        with pikepdf.open(printed("（元）", box[2], high - box[3] + 2, (float(page.mediabox[2]), high))) as over:
            page.add_overlay(over.pages[0])
    return document, Mutation("unit_in_head", number)


def _unit_line(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[int, Box]:
    """A page with figures on which 万元 is printed, and where that stands, counted from the top; 0 where there is none."""
    for spelled in ("单位：万元", "单位:万元", "单位： 万元", "单位: 万元"):
        found = _printed_text(document, known, draw, spelled)
        if found[0]:
            return found
    return 0, (0.0, 0.0, 0.0, 0.0)


def _printed_text(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, text: str) -> tuple[int, Box]:
    numbers = sorted({f.place.page or 1 for f in known.figures})
    draw.shuffle(numbers)
    with pdfium.PdfDocument(document.filename) as seen:
        for number in numbers:
            page = seen[number - 1]
            layer = page.get_textpage()
            found = layer.search(text).get_next()
            if found is not None:
                left, bottom, _, top = layer.get_charbox(found[0])
                right = layer.get_charbox(found[0] + len(text) - 1)[2]
                height = page.get_height()
                return number, (left, height - top - 2, right, height - bottom + 2)
    return 0, (0.0, 0.0, 0.0, 0.0)


KINDS: tuple[Callable[..., tuple[pikepdf.Pdf, Mutation]], ...] = (
    page_dropped, page_doubled, page_moved, page_turned, row_out, row_twice, cell_out, number_hidden, number_white,
    number_unprinted, rule_moved, cells_joined, label_split, unit_gone, unit_changed, unit_in_head,
)  # fmt: skip


def different(known: DocumentFacts) -> Counter[tuple[str, int | None, int | None]]:
    """The disagreements of a document by rule and both sides."""
    return Counter((c.rule, c.left_fen, c.right_fen) for c in known.checks if c.status == "different")


def _amounts(known: DocumentFacts) -> tuple[dict[tuple[str, ...], list[int]], ...]:
    """The amounts of a document by the whole key, by code and column, and by label and column."""
    true: dict[tuple[str, ...], list[int]] = {}
    coded: dict[tuple[str, ...], list[int]] = {}
    named: dict[tuple[str, ...], list[int]] = {}
    for figure in known.figures:
        table, side, code, label, column = key_of(figure)
        true.setdefault((table, side, code, label, column), []).append(figure.fen)
        coded.setdefault((table, side, code, column), []).append(figure.fen)
        named.setdefault((table, side, label, column), []).append(figure.fen)
    return true, coded, named


def errors_of(known: DocumentFacts, mutated: DocumentFacts, mutation: Mutation) -> list[str]:
    """What a mutated copy says that its print does not."""
    true, coded, named = _amounts(known)
    partial = {str(table.table_no) for table in mutated.tables if table.status == "partial"}
    wrong = []
    for figure in mutated.figures:
        key = key_of(figure)
        printed = true.get(key, [])
        if not printed and figure.code:
            printed = coded.get((key[0], key[1], key[2], key[4]), [])
        elif not printed and key[0] in partial:
            printed = named.get((key[0], key[1], key[3], key[4]), [])
        if mutation.kind in ("unit_changed", "unit_in_head"):
            printed = [*printed, *(round(fen / YUAN) for fen in printed)]
        if figure.fen not in printed:
            wrong.append(f"figure {key} = {figure.raw}, the original prints {true.get(key)}")
        elif key in mutation.gone and len(true.get(key, ())) == 1:
            wrong.append(f"figure {key} = {figure.raw} is published, but cannot be seen")
    for (rule, left, right), count in (different(mutated) - different(known)).items():
        told_otherwise = mutation.kind == "unit_changed" and rule.startswith("narrative.")
        if mutation.kind not in TAKES_PRINT and not told_otherwise:
            wrong.append(f"disagreement {rule} {left} {right} ({count})")
    return wrong


@dataclass(frozen=True, slots=True)
class Task:
    """One copy to make and to read."""

    path: Path
    number: int
    seed: int
    keep: Path | None


_ORIGINALS: dict[Path, Original] = {}


def run(task: Task) -> tuple[str, str, list[str]]:
    """The kind of mutation, the file, and what is wrong with what is read of it."""
    if task.path not in _ORIGINALS:
        _ORIGINALS.clear()
        _ORIGINALS[task.path] = original(task.path)
    first = _ORIGINALS[task.path]
    draw = random.Random(f"{task.seed} {task.path.name} {task.number}")
    make = KINDS[task.number % len(KINDS)]
    with pikepdf.open(task.path) as document, tempfile.TemporaryDirectory() as folder:
        mutated, mutation = make(document, first.known, draw)
        copy = (task.keep or Path(folder)) / f"{task.path.stem}-{task.number}-{mutation.kind}.pdf"
        mutated.save(copy)
        try:
            found = read_copy(copy, mutation, first)
            wrong = errors_of(first.known, found, mutation)
            if task.number % EACH == 0 and facts(read_document(copy), first.known).figures != found.figures:
                wrong.append("the file gives other figures than its pages")
        except DocumentError:
            wrong = []  # nothing is published of it
        except Exception as error:  # whatever ends a document is what is looked for
            wrong = [f"exception {type(error).__name__}: {error}"]
    return mutation.kind, f"{task.path.name} {task.number} {mutation.kind} p.{mutation.page} {mutation.said}", wrong


def has_figures(path: Path) -> bool:
    """Whether a PDF is read at all and gives figures that copies can be made of."""
    try:
        return any(figure.box for figure in original(path).known.figures)
    except DocumentError:
        return False


def main() -> int:
    """Make, read and judge the copies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    paths = sorted({p for f in options.folders for p in (f.glob("*.pdf") if f.is_dir() else [f])})
    tasks = [Task(paths[n % len(paths)], n // len(paths), options.seed, options.keep) for n in range(options.count)]
    tasks.sort(key=lambda task: (task.path, task.number))
    made, failed = Counter[str](), Counter[str]()
    with ProcessPoolExecutor(options.jobs) as pool:
        readable = dict(zip(paths, pool.map(has_figures, paths), strict=True))
        print("".join(f"{path.name}: no figures, left out\n" for path in paths if not readable[path]), end="")
        tasks = [task for task in tasks if readable[task.path]]
        for kind, where, wrong in pool.map(run, tasks, chunksize=8):
            made[kind] += 1
            failed[kind] += bool(wrong)
            for line in wrong:
                print(f"{where}: {line}", flush=True)
    print(", ".join(f"{kind} {made[kind] - failed[kind]}/{made[kind]}" for kind in sorted(made)))
    print(f"{made.total()} copies, {failed.total()} with an error")
    return 1 if failed.total() else 0


if __name__ == "__main__":
    sys.exit(main())
