"""All documents of a build together: versions settled, names chosen, and each with a stamp of all that its rows are made of."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.records import Rows
from budgetdata.base.said import Said
from budgetdata.build.packed import Brief, card_of, facts_of_packed
from budgetdata.build.report import DocumentReport, Summary, Told, summary_of, told_of
from budgetdata.build.versions import settle
from budgetdata.forms.canonical import Name, Names, chosen_names
from budgetdata.register.inputs import code_digest
from budgetdata.register.sources import Source
from budgetdata.store.database import Entry
from budgetdata.store.kept import Kept
from budgetdata.store.rows import document_rows
from budgetdata.words.catalogue import tell


@dataclass(frozen=True, slots=True)
class Settled:
    """What documents held against each other came to: what was found, and the summary of each."""

    notes: list[Said]
    summaries: list[Summary]


@dataclass(frozen=True, slots=True)
class Worded:
    """The same in this program's words: what was found, and what is told of each."""

    notes: list[str]
    told: list[Told]


_SETTLED = msgspec.msgpack.Decoder(Settled)
_WORDED = msgspec.msgpack.Decoder(Worded)


class Gathered:
    """What was read of the documents of a build, by the key it is kept under, in the order of the inputs.

    Documents of one body and year are held against each other, so their facts are in memory at once; of all others only one
    document's at a time is. What they came to is kept: where none of them changed their facts are not asked for again. worded:
    what this program said of such documents before, by their keys in order; `new` is what was not known there.
    """

    def __init__(self, kept: Kept, briefs: Mapping[str, Brief], worded: Mapping[str, bytes]) -> None:
        self._kept, self._briefs = kept, briefs
        self._group: dict[str, DocumentFacts] = {}
        self._beside: dict[str, str] = {}
        self._told: dict[str, Told] = {}
        self.notes: list[str] = []
        self.new: dict[str, bytes] = {}
        self._settle(worded)
        self._keys = sorted(briefs, key=lambda key: (briefs[key].department, briefs[key].year, briefs[key].document_id))
        self._names = _names_of(briefs[key] for key in self._keys)
        self._named: dict[Name, str] = {}

    @property
    def together(self) -> set[str]:
        """The keys in order of documents that are held against each other."""
        return set(self._beside.values())

    def report(self, key: str, source: Source, error: str) -> DocumentReport:
        """What came of a document, with what other documents said of it; error: why nothing is kept under the key."""
        if key not in self._briefs:
            return DocumentReport(source, None, error)
        return DocumentReport(source, partial(self._summary, key), error, self._told.get(key) or self._briefs[key].told)

    def entries(self) -> list[Entry]:
        """The documents as they are to be stored."""
        return [Entry(self._briefs[key].document_id, self._stamp(key), partial(self._rows, key)) for key in self._keys]

    def _settle(self, worded: Mapping[str, bytes]) -> None:
        groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key, brief in self._briefs.items():
            groups[brief.department, brief.year].append(key)
        for keys in groups.values():
            if len(keys) == 1:
                continue
            beside = " ".join(keys)
            found = _WORDED.decode(worded[beside]) if beside in worded else self._word(beside)
            self.notes += found.notes
            for key, told in zip(keys, found.told, strict=True):
                self._beside[key], self._told[key] = beside, told

    def _word(self, beside: str) -> Worded:
        settled = self._settled(beside)
        found = Worded([tell("en", note) for note in settled.notes], [told_of(each) for each in settled.summaries])
        self.new[beside] = msgspec.msgpack.encode(found)
        return found

    def _settled(self, beside: str) -> Settled:
        known = self._kept.settled(beside)
        if known is not None:
            return _SETTLED.decode(known)
        notes = self._hold(beside.split())
        each = [summary_of(facts, self._of_card(key).personal) for key, facts in self._group.items()]
        settled = Settled(notes, each)
        self._kept.keep_settled(beside, msgspec.msgpack.encode(settled))
        return settled

    def _hold(self, keys: Sequence[str]) -> list[Said]:
        """Hold documents of one body and year against each other: what was found. Their facts stay until others are held."""
        self._group = {key: facts_of_packed(self._kept.facts(key)) for key in keys}
        return settle(list(self._group.values()))

    def _summary(self, key: str) -> Summary:
        """The summary of a document, with what other documents said of it."""
        if key not in self._beside:
            return self._of_card(key)
        beside = self._beside[key]
        return self._settled(beside).summaries[beside.split().index(key)]

    def _of_card(self, key: str) -> Summary:
        return card_of(self._kept.card(key)).summary

    def _stamp(self, key: str) -> str:
        names = ", ".join([self._named.get(name) or self._name(name) for name in self._briefs[key].codes])
        made_of = f"{code_digest()} {key} {self._beside.get(key, '')} [{names}]"
        return hashlib.sha256(made_of.encode()).hexdigest()[:32]

    def _name(self, name: Name) -> str:
        """A code with its canonical name as text, made once for all documents that use it."""
        self._named[name] = said = repr((name, self._names.get(name, "")))
        return said

    def _rows(self, key: str) -> Rows:
        if key not in self._beside:
            return document_rows(facts_of_packed(self._kept.facts(key)), self._names)
        if key not in self._group:
            self._hold(self._beside[key].split())
        return document_rows(self._group[key], self._names)


def _names_of(briefs: Iterable[Brief]) -> Names:
    """The canonical names by what all documents print; of two printed as often the first counts."""
    printed: dict[Name, Counter[str]] = {}
    for brief in briefs:
        for name, label, count in brief.names:
            printed.setdefault(name, Counter())[label] += count
    return chosen_names(printed)
