"""Of a style sheet, what a page can use: an embed carries the look of the app, not the sheets of all its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"(@media[^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^{}@]+)\{([^{}]*)\}")
"""An @media block, or a plain rule: '@media print{.a{b:c}}', '.a,.b{c:d}'."""
_BETWEEN = re.compile(r",(?![^()]*\))")
"""What parts selectors: '.a,.b', and not the two of ':is(.a,.b)'."""
_ATTRIBUTE = re.compile(r"\[(data-[\w-]+)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_HELD = re.compile(r'class="([^"]*)"')
_OPEN = (":not(", ":is(", ":where(")
"""What a selector holds that may match without its classes."""


@dataclass(frozen=True, slots=True)
class _Selector:
    """A selector with the classes and data- attributes that it needs."""

    text: str
    classes: frozenset[str]
    attributes: tuple[str, ...]

    def may_match(self, held: frozenset[str], attributes: frozenset[str]) -> bool:
        """Whether a page with these classes and attributes may hold what it selects."""
        return self.classes <= held and attributes.issuperset(self.attributes)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule, or a block of rules that holds for some media."""

    media: str
    inside: tuple[_Rule, ...]
    selectors: tuple[_Selector, ...]
    said: str


def lean(sheet: str, page: str, *around: str) -> str:
    """The rules of a style sheet whose classes and data- attributes all stand somewhere in the HTML of a page.

    around: classes of what stands around that HTML. Rules that name neither stay. A sheet in any other shape than plain rules
    and @media blocks comes back as it is.
    """
    named = _named(sheet)
    if named is None:
        return _COMMENT.sub("", sheet)
    classes, attributes = named
    held = {name for found in set(_HELD.findall(page)) for name in found.split()} | set(around)
    return _lean(sheet, frozenset(classes & held), frozenset(name for name in attributes if name in page))


@lru_cache(maxsize=64)
def _lean(sheet: str, held: frozenset[str], attributes: frozenset[str]) -> str:
    """The rules that pages with these classes and attributes of a sheet can use: pages of one kind share them."""
    return _used(_parsed(sheet) or (), held, attributes)


@lru_cache(maxsize=8)
def _named(sheet: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The classes and attributes that the selectors of a sheet name; None where it cannot be made lean."""
    rules = _parsed(sheet)
    if rules is None:
        return None
    selectors = [each for rule in rules for inner in (rule, *rule.inside) for each in inner.selectors]
    classes = frozenset(name for each in selectors for name in each.classes)
    return classes, frozenset(name for each in selectors for name in each.attributes)


@lru_cache(maxsize=8)
def _parsed(sheet: str) -> tuple[_Rule, ...] | None:
    """The rules of a sheet; None where it holds anything else."""
    sheet = _COMMENT.sub("", sheet)
    if re.search(r"@(?!media)", sheet) or _RULE.sub("", sheet).strip():
        return None
    return _rules(sheet)


def _rules(sheet: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(media.strip(), _rules(inside), (), "")
        if media
        else _Rule("", (), tuple(_selector(each.strip()) for each in _BETWEEN.split(selectors)), said.strip())
        for media, inside, selectors, said in _RULE.findall(sheet)
    )


def _selector(text: str) -> _Selector:
    if any(mark in text for mark in _OPEN):
        return _Selector(text, frozenset(), ())
    return _Selector(text, frozenset(_CLASS.findall(text)), tuple(f"{name}=" for name in _ATTRIBUTE.findall(text)))


def _used(rules: tuple[_Rule, ...], held: frozenset[str], attributes: frozenset[str]) -> str:
    kept = []
    for rule in rules:
        if rule.media:
            inside = _used(rule.inside, held, attributes)
            kept.append(f"{rule.media}{{{inside}}}" if inside else "")
            continue
        used = [selector.text for selector in rule.selectors if selector.may_match(held, attributes)]
        kept.append(f"{','.join(used)}{{{rule.said}}}" if used else "")
    return "".join(kept)
