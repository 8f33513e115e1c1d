"""Files are opened in a process of their own, bounded in time and memory; what is read there comes back as plain data.

A file from the web may be damaged or made to harm: such a process can be stopped, and takes nothing with it.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from budgetdata.base.errors import DocumentError
from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import Said
from budgetdata.base.settings import child_environment

_BUSY = 1 if os.name == "nt" else 8  # a process may wait for the processor so many times as long
_SIGXCPU = 24  # the system's way to end a process that has had its time


def head_and_size(path: Path, most: int) -> tuple[bytes, int]:
    """How a file begins, its first `most` bytes, and its size. Raises DocumentError where it cannot be opened or is empty."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(most)
    except OSError as error:
        raise DocumentError(f"{path.name}: cannot be opened ({error.strerror}); check the path") from error
    if not head.strip(b"\x00 \t\r\n"):
        raise DocumentError(f"{path.name}: the file is empty; fetch it again")
    return head, size


def refuse_too_large(path: Path, size: int, most: int) -> None:
    """Raise DocumentError where a file is larger than `most` bytes."""
    if size > most:
        raise DocumentError(f"{path.name}: {size} bytes is more than a disclosure holds ({most}); split it first")


def ask(module: str, path: Path, seconds: float, *task: str, given: bytes = b"") -> dict[str, Any]:
    """What a module run as a process answers about a file; it is stopped after `seconds` of work.

    given: what it reads from its input; an argument would be seen in the list of processes. Raises DocumentError.
    """
    command = [sys.executable, "-m", module, str(path.resolve()), str(seconds), *task]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=_BUSY * seconds + 2, env=child_environment(), check=False
        )
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


def limit(most: int, seconds: float) -> None:
    """Bound this process's memory in bytes and its processor time."""
    try:
        import resource
    except ImportError:  # Windows: the time limit alone bounds the reading
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) + 1, resource.RLIM_INFINITY))
    except (ValueError, OSError):  # macOS refuses some limits
        return


def answer_with(work: Callable[[], dict[str, Any]], most: int) -> int:
    """Print what `work` gives, or why it gave nothing, as the one line of JSON that `ask` reads; the exit code."""
    answer: dict[str, Any]
    try:
        answer = work()
    except DocumentError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"it needs more than {most // 1024 // 1024} MB to read; split it or print it anew"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode())
    return 0


def plain_of(document: RawDocument) -> dict[str, Any]:
    """A document as plain data, as `document_of` takes it."""
    plain = asdict(document)
    for block, source in zip(plain["blocks"], document.blocks, strict=True):
        block["kind"] = "paragraph" if isinstance(source, Paragraph) else "table"
    return plain


def document_of(plain: dict[str, Any], source_file: str) -> RawDocument:
    """The document that a child process wrote as plain data."""
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
        leaves={int(page): name for page, name in plain.get("leaves", {}).items()},
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
                row.get("doubt"),
                row.get("blank_below", False),
            )
            for row in plain["rows"]
        )
    )
