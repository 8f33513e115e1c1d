"""A process that reads one document after the other for a worker of a cluster: whatever a document does, the worker lives on.

Orders come in and answers go out as frames, a length and that many bytes. A document travels with its order, so workers need no
folder that all of them see.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from budgetdata.base.settings import child_environment
from budgetdata.build.reading import Read, read_one
from budgetdata.register.found import File
from budgetdata.register.inputs import Input, reader_digest
from budgetdata.register.sources import Source
from budgetdata.store.kept import Packed

_TIMES = 2
"""How often a document is tried whose reader ended: the first time the system may have been short of memory."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A file of a document: which of `contents` holds it, its own name there, its name as it is told, and its place in a zip."""

    content: int
    base: str
    name: str
    inside: str


@dataclass(frozen=True, slots=True)
class Order:
    """A document to be read by this version of the program, with the bytes of its files."""

    program: str
    files: list[Carried]
    contents: list[bytes]
    source: Source
    ocr: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an order: card and facts, or an error; program is the reader's version where that is another one."""

    card: bytes = b""
    facts: bytes = b""
    error: str = ""
    program: str = ""

    def read(self) -> Read:
        """As a build takes it."""
        return Read(error=self.error) if self.error else Read(Packed(self.card, self.facts))


def order_of(item: Input, ocr: bool) -> bytes:
    """The order for an input, with its files. Raises OSError where one cannot be opened."""
    paths = list(dict.fromkeys(file.path for file in item.files))
    files = [Carried(paths.index(file.path), file.path.name, file.name, file.inside) for file in item.files]
    whole = Order(reader_digest(), files, [path.read_bytes() for path in paths], item.source, ocr)
    return msgspec.msgpack.encode(whole)


def answer_of(frame: bytes) -> Answer:
    """An answer from its bytes."""
    return msgspec.msgpack.decode(frame, type=Answer)


def carry_out(frame: bytes) -> Answer:
    """Read the document of an order, in this process."""
    order = msgspec.msgpack.decode(frame, type=Order)
    if order.program != reader_digest():
        return Answer(program=reader_digest())
    with tempfile.TemporaryDirectory() as folder:
        places = []
        for number, content in enumerate(order.contents):
            base = next(file.base for file in order.files if file.content == number)
            place = Path(folder, str(number), Path(base).name)
            place.parent.mkdir()
            place.write_bytes(content)
            places.append(place)
        files = tuple(File(places[file.content], file.name, file.inside) for file in order.files)
        read = read_one(Input(files, order.source), order.ocr)
    return Answer(read.packed.card, read.packed.facts) if read.packed else Answer(error=read.error)


class _Reader:
    """A reading process that waits for orders."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "budgetdata.build.reader"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=child_environment(),
        )  # fmt: skip

    def ask(self, frame: bytes) -> bytes | None:
        """What it answers; None where it ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            _send(self._process.stdin, frame)
            return _received(self._process.stdout)
        except (BrokenPipeError, EOFError):
            return None

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


_IDLE: list[_Reader] = []
_LOCK = threading.Lock()


def read_there(frame: bytes) -> bytes:
    """What a worker of a cluster does with an order: hand it to a reading process of its own, and give back its answer."""
    for _ in range(_TIMES):
        with _LOCK:
            reader = _IDLE.pop() if _IDLE else None
        reader = reader or _Reader()
        answer = reader.ask(frame)
        if answer is not None:
            with _LOCK:
                _IDLE.append(reader)
            return answer
        reader.end()
    return msgspec.msgpack.encode(Answer(error="the process reading it ended; try again with --jobs 1"))


def end_readers() -> None:
    """End the reading processes of this worker that wait."""
    with _LOCK:
        gone = list(_IDLE)
        _IDLE.clear()
    for reader in gone:
        reader.end()


def _send(stream: IO[bytes], frame: bytes) -> None:
    stream.write(len(frame).to_bytes(8, "big") + frame)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """The next frame. Raises EOFError where the other side ended."""
    head = stream.read(8)
    size = int.from_bytes(head, "big")
    frame = stream.read(size) if len(head) == 8 else b""
    if len(head) < 8 or len(frame) < size:
        raise EOFError
    return frame


def main() -> None:
    """Answer orders until no more come; what a document prints by mistake does not get among the answers."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            _send(outgoing, msgspec.msgpack.encode(carry_out(_received(incoming))))


if __name__ == "__main__":
    main()
