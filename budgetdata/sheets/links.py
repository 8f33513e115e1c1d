"""Which performance sheet belongs to which project row: by name, by name and amount, by amount; and which to no row of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from budgetdata.base.facts import ANNUAL, ProjectFact, SheetFact
from budgetdata.base.text import key

EXACT, SIMILAR, AMOUNT, NONE = "exact", "similar", "amount", "none"
TOLERANCE_FEN = 5_000
"""Half of the last digit of 万元 with two decimals: 50 元."""
SIMILAR_RATIO = 80.0
SHARED_RUN = 3
_COMMON = re.compile(r"项目|工程|专项|资金|经费|费用|补助|补贴|支出|工作|建设|服务")
"""Words that many names of projects hold: sharing them is no likeness."""

_SUFFIX = r"(?:部|局|中心|办公室|委员会|管委会|工委|工会|妇联|党委|团委|大队|支队|总队|科|处|队|室|股|组|厅|办|所)"
_DASH = r"[—–―‒‐‑─－﹣−-]"
_WORD = r"[^—–―─－﹣−\-《》“”（）(),，、。\s]"
_NUMERAL = r"(?!.一|[期批次号楼层级类体带线般站流路种个名年季月日周切些网卡揽系])"
_OFFICE_DASH = re.compile(rf"({_WORD}{{2,20}}?(?<=..){_SUFFIX})\s*{_DASH}{{1,2}}\s*(?=\S)")
_OPENING = re.compile(rf".{{2,}}(?:{_SUFFIX}|[区县市])")
"""An office or a place that two names open with, without a dash behind it."""
_OFFICE_CUT = re.compile(rf"({_WORD}{{2,20}}?管理)\s*{_DASH}(?!{_DASH})\s*(?=\S)")
_OFFICE_ONE = re.compile(rf"((?:(?!一){_WORD}){{2,20}}?(?<=..){_SUFFIX})一{_NUMERAL}(?=\S)")


def office_of(project_name: str) -> str:
    """The office a project's name opens with, as printed (建设环保管理部—路灯… → 建设环保管理部), or ''.

    The office ends at a dash, or at a 一 printed for a dash directly behind the word for an office (部, 局, 中心 …) where
    the 一 cannot be a numeral (一期, 一企一策). An office that lacks its last word (应急管理—) is kept as printed.
    """
    name = project_name.strip()
    match = _OFFICE_DASH.match(name) or _OFFICE_CUT.match(name) or _OFFICE_ONE.match(name)
    return match.group(1) if match else ""


def folded_name(project_name: str) -> str:
    """A project's name to compare by: `clean.key`, and one dash behind the office whatever was printed there."""
    name = project_name.strip()
    office = office_of(name)
    rest = re.sub(rf"^\s*(?:{_DASH}+|一)\s*", "", name[len(office) :]) if office else name
    folded = re.sub(r"-+", "-", key(rest)).replace("、", ",")
    return f"{key(office)}-{folded}" if office else folded


def foreign_sheets(sheets: Sequence[SheetFact], department: str) -> list[tuple[int, str]]:
    """The sheets of another department: (index, the 主管部门 they print), in printed order.

    A sheet is the department's own where it prints the department as 主管部门 or as 实施单位, in full or shortened
    (管委会 for 管理委员会), or prints neither, or is named after it. A name spelled
    otherwise is foreign: whose it is, is not guessed.
    """
    found = []
    for number, sheet in enumerate(sheets):
        printed = [name for name in (sheet.authority, sheet.unit_name) if name]
        if key(sheet.project_name) == key(department):
            continue
        if department and printed and not any(_is_short_for(name, department) for name in printed):
            found.append((number, printed[0]))
    return found


def _is_short_for(name: str, other: str) -> bool:
    """True where the characters of the shorter name stand in the longer one, in their order."""
    short, long = sorted((key(name), key(other)), key=len)
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)


def link_projects(projects: list[ProjectFact], sheets: list[SheetFact]) -> dict[int, tuple[int | None, str]]:
    """The sheet of each project: project index → (sheet index or None, 'exact' | 'similar' | 'amount' | 'none').

    exact: the same name (where several rows or sheets share it, those whose amounts agree first). similar: names alike
    (rapidfuzz) and amounts equal within the rounding of 万元. amount: only the amount agrees, it is the only one of its
    kind left, and the names share a run of characters behind the office and apart from the words that many names hold;
    two different offices are no likeness. A sheet goes to one project; the department's sheet to none.
    """
    names = [folded_name(project.name) for project in projects]
    titles = [folded_name(sheet.project_name) for sheet in sheets]
    free = {number for number, sheet in enumerate(sheets) if sheet.scope == "project"}
    links: dict[int, tuple[int | None, str]] = {}

    def take(pairs: Iterable[tuple[float, int, int]], link: str) -> None:
        """Link the pairs from the best score down, each project and each sheet once."""
        for _, project, sheet in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if project not in links and sheet in free:
                links[project] = (sheet, link)
                free.discard(sheet)

    def pairs() -> list[tuple[int, int]]:
        return [(number, sheet) for number in range(len(projects)) if number not in links for sheet in sorted(free)]

    same = [(number, sheet) for number, sheet in pairs() if names[number] and names[number] == titles[sheet]]
    take(((float(_agree(projects[a], sheets[b])), a, b) for a, b in same), EXACT)
    alike = [(fuzz.ratio(names[a], titles[b]), a, b) for a, b in pairs() if _agree(projects[a], sheets[b])]
    take(_untied([pair for pair in alike if pair[0] >= SIMILAR_RATIO]), SIMILAR)
    equal = [(a, b) for a, b in pairs() if _agree(projects[a], sheets[b])]
    lone = [(a, b) for a, b in equal if sum(a == c for c, _ in equal) == 1 and sum(b == d for _, d in equal) == 1]
    take(((0.0, a, b) for a, b in lone if _are_like(projects[a].name, sheets[b].project_name)), AMOUNT)
    return {number: links.get(number, (None, NONE)) for number in range(len(projects))}


def _untied(pairs: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """The pairs whose score no other pair of the same project or the same sheet reaches."""
    return [
        (score, a, b)
        for score, a, b in pairs
        if not any(other == score and (c == a) != (d == b) for other, c, d in pairs)
    ]


def _agree(project: ProjectFact, sheet: SheetFact) -> bool:
    total, annual = project.funds.get("total"), sheet.funds.get((ANNUAL, "total"))
    return total is not None and annual is not None and abs(total - annual) <= TOLERANCE_FEN


def _are_like(name: str, title: str) -> bool:
    """True where names that open with the same office, or one of them with none, share a run of characters behind it."""
    offices = {key(office) for office in (office_of(name), office_of(title)) if office}
    subjects = [_subject(name), _subject(title)]
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(*subjects, strict=False))
    opening = _OPENING.match("".join(character for character, _ in shared))
    first, second = (_runs(subject[opening.end() if opening else 0 :]) for subject in subjects)
    return len(offices) < 2 and bool(first & second)


def _subject(project_name: str) -> str:
    """A name behind its office, without the words that many names hold; each leaves a gap that no run crosses."""
    office = key(office_of(project_name))
    return _COMMON.sub(" ", folded_name(project_name).removeprefix(f"{office}-" if office else ""))


def _runs(subject: str) -> set[str]:
    found = (subject[start : start + SHARED_RUN] for start in range(len(subject) - SHARED_RUN + 1))
    return {run for run in found if " " not in run}
