"""The kinds into which identities are sorted, as check_kinds.toml declares them: how checks are counted and shown."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgetdata.words.catalogue import text

OTHER = "other"
KINDS_FILE = Path(__file__).with_name("check_kinds.toml")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identity: public id, and the rules that belong to it; its words are check_kind.<id> and ….what."""

    id: str
    rules: tuple[str, ...]

    def name(self, lang: str) -> str:
        """What it is called."""
        return text(lang, f"check_kind.{self.id}")

    def what(self, lang: str) -> str:
        """What is compared, in plain words."""
        return text(lang, f"check_kind.{self.id}.what")


@cache
def all_kinds() -> dict[str, Kind]:
    """The declared kinds by id, in the order of the page; OTHER, for rules that none names, is the last."""
    entries = tomllib.loads(KINDS_FILE.read_text(encoding="utf-8"))["kind"]
    found = [Kind(entry["id"], tuple(entry["rules"])) for entry in entries]
    found.append(Kind(OTHER, (r".*",)))
    return {kind.id: kind for kind in found}


@cache
def kind_of(rule: str) -> str:
    """The id of the kind that a rule belongs to."""
    return next(kind.id for kind in all_kinds().values() if any(re.fullmatch(p, rule) for p in kind.rules))
