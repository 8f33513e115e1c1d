"""Whether the narrative speaks of a subject in any wording, looked for apart from the patterns that read statements.

Five states of a subject: stated (an amount was read), none (said not to be there), unread (a sentence speaks of it and no
amount was read of it: our failing), silent (no sentence speaks of it).
"""

from __future__ import annotations

import re
from collections import defaultdict

from budgetdata.base.facts import NOWHERE, SpokenFact
from budgetdata.base.raw import Place
from budgetdata.narrative.mentions import UNREAD_CHANGE, Mention
from budgetdata.narrative.told import Told
from budgetdata.sentences.declared import OTHER, declared
from budgetdata.sentences.passages import Passage, sentence_bounds
from budgetdata.sentences.subjects import phrases_for

STATED, DECLARED_NONE, SPOKEN, SILENT = "stated", "declared_none", "unread", "silent"
STATES = (STATED, DECLARED_NONE, SPOKEN, SILENT)
_CLAUSE = re.compile(r"(?:[^。;!?,]|(?<=\d),(?=\d))+")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千]+(?:万|亿)?元|[*×]{2}")
MORE = ("running", "procurement_total", "vehicles", "conference", "training")
"""Subjects beside the expected ones of which it is kept what the narrative says."""
_BOTH_SIDES = re.compile(
    r"收(?:入)?[、,和及]?支(?:出)?(?:总)?(?:预算)?(?:总计|总额)?(?:数)?(?:各|均|都|同时)?(?:比|较|与|增|减)"
)
"""Words of a change of income and of expenditure in one: 收、支预算总计各增加."""
BOTH = ("income_total", "expenditure_total")
COMPARED = ("change", "rate", "about_unchanged", "last_year")
_COMPARES = re.compile(r"(?:比|较|与|同)(?:上年|去年|上一年|20\d\d年)")
_NONE_BEFORE = re.compile(
    r"(?:无|没有|未安排|未编列|未发生|不涉及|不存在|尚无|不(?:再)?(?:单独)?(?:编制|编列|安排))[^,。;]{0,8}$"
)
_NONE_BEHIND = re.compile(r"^[^,。;]{0,6}(?:为零|无(?!变)|没有安排|未安排|未编列)")


def spoken_facts(told: Told) -> list[SpokenFact]:
    """What the narrative says of every subject that it is to give, amount and change; all unread where no text was recognised."""
    unread = None if told.passages else (SPOKEN, None)
    subjects = dict.fromkeys([*(subject for _, subject in declared().expected), *MORE])
    found = []
    for subject in subjects:
        for about, (state, place) in (
            ("amount", unread or spoken_of(told, subject)),
            ("change", unread or change_spoken_of(told, subject)),
        ):
            found.append(SpokenFact(subject, about, state, place or NOWHERE))
    return found


def change_spoken_of(told: Told, subject: str) -> tuple[str, Place | None]:
    """(state, where) of what the narrative says of a subject's change since last year."""
    own = [m for m in told.every if m.subject == subject or (subject in BOTH and _is_of_both(told, m))]
    stated = next((m for m in own if m.kind in COMPARED), None)
    if stated is not None:
        return STATED, stated.place
    unread = next((m for m in own if m.kind == UNREAD_CHANGE), None)
    if unread is not None:
        return SPOKEN, unread.place
    compared = _compared(told)
    near = {passage for passage, found in compared.items() if any(m.subject == OTHER for m in found)}
    for mention in own:
        flat = told.passages[mention.passage].flat
        begin, end = sentence_bounds(flat, mention.start)
        if _COMPARES.search(flat[begin:end]) and (
            mention.passage in near or not any(begin <= m.start < end for m in compared.get(mention.passage, ()))
        ):
            return SPOKEN, mention.place
    return SILENT, None


def _is_of_both(told: Told, mention: Mention) -> bool:
    """True for the change of income and expenditure that one sentence gives in one."""
    if mention.subject not in BOTH or mention.kind not in COMPARED:
        return False
    flat = told.passages[mention.passage].flat
    return bool(_BOTH_SIDES.search(flat[sentence_bounds(flat, mention.start)[0] : mention.start]))


def _compared(told: Told) -> dict[int, list[Mention]]:
    """What each passage states of a change."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in told.every:
        if mention.kind in COMPARED:
            found[mention.passage].append(mention)
    return found


def spoken_of(told: Told, subject: str, kind: str = "") -> tuple[str, Place | None]:
    """(state, where) of a subject, in sections of a kind where one is named; any section where it has none of that kind."""
    if any(m.kind == "amount" and m.subject == subject and kind in ("", m.section_kind) for m in told.stated):
        return STATED, next(m.place for m in told.stated if m.kind == "amount" and m.subject == subject)
    entry = declared().subjects.get(subject)
    near = entry.spoken_with if entry is not None else ()
    beside = next((m.place for m in told.stated if m.kind == "amount" and m.subject in near), None)
    if beside is not None and not kind:
        return SPOKEN, beside
    texts = [(number, text) for number, text in enumerate(told.passages) if kind in ("", text.section_kind)]
    read: dict[int, set[int]] = defaultdict(set)
    for mention in told.stated:
        if mention.subject != OTHER:
            read[mention.passage].add(mention.start)
    found = [hit for at, text in texts if (hit := _clause_of(text, read[at], subject, kind)) is not None]
    none = next((place for place, state in found if state == DECLARED_NONE), None)
    spoken = next((place for place, state in found if state == SPOKEN), None)
    if spoken is not None:
        return SPOKEN, spoken
    return (DECLARED_NONE, none) if none is not None else (SILENT, None)


def _clause_of(passage: Passage, read: set[int], subject: str, kind: str) -> tuple[Place, str] | None:
    """The first clause of a passage that speaks of a subject: with a number that was read as nothing else's, or a word for
    none, else None. `read`: where numbers that were read begin."""
    entry = declared().subjects.get(subject)
    spoken = entry.spoken if entry is not None else None
    own = phrases_for(kind, subject)[0] if kind else declared().phrases
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
