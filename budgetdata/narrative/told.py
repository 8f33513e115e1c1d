"""What the narrative of a document tells: its passages, every number in them, and what they say of last year; found once."""

from __future__ import annotations

from dataclasses import dataclass

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import Problem
from budgetdata.base.said import said
from budgetdata.narrative.figures import Figures
from budgetdata.narrative.functions import FunctionNames
from budgetdata.narrative.mentions import Mention, one_quota
from budgetdata.narrative.reader import Document, Reader, Standing
from budgetdata.narrative.rebuilt import Comparison, comparisons
from budgetdata.narrative.verdicts import Precision, precision
from budgetdata.sentences.declared import declared
from budgetdata.sentences.passages import Passage, passages
from budgetdata.sentences.scope import body_of_heading


@dataclass(frozen=True, slots=True)
class Told:
    """The narrative of one document. every: all numbers, those included that were not read whole; stated: those that were."""

    facts: DocumentFacts
    passages: tuple[Passage, ...]
    every: tuple[Mention, ...]
    stated: tuple[Mention, ...]
    digits: Precision
    comparisons: tuple[Comparison, ...]
    figures: Figures
    problems: tuple[Problem, ...] = ()
    """One for each passage that could not be read for a fault of ours; the others were."""


def told_of(facts: DocumentFacts) -> Told:
    """Everything that the narrative of a document tells, in printed order."""
    figures = Figures(facts)
    document = Document(facts.department, facts.year, figures, FunctionNames(facts))
    texts = passages(facts.paragraphs)
    found: list[Mention] = []
    problems: list[Problem] = []
    standing = Standing()
    for number, passage in enumerate(texts):
        if (passage.section, passage.section_kind) != (standing.section, standing.kind):
            standing = Standing(passage.section, passage.section_kind)
        standing.functions = declared().led_by(passage.flat) or standing.functions
        standing.body = body_of_heading(passage.flat, facts.department, standing.body)
        try:
            found += Reader(passage, number, document, standing).read()
        except Exception as error:
            fault = said("narrative.fault", error=type(error).__name__)
            problems.append(Problem("unread", "narrative", fault, passage.places[0]))
    every = tuple(one_quota(found))
    stated = tuple(mention for mention in every if mention.is_read)
    compared = tuple(comparisons(every))
    return Told(facts, tuple(texts), every, stated, precision(stated), compared, figures, tuple(problems))
