"""What was read beside what was printed, row by row, so that a person can find a misreading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetdata.base.errors import StoreError, UnknownNameError
from budgetdata.base.money import normal_digits, wan, yuan
from budgetdata.base.raw import Place, RawDocument, RawRow, RawTable
from budgetdata.base.records import Record
from budgetdata.base.settings import DATA_DIR
from budgetdata.build.together import read_files
from budgetdata.forms.declared import standard_forms
from budgetdata.privacy.mask import mask_document, mask_name
from budgetdata.privacy.patterns import MASKS
from budgetdata.register.found import File, file_named, files_in
from budgetdata.register.inputs import origin_directory
from budgetdata.register.sources import read_sources, sha256_of, stored_files
from budgetdata.store.opened import Opened

_SHORTEST_ID = 4
_SIDES = {"": "", "income": "收入 ", "expenditure": "支出 "}
_TEXTS = ("overview", "basis", "need", "safeguards", "plan", "term_goal", "annual_goal")

Spot = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Printed:
    """The printed rows of a document in order, where each place stands among them, and each row's table's extent."""

    rows: list[RawRow]
    index: dict[Spot, int]
    extent: list[tuple[int, int]]


def show(db: Path, document: str, table_no: int | None = None, data_dir: Path = DATA_DIR) -> Iterator[str]:
    """Lines that set the printed rows of a document beside what was read from them; of one table where one is named.

    document is an id (or its beginning), a file name, or a department's name. Raises UnknownNameError where that is
    none or more than one, and StoreError where the source cannot be found again.
    """
    with Opened(db) as opened:
        row = find_document(opened, document)
        if table_no is not None and table_no not in standard_forms():
            raise UnknownNameError(f"table {table_no}: the standard tables are 1 to {max(standard_forms())}")
        files = source_files(opened, row, data_dir)
        printed = _printed(mask_document(read_files(files, ocr=row["source_kind"] == "pdf_ocr"))[0])
        named = ", ".join(mask_name(str(file.path / file.inside)) for file in files)
        yield f"{row['document_id']} {row['department']} {row['year']} · {named} · {row['status']}"
        for number in [table_no] if table_no else sorted(standard_forms()):
            yield from _table(opened, row["document_id"], number, printed)
        if table_no is None:
            yield from _sheets(opened, row["document_id"], printed)
        yield from _problems(opened, row["document_id"], table_no)


def find_document(opened: Opened, wanted: str) -> Record:
    """The document that an id, an id's first digits, a file name or a department's name means.

    Raises UnknownNameError, with the documents to choose from, where none or more than one is meant.
    """
    documents = opened.rows("SELECT * FROM document ORDER BY department, year")
    name = Path(wanted).name
    tests: tuple[Callable[[Record], bool], ...] = (
        lambda row: row["document_id"] in (wanted, Path(name).stem) or row["source_file"] in (name, mask_name(name)),
        lambda row: len(wanted) >= _SHORTEST_ID and row["document_id"].startswith(wanted.lower()),
        lambda row: row["department"] == wanted or f"{row['department']} {row['year']}" == wanted,
        lambda row: bool(wanted) and wanted in row["department"],
    )
    for test in tests:
        found = [row for row in documents if test(row)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownNameError(f"'{wanted}' means more than one document; name one by its id: {_choice(found)}")
    raise UnknownNameError(f"no document '{wanted}'; the database holds: {_choice(documents)}")


def _choice(rows: Sequence[Record]) -> str:
    return "; ".join(f"{row['document_id']} {row['department']} {row['year']}" for row in rows) or "none"


def source_files(opened: Opened, row: Record, data_dir: Path) -> list[File]:
    """The files of a stored document as they lie now. Raises StoreError where one is not there any more."""
    directory = origin_directory(opened.meta.get("origin", ""), opened.path)
    if directory is not None:
        names = (row["files"] or row["source_file"]).split(";")
        files = [_file_called(directory, name, row["source_sha256"]) for name in names]
    else:
        registered = {source.document_id: source for source in read_sources(data_dir)}
        source = registered.get(row["document_id"])
        stored = stored_files(source, data_dir) if source else [(data_dir / row["source_file"], row["source_file"])]
        files = [File(path, name) for path, name in stored]
    for file in files:
        if not file.path.exists():
            raise StoreError(f"{file.path}: the source is not there any more; put it back, or build again without it")
    return files


def _file_called(directory: Path, name: str, sha256: str) -> File:
    """The file of a stored name. A person in it is masked there: of several that are then called the same it is the one of
    this hash, else the first."""
    if not any(each in name for each in MASKS):
        return file_named(directory, name)
    called = [file for file in files_in(directory)[0] if mask_name(file.name) == name]
    same = (file for file in called if sha256_of(file.content()) == sha256)
    return next(same, called[0] if called else File(directory / name, name))


def _printed(document: RawDocument) -> _Printed:
    printed = _Printed([], {}, [])
    for block in document.blocks:
        if isinstance(block, RawTable):
            first = len(printed.rows)
            for row in block.rows:
                printed.index.setdefault(_spot(row.place), len(printed.rows))
                printed.rows.append(row)
            printed.extent.extend([(first, len(printed.rows))] * len(block.rows))
    return printed


def _spot(place: Place) -> Spot:
    return place.page, place.line


def _table(opened: Opened, document_id: str, number: int, printed: _Printed) -> Iterator[str]:
    head = opened.row("SELECT * FROM form_table WHERE document_id = ? AND table_no = ?", (document_id, number))
    yield ""
    if head is None:
        yield f"Table {number} {standard_forms()[number].title}: not in the database"
        return
    title = f"Table {number} {head['title'] or standard_forms()[number].title}"
    reason = f" ({head['reason']})" if head["reason"] else ""
    yield f"{title} · {head['unit'] or 'no unit'} · {head['status']}{reason} · {Place(head['page'], head['line'])}"
    read = _readings(opened, document_id, number, printed)
    yield from _side_by_side(printed, read)


def _readings(opened: Opened, document_id: str, number: int, printed: _Printed) -> dict[Spot, list[str]]:
    """Place → what was read there, one line for each row and side."""
    figures: dict[tuple[str, int], list[Record]] = {}
    where = "WHERE document_id = ? AND table_no = ? ORDER BY"
    for figure in opened.rows(f"SELECT * FROM figure {where} rowid", (document_id, number)):
        figures.setdefault((figure["side"], figure["row_no"]), []).append(figure)
    read: dict[Spot, list[str]] = {}
    for row in opened.rows(f"SELECT * FROM form_row {where} row_no, side DESC", (document_id, number)):
        spot = (row["page"], row["line"])
        values = "  ".join(_value(figure, printed) for figure in figures.get((row["side"], row["row_no"]), []))
        name = _SIDES[row["side"]] + " ".join(filter(None, (row["code"], row["canonical_label"])))
        level = f"level {row['level']}{' Σ' if row['is_sum'] else ''}"
        read.setdefault(spot, []).append(f"{name} ({level}): {values or 'blank'}")
    return read


def _value(figure: Record, printed: _Printed) -> str:
    at = printed.index.get((figure["page"], figure["line"]))
    cells = [normal_digits(cell) for cell in printed.rows[at].cells] if at is not None else []
    here = any(normal_digits(figure["raw"]) in cell for cell in cells)
    warning = "" if here else f" !not printed here: {figure['raw']}"
    return f"{figure['column']}={wan(figure['fen'])}{warning}"


def _side_by_side(printed: _Printed, read: dict[Spot, list[str]]) -> Iterator[str]:
    """The printed rows of every table that something was read from, each followed by what was read there."""
    places = [printed.index[spot] for spot in read if spot in printed.index]
    shown = sorted({number for place in places for number in range(*printed.extent[place])})
    for number in shown:
        row = printed.rows[number]
        yield f"  {row.place} | {' | '.join(cell.replace(chr(10), '⏎') for cell in row.cells)}"
        yield from (f"      → {text}" for text in read.get(_spot(row.place), []))
    for spot, texts in read.items():
        if spot not in printed.index:
            yield from (f"  {Place(*spot)} (no printed row there)  → {text}" for text in texts)


def _sheets(opened: Opened, document_id: str, printed: _Printed) -> Iterator[str]:
    select = "SELECT * FROM sheet WHERE document_id = ? ORDER BY sheet_id"
    for sheet in opened.rows(select, (document_id,)):
        yield ""
        place = Place(sheet["page"], sheet["line"])
        yield f"{sheet['sheet_id']} {sheet['project_name']} · {sheet['scope']} · {place}"
        funds = opened.rows("SELECT * FROM sheet_fund WHERE sheet_id = ? ORDER BY rowid", (sheet["sheet_id"],))
        amounts = [f"{fund['horizon']}.{fund['source']}={yuan(fund['fen'])}" for fund in funds]
        yield f"  funds (元): {'  '.join(amounts) or 'blank'}"
        for name in _TEXTS:
            if sheet[name]:
                yield f"  {name}: {sheet[name]}"
        read: dict[Spot, list[str]] = {}
        targets = opened.rows("SELECT * FROM target WHERE sheet_id = ? ORDER BY rowid", (sheet["sheet_id"],))
        for target in targets:
            name = f"{target['horizon']} {target['category']}: {target['indicator']}"
            read.setdefault((target["page"], target["line"]), []).append(
                f"{name} = {target['target']} [{target['quality']}]"
            )
        yield from _side_by_side(printed, read)


def _problems(opened: Opened, document_id: str, table_no: int | None) -> Iterator[str]:
    rows = opened.rows("SELECT * FROM problem WHERE document_id = ? ORDER BY problem_id", (document_id,))
    for problem in rows:
        if table_no in (None, problem["table_no"]):
            raw = f" (printed: {problem['raw']!r})" if problem["raw"] else ""
            yield f"{problem['severity']} {Place(problem['page'], problem['line'])}: {problem['message']}{raw}"
