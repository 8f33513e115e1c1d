"""docs/security.md answers each requirement of OWASP ASVS 5.0.0, levels 1 and 2, by number, and names tests that are there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 "
    "5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 "
    "8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 "
    "12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 "
    "17.1:1 17.2:4 17.3:2"
)
"""How many requirements of the two levels each section has; they are numbered from 1."""
_ROW = re.compile(
    r"^\| (?P<numbers>\d+\.\d+\.\d+[^|]*) \| (?P<state>met|partly|not met|n/a) \| [^|]+ \| (?P<tests>[^|]*) \|$",
    re.MULTILINE,
)


def _each(numbers: str) -> list[str]:
    """The numbers that a list with ranges names: 1.2.6–1.2.8, 1.3.1."""
    found = list[str]()
    for part in numbers.split(", "):
        first, _, last = part.partition("–")
        section, number = first.rsplit(".", 1)
        found += [f"{section}.{at}" for at in range(int(number), int((last or first).rsplit(".", 1)[1]) + 1)]
    return found


def test_every_requirement_is_answered_once(repo: Path) -> None:
    text = (repo / "docs" / "security.md").read_text(encoding="utf-8")
    wanted = [
        f"{section}.{at}"
        for section, count in (each.split(":") for each in SECTIONS.split())
        for at in range(1, int(count) + 1)
    ]
    states = Counter[str]()
    answered = list[str]()
    for row in _ROW.finditer(text):
        numbers = _each(row["numbers"])
        answered += numbers
        states[row["state"]] += len(numbers)
        named = re.findall(r"`([^`]+)`", row["tests"])
        assert all((repo / "tests" / name).is_file() for name in named), row["numbers"]
        assert named or row["state"] != "met" or row["numbers"] in _BY_SIGHT, row["numbers"]
    assert sorted(answered) == sorted(wanted)
    told = f"{states['met']} met, {states['partly']} partly, {states['not met']} not met, {states['n/a']} do not apply"
    assert f"All {len(wanted)} requirements by number: {told}" in text


_BY_SIGHT = {"3.7.1", "11.4.1, 11.4.3", "11.5.1", "13.1.1", "15.1.1", "15.3.6", "16.2.3"}
"""What no test holds: it is seen in the program or its documents."""
