"""Several files that were published together as one document: their blocks one after the other, each place with its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.leaves import in_file
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawTable
from budgetdata.base.said import Said
from budgetdata.build.packed import Brief
from budgetdata.build.versions import NARRATIVE, PERFORMANCE, TABLES
from budgetdata.readers import read_document
from budgetdata.readers.archive import unpacked
from budgetdata.register.found import File
from budgetdata.register.inputs import Input

MIXED = "mixed"
"""The source kind of files of different kinds."""


def read_files(files: Sequence[File], ocr: bool = False) -> RawDocument:
    """The files of a disclosure as one document. Raises DocumentError, with the file's name, where one cannot be read."""
    return together([_read(file, ocr) for file in files])


def _read(file: File, ocr: bool) -> RawDocument:
    if not file.inside:
        raw = read_document(file.path, ocr)
    else:
        with unpacked(file.path, file.inside) as inner:
            try:
                raw = read_document(inner, ocr)
            except DocumentError as error:
                raise DocumentError(f"{file.name}: {str(error).removeprefix(f'{inner.name}: ')}") from error
    raw.source_file = file.name
    return raw


def published_together(inputs: Sequence[Input], briefs: Mapping[int, Brief]) -> list[list[int]]:
    """Which inputs (by index) are parts of one disclosure, by what they print: of one folder or zip, one body and one year
    the narrative alone, the tables alone, and any files of performance sheets."""
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for index, brief in sorted(briefs.items()):
        file = inputs[index].files[0]
        folder = str(file.path if file.inside else file.path.parent)
        groups[folder, brief.department, brief.year].append(index)
    found = []
    for group in groups.values():
        of = {
            part: [index for index in group if briefs[index].part == part] for part in (NARRATIVE, TABLES, PERFORMANCE)
        }
        whole = [index for index in group if not briefs[index].part and not briefs[index].sheets]
        if len(of[NARRATIVE]) == 1 and len(of[TABLES]) == 1:
            found.append(of[NARRATIVE] + of[TABLES] + of[PERFORMANCE])
        elif len(whole) == 1 and of[PERFORMANCE] and not of[NARRATIVE] and not of[TABLES]:
            found.append(whole + of[PERFORMANCE])
    return found


def agree(facts: DocumentFacts) -> bool:
    """True where the narrative of files put together speaks of their tables: no more of its numbers differ than agree."""
    statuses = [check.status for check in facts.checks if check.rule.startswith("narrative.")]
    return statuses.count("different") <= statuses.count("balanced") + statuses.count("rounding")


def together(parts: Sequence[RawDocument]) -> RawDocument:
    """The files as one document, in the order given; of one file, that file as it is.

    Pages are those of the files, with the number of the file before them; `leaves` names the files by that number.
    """
    if len(parts) == 1:
        return parts[0]
    kinds = {part.source_kind for part in parts}
    recognised = next((kind for kind in kinds if kind == "pdf_ocr"), MIXED)
    whole = RawDocument(
        source_file=parts[0].source_file,
        source_kind=kinds.pop() if len(kinds) == 1 else recognised,
        blocks=[],
        pages=sum(part.pages or 0 for part in parts) or None,
    )
    for number, part in enumerate(parts, start=1):
        whole.blocks += [_block(number, block) for block in part.blocks]
        for name in ("left_out", "unreadable", "notes", "gaps", "repeated"):
            placed: list[tuple[Place, Said]] = getattr(whole, name)
            placed += [(_place(number, place), reason) for place, reason in getattr(part, name)]
        whole.leaves[in_file(number, None)] = part.source_file
        whole.leaves |= {in_file(number, page): name for page, name in part.leaves.items()}
    return whole


def _place(number: int, place: Place) -> Place:
    return Place(in_file(number, place.page), place.line)


def _block(number: int, block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=_place(number, block.place))
    return RawTable(tuple(replace(row, place=_place(number, row.place)) for row in block.rows))
