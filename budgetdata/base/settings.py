"""Where the data lie, as the environment sets it."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, where the program runs from one."""


def data_folder() -> Path:
    """The folder of registered documents and database: BUDGETDATA_DATA, else data/ of the checkout, else ./data."""
    named = os.environ.get("BUDGETDATA_DATA")
    if named:
        return Path(named).absolute()
    return (ROOT if is_checkout() else Path.cwd()) / "data"


def report_address() -> str:
    """Where misreadings are reported, as a link: BUDGETDATA_REPORT, an address of mail or of a page; '' where none is set."""
    named = os.environ.get("BUDGETDATA_REPORT", "").strip()
    if named.startswith(("https://", "http://", "mailto:")):
        return named
    return f"mailto:{named}" if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", named) else ""


def child_environment() -> dict[str, str]:
    """This environment for a process that is to run this very program, wherever it was started."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}


def is_checkout() -> bool:
    """Whether the program runs from a checkout of the project, and not from where it was installed."""
    return (ROOT / "pyproject.toml").is_file() and (ROOT / "app.py").is_file()


DATA_DIR = data_folder()


def default_database() -> Path:
    """The database that commands use where none is named: BUDGETDATA_DB, else budget.db in the data folder."""
    return _database(os.environ.get("BUDGETDATA_DB", ""), DATA_DIR)


@lru_cache(maxsize=8)
def _database(named: str, folder: Path) -> Path:
    """One path for one setting: every request of the app asks for it."""
    return Path(named) if named else folder / "budget.db"


def app_script() -> Path:
    """The script that `streamlit run` serves: of the checkout, or as it was installed with the package."""
    return ROOT / "app.py" if is_checkout() else Path(__file__).resolve().parents[1] / "served" / "app.py"
