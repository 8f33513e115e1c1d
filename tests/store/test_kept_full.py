"""What is kept of documents meets a disk that is full: one sentence, and what went wrong first is what is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from budgetdata.base.errors import StoreError
from budgetdata.store.kept import Kept


class Full:
    """A connection that cannot write any more."""

    def commit(self) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    def close(self) -> None:
        """End."""


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), Kept(tmp_path / "a.db") as kept:
        kept._db.close()
        kept._db = Full()  # type: ignore[assignment]
    with pytest.raises(KeyError), Kept(tmp_path / "a.db") as kept:
        kept._db.close()
        kept._db = Full()  # type: ignore[assignment]
        raise KeyError
