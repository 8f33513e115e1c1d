"""What a row of an answer is."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
"""One row of an answer, by column name."""
