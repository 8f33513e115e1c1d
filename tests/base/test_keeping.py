"""What is kept is weighed as it is, about: a room that counts records for twice what they take holds half of what it could."""

from __future__ import annotations

import tracemalloc

from budgetdata.base.keeping import room_of


def test_records_are_weighed_as_what_they_take() -> None:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        rows = [
            {"name": f"县{n}第{n}中学", "document_id": f"{n:012x}", "fen": n * 10**9, "share": n / 7, "own": False,
             "place": f"{n}", "figure": {"figure_id": f"{n:012x}.t01.r{n}.total", "table_no": 1, "fen": n * 10**9}}
            for n in range(2000)
        ]  # fmt: skip
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert 0.7 * taken < room_of(rows) < 1.5 * taken


def test_names_that_are_keys_of_their_own_are_weighed() -> None:
    names = {"x" * 400 + str(number): number for number in range(1000)}
    assert room_of(names) > 400_000
