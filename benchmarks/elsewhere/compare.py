"""What was read held against what is true: figures, tables called missing, disagreements that are not there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.elsewhere.printed import Disclosure
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.text import squeeze
from budgetdata.build.document import read_facts
from budgetdata.register.sources import Source, document_id_of, sha256_of
from budgetdata.words.catalogue import tell


@dataclass(slots=True)
class Result:
    """The figures of one file, and a line for everything that is not as it should be."""

    true: int = 0
    read: int = 0
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
    """Each indicator of a project by its name and number."""
    wanted = Counter(out.targets)
    found = Counter(
        (sheet.project_name, target.indicator, "".join(re.findall(r"\d", target.target)))
        for sheet in facts.sheets
        for target in sheet.targets
    )
    if wanted:
        result.wrong += [f"target {key}" for key in (found - wanted).elements()]
    lost = wanted - found
    told = any(problem.severity == "unread" and problem.subject in ("sheet", "page") for problem in facts.problems)
    result.missing += ["targets, untold"] if lost and not told else []
    result.unread += [f"targets lost {lost.total()} of {wanted.total()}: {list(lost)[:3]}"] if lost else []
