"""The thirteen standard tables as data: one TOML file per form, loaded and checked here.

A new spelling of a head or a title is one word in one file; no code names a form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.errors import FormError
from budgetdata.base.text import key, without_translation
from budgetdata.forms.keys import title_key
from budgetdata.forms.profiles import Profile, extended, layout_files, load_profiles, other_tables

FORMS_DIR = Path(__file__).parent
VARIANTS_DIR = "variants"
SHARED_HEADS = "heads"
HIERARCHIES = {"", "function", "income", "economic", "unit"}
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_UNIT = re.compile(r"\((?:金额|计量|货币)?(?:单位)?[:为]?(?:人民币)?[十百千万亿]{0,3}元\)")
"""预算数（万元）: the unit of the amounts below a head, which is read elsewhere."""
_PLAIN_TOTAL = ("(总)?合计", "总计")
NO_FUNDS = {"total", "subtotal", "current", "basic", "project", "personnel", "operating"}
"""Columns that say what money is spent on, or all of it, not where it comes from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A canonical amount column and the patterns of the heads it is printed under."""

    name: str
    name_zh: str
    heads: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row that a form declares by its label: its role in the sums, and whether other rows are its parts."""

    role: str
    label: re.Pattern[str]
    total: bool = False
    section: bool = False
    under: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class SumRule:
    """An identity between declared rows: in every column of `side`, row `total` is the sum of rows `parts`.

    `instead` names parts that count only where none of the rows they contain is printed; `inside` parts that contain others
    where those make them up; `needs` names a row without which the identity does not apply. A part printed behind a total
    that stands below its parts belongs to the next total.
    """

    side: str
    total: str
    parts: tuple[str, ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    needs: str = ""
    inside: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class RowSum:
    """Within a row, column `total` is the sum of columns `parts`; `instead` as in SumRule, for columns.

    `perhaps` are columns that some places count into the total and others print beside it: the table's own sums tell.
    `if_printed`: some places print the parts alone, without any total.
    """

    total: str
    parts: tuple[str, ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    perhaps: tuple[str, ...] = ()
    if_printed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a two-sided table, or the whole of a plain one.

    `columns` are those of the standard layout, in printed order; `extra` are further ones that other places print,
    known by their head alone. A head under one of `prefix_heads` is read together with it (上年结转 + 一般公共预算).
    `closes` are the rows of which the last one printed ends the side: without any, rows are lacking.
    At one of `other_views` begins the same money by another classification, beside this side and left unread. `after_label`:
    what stands left of the label column belongs to another table printed beside it; `rest_ignored`: so does whatever stands
    under a head that is not known. `sideways`: its rows may be printed as heads over one row of amounts.
    """

    name: str
    groups: tuple[re.Pattern[str], ...]
    code_heads: tuple[re.Pattern[str], ...]
    label_heads: tuple[re.Pattern[str], ...]
    group_heads: tuple[re.Pattern[str], ...]
    prefix_heads: tuple[re.Pattern[str], ...]
    ignored_heads: tuple[re.Pattern[str], ...]
    other_views: tuple[re.Pattern[str], ...]
    columns: tuple[Column, ...]
    extra: tuple[Column, ...]
    row_sums: tuple[RowSum, ...]
    rows: tuple[RowSpec, ...]
    hierarchy: str
    total_labels: tuple[re.Pattern[str], ...]
    flat_sum: bool
    subtotals: str
    closes: tuple[str, ...]
    after_label: bool = False
    rest_ignored: bool = False
    sideways: bool = False

    @property
    def declares_rows(self) -> bool:
        """True where every row of the table is known by its label."""
        return bool(self.rows)

    def knows(self, label: str) -> bool:
        """True where a row is declared by this label (see `text.named`)."""
        return any(spec.label.fullmatch(label) for spec in self.rows)


@dataclass(frozen=True, slots=True)
class Form:
    """One standard table: how it is titled, its sides, its sums, and what the law asks of it (core, local).

    `mentions` are what a text says of it, `none_of` what it holds: a sentence that says there is none of that declares it empty.
    `foreign` are the heads of funds that the form has no columns of.
    `variants` are other layouts of the same table, tried in order where the standard one cannot be read; `spares` are layouts
    with titles of their own: wider tables, or another form's, that are read for it where no table of its own is printed.
    """

    no: int
    id: str
    title: str
    titles: tuple[re.Pattern[str], ...]
    not_titles: tuple[re.Pattern[str], ...]
    units: tuple[str, ...]
    group: str
    sides: tuple[Side, ...]
    sums: tuple[SumRule, ...] = ()
    stage: str = ""
    variants: tuple[Form, ...] = ()
    mentions: tuple[re.Pattern[str], ...] = ()
    none_of: tuple[re.Pattern[str], ...] = ()
    spares: tuple[Form, ...] = ()
    own_titles: tuple[re.Pattern[str], ...] = ()
    heads: tuple[re.Pattern[str], ...] = field(default=(), repr=False)
    foreign: tuple[re.Pattern[str], ...] = field(default=(), repr=False)
    says_table: bool = field(default=False, repr=False)
    """Whether each of its titles holds the word 表: most lines of a document do not, and need no second look."""

    def side(self, name: str) -> Side:
        """The side of that name. Raises FormError where the form has none."""
        for side in self.sides:
            if side.name == name:
                return side
        raise FormError(f"form {self.no} has no side '{name}'")

    def matches_title(self, title: str) -> bool:
        """True where a normalised title (see `title_key`) is one of this form's."""
        return any(p.search(title) for p in self.titles) and not any(p.search(title) for p in self.not_titles)


def head_key(text: str) -> str:
    """A column head made comparable: `clean.key` without a translation, the year and the unit of its amounts."""
    return _UNIT.sub("", _YEAR.sub("", key(without_translation(text))))


@cache
def standard_forms() -> dict[int, Form]:
    """The forms this library ships, by number."""
    return load_forms(FORMS_DIR, load_profiles(layout_files()))


@cache
def said_to_be_other() -> frozenset[str]:
    """The titles (see `title_key`) that layouts say to stand over none of the thirteen tables."""
    return frozenset(map(title_key, other_tables(load_profiles(layout_files()))))


def load_forms(directory: Path, profiles: Sequence[Profile] = ()) -> dict[int, Form]:
    """The forms declared in a directory, by number, with the layouts of its `variants` folder and what profiles say of them.

    Raises FormError where a declaration contradicts itself.
    """
    columns = _load_columns(_toml(directory / "columns.toml"))
    shared_rows = {**_toml(directory / "rows.toml"), SHARED_HEADS: _toml(directory / "heads.toml")}
    forms: dict[int, Form] = {}
    declared: dict[int, dict[str, Any]] = {}
    for path in sorted(directory.glob("t[0-9][0-9]_*.toml")):
        data = _toml(path)
        form = _load_form(extended(data, profiles, columns, title_key, head_key), columns, shared_rows, path.name)
        if form.no in forms:
            raise FormError(f"{path.name}: form number {form.no} is declared twice")
        forms[form.no], declared[form.no] = form, data
    if not forms:
        raise FormError(f"{directory}: no form is declared (t01_….toml)")
    shipped = [(_toml(path), path.name) for path in sorted((directory / VARIANTS_DIR).glob("t[0-9][0-9]_*.toml"))]
    for data, name in [*shipped, *((data, profile.file) for profile in profiles for data in profile.variants)]:
        if data.get("variant_of") not in forms:
            raise FormError(f"{name}: variant_of names no declared form")
        no = data["variant_of"]
        varied = extended(_varied(declared[no], data, name), profiles, columns, title_key, head_key)
        variant = _load_form(varied, columns, shared_rows, name)
        form = forms[no]
        if "titles" in data:
            forms[no] = replace(form, spares=(*form.spares, variant))
        else:
            forms[no] = replace(form, variants=(*form.variants, variant))
    return forms


def _varied(base: dict[str, Any], changes: dict[str, Any], file: str) -> dict[str, Any]:
    """A form's declaration with the keys that a variant changes; its sides, if it declares any, key by key."""
    sides = changes.get("sides", [{}] * len(base["sides"]))
    if len(sides) != len(base["sides"]):
        raise FormError(f"{file}: a variant has the sides of its form")
    merged = [{**side, **change} for side, change in zip(base["sides"], sides, strict=True)]
    return {**base, **{k: v for k, v in changes.items() if k != "variant_of"}, "sides": merged}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{path.name}: cannot be read as TOML: {error}") from error


def _load_columns(data: dict[str, Any]) -> dict[str, Column]:
    return {name: Column(name, spec["name_zh"], _patterns(spec["heads"])) for name, spec in data.items()}


def _patterns(texts: list[str] | tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in texts)


def _titles(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return _patterns([f"(?:{text})$" for text in texts])


def _load_form(data: dict[str, Any], columns: dict[str, Column], shared: dict[str, Any], file: str) -> Form:
    try:
        sides = tuple(_load_side(side, columns, shared) for side in data["sides"])
        sums = tuple(_load_sum(rule, shared) for rule in data.get("sums", []))
        form = Form(
            no=data["no"],
            id=data["id"],
            title=data["title"],
            titles=_titles(data["titles"]),
            not_titles=_patterns(data["not_titles"]),
            units=tuple(data["units"]),
            group=data["group"],
            sides=sides,
            sums=sums,
            stage=data.get("stage", ""),
            mentions=_patterns(data.get("mentions", [])),
            none_of=_patterns(data.get("none_of", [])),
            own_titles=_patterns(data.get("own_titles", [])),
            heads=_all_heads(sides),
            foreign=_foreign(sides, columns),
            says_table=all("表" in title for title in (*data["titles"], *data.get("own_titles", []))),
        )
    except KeyError as error:
        raise FormError(f"{file}: key or column {error} is missing") from error
    for rule in sums:
        roles = {row.role for row in form.side(rule.side).rows}
        unknown = {rule.total, *rule.parts} - roles
        if unknown:
            raise FormError(f"{file}: a sum names rows that are not declared: {', '.join(sorted(unknown))}")
    return form


def _load_sum(rule: dict[str, Any], shared: dict[str, Any]) -> SumRule:
    return SumRule(
        rule["side"],
        rule["total"],
        _parts(rule, shared),
        _instead(rule),
        rule.get("needs", ""),
        _instead(rule, "inside"),
    )


def _instead(rule: dict[str, Any], name: str = "instead") -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((whole, tuple(parts)) for whole, parts in rule.get(name, {}).items())


def _parts(rule: dict[str, Any], shared: dict[str, Any]) -> tuple[str, ...]:
    named = [row["role"] for row in shared[rule["parts_from"]]] if "parts_from" in rule else []
    return tuple(named + rule.get("parts", []))


def _load_side(data: dict[str, Any], columns: dict[str, Column], shared: dict[str, Any]) -> Side:
    rows = [*shared.get(data.get("rows_from", ""), []), *data.get("rows", [])]
    more = data.get("more_heads", {})
    columns = {
        name: replace(column, heads=(*column.heads, *_patterns(more.get(name, [])))) for name, column in columns.items()
    }
    names = data["columns"]
    extra = data.get("extra", [])
    row_sums = tuple(_load_row_sum(rule) for rule in data.get("row_sums", []))
    strangers = {name for rule in row_sums for name in (rule.total, *rule.parts, *rule.perhaps)} - {*names, *extra}
    if strangers:
        raise FormError(f"row_sums name columns that the side does not have: {', '.join(sorted(strangers))}")
    if data.get("hierarchy", "") not in HIERARCHIES:
        raise FormError(f"unknown hierarchy '{data['hierarchy']}'; known: {', '.join(sorted(HIERARCHIES))}")
    return Side(
        name=data["name"],
        groups=_patterns(data.get("groups", [])),
        code_heads=_patterns(data.get("code_heads", [])),
        label_heads=_patterns([*data["label_heads"], *(shared[SHARED_HEADS]["joint"] if "code_heads" in data else [])]),
        group_heads=_patterns(data.get("group_heads", [])),
        prefix_heads=_patterns(data.get("prefix_heads", [])),
        ignored_heads=_patterns([*data.get("ignored_heads", []), *shared[SHARED_HEADS]["ignored"]]),
        other_views=_patterns(data.get("other_views", [])),
        columns=tuple(_column(columns[name], data) for name in names),
        extra=tuple(_column(columns[name], data) for name in extra),
        row_sums=row_sums,
        rows=tuple(_load_row(row) for row in rows),
        hierarchy=data.get("hierarchy", ""),
        total_labels=_patterns(data.get("total_labels", _PLAIN_TOTAL)),
        flat_sum=data.get("flat_sum", False),
        subtotals=data.get("subtotals", ""),
        closes=tuple(data.get("closes", [])),
        after_label=data.get("after_label", False),
        rest_ignored=data.get("rest_ignored", False),
        sideways=data.get("sideways", False),
    )


def _column(column: Column, data: dict[str, Any]) -> Column:
    """A column with the heads that its side declares instead of those it has everywhere."""
    own = data.get("heads", {}).get(column.name)
    return column if own is None else replace(column, heads=_patterns(own))


def _load_row_sum(data: dict[str, Any]) -> RowSum:
    perhaps, optional = tuple(data.get("perhaps", [])), data.get("if_printed", False)
    return RowSum(data["total"], tuple(data["parts"]), _instead(data), perhaps, optional)


def _load_row(data: dict[str, Any]) -> RowSpec:
    return RowSpec(
        role=data["role"],
        label=re.compile(data["label"]),
        total=data.get("total", False),
        section=data.get("section", False),
        under=data.get("under", ""),
        level=data.get("level"),
    )


def _all_heads(sides: tuple[Side, ...]) -> tuple[re.Pattern[str], ...]:
    heads: list[re.Pattern[str]] = []
    for side in sides:
        heads += [*side.groups, *side.code_heads, *side.label_heads, *side.group_heads]
        heads += [*side.prefix_heads, *side.ignored_heads, *side.other_views]
        heads += [pattern for column in (*side.columns, *side.extra) for pattern in column.heads]
    return tuple(heads)


def _foreign(sides: tuple[Side, ...], columns: dict[str, Column]) -> tuple[re.Pattern[str], ...]:
    own = {column.name for side in sides for column in (*side.columns, *side.extra)} | NO_FUNDS
    return tuple(pattern for name, column in columns.items() if name not in own for pattern in column.heads)


def matches(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    """True where one of the patterns is the whole of `text`."""
    return any(pattern.fullmatch(text) for pattern in patterns)


def titles_of(path: Path) -> tuple[re.Pattern[str], ...]:
    """The titles that a file declares under `titles`."""
    return _titles(_toml(path)["titles"])
