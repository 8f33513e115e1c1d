"""A whole answer as it is kept: its bytes, packed where that pays, its tag, its headers; and the messages that send it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from budgetdata.web.packing import accepted, gzipped

Messages = tuple[dict[str, Any], dict[str, Any]]
"""The two ASGI messages of an answer: its start and its body."""
_SMALL = 500
_HEADERS = 1024
"""About how many bytes an answer takes beside its body."""
_PACKED_ALREADY = ("image/png", "application/zip", "application/vnd")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer: packed where that pays, else plain; its tag, and its headers without length and coding."""

    body: bytes
    is_packed: bool
    tag: str
    headers: dict[str, str]

    @property
    def plain(self) -> bytes:
        """The body as it is read."""
        return gzip.decompress(self.body) if self.is_packed else self.body

    @property
    def room(self) -> int:
        """How many bytes it takes to keep."""
        return len(self.body) + _HEADERS

    def packed(self) -> bytes:
        """All of it as one piece, for a file."""
        head = {"is_packed": self.is_packed, "tag": self.tag, "headers": self.headers}
        return json.dumps(head).encode("ascii") + b"\n" + self.body

    def is_known(self, asked: str) -> bool:
        """Whether an If-None-Match names what is still so."""
        return bool(asked) and (asked.strip() == "*" or self.tag.removeprefix("W/") in asked)

    def messages(self, known: str, coding: str) -> Messages:
        """The messages for a request with this If-None-Match and Accept-Encoding."""
        if self.is_known(known):
            return _start(304, ((k, v) for k, v in self.headers.items() if k != "content-type")), _body(b"")
        packed = self.is_packed and "gzip" in accepted(coding)
        body = self.body if packed or not self.is_packed else self.plain
        more = [("content-encoding", "gzip")] if packed else []
        return _start(200, [*self.headers.items(), *more, ("content-length", str(len(body)))]), _body(body)


def unpacked(held: bytes) -> Whole:
    """A whole answer from its one piece."""
    head, _, body = held.partition(b"\n")
    return Whole(body, **json.loads(head))


def whole(response: Response) -> Whole:
    """A response to be kept."""
    plain = bytes(response.body)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    packs = len(plain) > _SMALL and not headers.get("content-type", "").startswith(_PACKED_ALREADY)
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
    return Whole(gzipped(plain) if packs else plain, packs, tag, {**headers, "etag": tag, "vary": "Accept-Encoding"})


def _start(status: int, headers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    raw = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
    return {"type": "http.response.start", "status": status, "headers": raw}


def _body(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data}
