"""A document's facts as bytes to be kept, its card, and its brief: what a build wants to know of every document at once."""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from budgetdata.base.facts import DocumentFacts
from budgetdata.build.report import Summary, Told, summary_of, told_of
from budgetdata.forms.canonical import Name, printed_names, used_codes
from budgetdata.register.inputs import reader_digest
from budgetdata.store.kept import Packed

_MANY = 1000  # briefs
_LEVEL = 3  # of compression: half as large as it is fast


@dataclass(frozen=True, slots=True)
class Card:
    """Whose a document is, its summary, its codes and the names it prints.

    part: narrative, tables or performance where it holds only that part of a disclosure; '' where it is whole.
    names: how often each name is printed for a code that has no attested one; codes: all codes whose name it shows.
    """

    department: str
    year: int
    document_id: str
    part: str
    summary: Summary
    names: list[tuple[Name, str, int]]
    codes: list[Name]


@dataclass(frozen=True, slots=True)
class Brief:
    """What of a card is wanted of all documents, changed or not, and what is told of it in this program's words.

    sheets: whether it has performance sheets; agrees: of files put together, whether the narrative speaks of the tables, None
    where nobody asked. The rest as in `Card`.
    """

    department: str
    year: int
    document_id: str
    part: str
    sheets: bool
    names: list[tuple[Name, str, int]]
    codes: list[Name]
    told: Told
    agrees: bool | None = None


def pack(facts: DocumentFacts, personal: list[str]) -> Packed:
    """A document's facts as they are kept, with what in them looks personal."""
    card = Card(
        facts.department,
        facts.year,
        facts.document_id,
        facts.part,
        summary_of(facts, personal),
        [(name, label, count) for name, counter in printed_names(facts).items() for label, count in counter.items()],
        sorted(used_codes(facts)),
    )
    return Packed(*(zlib.compress(msgspec.msgpack.encode(each), _LEVEL) for each in (card, facts)))


def card_of(blob: bytes) -> Card:
    """A card that `pack` made."""
    card: Card = _decoder(Card).decode(zlib.decompress(blob))
    return card


def brief_of(card: Card) -> Brief:
    """The brief of a card, put into words."""
    told = told_of(card.summary)
    whose = card.department, card.year, card.document_id, card.part
    return Brief(*whose, card.summary.sheets > 0, card.names, card.codes, told)


def briefs_of(blobs: Mapping[str, bytes]) -> dict[str, Brief]:
    """Briefs, as `packed_brief` made bytes of them, by key. Of many nothing is looked through for garbage, now or later: those of
    ten thousand documents are half a million objects without a circle among them."""
    decode = _decoder(Brief).decode
    if len(blobs) < _MANY or not gc.isenabled():
        return {key: decode(blob) for key, blob in blobs.items()}
    gc.disable()
    try:
        return {key: decode(blob) for key, blob in blobs.items()}
    finally:
        gc.freeze()
        gc.enable()


def packed_brief(brief: Brief) -> bytes:
    """A brief as bytes."""
    return msgspec.msgpack.encode(brief)


def facts_of_packed(blob: bytes) -> DocumentFacts:
    """The facts that `pack` made bytes of."""
    facts: DocumentFacts = _decoder(DocumentFacts).decode(zlib.decompress(blob))
    return facts


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def key_of(named: str, ocr: bool) -> str:
    """What an input's facts are kept under: a hash of its content and what is known of it (`named`: its line in the digest), of
    the program, and whether scans are recognised."""
    return hashlib.sha256(f"{reader_digest()} {named} {ocr}".encode()).hexdigest()
