"""The amounts of a document that lists over documents rank: pages read these few, and the figures of what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from budgetdata.base.money import Amount, tolerance_fen
from budgetdata.base.records import Row, Rows
from budgetdata.base.text import key

_BALANCE, _EXPENDITURE = 1, 3
_WHOLE = "total"
_TOTALS = ("合计", "总计")


def headlines(rows: Rows) -> Iterator[Row]:
    """The income of table 1 by kind and the total row of table 3, a row for each amount, in the order of the figures."""
    number, total_rows = 0, _total_rows(rows)
    for figure in sorted(rows["figure"], key=lambda row: (row["table_no"], row["side"], row["row_no"])):
        item = _item(figure, total_rows)
        if item:
            number += 1
            yield {
                **{name: figure[name] for name in ("document_id", "table_no", "fen", "figure_id")},
                "number": number, "item": item,
            }  # fmt: skip


def _item(figure: Row, total_rows: dict[str, int]) -> str:
    if (figure["table_no"], figure["side"], figure["column"]) == (_BALANCE, "income", _WHOLE):
        return "" if figure["role"] == "own" and figure["is_sum"] else str(figure["role"] or "")
    if figure["table_no"] == _EXPENDITURE and total_rows.get(figure["document_id"]) == figure["row_no"]:
        return str(figure["column"])
    return ""


def _total_rows(rows: Rows) -> dict[str, int]:
    """The number of the total row of table 3 of each document, of its rows of level 0: the only one, or the first where the
    others, one for each unit, come to it in every column; else none is known to be the total. Nor is the only one where it may
    be the sum of a unit."""
    found: dict[str, dict[int, list[Row]]] = {}
    for figure in rows["figure"]:
        if (figure["table_no"], figure["level"]) == (_EXPENDITURE, 0):
            found.setdefault(figure["document_id"], {}).setdefault(figure["row_no"], []).append(figure)
    tables = {row["document_id"]: row for row in rows["form_table"] if row["table_no"] == _EXPENDITURE}
    units = {document_id: table["unit"] for document_id, table in tables.items()}
    named = _named_rows(rows, {document_id for document_id, table in tables.items() if table["status"] == "partial"})
    return {
        document_id: min(by_row)
        for document_id, by_row in found.items()
        if all(_come_to(whole, by_row, units.get(document_id) or "万元") for whole in by_row[min(by_row)])
        and (len(by_row) > 1 or (document_id, min(by_row)) not in named)
    }


def _named_rows(rows: Rows, partial: set[str]) -> set[tuple[str, int]]:
    """The rows of table 3 of documents that were read in part which are called by another name than the department or a total:
    the row of a unit, above which the total may be lost."""
    whose = {row["document_id"]: key(row["department"] or "") for row in rows["document"]}
    return {
        (row["document_id"], row["row_no"])
        for row in rows["form_row"]
        if row["table_no"] == _EXPENDITURE
        and row["document_id"] in partial
        and key(row["label"]) not in (whose.get(row["document_id"]), "")
        and not key(row["label"]).endswith(_TOTALS)
    }


def _come_to(whole: Row, by_row: dict[int, list[Row]], unit: str) -> bool:
    """True where the amounts of the other rows in a column add up to one's but for rounding, or where there are none."""
    parts = [part for row in by_row.values() for part in row if part["column"] == whole["column"] and part is not whole]
    printed = [Amount(part["fen"], part["decimals"], part["raw"]) for part in (whole, *parts)]
    return len(by_row) == 1 or abs(whole["fen"] - sum(part["fen"] for part in parts)) <= tolerance_fen(printed, unit)


def accounts(rows: Rows) -> list[Row]:
    """What each 科目 of table 3 comes to: how many rows print it, with how many amounts, and their sum, whatever it is of."""
    found: dict[tuple[str, str], _Account] = {}
    for row in rows["form_row"]:
        if row["table_no"] == _EXPENDITURE and row["code"]:
            _account(found, row).printed += 1
    for row in rows["figure"]:
        if row["table_no"] == _EXPENDITURE and row["code"] and row["column"] == _WHOLE:
            account = _account(found, row)
            account.amounts, account.fen = account.amounts + 1, account.fen + row["fen"]
            account.name = max(account.name, row["canonical_label"])
    whose = {
        row["document_id"]: {"year": row["year"], "region": row["region"] or "", "document_kind": row["kind"]}
        for row in rows["document"]
    }
    return [
        {"document_id": document_id, "code": code, **whose[document_id], **asdict(account)}
        for (document_id, code), account in found.items()
    ]


@dataclass(slots=True)
class _Account:
    """What the rows of one 科目 come to; level: the highest at which it stands."""

    level: int
    name: str = ""
    printed: int = 0
    amounts: int = 0
    fen: int = 0


def _account(found: dict[tuple[str, str], _Account], row: Row) -> _Account:
    account = found.setdefault((row["document_id"], row["code"]), _Account(row["level"]))
    account.level = min(account.level, row["level"])
    return account
