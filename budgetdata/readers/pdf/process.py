"""Read a PDF disclosure: the same blocks as the text reader gives, with pages, printed lines and cell boxes.

The file is opened in a process of its own, bounded in time and memory, because a PDF from the web may be damaged or
made to harm. What is read there comes back as plain data.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import Said

MAX_BYTES = 256 * 1024 * 1024
SECONDS = 8.0  # of processor time, so that a busy machine reads what an idle one does
SECONDS_PER_BYTE = 4e-6  # a long document needs longer: four seconds more for each megabyte, …
MOST_SECONDS = 60.0  # … up to this
OCR_SECONDS = 1800.0
_BUSY = 1 if os.name == "nt" else 5  # a process may wait for the processor so many times as long
_SIGXCPU = 24  # the system's way to end a process that has had its time
_HEADER_WITHIN = 1024  # a PDF may begin with some bytes of something else


def read_pdf(path: Path, seconds: float = SECONDS, ocr: bool = False) -> RawDocument:
    """The blocks of a PDF; of scanned pages only where `ocr` is asked for and installed.

    Raises DocumentError where it cannot be read, or not in `seconds` of work (more for a large file, and for OCR).
    """
    size = _refuse_what_is_no_pdf(path)
    seconds = OCR_SECONDS if ocr else min(seconds + SECONDS_PER_BYTE * size, max(seconds, MOST_SECONDS))
    return _document(ask_child(path, seconds, *(["ocr"] if ocr else []))["document"], path.name)


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A PDF's text page by page, its author, and the pages that show an image and no text."""

    pages: tuple[str, ...]
    author: str
    pictures: tuple[int, ...]

    @property
    def text(self) -> str:
        """All of it, pages parted by form feeds."""
        return "\f".join(self.pages)


def read_text_layer(path: Path) -> TextLayer:
    """The text layer of a PDF. Raises DocumentError where it cannot be opened or takes too long."""
    size = _refuse_what_is_no_pdf(path)
    layer = ask_child(path, min(SECONDS + SECONDS_PER_BYTE * size, MOST_SECONDS), "layer")["layer"]
    return TextLayer(tuple(layer["pages"]), layer["author"], tuple(layer["pictures"]))


def ask_child(path: Path, seconds: float, *task: str) -> dict[str, Any]:
    """What pdf_child answers about a file, in a process that is stopped after `seconds` of work. Raises DocumentError."""
    command = [sys.executable, "-m", "budgetdata.readers.pdf.child", str(path.resolve()), str(seconds), *task]
    root = str(Path(__file__).resolve().parents[3])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_BUSY * seconds + 2, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{path.name}: reading took over {seconds:.0f} s; split it or print it anew") from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        if done.returncode == -_SIGXCPU:
            raise DocumentError(f"{path.name}: reading took over {seconds:.0f} s; split it or print it anew") from error
        last = done.stderr.decode(errors="replace").strip().splitlines()
        reason = last[-1] if last else "it needs too much memory or is made to harm"
        raise DocumentError(
            f"{path.name}: reading stopped with code {done.returncode} ({reason}); fetch it again or print it anew"
        ) from error
    if "error" in answer:
        raise DocumentError(f"{path.name}: {answer['error']}")
    return answer


def _refuse_what_is_no_pdf(path: Path) -> int:
    """The file's size in bytes; raises DocumentError where it is no PDF or too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEADER_WITHIN)
    except OSError as error:
        raise DocumentError(f"{path.name}: cannot be opened ({error.strerror}); check the path") from error
    if not head.strip(b"\x00 \t\r\n"):
        raise DocumentError(f"{path.name}: the file is empty; fetch it again")
    if b"%PDF-" not in head:
        raise DocumentError(f"{path.name}: not a PDF (it begins with {head[:8]!r}); give the file its right ending")
    if size > MAX_BYTES:
        raise DocumentError(f"{path.name}: {size} bytes is more than a disclosure holds ({MAX_BYTES}); split it first")
    return size


def _document(plain: dict[str, Any], source_file: str) -> RawDocument:
    return RawDocument(
        source_file=source_file,
        source_kind=plain["source_kind"],
        blocks=[_block(block) for block in plain["blocks"]],
        pages=plain["pages"],
        left_out=_placed(plain["left_out"]),
        unreadable=_placed(plain["unreadable"]),
        notes=_placed(plain["notes"]),
        gaps=_placed(plain["gaps"]),
        repeated=_placed(plain["repeated"]),
    )


def _placed(entries: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[tuple[Place, Said]]:
    return [(Place(**place), Said.from_json(reason["code"], json.dumps(reason["args"]))) for place, reason in entries]


def _block(plain: dict[str, Any]) -> Block:
    if plain["kind"] == "paragraph":
        return Paragraph(plain["text"], Place(**plain["place"]), plain["heading"])
    return RawTable(
        tuple(
            RawRow(
                tuple(row["cells"]),
                Place(**row["place"]),
                tuple(None if box is None else (box[0], box[1], box[2], box[3]) for box in row["boxes"]),
            )
            for row in plain["rows"]
        )
    )
