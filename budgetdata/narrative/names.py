"""How the subjects and sections of the narrative are named in messages: by code, put into words where they are shown."""

from __future__ import annotations

from budgetdata.base.said import Said, said
from budgetdata.sentences.declared import declared
from budgetdata.words.catalogue import tell

SECTIONS_NAMED = (
    "overview", "income", "expenditure", "appropriation", "general", "basic", "three_public", "running", "procurement",
    "performance", "fund", "capital",
)  # fmt: skip
"""Kinds of sections that a message names; others are the text."""


def subject_said(subject: str) -> Said | str:
    """A subject as an argument of a message: a declared one by its code, a 科目 by its printed name."""
    return said(f"narrative.subject.{subject}") if subject in declared().subjects else subject


def section_said(kind: str) -> Said:
    """A kind of section as an argument of a message."""
    return said(f"narrative.section.{kind if kind in SECTIONS_NAMED else 'text'}")


def subject_zh(subject: str) -> str:
    """A subject in Chinese, as labels print it."""
    named = subject_said(subject)
    return tell("zh", named) if isinstance(named, Said) else named
