"""A printed target: its operator, number and unit where it is one, and how far it can be checked, by named rules.

The rules and their words are data: quality.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError
from budgetdata.base.said import Said, said
from budgetdata.base.text import half_width, squeeze

QUANTIFIED, VERIFIABLE, VAGUE = "quantified", "verifiable", "vague"
QUALITY_FILE = Path(__file__).with_name("quality.toml")
_CLAUSES = re.compile(r"[，,](?!\d)|[。；;！!\n]")
_WORD = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to decide how far a target can be checked; `holds` takes the half-width text without spaces."""

    id: str
    quality: str
    holds: Callable[[str], bool]

    @property
    def said(self) -> Said:
        """What the rule looks at, in words."""
        return said(f"sheets.rule.{self.id}")


@dataclass(frozen=True, slots=True)
class Declared:
    """The declaration: operators and suffixes by sign, patterns by name, and the rules as entries of the file."""

    operators: Mapping[str, re.Pattern[str]]
    suffixes: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]
    rules: tuple[tuple[Mapping[str, Any], re.Pattern[str] | None], ...]


@cache
def _declared() -> Declared:
    """The declaration of quality.toml. Raises FormError where a pattern does not fit its example."""
    data = tomllib.loads(QUALITY_FILE.read_text(encoding="utf-8"))
    words = {
        "measure": data["units"]["words"].replace("\n", ""),
        "operator": "|".join(f"(?:{pattern})" for pattern in data["operators"].values()),
        "suffix": "|".join(data["suffixes"]),
    }
    for name, pattern in data["words"].items():
        words[name] = _filled(pattern, words)
    return Declared(
        {sign: re.compile(pattern) for sign, pattern in data["operators"].items()},
        data["suffixes"],
        {name: _pattern(entry, words, re.IGNORECASE) for name, entry in data["pattern"].items()},
        tuple((entry, _pattern(entry, words) if "pattern" in entry else None) for entry in data["rule"]),
    )


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: words.get(match[1], match[0]), pattern)


def _pattern(entry: Mapping[str, Any], words: Mapping[str, str], flags: int = 0) -> re.Pattern[str]:
    pattern = re.compile(_filled(entry["pattern"], words), flags)
    if not pattern.search(entry["example"]):
        raise FormError(
            f"{QUALITY_FILE.name}: the example {entry['example']} does not fit the pattern {entry['pattern']}"
        )
    return pattern


def undoubled(text: str) -> str:
    """The text once where a cell prints it twice in a row (及时及时 → 及时, 2024年12月底前2024年12月底前 → …), else as it is."""
    bare = squeeze(text)
    half, odd = divmod(len(bare), 2)
    if odd or not half or bare[:half] != bare[half:] or bare.isdigit():
        return text
    return bare[:half]


def is_garbled(text: str) -> bool:
    """True where the digits cannot be meant as printed: a percentage of four digits or more, two decimal points."""
    return bool(_declared().patterns["digit_run"].search(_folded(text)))


def parse_target(text: str) -> tuple[str, str, str]:
    """The (operator, value, unit) of a target that is exactly one number, else three empty strings.

    A bare number has the operator '='. The value is a plain decimal string without separators. Dates, ranges, garbled
    numbers (≥90100%) and numbers with a text behind them (100%通过验收) are no number: nothing is guessed.
    """
    bare, patterns = _folded(text), _declared().patterns
    if not bare or is_garbled(bare) or patterns["calendar"].fullmatch(bare):
        return ("", "", "")
    match = patterns["target"].fullmatch(bare) or patterns["stated"].fullmatch(bare)
    if match is None or patterns["year"].fullmatch(match["value"] + (match["unit"] or "")[:1]):
        return ("", "", "")
    printed, suffix = match["operator"] or "", match.groupdict().get("suffix") or ""
    if printed and suffix:
        return ("", "", "")
    operator = next((sign for sign, pattern in _declared().operators.items() if pattern.fullmatch(printed)), "=")
    return (_declared().suffixes.get(suffix, operator), match["value"].replace(",", ""), match["unit"] or "")


def operator_of(text: str) -> str:
    """The sign that a printed operator stands for where a list prints it in a cell of its own (≥, ＝, 不低于), else ''."""
    bare = _folded(text)
    return next((sign for sign, pattern in _declared().operators.items() if pattern.fullmatch(bare)), "")


def sentence_target(text: str) -> tuple[str, str, tuple[str, str, str]] | None:
    """The name, the printed target and its (operator, value, unit) of an indicator in one run (河道巡查长度≥30公里); a text
    without a number is a name alone. None where two targets run together, or nothing is named."""
    folded, patterns = _folded(text), _declared().patterns
    compared = list(patterns["compared"].finditer(folded))
    if len(compared) > 1:
        return None
    if compared:
        name, target = folded[: compared[0].start()], folded[compared[0].start() :]
    else:
        counted = patterns["counted"].fullmatch(folded)
        whole = counted is None or not parse_target(counted["target"])[1]
        name, target = (folded, "") if counted is None or whole else (counted["name"], counted["target"])
    return (name.rstrip(":："), target, parse_target(target)) if name else None


def numbered_clauses(goal: str) -> list[str]:
    """The clauses of a goal in sentences, as printed, that state a quantity: a number with its unit, no year (举办3次培训)."""
    clauses = [clause.strip() for clause in _CLAUSES.split(goal)]
    return [clause for clause in clauses if _declared().patterns["quantity"].search(squeeze(half_width(clause)))]


@lru_cache(maxsize=4096)
def quality(text: str) -> tuple[str, str]:
    """How far a target can be checked, 'quantified', 'verifiable' or 'vague', and the id of the rule that decided."""
    bare = _folded(text)
    rule = next(rule for rule in RULES if rule.holds(bare))
    return rule.quality, rule.id


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """The text as the rules take it: half-width, without spaces, said once, a unit in brackets out of them (100.00(%))."""
    return _declared().patterns["bracketed"].sub(r"\g<unit>", undoubled(squeeze(half_width(text))))


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "blank": lambda text: not text,
    "garbled": is_garbled,
    "number": lambda text: bool(parse_target(text)[1]),
    "always": lambda text: True,
}
"""The rules that no pattern decides."""


def _rule(entry: Mapping[str, Any], pattern: re.Pattern[str] | None) -> Rule:
    holds = _TESTS[entry["test"]] if pattern is None else lambda text: bool(pattern.search(text))
    return Rule(entry["id"], entry["quality"], holds)


RULES: tuple[Rule, ...] = tuple(_rule(entry, pattern) for entry, pattern in _declared().rules)
"""Tried in this order; the first that holds decides."""
