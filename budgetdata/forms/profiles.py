"""Layouts that whoever adds a city declares without Python: a TOML file says which table a printed title names and what a
printed head means. Files lie in `layouts` of the data folder, and in forms/layouts where the project ships them.

A head names its table, or the title that it stands `under`, or a list of them; it means a column of it (total, general …),
code, label, unit (whose a row is, beside its 科目), ignored, or group (it stands over others). A head of a list of projects
with goals or indicators has `table = "list"` and means what sheets/heads.toml knows (project, goal, value …); a label of a
performance form stands under `[[labels]]` and means another label, one that is known (指标值); the label of a row of a table
that knows its rows stands under `[[rows]]`, with its table, and means a row of it (carryover, income_total …). What is
printed is compared as printed, white space, brackets' width and the year apart; no pattern is asked for. `[[variants]]` take
the keys of forms/variants for a table that lists something else than the standard one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError
from budgetdata.base.settings import DATA_DIR
from budgetdata.base.text import unnumbered

SHIPPED = Path(__file__).parent / "layouts"
NONE = "none"
"""Says of a title that the table under it is none of the thirteen."""
LIST = "list"
"""Says of a head that it stands over a column of a list of projects, with their goals or indicators."""
KINDS = {
    "code": "code_heads",
    "label": "label_heads",
    "unit": "group_heads",
    "ignored": "ignored_heads",
    "group": "groups",
}
"""What a head may mean beside a column, and the key of a side that lists such heads."""

_PARTS = ("name", "titles", "heads", "labels", "rows", "variants")

Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a layout file says of one printed text: the table it belongs to, and what it means ('' for a title)."""

    printed: str
    table: int | str
    means: str
    file: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A layout file: what it says of titles, heads, labels of performance forms and of rows, and its variants as they would stand
    in forms/variants."""

    file: str
    titles: tuple[Said, ...] = ()
    heads: tuple[Said, ...] = ()
    variants: tuple[Form, ...] = ()
    labels: tuple[Said, ...] = ()
    rows: tuple[Said, ...] = ()


def layout_files() -> list[Path]:
    """The layout files: those that are shipped, then those of the data folder, each by name."""
    return [path for folder in (SHIPPED, DATA_DIR / "layouts") for path in sorted(folder.glob("*.toml"))]


def layouts_digest() -> str:
    """A hash of what the layout files hold."""
    total = hashlib.sha256()
    for path in layout_files():
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def load_profiles(paths: Iterable[Path]) -> list[Profile]:
    """The profiles of layout files. Raises FormError with the file and what is wrong in it.

    What is left open ("" for table or means), as in a draft, says nothing.
    """
    return [_profile(path) for path in paths]


def _profile(path: Path) -> Profile:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{path}: cannot be read as TOML: {error}") from error
    unknown = set(data) - set(_PARTS)
    if unknown:
        raise FormError(f"{path}: {', '.join(sorted(unknown))} is not known; a layout has {', '.join(_PARTS)}")
    titles = [_said(entry, path, "title") for entry in data.get("titles", [])]
    under = {said.printed: said.table for said in titles}
    heads = [
        _said({"table": under.get(title, ""), **entry}, path, "head")
        for entry in data.get("heads", [])
        for title in _titles_over(entry)
    ]
    return Profile(
        str(path),
        tuple(said for said in titles if said.table != ""),
        tuple(said for said in heads if said.table != "" and said.means),
        tuple(data.get("variants", [])),
        tuple(said for entry in data.get("labels", []) if (said := _said(entry, path, "label")).means),
        tuple(said for entry in data.get("rows", []) if (said := _said(entry, path, "row")).means),
    )


def _titles_over(entry: dict[str, Any]) -> list[Any]:
    """The titles that a head stands under: one, or several in which it means the same."""
    under = entry.get("under")
    return under if isinstance(under, list) else [under]


def _said(entry: dict[str, Any], path: Path, what: str) -> Said:
    printed, table, means = entry.get("printed", ""), entry.get("table", ""), entry.get("means", "")
    if not isinstance(printed, str) or not printed.strip():
        raise FormError(f"{path}: a {what} has no text in printed; give it as it is printed")
    if isinstance(table, str) and table.isdecimal():
        table = int(table)
    named = ("", NONE, LIST) if what == "head" else ("", NONE)
    if not (table in named or (isinstance(table, int) and 1 <= table <= 13)):
        other = f', or "{LIST}" for a list of projects' if what == "head" else ""
        raise FormError(
            f'{path}: table of “{printed}” is {table!r}; it is a number from 1 to 13, or "{NONE}" for another table{other}'
        )
    return Said(printed, table, str(means), str(path))


@cache
def said_of_promises() -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """What the layout files say of heads of lists of projects, and of labels of performance forms."""
    profiles = load_profiles(layout_files())
    heads = tuple(said for profile in profiles for said in profile.heads if said.table == LIST)
    return heads, tuple(said for profile in profiles for said in profile.labels)


def other_tables(profiles: Sequence[Profile]) -> list[str]:
    """The printed titles of tables that are said to be none of the thirteen."""
    return [said.printed for profile in profiles for said in profile.titles if said.table == NONE]


def extended(
    form: Form,
    profiles: Sequence[Profile],
    columns: Iterable[str],
    title_key: Callable[[str], str],
    head_key: Callable[[str], str],
) -> Form:
    """A form's declaration with what profiles say of its table. Raises FormError where a head means no known column.

    title_key and head_key make a printed title and head comparable.
    """
    titles = [said for profile in profiles for said in profile.titles if said.table == form["no"]]
    heads = [said for profile in profiles for said in profile.heads if said.table == form["no"]]
    rows = [said for profile in profiles for said in profile.rows if said.table == form["no"]]
    if not titles and not heads and not rows:
        return form
    own = [*form.get("own_titles", []), *(re.escape(title_key(said.printed)) for said in titles)]
    known = set(columns)
    for said in heads:
        if said.means not in known and said.means not in KINDS:
            choice = ", ".join([*sorted(known), *KINDS])
            raise FormError(f"{said.file}: “{said.printed}” means {said.means!r}, which is none of {choice}")
    _known_rows(form, rows)
    sides = [_with_rows(_side(side, heads, head_key), rows) for side in form["sides"]]
    return {**form, "own_titles": own, "sides": sides}


def _known_rows(form: Form, rows: Sequence[Said]) -> None:
    """Raises FormError where a row means none that its table declares."""
    roles = [row["role"] for side in form["sides"] for row in side.get("rows", [])]
    for said in rows:
        if said.means not in roles:
            choice = ", ".join(dict.fromkeys(roles)) or "none, for this table knows no rows"
            raise FormError(f"{said.file}: the row “{said.printed}” means {said.means!r}; known are {choice}")


def _with_rows(side: dict[str, Any], rows: Sequence[Said]) -> dict[str, Any]:
    """A side with more labels of the rows that it declares."""
    if not rows or "rows" not in side:
        return side
    printed = {
        said.means: [re.escape(unnumbered(each.printed)) for each in rows if each.means == said.means] for said in rows
    }
    declared = [
        {**row, "label": "|".join([f"(?:{row['label']})", *printed.get(row["role"], [])])} for row in side["rows"]
    ]
    return {**side, "rows": declared}


def _side(side: dict[str, Any], heads: Sequence[Said], head_key: Callable[[str], str]) -> dict[str, Any]:
    """A side with more heads of its columns, of its codes and labels, to leave unread, or over others."""
    side = {**side, "more_heads": {name: [*texts] for name, texts in side.get("more_heads", {}).items()}}
    for said in heads:
        pattern = re.escape(head_key(said.printed))
        if said.means in KINDS:
            key = KINDS[said.means]
            side[key] = [*side.get(key, []), pattern]
            continue
        side["more_heads"].setdefault(said.means, []).append(pattern)
        if said.means not in (*side["columns"], *side.get("extra", [])):
            side["extra"] = [*side.get("extra", []), said.means]
    return side
