"""What the narrative speaks of, as data: `subjects.toml`, loaded and checked here. One subject is one entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError

SUBJECTS_FILE = Path(__file__).with_name("subjects.toml")
ANYWHERE = "*"
"""Marks a phrase that is also looked for in sections where none of the section's own phrases is found."""
FUNCTIONS = "@functions"
"""Stands for every 科目 named after the whole of a sum."""
REASON_ITEM, OTHER = "reason_item", "other"
"""The subject of an amount inside a reason, and of one elsewhere, that no declared phrase explains."""
_WORD = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a subject in certain kinds of sections.

    links: the printed figures it stands for, as table.side.row.column (row: a role, @total or @class), the first one
    there is being the one it is compared with. any_of: it may mean any one of them. head: parts named after it belong
    to it. under: only where that head was named before. right: the words stand behind the number, not before it.
    """

    sections: tuple[str, ...]
    subject: str
    pattern: re.Pattern[str]
    example: str
    links: tuple[str, ...] = ()
    any_of: bool = False
    head: bool = False
    under: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the narrative speaks of; the file says what each key means."""

    id: str
    units: tuple[str, ...] = ()
    no_table: bool = False
    at_most: str = ""
    at_most_if: re.Pattern[str] | None = None
    money_is: str = ""
    sum_of: tuple[str, ...] = ()
    never_compared: bool = False
    spoken_with: tuple[str, ...] = ()
    spoken: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of section: how its heading reads, what a share is a share of in it, where its 科目 are printed."""

    id: str
    heading: re.Pattern[str]
    share_of: str = ""
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that open a list of 科目, and where the amounts of these are printed."""

    words: re.Pattern[str]
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NarrativeSum:
    """In sections of a kind, `whole` should equal its parts; each choice of parts is tried, the first that is named counts.

    optional: parts that need not be named, `listed` how they are called together. kind: amount or count. beside: a cell that
    the whole may count beside its parts (结转下年).
    """

    id: str
    section: str
    whole: str
    parts: tuple[str, ...]
    kind: str = "amount"
    optional: tuple[str, ...] = ()
    expected: bool = True
    listed: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """The whole declaration. Phrases and subjects stand in the order of the file, which decides between equals."""

    subjects: Mapping[str, Subject]
    phrases: tuple[Phrase, ...]
    reason_phrases: tuple[Phrase, ...]
    sections: tuple[Section, ...]
    leads: tuple[Lead, ...]
    functions: Mapping[str, tuple[str, ...]]
    expected: tuple[tuple[str, str], ...]
    sums: tuple[NarrativeSum, ...]

    def share_of(self, section_kind: str) -> str:
        """What a share is a share of in a kind of section where its sentence does not say, '' where that is open."""
        return next((section.share_of for section in self.sections if section.id == section_kind), "")

    def led_by(self, flat: str) -> tuple[str, ...]:
        """Where the 科目 are printed whose list a passage opens, () where it opens none."""
        return next((lead.functions for lead in self.leads if lead.words.search(flat)), ())

    def limits(self) -> list[tuple[Subject, str]]:
        """(subject, the one it cannot exceed), in the order of the file."""
        return [(subject, subject.at_most) for subject in self.subjects.values() if subject.at_most]


@cache
def declared() -> Declared:
    """The declaration of the narrative. Raises FormError where an entry names what is not declared."""
    return read_declared(tomllib.loads(SUBJECTS_FILE.read_text(encoding="utf-8")))


def read_declared(data: Mapping[str, Any]) -> Declared:
    """A declaration from its parsed file, checked. Raises FormError where an entry names what is not declared."""
    words, groups = _words(data["words"]), data["groups"]
    subjects = {entry["id"]: _subject(entry) for entry in data["subject"]}
    phrases = {
        key: tuple(
            _phrase(entry["id"], phrase, words, groups) for entry in data["subject"] for phrase in entry.get(key, ())
        )
        for key in ("phrase", "reason")
    }
    sections = tuple(
        Section(e["id"], re.compile(e["heading"]), e.get("share_of", ""), tuple(e.get("functions", ())))
        for e in data["section"]
    )
    leads = tuple(Lead(re.compile(entry["words"]), tuple(entry["functions"])) for entry in data["lead"])
    functions = {section.id: section.functions for section in sections if section.functions}
    functions[""] = tuple(data["untitled"]["functions"])
    expected = tuple((kind, subject) for kind, names in data["expected"].items() for subject in names)
    found = Declared(
        subjects, phrases["phrase"], phrases["reason"], sections, leads, functions, expected,
        tuple(map(_sum, data["sum"])),
    )  # fmt: skip
    _check(found)
    return found


def _words(entries: Mapping[str, str]) -> dict[str, str]:
    """The named pieces of patterns, pieces inside them put in."""
    words: dict[str, str] = {}
    for name, pattern in entries.items():
        words[name] = _filled(pattern, words)
    return words


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    unknown = [name for name in _WORD.findall(pattern) if name not in words]
    if unknown:
        raise FormError(f"{SUBJECTS_FILE.name}: <{unknown[0]}> stands in a pattern and not in [words]")
    return _WORD.sub(lambda match: words[match[1]], pattern)


def _phrase(subject: str, entry: Mapping[str, Any], words: Mapping[str, str], groups: Mapping[str, Any]) -> Phrase:
    kinds = tuple(kind for word in entry["sections"].split() for kind in groups.get(word, (word,)))
    pattern = _filled(entry["pattern"], words)
    right = entry.get("right", False)
    compiled = re.compile(rf"^(?:{pattern})" if right else pattern)
    if not compiled.search(entry["example"]):
        raise FormError(f"{SUBJECTS_FILE.name}: the example {entry['example']} of {subject} does not fit its pattern")
    return Phrase(
        kinds, subject, compiled, entry["example"], tuple(entry.get("cells", ())), entry.get("any_of", False),
        entry.get("head", False), entry.get("under", ""), right,
    )  # fmt: skip


def _subject(entry: Mapping[str, Any]) -> Subject:
    at_most_if, spoken = (re.compile(entry[key]) if key in entry else None for key in ("at_most_if", "spoken"))
    return Subject(
        entry["id"], tuple(entry.get("units", ())), entry.get("no_table", False), entry.get("at_most", ""), at_most_if,
        entry.get("money_is", ""), tuple(entry.get("sum_of", ())), entry.get("never_compared", False),
        tuple(entry.get("spoken_with", ())), spoken,
    )  # fmt: skip


def _sum(entry: Mapping[str, Any]) -> NarrativeSum:
    parts = tuple(entry["parts"])
    optional = parts if entry.get("optional") is True else tuple(entry.get("optional") or ())
    return NarrativeSum(
        entry["id"], entry["section"], entry["whole"], parts, entry.get("kind", "amount"), optional,
        entry.get("expected", True), entry.get("listed", ""), entry.get("beside", ""),
    )  # fmt: skip


def _check(found: Declared) -> None:
    """Every subject and section that an entry names is declared."""
    named: list[str] = [name for s in found.subjects.values() for name in (s.at_most, s.money_is) if name]
    named += [name for s in found.subjects.values() for name in s.spoken_with]
    named += [phrase.under for phrase in found.phrases if phrase.under]
    named += [subject for _, subject in found.expected]
    named += [name for rule in found.sums for name in (rule.whole, *rule.parts, *rule.optional) if name != FUNCTIONS]
    named += [section.share_of for section in found.sections if section.share_of]
    _known(named, found.subjects)
    kinds = {section.id for section in found.sections} | {"", ANYWHERE}
    _known([rule.section for rule in found.sums] + [kind for kind, _ in found.expected], kinds)
    _known([kind for phrase in (*found.phrases, *found.reason_phrases) for kind in phrase.sections], kinds)


def _known(names: Iterable[str], among: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(among))
    if unknown:
        raise FormError(f"{SUBJECTS_FILE.name}: {unknown[0]} is named and not declared")
