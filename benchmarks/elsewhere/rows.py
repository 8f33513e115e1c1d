"""Rows of tables from the books: by 科目, by economic class, income and expenditure beside each other, projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from benchmarks.elsewhere.books import BUSINESS, FUND, GENERAL, GROUPS, Books, name_of
from benchmarks.elsewhere.printed import Values
from benchmarks.made.printed import chinese

Sums = Mapping[str, Callable[[str], "int | None"]]
"""Key of a column → what it holds for a code ('' for all)."""
Row = dict[str, "int | str | None"]


def parts_of(code: str) -> Row:
    """A code cut into its 类, 款 and 项."""
    sizes = ((0, 3), (3, 5), (5, 7))
    return {f"k{number}": code[start:end] for number, (start, end) in enumerate(sizes, 1)}


def coded(codes: Iterable[str], sums: Sums, total: str = "合计", at: str = "label", indent: str = "") -> list[Row]:
    """合计 (where it has a name) and a row for each code; `at` is the key that the total's name stands under."""
    first: list[Row] = [{at: total, "known": total, **_filled(sums, "")}] if total else []
    rows = [
        {
            "code": code, **parts_of(code), "label": indent * (len(code) // 2 - 1) + name_of(code), "known": code,
            "joint": f"{code}{name_of(code)}", **_filled(sums, code),
        }
        for code in codes
    ]  # fmt: skip
    return [*first, *rows]


def _filled(sums: Sums, code: str) -> Row:
    return {key: amount(code) for key, amount in sums.items()}


def spending(books: Books, **which: object) -> Sums:
    """total, basic and project of a code; `which` as Books.sum takes it."""

    def of(kind: str) -> Callable[[str], int]:
        return lambda code: books.sum(code, kind=kind, **which)  # type: ignore[arg-type]

    return {"total": of(""), "basic": of("basic"), "project": of("project")}


def by_fund(books: Books, **which: object) -> Sums:
    """general, fund and business of a code."""

    def of(fund: str) -> Callable[[str], int]:
        return lambda code: books.sum(code, fund=fund, **which)  # type: ignore[arg-type]

    return {GENERAL: of(GENERAL), FUND: of(FUND), BUSINESS: of(BUSINESS)}


def receipts(books: Books) -> dict[str, Callable[[str], int | None]]:
    """total, carryover and the funds of this year of a code."""
    return {
        "total": lambda code: books.sum(code),
        "carryover": lambda code: books.sum(code, carried=True),
        **by_fund(books, carried=False),
    }


def general_rows(books: Books) -> list[Row]:
    """合计 and the codes that 一般公共预算 of this year pays."""
    return coded(books.nested(GENERAL, False), spending(books, fund=GENERAL, carried=False))


def fund_rows(books: Books, nothing: Row) -> list[Row]:
    """合计 and the codes that 政府性基金 pays; `nothing`: the one row where it pays none."""
    return coded(books.nested(FUND), spending(books, fund=FUND)) if books.sum(fund=FUND) else [nothing]


def economic(books: Books, coded_too: bool = True) -> list[Row]:
    """合计, the groups and the economic classes of basic expenditure with personnel and operating apart."""
    classes = [code for group in GROUPS for code in (group, *(c for c in sorted(books.classes) if c[:3] == group))]
    rows: list[Row] = []
    for code in ("", *classes):
        people = sum(books.economic(group) for group in ("301", "303") if not code or code[:3] == group)
        personnel = (books.economic(code) if code else people) if code[:3] != "302" else None
        operating = books.economic(code or "302") if code[:3] in ("", "302") else None
        whole = (personnel or 0) + (operating or 0)
        known = (code if coded_too else name_of(code)) if code else "合计"
        rows.append(
            {
                "code": code, "k1": code[:3], "k2": code[3:], "label": name_of(code) if code else "合计",
                "known": known, "total": whole, "personnel": personnel, "operating": operating,
            }
        )  # fmt: skip
    return rows


def beside(left: Sequence[Values], right: Sequence[Values]) -> list[Row]:
    """Two lists beside each other, their keys with the letter of their side; the last rows on one line."""
    short = abs(len(left) - len(right))
    empty: list[Values] = [{}] * short
    low = (lambda rows: [*rows[:-1], *empty, rows[-1]]) if short else list
    pair = (low(left), right) if len(left) < len(right) else (left, low(right))
    return [
        {f"{side}.{key}": value for side, row in zip("lr", both, strict=True) for key, value in (row or {}).items()}
        for both in zip_longest(*pair)
    ]


def earlier(rows: list[Row], keys: dict[str, str]) -> list[Row]:
    """Rows with invented amounts of the year before under other keys."""
    found = []
    for row in rows:
        more: Row = {}
        for key, other in keys.items():
            value = row.get(key)
            more[other] = value * 7 // 8 // 10_000 * 10_000 if isinstance(value, int) else None
        found.append({**row, **more})
    return found


def named(label: str, known: str = "", **values: int | str | None) -> Row:
    """A row known by its role, or its label."""
    return {"label": label, "known": known or label, **values}


def numbered(labels: Sequence[str], before: str = "", after: str = "、") -> list[str]:
    """Labels with Chinese numbers before them."""
    return [f"{before}{chinese(number)}{after}{label}" for number, label in enumerate(labels, 1)]
