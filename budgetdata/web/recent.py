"""What was answered lately, bounded by the room it takes: answers by what they depend on, and the addresses that led to them.

Many addresses lead to one answer (another host, a link that was counted). Used from the event loop only.
"""

from __future__ import annotations

from typing import NamedTuple

from cachetools import LRUCache
from starlette.types import Scope

from budgetdata.gate.settings import settings
from budgetdata.queries.base import open_database
from budgetdata.web.whole import Messages, Whole

Key = tuple[str, ...]
"""What an answer depends on: its handler, the version of the facts, its path, and what of its address shows in it."""
MOST = 32 * 2**20
"""Bytes that answers may take together."""
LARGEST = MOST // 8
"""Bytes above which an answer is made anew each time."""
MOST_ADDRESSES = 4096
LONGEST_QUERY = 1024
"""Bytes of a query above which its address goes the usual way."""


class Address(NamedTuple):
    """A request's address as it was sent; scheme and host are empty where BUDGETDATA_URL stands for them."""

    scheme: str
    host: str
    path: str
    query: bytes


class _Held(NamedTuple):
    whole: Whole
    usual: Messages
    """The messages for who takes gzip and knows nothing yet."""


class Recent:
    """Answers, the least used let go when they take too much room."""

    def __init__(self, most: int = MOST, most_addresses: int = MOST_ADDRESSES) -> None:
        self.answers: LRUCache[Key, _Held] = LRUCache(most, getsizeof=lambda held: held.whole.room)
        self.ways: LRUCache[Address, tuple[str, Key]] = LRUCache(most_addresses)

    def clear(self) -> None:
        """Forget everything."""
        self.answers.clear()
        self.ways.clear()

    def of(self, key: Key) -> Whole | None:
        """The answer of what it depends on, or None."""
        held = self.answers.get(key)
        return held.whole if held else None

    def keep(self, key: Key, whole: Whole) -> None:
        """Keep an answer, where it is small enough to be worth its room."""
        if whole.room <= min(LARGEST, self.answers.maxsize):
            self.answers[key] = _Held(whole, whole.messages("", "gzip"))

    def lead(self, scope: Scope, version: str, key: Key) -> None:
        """Remember which answer an address led to, for a version of the facts."""
        address = address_of(scope)
        if address is not None and key in self.answers:
            self.ways[address] = (version, key)

    def find(self, scope: Scope) -> Messages | None:
        """The messages that answer a request; None where its address leads to nothing for the facts as they are now."""
        address = address_of(scope)
        led = self.ways.get(address) if address is not None else None
        if address is None or led is None:
            return None
        version, key = led
        held = self.answers.get(key)
        if held is None or version != open_database().version:
            del self.ways[address]
            return None
        headers = dict(scope["headers"])
        coding, known = headers.get(b"accept-encoding", b""), headers.get(b"if-none-match", b"")
        if not known and held.whole.is_packed and b"gzip" in coding and b"q=0" not in coding:
            return held.usual
        return held.whole.messages(known.decode("latin-1"), coding.decode("latin-1"))


RECENT = Recent()


def address_of(scope: Scope) -> Address | None:
    """What names an answer; None for what is no plain GET of ours."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope.get("root_path"):
        return None
    if len(scope["query_string"]) > LONGEST_QUERY:
        return None
    if settings().origin:
        return Address("", "", scope["path"], scope["query_string"])
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return Address(scope["scheme"], host, scope["path"], scope["query_string"])
