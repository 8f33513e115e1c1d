"""Write docs/findings.md from the database: python scripts/findings.py (with --check: exit 1 where it is not up to date)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from budgetdata.build.current import ensure_database  # noqa: E402
from budgetdata.queries.base import open_database  # noqa: E402
from budgetdata.queries.signals.findings import findings_text  # noqa: E402


def main() -> int:
    """Write the file, or compare it where --check is given."""
    path = ROOT / "docs" / "findings.md"
    text = findings_text(open_database(ensure_database()))
    if "--check" in sys.argv[1:]:
        return 0 if path.exists() and path.read_text(encoding="utf-8") == text else 1
    path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
