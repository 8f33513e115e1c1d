"""The pages there are, by the names in their addresses, in the order of the navigation."""

from __future__ import annotations

PAGES = (
    "home", "department", "compare", "three_public", "performance", "checks", "disclosure",
    "questions", "embeds", "glossary", "about",
)  # fmt: skip
HIDDEN = ("gallery", "passport", "region", "subject")
