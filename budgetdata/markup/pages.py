"""The pages there are, by the names in their addresses, in the order of the navigation, and the words that they explain."""

from __future__ import annotations

PAGES = (
    "home", "department", "compare", "three_public", "performance", "checks", "disclosure",
    "questions", "embeds", "glossary", "about",
)  # fmt: skip
HIDDEN = ("gallery", "passport", "region", "subject")
OURS = (
    "disclosure", "levels", "basic", "personnel", "public", "carryover",
    "horizons", "grades", "blanks", "rounding", "scope",
)  # fmt: skip
"""The words this app uses, as in glossary.word.<word>."""
