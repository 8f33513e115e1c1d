"""The printed labels of performance sheets: what a text of the form stands for, as labels.toml declares every spelling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from budgetdata.base.errors import FormError
from budgetdata.base.text import key, without_translation
from budgetdata.forms.profiles import Said, said_of_promises


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for. kind: name | field | text | fund | sum | goal | horizon | column | block | dimension |
    category | footer | unkept | section | evaluation | remnant. unit is the unit printed in it, bare marks a category that is
    printed without 指标.
    """

    kind: str
    name: str
    horizon: str = ""
    unit: str = ""
    bare: bool = False


REMNANT = Label("remnant", "")
"""The rest of a label that is cut over two lines: the label itself has been read from the line above."""

LABELS_FILE = Path(__file__).with_name("labels.toml")
LONGEST = 40
_SHORTEST_CUT = 5
"""A shorter label cut off at its end could be any word."""
_BY_HORIZON = ("goal", "horizon", "block")
_STRUCTURE = {"category", "dimension", "column", "horizon", "goal", "fund", "text", "name"}


@dataclass(frozen=True, slots=True)
class Spelt:
    """A label with parts that vary: what it stands for, and the pattern of its spellings."""

    label: Label
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Declared:
    """The declared labels. exact: by spelling; spelt: in the order in which they are tried; cut: spellings that a label cut
    off at its end may be completed to, the shortest first; patterns: other printed forms by name."""

    exact: Mapping[str, Label]
    spelt: tuple[Spelt, ...]
    cut: tuple[str, ...]
    patterns: Mapping[str, re.Pattern[str]]
    not_indicators: frozenset[str]
    nothing: frozenset[str]


@cache
def declared() -> Declared:
    """The labels as labels.toml declares them. Raises FormError where a pattern does not fit its example."""
    data = tomllib.loads(LABELS_FILE.read_text(encoding="utf-8"))
    exact: dict[str, Label] = {}
    for entry in data["label"]:
        kind, name = entry["kind"], entry["name"]
        label = Label(kind, "", horizon=name) if kind in _BY_HORIZON else Label(kind, name)
        exact |= dict.fromkeys(entry["spellings"], label)
    spelt = [Spelt(Label("fund", "total", e["horizon"], bare=e.get("bare", False)), _pattern(e)) for e in data["total"]]
    spelt += [Spelt(Label("fund", e["name"]), _pattern(e)) for e in data["source"]]
    spelt += [Spelt(Label("category", e["name"], bare=e.get("bare", False)), _pattern(e)) for e in data["category"]]
    patterns = {name: _pattern(entry) for name, entry in data["pattern"].items()}
    spelt.append(Spelt(Label("dimension", ""), patterns["dimension"]))
    spelt += [Spelt(Label("column", "target", e["horizon"]), _pattern(e)) for e in data["value_column"]]
    spelt += [Spelt(Label(e["kind"], e["name"]), _pattern(e)) for e in data["other"]]
    kept = {
        spelling for spelling, label in exact.items() if len(spelling) >= _SHORTEST_CUT and label.kind != "evaluation"
    }
    cut = sorted({*kept, *data["cut"]["spellings"]}, key=lambda spelling: (len(spelling), spelling))
    exact |= {key(said.printed).rstrip(":"): _meant(said, exact, spelt) for said in said_of_promises()[1]}
    words = (frozenset(data[name]["words"]) for name in ("not_indicators", "nothing"))
    return Declared(exact, tuple(spelt), tuple(cut), patterns, *words)


def _meant(said: Said, exact: Mapping[str, Label], spelt: Sequence[Spelt]) -> Label:
    """The label that a layout file says another one to be, by one of its spellings. Raises FormError where none is spelt so."""
    bare = key(said.means).rstrip(":")
    found = exact.get(bare) or next((label for one in spelt if (label := _spelt(one, bare, ""))), None)
    if found is None:
        raise FormError(
            f"{said.file}: “{said.printed}” means {said.means!r}, no label that is known; give one that is, such as 指标值"
        )
    return found


def _pattern(entry: Mapping[str, Any]) -> re.Pattern[str]:
    pattern = re.compile(entry["pattern"])
    if not pattern.match(entry["example"]):
        raise FormError(
            f"{LABELS_FILE.name}: the example {entry['example']} does not fit the pattern {entry['pattern']}"
        )
    return pattern


@cache
def _categories() -> tuple[str, ...]:
    """The spellings of category labels that a cut or garbled one is compared with."""
    patterns = [spelt.pattern for spelt in declared().spelt if spelt.label.kind == "category"]
    return tuple(text for text in declared().cut if any(pattern.fullmatch(text) for pattern in patterns))


def not_indicators() -> frozenset[str]:
    """Words that open a row which is no indicator, wherever it stands."""
    return declared().not_indicators


def is_nothing(text: str) -> bool:
    """True where a cell says that there is none (无, /), or prints nothing."""
    bare = key(text).strip("/-—")
    return not bare or bare in declared().nothing


def is_sub_cost(text: str) -> bool:
    """True for the second level of forms that set cost apart as a first-level indicator (经济成本)."""
    return declared().patterns["sub_cost"].match(plain(text)) is not None


def plain(text: str) -> str:
    """A label's text to look up: its key without a unit or years in brackets, a weight, a leading 其中 and a closing colon."""
    folded = key(text)
    weighed = declared().patterns["weight"].fullmatch(folded)
    bare = declared().patterns["unit"].sub("", weighed.group(1) if weighed else folded).rstrip(":").replace("、", ",")
    bare = declared().patterns["years"].sub("", bare).rstrip(":")
    return bare.removeprefix("其中:").removeprefix("其中")


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What a cell's text stands for where it is a label of the form, else None."""
    if not text or len(text) > 4 * LONGEST:
        return None
    text = without_translation(text)
    folded = key(text)
    if declared().patterns["footer_start"].match(folded) or folded == "负责人":
        name = "filed_on" if folded.startswith(("填报日期", "填表日期")) else "person"
        return Label("footer", name)
    if len(folded) > LONGEST:
        return None
    bare = plain(text)
    unit = declared().patterns["unit"].search(folded)
    printed_unit = unit.group(1) if unit else ""
    if found := declared().exact.get(bare):
        return replace(found, unit=printed_unit)
    return next((label for spelt in declared().spelt if (label := _spelt(spelt, bare, printed_unit))), None)


def _spelt(spelt: Spelt, bare: str, unit: str) -> Label | None:
    """The label that a text is by a pattern, None where it is none. A category is bare where it is printed without 指标."""
    match = spelt.pattern.fullmatch(bare)
    if match is None:
        return None
    if spelt.label.kind == "category":
        return replace(spelt.label, bare=spelt.label.bare and not match.group(1))
    if spelt.label.kind == "dimension":
        return replace(spelt.label, name=match.group(1))
    return replace(spelt.label, unit=unit) if spelt.label.kind == "fund" else spelt.label


def opening_of(labels: Sequence[Label | None]) -> int | None:
    """Which cell of a row is its first label that counts: that of no part of the form, nor of a code with the code behind it."""
    first = next((place for place, label in enumerate(labels) if label is None or label.kind != "block"), None)
    label = None if first is None else labels[first]
    coded = first is not None and label is not None and label.kind == "unkept" and len(labels) > first + 3
    return first + 2 if coded and first is not None and labels[first + 1] is None else first


@lru_cache(maxsize=4096)
def cut_label(text: str) -> tuple[Label, str] | None:
    """The label a text is the beginning of, with the characters that are missing, or None."""
    bare = plain(text)
    if not 2 <= len(bare) <= LONGEST:
        return None
    for spelling in declared().cut:
        if len(spelling) > len(bare) and spelling.startswith(bare):
            label = label_of(spelling)
            return (label, spelling[len(bare) :]) if label else None
    return None


@lru_cache(maxsize=4096)
def is_garbled_label(text: str) -> bool:
    """True where a text is a label of the form with one foreign character at its start or end (仅数量指标).

    Such a cell is no value: what it was meant to be is not guessed.
    """
    bare = plain(text)
    if not 5 <= len(bare) <= 20 or label_of(text) is not None:
        return False
    labels = (label_of(bare[1:]), label_of(bare[:-1]))
    return any(label is not None and label.kind in _STRUCTURE and not label.bare for label in labels)


@lru_cache(maxsize=4096)
def is_like_category(text: str) -> bool:
    """True where a text that is no label ends in 指标, or is one character away from the label of a category (质里指标).

    An indicator may be named so as well: only its column tells whether a category was meant.
    """
    bare = plain(text)
    if not 3 <= len(bare) <= 12 or label_of(text) is not None or cut_label(text) is not None:
        return False
    near = (Levenshtein.distance(bare, spelling, score_cutoff=1) <= 1 for spelling in _categories())
    return bare.endswith("指标") or any(near)


_PARTED = re.compile(r"\s*(\S{2,16}?)(?:[:：]|\s)\s*(\S.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def label_before(text: str) -> tuple[str, str] | None:
    """A label of the head and its value, where one cell prints both (专项名称 人才奖, 主要政策任务：…), else None."""
    parts = _PARTED.fullmatch(text)
    if parts is None or label_of(text) is not None:
        return None
    label = label_of(parts.group(1))
    known = label is not None and label.kind in {"name", "field", "text", "unkept"}
    return (parts.group(1), parts.group(2)) if known and label_of(parts.group(2)) is None else None


_FIRST_LEVEL = re.compile(r"(?:产出|效益|满意度|成本)指标")
_LONGEST_CATEGORY = 12


@lru_cache(maxsize=4096)
def split_labels(text: str) -> tuple[str, str, str]:
    """The dimension, the category and the indicator of a cell that prints them in one run (产出指标数量指标培训人数).

    Both labels are '' where the text does not open with one of each; 成本指标 opens a run only before 经济成本 and the like.
    """
    first = _FIRST_LEVEL.match(text)
    rest = text[first.end() :] if first else ""
    for length in range(min(len(rest), _LONGEST_CATEGORY), 2, -1):
        label = label_of(rest[:length])
        if label is not None and label.kind == "category" and rest[:length].endswith("指标"):
            return text[: len(text) - len(rest)], rest[:length], rest[length:].strip()
    return "", "", text


def is_placeholder(text: str) -> bool:
    """True where a cell holds only what the blank form prints in it (指标1： 目标2：……)."""
    return len(text) <= LONGEST and bool(declared().patterns["placeholder"].fullmatch(key(text)))


def is_title(text: str) -> bool:
    """True where a line is the title of a performance sheet."""
    return len(text) <= 80 and bool(declared().patterns["title"].fullmatch(key(text)))


@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """True where a line or cell only says which sheet, which year or which unit it is."""
    folded = key(text)
    lines = (declared().patterns["year_line"], declared().patterns["unit_line"])
    return is_title(text) or (len(folded) <= 20 and any(line.fullmatch(folded) for line in lines))


def unit_line(text: str) -> str:
    """The unit a line such as 单位：万元 states, or ''."""
    match = declared().patterns["unit_line"].fullmatch(key(text))
    return match.group(1) if match else ""
