"""Read Chinese department budget disclosures (部门预算公开) into a checked SQLite database.

import budgetdata
data = budgetdata.open()                       # the built database, or open("/some/budget.db")
data.figures(year=2024, table_no=3)            # a pandas.DataFrame, amounts exact
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from budgetdata.base.version import VERSION as __version__

if TYPE_CHECKING:
    from budgetdata.exports.data import Data


__all__ = ["__version__", "open"]


def open(path: str | Path | None = None) -> Data:
    """The database at `path` (default: BUDGETDATA_DB, else budget.db in the data folder) as DataFrames.

    Raises NoDatabaseError, saying how to build one, where there is none.
    """
    from budgetdata.base.settings import default_database
    from budgetdata.exports.data import Data

    return Data(Path(path) if path is not None else default_database())
