"""What a coded message says in words, for tests that look at words."""

from __future__ import annotations

from budgetdata.base.said import Said
from budgetdata.words.catalogue import tell


def zh(message: Said | str | None) -> str:
    """The message in Chinese; a printed name as it is."""
    return message if isinstance(message, str) else tell("zh", message)


def en(message: Said | None) -> str:
    """The message in English."""
    return tell("en", message)
