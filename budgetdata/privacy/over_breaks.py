"""Names and numbers that run over one line break, or stand behind one that follows their label."""

from __future__ import annotations

from collections.abc import Iterator

from budgetdata.privacy.breaks import Joint, joints
from budgetdata.privacy.grammar import labelled
from budgetdata.privacy.lines import lines_of
from budgetdata.privacy.names import asked_for, names_behind_labels
from budgetdata.privacy.numbers import emails, identities, mobiles
from budgetdata.privacy.patterns import (
    AFTER_PHONE,
    AREA_PHONE,
    EMAIL,
    LABELLED_MOBILE,
    NAME_MASK,
    PHONE_MASK,
    STAFF_LINE,
    STAFF_ROW,
)
from budgetdata.privacy.words import is_asked_for, is_name


def over_breaks(text: str) -> Iterator[tuple[Joint, int, int, str]]:
    """Each break with the stretch of its text that is one name or number, and the mask for both sides of it."""
    for joint in joints(text):
        for start, end in {*_numbers_over(joint)}:
            yield joint, start, end, PHONE_MASK
        for start, end in {*_names_over(joint)}:
            yield joint, start, end, NAME_MASK
        if joint.between_rows:
            continue
        lines = list(lines_of(joint.text))
        for start, end, replacement in (*identities(joint.text, lines), *emails(joint.text, lines)):
            if joint.runs_over(start, end) and not EMAIL.fullmatch(joint.left[start:]):
                yield joint, start, end, replacement


def _numbers_over(joint: Joint) -> Iterator[tuple[int, int]]:
    for pattern in (AFTER_PHONE, LABELLED_MOBILE):
        for match in pattern.finditer(joint.text):
            start, end = match.span("number")
            begun = match.start() > 0 and not joint.between_rows and joint.runs_over(match.start(), end)
            if (begun or joint.runs_over(start, end)) and joint.is_number(start, end, labelled=True):
                yield start, end
    areas = AREA_PHONE.finditer(joint.text) if STAFF_LINE.search(joint.text) else ()
    found = [(start, end) for start, end, _ in mobiles(list(lines_of(joint.text)))]
    for start, end in (*found, *(match.span() for match in areas)):
        if joint.runs_over(start, end) and joint.is_number(start, end, labelled=False):
            yield start, end


def _names_over(joint: Joint) -> Iterator[tuple[int, int]]:
    found = [(named.label, named.start, named.end) for named in labelled(joint.text)]
    found += asked_for(joint.text)
    if STAFF_ROW.search(joint.text):
        found += names_behind_labels(joint.text)
    for label, start, end in found:
        name = joint.text[start:end]
        if joint.runs_over(start, end):
            fits = joint.is_name(start, end) and is_name(name, False)
        else:
            begun = bool(label) and not joint.between_rows and joint.runs_over(label, end)
            fits = begun and is_asked_for(name)
        if fits:
            yield start, end
