"""What was read held against what is true: figures, targets, tables called missing, disagreements that are not there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.elsewhere.printed import Aim, Disclosure
from budgetdata.base.facts import ANNUAL, TERM, DocumentFacts, SheetFact
from budgetdata.base.text import squeeze
from budgetdata.build.document import read_facts
from budgetdata.register.sources import Source, document_id_of, sha256_of
from budgetdata.words.catalogue import tell


@dataclass(slots=True)
class Result:
    """The figures of one file, and a line for everything that is not as it should be. aims: indicators, sheets and projects."""

    true: int = 0
    read: int = 0
    aims: int = 0
    aims_read: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """A line for everything that is not as it should be."""
        kinds = (
            ("wrong", self.wrong),
            ("missing", self.missing),
            ("different", self.different),
            ("unread", self.unread),
        )
        return [f"{kind}: {line}" for kind, found in kinds for line in found]


def read(path: Path) -> DocumentFacts:
    """The facts of a file."""
    sha = sha256_of(path.read_bytes())
    return read_facts(path, Source(path.name, sha, document_id_of(sha)))


def compared(facts: DocumentFacts, out: Disclosure) -> Result:
    """The facts against the truth."""
    wanted = Counter((no, squeeze(known), column, fen) for no, known, column, fen in out.truth)
    found: Counter[tuple[int, str, str, int]] = Counter()
    for figure in facts.figures:
        names = (figure.code, figure.role, squeeze(figure.label))
        keys = [(figure.table_no, name, figure.column, figure.fen) for name in names]
        found[next((key for key in keys if wanted[key] > found[key]), keys[-1] if not figure.role else keys[1])] += 1
    result = Result(true=wanted.total(), read=(wanted & found).total())
    result.wrong = [f"{key}" for key in (found - wanted).elements()]
    states = {table.table_no: table for table in facts.tables}
    for no in sorted(out.printed):
        table = states[no]
        told = tell("zh", table.reason) if table.reason else ""
        lost = sum(n for key, n in (wanted - found).items() if key[0] == no)
        if table.status == "missing":
            result.missing.append(f"T{no}: {told}")
        elif lost or table.status in ("unreadable", "partial"):
            samples = [key[1:] for key in (wanted - found) if key[0] == no][:3]
            result.unread.append(f"T{no} {table.status} lost {lost} {samples}: {told}")
    result.different = [
        f"{check.rule} {tell('zh', check.label)}: {check.left_fen} {check.right_fen}"
        for check in facts.checks
        if check.status == "different"
    ]
    _compare_targets(facts, out, result)
    return result


def _compare_targets(facts: DocumentFacts, out: Disclosure, result: Result) -> None:
    """Each indicator with its levels and its value, each sheet with its money and its goal, each project with its money."""
    sheets = [sheet for sheet in facts.sheets if sheet.targets or sheet.funds or sheet.project_name]
    aims = Counter(
        Aim(squeeze(s.project_name), t.dimension, t.category, squeeze(t.indicator), t.operator, t.value, t.unit)
        for s in sheets
        for t in s.targets
    )
    heads = Counter((squeeze(s.project_name), _money(s), squeeze(s.annual_goal or s.term_goal)) for s in sheets)
    projects = Counter((squeeze(p.name), p.funds.get("total")) for p in facts.projects)
    wanted_heads = Counter((squeeze(name), fen, squeeze(goal or "")) for name, fen, goal in out.sheets)
    wanted_projects = Counter((squeeze(name), fen) for name, fen in out.projects or [sheet[:2] for sheet in out.sheets])
    lost = 0
    for kind, wanted, found in (
        ("target", Counter(out.targets), aims),
        ("sheet", wanted_heads, heads),
        ("project", wanted_projects, projects),
    ):
        result.aims, result.aims_read = result.aims + wanted.total(), result.aims_read + (wanted & found).total()
        if wanted:
            unpriced = {(key[0], None, *key[2:]) for key in wanted}  # an amount that was not read is lost, not wrong
            result.wrong += [f"{kind} {tuple(key)}" for key in (found - wanted).elements() if key not in unpriced]
        missed = wanted - found
        lost += missed.total()
        lines = [f"{kind}s lost {missed.total()} of {wanted.total()}: {[tuple(key) for key in missed][:2]}"]
        result.unread += lines if missed else []
    told = any(problem.severity == "unread" for problem in facts.problems)
    result.missing += ["targets, untold"] if lost and not told else []


def _money(sheet: SheetFact) -> int | None:
    return sheet.funds.get((ANNUAL, "total"), sheet.funds.get((TERM, "total")))
