"""What a row of an answer is, and one to be stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]
"""One row of an answer, by column name."""

Row = Mapping[str, Any]
"""A row to be stored, by column name."""

Rows = dict[str, list[Row]]
"""Rows to be stored, by table."""
