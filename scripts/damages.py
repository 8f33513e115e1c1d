"""What may befall a file: mutations of its bytes, its tokens, the parts of a package, the lines of a text."""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

import pikepdf  # noqa: E402 - needs the line above
from office import zipped  # noqa: E402

_TOKENS = (
    b"endobj", b"stream", b"/Kids", b"/Parent", b"/Length", b"/Type", b"obj", b"BT", b"Tj", b"<w:tr", b"<w:t", b"<c ", b"<row",
)  # fmt: skip
_ODD = (
    "\u200b", "\u202e", "\ufffd", "\x00", "\x0b", "\x1f", "𠀀", "٣", "ﷺ", "\ufeff", "\u0301" * 40, "<td colspan=99999>", "\\",
    "'", "%s{0}",
)  # fmt: skip
Damage = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, draw: random.Random) -> bytes:
    """Some bytes with other bits."""
    held = bytearray(data)
    for _ in range(draw.choice((1, 4, 64))):
        held[draw.randrange(len(held))] ^= 1 << draw.randrange(8)
    return bytes(held)


def cut(data: bytes, draw: random.Random) -> bytes:
    """A stretch is gone, or all behind a place."""
    at = draw.randrange(len(data))
    return data[:at] + (data[at + draw.randrange(1, 4000) :] if draw.random() < 0.6 else b"")


def doubled(data: bytes, draw: random.Random) -> bytes:
    """A stretch stands twice or very often."""
    at, size = draw.randrange(len(data)), draw.randrange(1, 2000)
    return data[:at] + data[at : at + size] * draw.choice((2, 2, 50)) + data[at:]


def swapped(data: bytes, draw: random.Random) -> bytes:
    """Two stretches stand in each other's place."""
    one, two = sorted((draw.randrange(len(data)), draw.randrange(len(data))))
    size = min(draw.randrange(1, 1000), max(two - one, 1))
    return data[:one] + data[two : two + size] + data[one + size : two] + data[one : one + size] + data[two + size :]


def numbered(data: bytes, draw: random.Random) -> bytes:
    """A number is another: nothing, negative, beyond all bounds."""
    places = [match.span() for match in re.finditer(rb"(?<![0-9])[0-9]{1,6}(?![0-9])", data[:400_000])]
    for start, end in sorted(draw.sample(places, min(len(places), draw.choice((1, 5)))), reverse=True):
        other = draw.choice((b"0", b"-1", b"99999999", b"2147483648", b"1e999", b"", b"9" * 60, b"NaN", b"1048577"))
        data = data[:start] + other + data[end:]
    return data


def renamed(data: bytes, draw: random.Random) -> bytes:
    """A token that structures the file is gone, another, or stands where none belongs."""
    token = draw.choice(_TOKENS)
    places = [match.start() for match in re.finditer(re.escape(token), data[:400_000])]
    if not places:
        return flipped(data, draw)
    at = draw.choice(places)
    return data[:at] + draw.choice((b"", draw.choice(_TOKENS), token * 300)) + data[at + len(token) :]


BYTES: tuple[Damage, ...] = (flipped, cut, doubled, swapped, numbered, renamed)


def of_package(data: bytes, draw: random.Random) -> bytes:
    """A part inside a zip, also an office file, is damaged, emptied, left out, nested deeply or named otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = draw.choice(sorted(parts, key=lambda each: -len(parts[each]))[:6])
    way = draw.randrange(8)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = b""
    elif way == 2:
        parts[f"../{name}"] = parts[name]
    elif way == 3:
        inner = re.search(rb"<(w:p|w:tr|row|c|si)[ >].*?</\1>", parts[name], re.S)
        piece = inner[0] if inner else b"<w:p/>"
        parts[name] = parts[name].replace(
            piece, b"<w:tbl><w:tr><w:tc>" * 400 + piece + b"</w:tc></w:tr></w:tbl>" * 400, 1
        )
    elif way == 4:
        entity = b'<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'
        parts[name] = re.sub(rb"(<\?xml[^>]*\?>)", lambda match: match[1] + entity, parts[name], count=1)
        parts[name] = parts[name].replace(b"</w:t>", b"&d;&e;</w:t>", 3)
    else:
        parts[name] = draw.choice(BYTES)(parts[name] or b" ", draw)
    return zipped(parts)


def of_pages(data: bytes, draw: random.Random) -> bytes:
    """What a page of a PDF draws, or a font or form that it draws with, is damaged; the file around it stays sound."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        for stream in draw.sample(streams, min(len(streams), draw.choice((1, 2, 4)))):
            held = stream.read_bytes() if draw.random() < 0.8 else stream.read_raw_bytes()
            stream.write(draw.choice(BYTES)(held or b" ", draw))
        document.save(made)
    return made.getvalue()


def of_lines(data: bytes, draw: random.Random) -> bytes:
    """Lines or cells of a text are repeated, moved, joined, filled with odd signs, or in another encoding."""
    lines = data.decode("utf-8", errors="replace").split("\n")
    at = draw.randrange(len(lines))
    way = draw.randrange(8)
    if way == 0:
        lines[at:at] = [lines[at]] * draw.choice((3, 500))
    elif way == 1:
        draw.shuffle(lines)
    elif way == 2:
        lines[at] = lines[at] * draw.choice((20, 2000))
    elif way == 3:
        lines = [line.replace("\t", draw.choice(("", " ", "\t\t"))) for line in lines]
    elif way in (4, 5):
        for _ in range(draw.choice((1, 30))):
            at = draw.randrange(len(lines))
            place = draw.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + draw.choice(_ODD) + lines[at][place:]
    elif way == 6:
        lines[at : at + draw.randrange(1, 40)] = []
    else:
        return "\n".join(lines).encode(draw.choice(("utf-16", "gb18030", "utf-7", "utf-32", "big5")), errors="replace")
    return "\n".join(lines).encode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file: its ending, its bytes, and what may be done to it."""

    suffix: str
    data: bytes
    ways: tuple[Damage, ...]

    def damaged(self, draw: random.Random) -> bytes:
        """The file with one to four mutations, the first of its own kind."""
        data = self.data
        for _ in range(draw.choice((1, 1, 2, 4))):
            try:
                data = draw.choice(self.ways)(data or b" ", draw)
            except Exception:  # what is damaged already may be no package any more
                data = flipped(data or b" ", draw)
        return data
