"""Where the data lie, as the environment sets it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = ROOT / "data"


def default_database() -> Path:
    """The database that commands use where none is named: BUDGETDATA_DB, else data/budget.db."""
    return Path(os.environ.get("BUDGETDATA_DB") or DATA_DIR / "budget.db")
