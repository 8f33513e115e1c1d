"""HTML comes from templates alone: no Python file puts a tag into a string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "budgetdata"
_TAG = re.compile(
    r"(?<!\?P)</?(?:a|article|b|blockquote|body|br|caption|code|d[dlt]|details|div|footer|h[1-6]|head|html|i|iframe|img|li|link|main|mark|meta"
    r"|nav|ol|p|picture|pre|rect|script|small|source|span|style|summary|svg|table|t[bdhr]|tbody|text|tfoot|thead|title|ul)(?=[\s>/])"
)
"""'<b>', '</b>', '<a href=': a tag of HTML or SVG, or its beginning."""
EXCEPTIONS = {
    "charts/card.py": "looks for the end of a drawing that Altair made",
    "register/copies.py": "writes a line break in a cell as text conversions do",
    "web/heads.py": "changes two places of the page that Streamlit serves",
}
"""File → why tags stand in it."""


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a file that is no docstring, and no regular expression."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {id(inner) for node in ast.walk(tree) if _is_passed_over(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.lineno, node.value


def _is_passed_over(node: ast.AST) -> bool:
    """A docstring or a bare string; what is given to re."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"


def tagged(path: Path) -> list[int]:
    """The lines of a file whose strings hold a tag."""
    return [line for line, said in strings(path) if _TAG.search(said)]


def test_no_python_file_puts_html_together() -> None:
    found = {
        str(path.relative_to(ROOM)): lines
        for path in ROOM.rglob("*.py")
        if path.relative_to(ROOM).parts[0] != "readers" and (lines := tagged(path))
    }
    assert not {name: lines for name, lines in found.items() if name not in EXCEPTIONS}


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_still_needed(name: str) -> None:
    assert tagged(ROOM / name)


def test_nothing_is_escaped_by_hand() -> None:
    escapes = re.compile(r"\bhtml import escape|html\.escape\(")
    named = [path.name for path in ROOM.rglob("*.py") if escapes.search(path.read_text("utf-8"))]
    assert not named


def test_the_test_sees_tags() -> None:
    assert _TAG.search("<b>") and _TAG.search('<a href="') and _TAG.search("</td>")
    assert not _TAG.search("a < b > c") and not _TAG.search("<key of the last row>")
