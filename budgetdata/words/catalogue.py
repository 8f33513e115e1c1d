"""Every text a person reads, by key and language: gettext catalogues (.po) that a translator edits without Python.

`catalogues/<language>/<room>.po`: msgid is the key, msgstr the words with {names} of arguments. An argument's form stands
behind a colon: {fen:wan} 14,000.00 · {fen:money} 1.4 亿元 · {n:count} 1,306 · {names:list} a、b · {status:key} the words of
the key that the argument names · {place:place} of a (page, line) pair. A message with msgid_plural is chosen by its argument n.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.said import Said
from budgetdata.words.numbers import money, place_text, wan_text

CATALOGUES = Path(__file__).parent / "catalogues"
LANGUAGES = ("zh", "en")
_SEPARATOR = {"zh": "、", "en": ", "}

Message = tuple[str, ...]
"""The words of a key: one form, or singular and plural."""


@cache
def catalogue(lang: str) -> Mapping[str, Message]:
    """Every message of a language by key. Raises UnknownNameError where a key stands in two files."""
    found: dict[str, Message] = {}
    for path in sorted((CATALOGUES / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key in found:
                    raise UnknownNameError(f"{path.name}: the key {key} stands in two catalogues; keep one")
                words = message.string or ""
                found[key] = (words,) if isinstance(words, str) else tuple(words)
    return found


def has(key: str, lang: str = "zh") -> bool:
    """Whether there are words for a key."""
    return key in catalogue(lang)


def text(lang: str, key: str, /, **args: Any) -> str:
    """The words of a key with its arguments put in. Raises UnknownNameError where there is no such key."""
    forms = catalogue(lang).get(key)
    if forms is None:
        raise UnknownNameError(f"no words for {key} in {lang}; add them to budgetdata/words/catalogues/{lang}/")
    chosen = forms[-1] if len(forms) == 1 or abs(int(args.get("n") or 0)) != 1 else forms[0]
    return _Words(lang).vformat(chosen, (), args) if args or "{" in chosen else chosen


def tell(lang: str, message: Said | None) -> str:
    """A coded message in words; '' for none."""
    return "" if message is None else text(lang, message.code, **message.args)


class _Words(string.Formatter):
    """Puts arguments into words in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        """An argument in the form that the message asks for."""
        if isinstance(value, Said):
            return tell(self.lang, value)
        forms: dict[str, Callable[[Any], str]] = {
            "": self._plain, "wan": wan_text, "money": lambda fen: money(fen, self.lang), "count": lambda n: f"{n:,}",
            "list": self._list, "key": lambda key: text(self.lang, key), "place": self._place,
        }  # fmt: skip
        return forms[format_spec](value) if format_spec in forms else super().format_field(value, format_spec)

    def _plain(self, value: Any) -> str:
        return self._list(value) if isinstance(value, list | tuple) else "" if value is None else str(value)

    def _list(self, values: Sequence[Any]) -> str:
        return _SEPARATOR[self.lang].join(self.format_field(value, "") for value in values)

    def _place(self, value: Any) -> str:
        page, line = value
        return place_text(page, line, self.lang)
