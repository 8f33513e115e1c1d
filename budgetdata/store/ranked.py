"""The amounts of a document that lists over documents rank: pages read these few, and the figures of what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from budgetdata.base.records import Row, Rows

_BALANCE, _EXPENDITURE = 1, 3
_WHOLE = "total"


def headlines(rows: Rows) -> Iterator[Row]:
    """The income of table 1 by kind and the total row of table 3, a row for each amount, in the order of the figures."""
    number = 0
    for figure in sorted(rows["figure"], key=lambda row: (row["table_no"], row["side"], row["row_no"])):
        item = _item(figure)
        if item:
            number += 1
            yield {
                **{name: figure[name] for name in ("document_id", "table_no", "fen", "figure_id")},
                "number": number, "item": item,
            }  # fmt: skip


def _item(figure: Row) -> str:
    if (figure["table_no"], figure["side"], figure["column"]) == (_BALANCE, "income", _WHOLE):
        return str(figure["role"] or "")
    if (figure["table_no"], figure["level"]) == (_EXPENDITURE, 0):
        return str(figure["column"])
    return ""


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
