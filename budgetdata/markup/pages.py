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
EXPLAINED = {
    "department": ("basic", "carryover", "levels", "public", "blanks"),
    "compare": ("scope", "basic", "carryover"),
    "three_public": ("public", "blanks"),
    "performance": ("horizons", "grades"),
    "checks": ("rounding", "blanks"),
    "disclosure": ("disclosure", "blanks"),
    "questions": ("basic", "carryover", "grades"),
    "region": ("disclosure", "scope"),
    "subject": ("levels", "scope"),
}
"""Those of them that a page uses, each of which it explains by a tap below its title."""
