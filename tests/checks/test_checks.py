"""The identities: what holds on the five, and two hundred planted errors, each found and nothing else alarmed."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from corpora import WHOLE
from documents import DOCUMENTS, facts_of_text, read_registered, text_of

from budgetdata.base.facts import CheckFact, DocumentFacts, figure_key
from budgetdata.base.money import UNITS
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import FORMS_DIR, standard_forms
from budgetdata.forms.identities import load_identities, standard_identities
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import Source
from budgetdata.sentences.itemised import item_lists
from budgetdata.words.catalogue import LANGUAGES, text
from tests.helpers.words import en, zh

PER_RULE = 2 if WHOLE else 1
"""Amounts planted for each rule and document."""
AMOUNT = re.compile(r"\d[\d, ]*\.[ ]?\d[ ]?\d")


def checks_of_tables(facts: DocumentFacts) -> list[CheckFact]:
    """Those checks of a document that rest on its tables."""
    return [check for check in facts.checks if check.rule.startswith("t")]


def told(check: CheckFact) -> tuple[str, str, str]:
    """What identity a check is of, and how it came out."""
    return check.rule, zh(check.label), check.status


@cache
def table_checks(document: str) -> list[CheckFact]:
    """The checks of a registered document that rest on its tables."""
    return checks_of_tables(read_registered(document))


def plants() -> list[tuple[str, str, str, str]]:
    """Document, rule, label and figure key of amounts whose change must break just that identity (and its neighbours)."""
    found = []
    for document in DOCUMENTS:
        taken: Counter[str] = Counter()
        for check in table_checks(document):
            keys = [key for key in f"{check.left_ref};{check.right_ref}".split(";") if key.startswith("t")]
            if "≤" in zh(check.label) and not check.left_ref:
                continue
            if check.status in {"balanced", "rounding"} and keys and taken[check.rule] < PER_RULE:
                taken[check.rule] += 1
                found.append((document, check.rule, zh(check.label), keys[0]))
    return found


def changed(document: str, key: str, fen: int) -> str:
    """The text of a document in which the amount of one figure is larger by `fen`."""
    figures = read_registered(document).figures
    figure = next(f for f in figures if figure_key(f.table_no, f.side, f.row_no, f.column) == key)
    on_line = [f for f in figures if f.place.line == figure.place.line]
    lines = text_of(document).split("\n")
    index = figure.place.line - 1
    cells = lines[index].split("\t")
    places = [i for i, cell in enumerate(cells) if AMOUNT.fullmatch(re.sub(r"</?b>", "", cell).strip())]
    assert len(places) == len(on_line)
    cells[places[on_line.index(figure)]] = f"{(figure.fen + fen) / UNITS['万元']:.2f}"
    lines[index] = "\t".join(cells)
    return "\n".join(lines[: last_line(document)])


def last_line(document: str) -> int:
    """Where the tables of a document end: what follows, sheets and narrative, has no part in what its tables say."""
    return max(figure.place.line or 0 for figure in read_registered(document).figures) + 60


def test_at_least_two_hundred_amounts_are_planted() -> None:
    assert len(plants()) >= 200
    assert len({rule for _, rule, _, _ in plants()}) >= 40


@pytest.mark.parametrize(("document", "rule", "label", "key"), plants())
def test_a_planted_error_is_found_and_nothing_else(document: str, rule: str, label: str, key: str) -> None:
    """Where a lost column was placed by sums alone, a wrong amount leaves its table unreadable: that names it too, as it
    does in a table of state capital that has rows of other classes and, until then, no money under them."""
    facts = facts_of_text(changed(document, key, 7_777_770_000_000 if "≤" in label else 7_777_770_000))
    checks = checks_of_tables(facts)
    refused = {t.table_no: en(t.reason) for t in facts.tables if t.status == "unreadable"}
    if refused and rule.startswith("t09."):
        codes = [t.reason.code for t in facts.tables if t.status == "unreadable" and t.reason]
        assert refused.keys() == {9} and codes == ["table.codes_of_another"], "no state capital is spent under 201"
        return
    if refused:
        by_sums = {t.table_no for t in read_registered(document).tables if "placed by sums" in en(t.reason)}
        assert refused.keys() <= by_sums and int(key[1:3]) in refused
        assert "no placement" in refused[int(key[1:3])]
        return
    different = [c for c in checks if c.status == "different"]
    planted = [c for c in checks if c.rule == rule and zh(c.label) == label]
    beside_blank = rule.startswith("t09.") and [c for c in planted if c.explanation.code == "check.side_blank"]
    assert beside_blank or any(c in different for c in planted), "a blank is no zero: table 9's other cells are blank"
    assert all(key in f"{c.left_ref};{c.right_ref}".split(";") for c in different)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_untouched_tables_of_the_five_agree(document: str) -> None:
    checks = table_checks(document)
    assert [c for c in checks if c.status == "different"] == []
    alone = facts_of_text("\n".join(text_of(document).split("\n")[: last_line(document)]))
    assert {told(c) for c in checks_of_tables(alone)} >= {told(c) for c in checks}, "the tables alone say the same"
    assert sum(c.status == "balanced" for c in checks) >= 100
    assert all(zh(c.explanation) for c in checks)


def test_a_table_that_was_read_before_is_read_the_same() -> None:
    """The bent copies of a text share the readings of their other tables: no reader may change what another gets."""
    document = "01a1d3103f45"
    raw = parse_text(text_of(document), "bent.txt")
    anew = facts_of(raw, Source(source_file="bent.txt", source_sha256="0" * 64), standard_forms())
    assert facts_of_text(text_of(document)) == facts_of_text(text_of(document)) == anew


def test_forty_identities_are_evaluated_somewhere() -> None:
    evaluated = {c.rule for d in DOCUMENTS for c in read_registered(d).checks if c.status != "not_evaluable"}
    assert len(evaluated) >= 40
    silent = {i.id for i in standard_identities()} - {c.rule for d in DOCUMENTS for c in read_registered(d).checks}
    assert silent == set()


def test_rounding_is_never_different() -> None:
    rounding = [c for d in DOCUMENTS for c in table_checks(d) if c.status == "rounding"]
    assert rounding
    assert all(abs(c.left_fen - c.right_fen) <= c.tolerance_fen for c in rounding)


def test_a_missing_table_makes_its_identities_not_evaluable() -> None:
    before, _, rest = text_of("6ad99d98ab19").partition("## 2024年预算收入总表")
    checks = facts_of_text(before + "## 2024年预算支出总表" + rest.partition("## 2024年预算支出总表")[2]).checks
    touched = [c for c in checks if c.rule.startswith("t02.") and "equals" in c.rule]
    assert touched and all(c.status == "not_evaluable" for c in touched)


def different(facts: DocumentFacts) -> list[CheckFact]:
    """The checks that differ, of tables and sheets."""
    return [c for c in facts.checks if c.status == "different"]


def test_the_labour_project_itemises_more_than_its_budget() -> None:
    found = [c for c in different(read_registered("b734d3efdd82")) if "「劳务费」" in zh(c.label)]
    assert {(c.left_fen, c.right_fen) for c in found} == {(122 * UNITS["万元"], 116 * UNITS["万元"])}


def test_a_changed_sheet_total_is_found() -> None:
    before = [(c.rule, zh(c.label)) for c in different(read_registered("6ad99d98ab19"))]
    text = text_of("6ad99d98ab19").replace("年度资金总额：\t\t20,000", "年度资金总额：\t\t30,000")
    found = [c.rule for c in different(facts_of_text(text)) if (c.rule, zh(c.label)) not in before]
    assert sorted(found) == [
        "narrative.projects_published",
        "sheet.annual_equals_project",
        "sheet.annual_sources",
        "sheet.annual_within_term",
    ]


LISTS = {
    "评审费26万元、工资96万元。": [((26, 96), None)],
    "经费共计130万元，其中，外出65万元，接待20万元，编印12万元，宣传13万元，培训25万元。": [
        ((65, 20, 12, 13, 25), 130)
    ],
    "外出60万元（其中甲25万元、乙35万元），接待20万元；培训50万元，合计130万元。": [((60, 20, 50), 130)],
    "1.依据甲，扶持17万元。2.依据乙，扶持83万元。综上，需求资金100万元。": [((17, 83), 100)],
    "年产2万吨和3万片的项目": [],
    "每人每月763元，共12人": [],
    "共同出资15亿元人民币，按第一年5亿元的进度拨付": [],
}


@pytest.mark.parametrize("text", LISTS)
def test_item_lists(text: str) -> None:
    wan = UNITS["万元"]
    found = [(tuple(i // wan for i in x.items), None if x.total is None else x.total // wan) for x in item_lists(text)]
    assert found == LISTS[text]


def test_identities_name_only_what_is_declared() -> None:
    loaded = load_identities(FORMS_DIR / "identities.toml", standard_forms())
    assert len(loaded) >= 40 and all(
        len({text(lang, f"check.{i.id}") for i in loaded}) == len(loaded) for lang in LANGUAGES
    )
