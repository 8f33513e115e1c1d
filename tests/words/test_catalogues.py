"""The catalogues: both languages say the same things; every key that is asked for stands there, and none stands for nothing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from budgetdata.base.said import said
from budgetdata.words.catalogue import CATALOGUES, LANGUAGES, catalogue, tell, text

ROOM = Path(__file__).parents[2] / "budgetdata"
TEMPLATES = [*ROOM.rglob("templates/**/*.*")]
_ASKED = re.compile(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""")
_QUOTED = re.compile(r"""["']([\w.]+)["']""")
_KEY = re.compile(r"[a-z][\w-]*(\.[\w-]+)*")


@cache
def keys() -> frozenset[str]:
    return frozenset(catalogue("zh"))


def arguments(key: str, lang: str) -> list[set[str]]:
    """The names of the arguments of a message, for each of its forms."""
    forms = catalogue(lang)[key]
    return [{name for _, name, _, _ in string.Formatter().parse(form) if name is not None} for form in forms]


def test_both_languages_hold_the_same_keys_in_the_same_files() -> None:
    assert set(catalogue("zh")) == set(catalogue("en"))
    names = [{path.name for path in (CATALOGUES / lang).glob("*.po")} for lang in LANGUAGES]
    assert names[0] == names[1]


def test_both_languages_name_the_same_arguments() -> None:
    """The plural names them all; a singular may leave its number out. English has no measure words (辆, 台): arguments …unit."""

    def named(key: str, lang: str) -> set[str]:
        return {name for name in arguments(key, lang)[-1] if not name.endswith("unit")}

    assert not [key for key in sorted(keys()) if named(key, "zh") != named(key, "en")]


def test_no_message_is_empty() -> None:
    assert not [(lang, key) for lang in LANGUAGES for key, forms in catalogue(lang).items() if not all(forms)]


@cache
def _trees() -> tuple[tuple[Path, ast.Module], ...]:
    files = [*ROOM.rglob("*.py"), *(ROOM.parent / "pages").glob("*.py"), ROOM.parent / "app.py"]
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in files)


def _pattern(node: ast.JoinedStr) -> str:
    """An f-string as a regular expression: {…} is any name."""
    parts = (re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.-]+" for p in node.values)
    return "".join(parts)


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def asked_in_code() -> Iterator[tuple[str, str]]:
    """Every key that Python code asks for by itself: (file, key)."""
    for path, tree in _trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            place = {"text": 1, "said": 0}.get(_named(call))
            if place is None or len(call.args) <= place:
                continue
            key = call.args[place]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield path.name, key.value
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node) == "headings"):
            for code in call.keywords:
                if isinstance(code.value, ast.Constant):
                    yield path.name, f"heading.{code.value.value}"


def asked_in_templates() -> Iterator[tuple[str, str]]:
    """Every key that a template asks for by itself."""
    for path in TEMPLATES:
        for key in _ASKED.findall(path.read_text(encoding="utf-8")):
            yield path.name, key


def test_every_key_that_is_asked_for_stands_in_the_catalogues() -> None:
    missing = {(place, key) for place, key in (*asked_in_code(), *asked_in_templates()) if key not in keys()}
    assert not missing


def spoken_of() -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys that code or templates speak of anywhere, and the patterns of those that are put together of parts."""
    whole = {key for _, key in (*asked_in_code(), *asked_in_templates())}
    patterns: set[str] = set()
    for _, tree in _trees():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and _KEY.fullmatch(node.value.rstrip("."))
            ):
                whole.add(node.value)
                if node.value.endswith("."):
                    patterns.add(re.escape(node.value) + r"[\w.-]+")
            elif isinstance(node, ast.JoinedStr):
                patterns.add(_pattern(node))
            elif isinstance(node, ast.Call) and _named(node) == "named" and len(node.args) > 1:
                kind = node.args[1]
                patterns |= {rf"{kind.value}\.[\w-]+"} if isinstance(kind, ast.Constant) else set()
    for path in TEMPLATES:
        words = _QUOTED.findall(path.read_text(encoding="utf-8"))
        whole |= set(words)
        patterns |= {re.escape(word) + r"[\w.-]+" for word in words if word.endswith(".")}
        patterns |= {rf"{kind}\.[\w-]+" for kind in re.findall(r'\bnamed\("(\w+)"', path.read_text(encoding="utf-8"))}
    return whole, [re.compile(pattern) for pattern in patterns if re.match(r"[a-z]\w*\\?\.|\w+\\\.", pattern)]


def test_no_key_stands_for_nothing() -> None:
    whole, patterns = spoken_of()
    headings = {f"heading.{word}" for word in whole}

    def is_used(key: str) -> bool:
        return key in whole or key in headings or any(pattern.fullmatch(key) for pattern in patterns)

    def goes_with_another(key: str) -> bool:
        """side.left.<code>: what is told beside the message of a code."""
        parts = key.split(".")
        return any(
            is_used(".".join(parts[:cut])) and (other := ".".join(parts[cut:])) in keys() and is_used(other)
            for cut in range(1, len(parts))
        )

    assert not [key for key in sorted(keys()) if not is_used(key) and not goes_with_another(key)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_says_which_argument_is_missing(lang: str) -> None:
    from budgetdata.base.errors import UnknownNameError

    with pytest.raises(UnknownNameError, match="home"):
        text(lang, "home.found", n=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_of_an_earlier_program_says_that_it_is_one(lang: str) -> None:
    """A database of the same schema is served as it is: a code that has no words any more is no reason to show no page."""
    assert "check.long_gone" in tell(lang, said("check.long_gone", name="x"))


_AS_PRINTED = re.compile(r"\([^()]*\)|（[^（）]*）|“[^”]*”")
CHINESE_IN_ENGLISH = {
    "chart.brand", "embed.app", "embed.titled", "described.title", "front.none.title",  # the app's own name
    "frame.language", "site.language",  # the way to the other language
    "home.search.hint", "performance.placeholder",  # words to type
    "signal.document_no",  # a number as documents print it
}  # fmt: skip


def test_english_words_hold_chinese_only_as_it_is_printed() -> None:
    """In brackets behind their English, or in quotation marks: 'Table 3 (部门支出总表)', not '表3'."""

    def bare(form: str) -> str:
        return _AS_PRINTED.sub("", _AS_PRINTED.sub("", form))

    left = {key for key, forms in catalogue("en").items() if any(re.search(r"[\u4e00-\u9fff]", bare(f)) for f in forms)}
    assert left == CHINESE_IN_ENGLISH


def test_a_problem_of_a_table_begins_with_its_number_in_words() -> None:
    problem = said("table.between", no=3, title="部门支出总表", text="注")
    assert tell("en", problem) == "Table 3 (部门支出总表): between its rows stands '注', not part of it"
    assert tell("zh", problem).startswith("表3 部门支出总表")


def test_a_printed_amount_of_wan_is_said_in_yuan_in_english() -> None:
    args = {"less": 3, "more": 4, "high": "100", "low": "50"}
    assert text("zh", "value.left.narrative.equipment", **args, less_unit="台") == "100万元以上3台"
    assert text("en", "value.left.narrative.equipment", **args) == "3 worth more than CNY 1,000,000"
    assert "CNY 123,456.70" in text("en", "narrative.other_whole", subject="x", wan="12.34567", exact="1.00")
