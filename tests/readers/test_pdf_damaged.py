"""Fifty damaged copies of real typesettings: each read or refused in one line, within its time and memory; a build goes on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from drawing import pages_of
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from budgetdata.build.build import build
from budgetdata.readers.pdf import child as pdf_child
from budgetdata.readers.pdf.plumber import decompressed

pytestmark = pytest.mark.shared

MOST_SECONDS = 10.0
MOST_BYTES = 500 * 1024 * 1024
SAMPLES = ("004_rl_longtable", "001_lo_ruled", "000_chrome_hair", "004_lo_three")


MEASURE = """
import json, resource, sys
from pathlib import Path
from budgetdata.build.reading import read_one
from budgetdata.register.found import File
from budgetdata.register.inputs import Input
from budgetdata.register.sources import Source
used = lambda: resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = lambda: used().ru_utime + used().ru_stime
for path in sorted(Path(sys.argv[1]).iterdir()):
    start, source = seconds(), Source(path.name, "0" * 64, "000000000000")
    report = read_one(Input((File(path, path.name),), source)).report(source)
    told = {"first": next(report.lines()), "read": report.summary is not None}
    print(json.dumps({"name": path.name, "seconds": seconds() - start, "peak": used().ru_maxrss * 1024, **told}))
"""
"""Reads every file of a folder, each in a child of its own: what it took, the most bytes any child held so far, what is said.

Seen from a small process, since a child counts as large as what it forks from.
"""


def pages(source: bytes, first: int, last: int) -> bytes:
    """A copy of some pages, so that the samples stay small."""
    whole, part = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    part.import_pages(whole, list(range(first, last)))
    buffer = io.BytesIO()
    part.save(buffer)
    return buffer.getvalue()


def cut(share: float, source: bytes) -> bytes:
    """The first part of a file."""
    return source[: int(len(source) * share)]


def flipped(step: int, source: bytes) -> bytes:
    """The file with a bit turned over every `step` bytes."""
    copy = bytearray(source)
    for place in range(step, len(copy), step):
        copy[place] ^= 1 << (place % 8)
    return bytes(copy)


def holed(share: float, source: bytes) -> bytes:
    """The file with a stretch of zeros in it."""
    start = int(len(source) * share)
    return source[:start] + b"\0" * 4096 + source[start + 4096 :]


def replaced(old: bytes, new: bytes, source: bytes) -> bytes:
    """The file with one word put in place of another, wherever it stands."""
    return source.replace(old, new)


def wrapped(before: bytes, after: bytes, source: bytes) -> bytes:
    """The file with something put before and after it."""
    return before + source + after


def drawn(code: str, encrypt: StandardEncryption | None, _source: bytes) -> bytes:
    """A page of raw drawing instructions."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt, pageCompression=1)
    canvas._code.append(code)
    canvas.drawString(60, 700, "budget")
    canvas.save()
    return buffer.getvalue()


def made(content: bytes, _source: bytes) -> bytes:
    """A file of its own."""
    return content


def locked(password: str, _source: bytes) -> bytes:
    """A file that asks for a password."""
    return drawn("", StandardEncryption(password, "owner", strength=128), _source)


DEEP = b"/Resources<</XObject<</A " + b"[" * 200_000 + b"]" * 200_000 + b">>>>"
NESTED = b"/Resources " + b"<</A " * 100_000 + b"null" + b">>" * 100_000
LOOP = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\n"
DAMAGES: list[tuple[str, Callable[[bytes], bytes]]] = [
    *(
        (f"cut_{share}.pdf", partial(cut, share))
        for share in (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.999)
    ),
    *(
        (f"flip_{step}.pdf", partial(flipped, step))
        for step in (7, 31, 97, 211, 499, 1009, 2003, 5003, 9973, 20011, 50021, 90001)
    ),
    *((f"hole_{share}.pdf", partial(holed, share)) for share in (0.0, 0.02, 0.15, 0.35, 0.55, 0.75, 0.95)),
    ("no_xref.pdf", partial(replaced, b"startxref", b"startnull")),
    ("no_pages.pdf", partial(replaced, b"/Kids", b"/Lids")),
    ("no_fonts.pdf", partial(replaced, b"/Font", b"/Tont")),
    ("no_unicode.pdf", partial(replaced, b"/ToUnicode", b"/ToNothing")),
    ("no_stream_length.pdf", partial(replaced, b"/Length ", b"/Lengte ")),
    ("huge_page.pdf", partial(replaced, b"/MediaBox", b"/MediaBox[0 0 99999999 99999999]/Old")),
    ("junk_before.pdf", partial(wrapped, b"\x00\xff" * 300, b"")),
    ("much_junk_before.pdf", partial(wrapped, b"\x00\xff" * 9000, b"")),
    ("twice.pdf", lambda source: source + source),
    ("wrong_ending.txt", lambda source: source),
    ("a_text.pdf", partial(made, "部门预算公开\t1.00\n".encode() * 50)),
    ("a_zip.pdf", partial(made, b"PK\x03\x04" + bytes(2000))),
    ("empty.pdf", partial(made, b"")),
    ("encrypted.pdf", partial(locked, "secret")),
    ("ten_thousand_pages.pdf", partial(made, pages_of(10_000))),
    ("deep_arrays.pdf", partial(made, pages_of(1, DEEP))),
    ("deep_dictionaries.pdf", partial(made, pages_of(1, NESTED))),
    ("pages_in_a_loop.pdf", partial(made, LOOP + b"trailer<</Root 1 0 R>>\n%%EOF")),
    ("endless_drawing.pdf", partial(drawn, "10 10 m 500 500 l S " * 800_000, None)),
]
"""A name and what is done to a sample."""


@pytest.fixture(scope="module")
def samples(shared: Path) -> list[bytes]:
    """A few pages of four typesettings."""
    return [pages((shared / "pdf" / f"{name}.pdf").read_bytes(), 5, 12) for name in SAMPLES]


def test_a_stream_with_a_wrong_check_sum_is_whole_and_one_damaged_before_it_is_refused() -> None:
    data = bytes(range(256)) * 40
    packed = zlib.compress(data)
    assert decompressed(packed[:-1] + b"?") == decompressed(packed) == data
    with pytest.raises(zlib.error):
        decompressed(packed[:2] + b"\x07" + packed[3:])


def test_there_are_fifty() -> None:
    assert len(DAMAGES) >= 50 and len({name for name, _ in DAMAGES}) == len(DAMAGES)


@pytest.fixture(scope="module")
def readings_of(samples: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What reading each damaged copy took, and its line."""
    folder = tmp_path_factory.mktemp("damaged")
    for number, (name, damage) in enumerate(DAMAGES):
        (folder / name).write_bytes(damage(samples[number % len(samples)]))
    told = subprocess.run([sys.executable, "-c", MEASURE, str(folder)], check=True, capture_output=True, text=True)
    return {reading["name"]: reading for reading in map(json.loads, told.stdout.splitlines())}


@pytest.mark.parametrize("name", [name for name, _ in DAMAGES])
def test_a_damaged_copy_is_read_or_refused_in_one_line(readings_of: dict[str, dict[str, Any]], name: str) -> None:
    reading = readings_of[name]
    assert reading["seconds"] <= MOST_SECONDS
    assert reading["peak"] <= MOST_BYTES
    assert "\n" not in reading["first"] and "internal error" not in reading["first"]
    if not reading["read"]:
        assert reading["first"].startswith(f"FAILED {name}: ") and len(reading["first"]) < 400


def test_reading_may_use_no_more_memory_than_that() -> None:
    assert pdf_child.MAX_MEMORY <= MOST_BYTES


def test_a_build_goes_on_past_damaged_copies(samples: list[bytes], shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    chosen = ("cut_0.3.pdf", "flip_97.pdf", "encrypted.pdf", "a_zip.pdf", "deep_arrays.pdf", "pages_in_a_loop.pdf")
    for name, damage in DAMAGES:
        if name in chosen:
            (folder / name).write_bytes(damage(samples[0]))
    (folder / "whole_2024.pdf").write_bytes((shared / "pdf" / "004_rl_longtable.pdf").read_bytes())
    report = build(tmp_path / "out.db", from_dir=folder, jobs=2)
    assert report.replaced and report.exit_code == 1
    outcomes = {document.source.source_file: document.is_read for document in report.documents}
    assert outcomes.pop("whole_2024.pdf") and set(outcomes) == set(chosen)
    assert not any(outcomes.values())
