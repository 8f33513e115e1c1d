"""Whether the narrative speaks of a subject in any wording, looked for apart from the patterns that read statements.

Five states of a subject: stated (an amount was read), none (said not to be there), unread (a sentence speaks of it and no
amount was read of it: our failing), silent (no sentence speaks of it).
"""

from __future__ import annotations

import re

from budgetdata.base.raw import Place
from budgetdata.narrative.declared import OTHER, declared
from budgetdata.narrative.sentences import Passage
from budgetdata.narrative.subjects import phrases_for
from budgetdata.narrative.told import Told

STATED, DECLARED_NONE, SPOKEN, SILENT = "stated", "declared_none", "spoken", "not_written"
STATES = (STATED, DECLARED_NONE, SPOKEN, SILENT)
_CLAUSE = re.compile(r"(?:[^。;!?,]|(?<=\d),(?=\d))+")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千]+(?:万|亿)?元|[*×]{2}")
_NONE_BEFORE = re.compile(r"(?:无|没有|未安排|未编列|未发生|不涉及|不存在|尚无)[^,。;]{0,8}$")
_NONE_BEHIND = re.compile(r"^[^,。;]{0,6}(?:为零|无(?!变)|没有安排|未安排|未编列)")


def spoken_of(told: Told, subject: str, kind: str = "") -> tuple[str, Place | None]:
    """(state, where) of a subject, in sections of a kind where one is named; any section where it has none of that kind."""
    if any(m.kind == "amount" and m.subject == subject and kind in ("", m.section_kind) for m in told.stated):
        return STATED, None
    texts = [passage for passage in told.passages if kind in ("", passage.section_kind)]
    found = [hit for passage in texts if (hit := _clause_of(told, passage, subject, kind)) is not None]
    none = next((place for place, state in found if state == DECLARED_NONE), None)
    spoken = next((place for place, state in found if state == SPOKEN), None)
    if spoken is not None:
        return SPOKEN, spoken
    return (DECLARED_NONE, none) if none is not None else (SILENT, None)


def _clause_of(told: Told, passage: Passage, subject: str, kind: str) -> tuple[Place, str] | None:
    """The first clause of a passage that speaks of a subject: with a number that was read as nothing else's, or a word for
    none, else None."""
    read = {m.start for m in told.stated if told.passages[m.passage] is passage and m.subject != OTHER}
    entry = declared().subjects.get(subject)
    spoken = entry.spoken if entry is not None else None
    own, _ = phrases_for(kind, subject)
    patterns = [spoken] if spoken is not None else [p.pattern for p in own if p.subject == subject and not p.right]
    for match in _CLAUSE.finditer(passage.flat):
        hit = next((hit for pattern in patterns if (hit := pattern.search(match[0]))), None)
        if hit is None:
            continue
        numbers = [match.start() + number.start() for number in _NUMBER.finditer(match[0], hit.end())]
        if numbers and not read.intersection(range(numbers[0] - 1, match.end())):
            return passage.place_of(match.start()), SPOKEN
        if _NONE_BEFORE.search(match[0][: hit.start()]) or _NONE_BEHIND.search(match[0][hit.end() :]):
            return passage.place_of(match.start()), DECLARED_NONE
    return None
