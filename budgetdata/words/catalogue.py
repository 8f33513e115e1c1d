"""Every text a person reads, by key and language: gettext catalogues (.po) that a translator edits without Python.

`catalogues/<language>/<room>.po`: msgid is the key, msgstr the words with {names} of arguments. An argument's form stands
behind a colon: {fen:wan} 14,000.00 · {fen:plain} 14000.00 · {fen:yuan} 140000000 ·
{fen:exact} 14,000.00, in English CNY 140,000,000 · {fen:money} 1.4 亿元 · {n:count} 1,306 ·
{printed:of_wan} a printed amount of 万元 as it is, in English CNY 1,000,000 ·
{name:called} a printed name as `words.names` says it, {name:cited} with the printed one behind it, both of each in a list ·
{rate:percent} 12.5% · {names:list} a、b · {notes:clauses} a；b · {status:key} the words of the key that the argument
names · {place:where} of a place as `Place.told` writes it. A message with msgid_plural is chosen by its argument n.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import UnknownNameError
from budgetdata.base.money import wan, yuan
from budgetdata.base.raw import Place
from budgetdata.base.said import Said
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import WAN, exact, money, place_parts, wan_text

CATALOGUES = Path(__file__).parent / "catalogues"
LANGUAGES = ("zh", "en")
_SEPARATOR = {"zh": "、", "en": ", "}
_CLAUSE_MARK = {"zh": "；", "en": "; "}

_KEY = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
"""A key where a catalogue has words for it, on one line."""

Message = tuple[str, ...]
"""The words of a key: one form, or singular and plural."""


class Catalogue(Mapping[str, Message]):
    """Every message of a language by key; a file of it is read when one of its messages is asked for: a build tells few."""

    def __init__(self, lang: str) -> None:
        """Raises UnknownNameError where a key stands in two files."""
        self._lang = lang
        self._read: dict[str, Message] = {}
        self._files: dict[str, Path] = {}
        for path in sorted((CATALOGUES / lang).glob("*.po")):
            for key in _KEY.findall(path.read_text(encoding="utf-8")):
                if self._files.setdefault(key, path) != path:
                    raise UnknownNameError(f"{path.name}: the key {key} stands in two catalogues; keep one")

    def __getitem__(self, key: str) -> Message:
        if key not in self._read:
            self._load(self._files[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def _load(self, path: Path) -> None:
        # Loaded here: most processes that open a document tell nothing, and would wait for it.
        from babel.messages.pofile import read_po

        with path.open("rb") as file:
            for message in read_po(file, locale=self._lang):
                if message.id:
                    words = message.string or ""
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    self._read[key] = (words,) if isinstance(words, str) else tuple(words)


@cache
def catalogue(lang: str) -> Mapping[str, Message]:
    """Every message of a language by key. Raises UnknownNameError where a key stands in two files."""
    return Catalogue(lang)


def has(key: str, lang: str = "zh") -> bool:
    """Whether there are words for a key."""
    return key in catalogue(lang)


def text(lang: str, key: str, /, **args: Any) -> str:
    """The words of a key with its arguments put in. Raises UnknownNameError where there is no such key or argument."""
    forms = catalogue(lang).get(key)
    if forms is None:
        raise UnknownNameError(f"no words for {key} in {lang}; add them to budgetdata/words/catalogues/{lang}/")
    chosen = forms[-1] if len(forms) == 1 or abs(int(args.get("n") or 0)) != 1 else forms[0]
    if "{" not in chosen:
        return chosen
    try:
        return "".join(
            before if name is None else before + _in_words(lang, args[name], form or _form_of(name, args[name]))
            for before, name, form in _parts(chosen)
        )
    except KeyError as missing:
        raise UnknownNameError(f"{key} in {lang} names {missing}, which is not given: {', '.join(args)}") from missing


@cache
def _parts(message: str) -> tuple[tuple[str, str | None, str], ...]:
    """A message taken apart: the words before an argument, the argument's name (None at the end), its form."""
    return tuple((before, name, form or "") for before, name, form, _ in string.Formatter().parse(message))


def tell(lang: str, message: Said | None) -> str:
    """A coded message in words; '' for none. One that an earlier program stored, whose code has no words any more, says so."""
    if message is None:
        return ""
    return (
        text(lang, message.code, **message.args)
        if has(message.code, lang)
        else text(lang, "said.retired", code=message.code)
    )


def _in_words(lang: str, value: Any, form: str = "") -> str:
    """An argument in the form that the message asks for."""
    if isinstance(value, Said):
        return tell(lang, value)
    if not form:
        return _listed(lang, value) if isinstance(value, list | tuple) else "" if value is None else str(value)
    put = _FORMS.get(form)
    return format(value, form) if put is None else put(lang, value)


def _form_of(name: str, value: Any) -> str:
    """The form of an argument that the message asks none for: n is how many, and is written as a count."""
    return "count" if name == "n" and isinstance(value, int) else ""


def _listed(lang: str, values: Sequence[Any]) -> str:
    return _SEPARATOR[lang].join(_in_words(lang, value) for value in values)


def _where(lang: str, told: Sequence[int | None] | Mapping[str, int]) -> str:
    place = Place.of_told(told)
    if lang == "en":
        return str(place)
    return "".join(place_parts(place.page, place.line)).replace(" ", "")


def _named(lang: str, names: Any, put: Callable[[str, str], str]) -> str:
    every = names if isinstance(names, list | tuple) else [names]
    return _listed(lang, [put(lang, name) if isinstance(name, str) else name for name in every])


_FORMS: Mapping[str, Callable[[str, Any], str]] = {
    "wan": lambda lang, fen: wan_text(fen),
    "plain": lambda lang, fen: wan(fen),
    "yuan": lambda lang, fen: yuan(fen),
    "exact": lambda lang, fen: exact(fen, lang),
    "clauses": lambda lang, values: _CLAUSE_MARK[lang].join(_in_words(lang, value) for value in values),
    "of_wan": lambda lang, printed: printed if lang == "zh" else exact(int(Decimal(printed) * WAN), lang),
    "money": lambda lang, fen: text(lang, "state.blank") if fen is None else money(fen, lang),
    "count": lambda lang, n: f"{n:,}",
    "percent": lambda lang, number: f"{number}%",
    "called": lambda lang, names: _named(lang, names, spoken),
    "cited": lambda lang, names: _named(lang, names, cited),
    "list": _listed,
    "key": text,
    "where": _where,
}
"""The forms of arguments, as the head of this module tells them."""
