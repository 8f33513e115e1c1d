"""Of a style sheet, what a page can use: an embed carries the look of the app, not the sheets of all its pages."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"(@media[^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^{}@]+)\{([^{}]*)\}")
_ATTRIBUTE = re.compile(r"\[(data-[\w-]+)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_HELD = re.compile(r'class="([^"]*)"')


def lean(sheet: str, page: str) -> str:
    """The rules of a style sheet whose classes and data- attributes all stand somewhere in the HTML of a page.

    Rules that name neither stay. A sheet in any other shape than plain rules and @media blocks comes back as it is.
    """
    sheet = _COMMENT.sub("", sheet)
    if re.search(r"@(?!media)", sheet) or _RULE.sub("", sheet).strip():
        return sheet
    held = {name for found in _HELD.findall(page) for name in found.split()}
    return _rules(sheet, held, page)


def _rules(sheet: str, held: set[str], page: str) -> str:
    kept = []
    for media, inside, selectors, said in _RULE.findall(sheet):
        if media:
            rules = _rules(inside, held, page)
            kept.append(f"{media.strip()}{{{rules}}}" if rules else "")
            continue
        used = [selector.strip() for selector in selectors.split(",") if _may_match(selector, held, page)]
        kept.append(f"{','.join(used)}{{{said.strip()}}}" if used else "")
    return "".join(kept)


def _may_match(selector: str, held: set[str], page: str) -> bool:
    if ":not(" in selector or ":is(" in selector or ":where(" in selector:
        return True
    return set(_CLASS.findall(selector)) <= held and all(f"{name}=" in page for name in _ATTRIBUTE.findall(selector))
