"""Messages as data: their arguments as JSON and back."""

from __future__ import annotations

from budgetdata.base.said import Said, said


def test_arguments_are_written_in_order_with_messages_inside_and_come_back() -> None:
    message = said("sheets.notes", year=2026, notes=[said("plain", text="“甲”\n乙"), None], fen=-5)
    told = '{"fen":-5,"notes":[{"args":{"text":"“甲”\\n乙"},"code":"plain"},null],"year":2026}'
    assert message.to_json() == told
    assert Said.from_json("sheets.notes", told) == message
