"""A 科目 that a table prints more than once, a row for each unit or economic class: one amount, as much as its rows together."""

from __future__ import annotations

from collections import defaultdict

from budgetdata.base.records import Record
from budgetdata.words.phrases import HALF_LAST_DIGIT

NO_PLACE = dict.fromkeys(("figure_id", "raw", "page", "line", "box"))
"""What an amount that is added up has not: it is printed nowhere."""


def together(tree: list[Record], columns: set[str], *, whole: bool) -> list[Record]:
    """The rows of a table by 科目, those of one code and level as one: where they stand first, with what each column adds up to.

    An amount that is added up has no figure_id and is no printed figure. It is unread where one of its rows is, where the table
    was not read whole, and where the sums of the first level are not the table's total: it may print the same money twice.
    """
    groups: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for row in tree:
        if row["code"] and row["level"]:
            groups[row["code"], row["level"]].append(row)
    several = [rows for rows in groups.values() if len(rows) > 1]
    if not several:
        return tree
    first = {row["row_no"]: rows[0]["row_no"] for rows in several for row in rows}
    one = {rows[0]["row_no"]: _one(rows, columns) for rows in several}
    merged = [
        one.get(row["row_no"], row) | {"parent_row_no": first.get(row["parent_row_no"], row["parent_row_no"])}
        for row in tree
        if first.get(row["row_no"], row["row_no"]) == row["row_no"]
    ]
    if not whole or not _adds_up(merged):
        for row in merged:
            if row["row_no"] in one:
                row |= {**dict.fromkeys(columns & row.keys()), "unread": ";".join(sorted(columns))}
    return merged


def _one(rows: list[Record], columns: set[str]) -> Record:
    """Rows of one 科目 as one row, each column added up where every row's was read."""
    unread = {column for row in rows for column in (row["unread"] or "").split(";") if column}
    found: Record = {
        **rows[0],
        "group_label": None,
        "is_sum": max(row["is_sum"] for row in rows),
        "unread": ";".join(unread),
    }
    for column in columns & set().union(*rows):
        stated = [row[column] for row in rows if row.get(column)]
        fen = sum(figure["fen"] for figure in stated)
        found[column] = {**stated[0], "fen": fen, **NO_PLACE} if stated and column not in unread else None
    return found


def _adds_up(tree: list[Record]) -> bool:
    """Whether the rows of the first level add up to the total that the table prints, where it prints one."""
    total = next((row["total"]["fen"] for row in tree if row["level"] == 0 and row.get("total")), None)
    top = min((row["level"] for row in tree if row["level"]), default=0)
    parts = [row["total"]["fen"] for row in tree if row["level"] == top and row.get("total")]
    return total is None or abs(total - sum(parts)) <= HALF_LAST_DIGIT * (len(parts) + 1)
