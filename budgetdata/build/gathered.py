"""All documents of a build together: versions settled, names chosen, and each with a stamp of all that its rows are made of."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.records import Rows
from budgetdata.base.said import Said
from budgetdata.build.packed import Card, facts_of_packed
from budgetdata.build.report import Summary, summary_of
from budgetdata.build.versions import settle
from budgetdata.forms.canonical import Name, Names, chosen_names
from budgetdata.register.inputs import code_digest
from budgetdata.store.database import Entry
from budgetdata.store.kept import Kept
from budgetdata.store.rows import document_rows
from budgetdata.words.catalogue import tell


@dataclass(frozen=True, slots=True)
class Settled:
    """What documents held against each other came to: what was found, and the summary of each."""

    notes: list[Said]
    summaries: list[Summary]


_SETTLED = msgspec.msgpack.Decoder(Settled)


class Gathered:
    """What was read of the documents of a build, by the key it is kept under, in the order of the inputs.

    Documents of one body and year are held against each other, so their facts are in memory at once; of all others only one
    document's at a time is. What they came to is kept: where none of them changed their facts are not asked for again.
    """

    def __init__(self, kept: Kept, cards: Mapping[str, Card]) -> None:
        self._kept, self._cards = kept, dict(cards)
        self._group: dict[str, DocumentFacts] = {}
        self._beside: dict[str, str] = {}
        self.notes: list[str] = []
        self._settle()
        in_order = sorted(self._cards.items(), key=lambda pair: (pair[1].department, pair[1].year, pair[1].document_id))
        self._cards = dict(in_order)
        self._names = _names_of(self._cards.values())

    def summary(self, key: str) -> Summary | None:
        """The summary of a document, with what other documents said of it; None where none is kept under the key."""
        return self._cards[key].summary if key in self._cards else None

    def entries(self) -> list[Entry]:
        """The documents as they are to be stored."""
        cards = self._cards.items()
        return [Entry(card.document_id, self._stamp(key, card), partial(self._rows, key)) for key, card in cards]

    def _settle(self) -> None:
        groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key, card in self._cards.items():
            groups[card.department, card.year].append(key)
        for keys in groups.values():
            if len(keys) == 1:
                continue
            beside = " ".join(keys)
            known = self._kept.settled(beside)
            settled = _SETTLED.decode(known) if known else self._hold(keys)
            if known is None:
                self._kept.keep_settled(beside, msgspec.msgpack.encode(settled))
            self.notes += [tell("en", note) for note in settled.notes]
            for key, summary in zip(keys, settled.summaries, strict=True):
                self._beside[key] = beside
                self._cards[key] = replace(self._cards[key], summary=summary)

    def _hold(self, keys: Sequence[str]) -> Settled:
        """Hold documents of one body and year against each other; their facts stay until others are held."""
        self._group = {key: facts_of_packed(self._kept.facts(key)) for key in keys}
        notes = settle(list(self._group.values()))
        each = [summary_of(facts, self._cards[key].summary.personal) for key, facts in self._group.items()]
        return Settled(notes, each)

    def _stamp(self, key: str, card: Card) -> str:
        names = [(name, self._names.get(name, "")) for name in card.codes]
        made_of = f"{code_digest()} {key} {self._beside.get(key, '')} {names!r}"
        return hashlib.sha256(made_of.encode()).hexdigest()[:32]

    def _rows(self, key: str) -> Rows:
        if key not in self._beside:
            return document_rows(facts_of_packed(self._kept.facts(key)), self._names)
        if key not in self._group:
            self._hold(self._beside[key].split())
        return document_rows(self._group[key], self._names)


def _names_of(cards: Iterable[Card]) -> Names:
    """The canonical names by what all documents print; of two printed as often the first counts."""
    printed: dict[Name, Counter[str]] = {}
    for card in cards:
        for name, label, count in card.names:
            printed.setdefault(name, Counter())[label] += count
    return chosen_names(printed)
