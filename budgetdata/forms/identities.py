"""The declared identities between tables, loaded from forms/identities.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgetdata.base.errors import FormError
from budgetdata.forms.declared import FORMS_DIR, Form, standard_forms

EACH = {"", "class", "code"}
OPERATORS = {"=", "<="}


@dataclass(frozen=True, slots=True)
class Term:
    """One operand: the cell of `row` (a role, @total, @each or @class) under `column` on a side of a table."""

    table_no: int
    side: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Left terms together should equal (or not exceed) right terms together.

    Its words are the key check.<id>. `perhaps` are terms that some places count into one of the two sides: where one or several
    of them make them equal, the scopes differ.
    `with_carryover`: it speaks of tables whose total counts the carry-over in; without it, of those that print it beside.
    """

    id: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    op: str = "="
    each: str = ""
    only_fiscal: bool = False
    with_carryover: bool = False
    perhaps: tuple[Term, ...] = ()

    @property
    def tables(self) -> set[int]:
        """The numbers of the tables it needs."""
        return {term.table_no for term in (*self.left, *self.right)}


@cache
def standard_identities() -> tuple[Identity, ...]:
    """The identities this library ships."""
    return load_identities(FORMS_DIR / "identities.toml", standard_forms())


def load_identities(path: Path, forms: dict[int, Form]) -> tuple[Identity, ...]:
    """The identities of a file. Raises FormError where a term names no declared table, side, row or column."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    found = []
    for entry in data["identity"]:
        identity = Identity(
            id=entry["id"],
            left=tuple(_term(text, forms, entry["id"]) for text in entry["left"]),
            right=tuple(_term(text, forms, entry["id"]) for text in entry["right"]),
            op=entry.get("op", "="),
            each=entry.get("each", ""),
            only_fiscal=entry.get("only_fiscal", False),
            perhaps=tuple(_term(text, forms, entry["id"]) for text in entry.get("perhaps", [])),
            with_carryover=entry.get("with_carryover", False),
        )
        if identity.op not in OPERATORS or identity.each not in EACH:
            raise FormError(f"identity {identity.id}: op or each is none of {sorted(OPERATORS)}, {sorted(EACH)}")
        found.append(identity)
    ids = [identity.id for identity in found]
    if len(set(ids)) != len(ids):
        raise FormError(f"{path.name}: an identity's id is declared twice")
    return tuple(found)


def _term(text: str, forms: dict[int, Form], where: str) -> Term:
    parts = text.split(".")
    if len(parts) != 4 or not parts[0].isdecimal() or int(parts[0]) not in forms:
        raise FormError(f"identity {where}: '{text}' is not table.side.row.column")
    side = forms[int(parts[0])].side(parts[1])
    if parts[3] not in {column.name for column in (*side.columns, *side.extra)}:
        raise FormError(f"identity {where}: '{text}' names a column that the side does not have")
    if not parts[2].startswith("@") and parts[2] not in {row.role for row in side.rows}:
        raise FormError(f"identity {where}: '{text}' names a row that the side does not declare")
    return Term(int(parts[0]), parts[1], parts[2], parts[3])
