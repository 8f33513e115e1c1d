"""What our code says of a document: a code with arguments, put into words once, in the reader's language, where it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

Arg = Any
"""str, int, None, a Said, or a list of these: whatever JSON holds."""
_JSON = msgspec.json.Encoder(order="sorted")
"""A message inside is written as its code and arguments."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as data. code: its key in the catalogues (budgetdata/words/catalogues); args: what the words name.

    Amounts are given in fen, places as the text of a Place or as page and line, names as printed. No code reads the words.
    """

    code: str
    args: Mapping[str, Arg] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A message inside that comes as plain data (from JSON or MessagePack) is a message again."""
        if any(type(value) in (dict, list) for value in self.args.values()):
            object.__setattr__(self, "args", {name: _lively(value) for name, value in self.args.items()})

    def to_json(self) -> str:
        """The arguments as JSON, as they stand in the column …_args beside …_code."""
        return _JSON.encode(self.args).decode()

    @classmethod
    def from_json(cls, code: str, args: str) -> Said:
        """The message that `to_json` wrote."""
        return cls(code, json.loads(args or "{}"))

    def __hash__(self) -> int:
        return hash((self.code, self.to_json()))


def said(code: str, /, **args: Arg) -> Said:
    """A message of a code with its arguments."""
    return Said(code, args)


def plain(text: str | Said) -> Said:
    """A text that is not coded yet as a message: it reads the same in every language. A message stays as it is."""
    return text if isinstance(text, Said) else Said("plain", {"text": text})


def _lively(value: Arg) -> Arg:
    if isinstance(value, list):
        return [_lively(inner) for inner in value]
    if isinstance(value, dict):
        if set(value) == {"code", "args"}:
            return Said(value["code"], _lively(value["args"]))
        return {name: _lively(inner) for name, inner in value.items()}
    return value
