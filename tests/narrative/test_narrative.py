"""The narrative: hand-typed truth statement by statement, every amount accounted for, planted errors found, none invented."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from documents import DOCUMENTS, facts_of_text, read_registered, text_of

from budgetdata.base.errors import FormError
from budgetdata.base.facts import CheckFact, DocumentFacts, ParagraphFact, StatementFact, figure_key
from budgetdata.base.raw import Place
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import CLASSIFIED, LINKED, UNLINKED, coverage, read_statements
from budgetdata.sentences.declared import ANYWHERE, SUBJECTS_FILE, declared, read_declared
from budgetdata.sentences.subjects import named_in
from budgetdata.words.catalogue import LANGUAGES, has
from tests.helpers.words import zh

EXPECTED = Path(__file__).parents[1] / "expected" / "narrative"
TYPED = sorted(path.stem for path in EXPECTED.glob("*.csv") if path.stem in DOCUMENTS)
Typed = tuple[str, str, str, str, str]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a hand-typed file."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stated(facts: DocumentFacts) -> list[StatementFact]:
    """The statements that are printed, without those rebuilt from them."""
    return [s for s in read_statements(facts) if not s.kind.startswith("rebuilt")]


def said(facts: DocumentFacts) -> Counter[tuple[str, str, str, str]]:
    """What is stated, without its place."""
    return Counter((s.kind, s.subject, s.value, s.unit) for s in stated(facts))


def with_paragraphs(facts: DocumentFacts, index: int, *new: ParagraphFact) -> DocumentFacts:
    """A copy of the facts in which one paragraph is replaced by others."""
    return replace(facts, paragraphs=[*facts.paragraphs[:index], *new, *facts.paragraphs[index + 1 :]])


def bent(facts: DocumentFacts, line: int, old: str, new: str) -> DocumentFacts:
    """A copy of the facts in which the paragraph of a line reads otherwise; the old words stand in it exactly once."""
    index = next(i for i, p in enumerate(facts.paragraphs) if p.place.line == line)
    paragraph = facts.paragraphs[index]
    assert paragraph.text.count(old) == 1, (line, old)
    return with_paragraphs(facts, index, replace(paragraph, text=paragraph.text.replace(old, new)))


def different(facts: DocumentFacts) -> list[CheckFact]:
    return [check for check in narrative_checks(facts) if check.status == "different"]


@cache
def really(document: str) -> tuple[CheckFact, ...]:
    """The differences that a document really has."""
    return tuple(different(read_registered(document)))


def new_differences(document: str, facts: DocumentFacts) -> list[CheckFact]:
    """What a bent copy has that the document has not."""
    known = {zh(c.explanation) for c in really(document)}
    return [c for c in different(facts) if zh(c.explanation) not in known]


def strangers(document: str, line: int, found: list[CheckFact]) -> list[CheckFact]:
    """The differences that neither speak of a line nor are a real one of the document, in other words."""
    elsewhere = [c for c in found if f"line {line}" not in f"{c.left_ref};{c.right_ref}".split(";")]
    known = {(c.rule, zh(c.label), c.left_ref) for c in really(document)}
    return [c for c in elsewhere if (c.rule, zh(c.label), c.left_ref) not in known]


def test_at_least_two_documents_are_typed_whole() -> None:
    assert len(TYPED) >= 3


@pytest.mark.parametrize("document", TYPED)
def test_every_statement_equals_the_typed_truth(document: str) -> None:
    typed = Counter(tuple(row.values()) for row in rows_of(document))
    read = Counter((str(s.place.line), s.kind, s.subject, s.value, s.unit) for s in stated(read_registered(document)))
    assert read - typed == Counter() and typed - read == Counter()


COVERED = {
    "4bc610c22ba9": (46, 23), "01a1d3103f45": (54, 24), "b734d3efdd82": (44, 27), "947784cd9916": (73, 49),
    "6ad99d98ab19": (70, 32),
}  # fmt: skip
"""All amounts of 万元 outside the glossary, found by brute search, and how many are linked to a printed figure."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_amount_is_linked_or_has_a_reason_not_to_be(document: str) -> None:
    found = coverage(read_registered(document))
    assert [(a.place.line, a.value, a.text) for a in found.of(UNLINKED)] == []
    assert (len(found.amounts), len(found.of(LINKED))) == COVERED[document]
    reasons = {a.why for a in found.of(CLASSIFIED)}
    compared = {"change", "threshold", "reason_change", "reason_amount", "last_year", "blank"}
    assert reasons <= compared | {subject.id for subject in declared().subjects.values() if subject.no_table}
    assert found.share == 1.0


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_link_leads_to_the_figure_that_the_sentence_speaks_of(document: str) -> None:
    """Links are made by subject; that the amounts agree proves them, but for the differences the document really has."""
    facts = read_registered(document)
    figures = {figure_key(f.table_no, f.side, f.row_no, f.column): f for f in facts.figures}
    apart = {(c.left_ref, c.left_fen) for c in different(facts)}
    linked = [s for s in stated(facts) if s.kind == "amount" and s.links]
    assert len(linked) >= 20
    for statement in linked:
        fen = int(Decimal(statement.value) * 1_000_000)
        equal = any(figures[key].fen == fen for key in statement.links)
        assert equal or (f"line {statement.place.line}", fen) in apart, statement


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_zero_without_link_stands_for_a_blank_cell(document: str) -> None:
    facts = coverage(read_registered(document))
    assert {a.value for a in facts.of(CLASSIFIED) if a.why == "blank"} <= {"0", "0.00"}


REAL = {
    "4bc610c22ba9": [],
    "01a1d3103f45": [("narrative.share.projects_published", "line 417", "写的是78.23%，按表中数为77.22%")],
    "b734d3efdd82": [
        ("narrative.projects_managed", "line 405", "写的是23564.61万元，表5「合计」的项目支出为23550.20万元")
    ],
    "947784cd9916": [
        ("narrative.share.projects_published", "line 741", "写的是85.11%，按表中数为85.34%"),
        ("narrative.sum.projects_published", "line 741", "总数写的是35350.98万元，分项之和为0.00万元"),
        ("narrative.sum.projects_published_count", "line 741", "写的是28个，分项之和为0个"),
        ("narrative.projects_published", "line 741", "写的是35350.98万元，28张表之和为33107.9781万元"),
        ("narrative.limit.equipment", "line 1890", "写的是100万元以上7台（套），50万元以上4台（套）"),
    ],
    "6ad99d98ab19": [
        ("narrative.department_goal", "line 442", "写的是203.00万元，表1「支出总计」为359.95万元"),
        ("narrative.department_goal_basic", "line 442", "写的是0.00万元，表3「合计」的基本支出为156.95万元"),
    ],
}
"""Every difference there is in the narratives of the five, each confirmed by eye."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_real_differences_and_no_other(document: str) -> None:
    found = different(read_registered(document))
    assert [(c.rule, c.left_ref) for c in found] == [(rule, ref) for rule, ref, _ in REAL[document]]
    for check, (_, _, words) in zip(found, REAL[document], strict=True):
        assert zh(check.explanation).startswith(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_check_says_what_it_compared(document: str) -> None:
    facts = read_registered(document)
    keys = {figure_key(f.table_no, f.side, f.row_no, f.column) for f in facts.figures}
    for check in narrative_checks(facts):
        assert re.fullmatch(r"narrative(\.[a-z_]+)+", check.rule)
        assert zh(check.explanation) and not re.search(r"浪费|违规|造假|错误", zh(check.explanation))
        assert not re.search(r"[a-z]{4}", zh(check.label)), zh(check.label)
        for ref in filter(None, ";".join((check.left_ref, check.right_ref)).split(";")):
            assert ref in keys or re.fullmatch(r"line \d+|p\.\d+", ref)
        if check.status == "not_evaluable":
            assert (check.left_fen, check.right_fen) == (None, None)


PLANTS = [tuple(row.values()) for row in rows_of("plants")]


def test_there_are_plants_in_every_kind_of_sentence() -> None:
    assert len(PLANTS) >= 80
    assert {plant[0] for plant in PLANTS} == set(DOCUMENTS)
    assert len({plant[4] for plant in PLANTS}) >= 40


@pytest.mark.parametrize("document, line, old, new, rule", PLANTS)
def test_a_planted_error_is_found_and_named(document: str, line: str, old: str, new: str, rule: str) -> None:
    found = new_differences(document, bent(read_registered(document), int(line), old, new))
    assert rule in {c.rule for c in found}
    assert strangers(document, int(line), found) == []


_NUMBER = re.compile(r"(?<![\d.〔])(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|%|个|辆|平方米|台|名|人|家|件|元)")
UNCHECKED = re.compile(
    r"编制\d|编制人?数?为?\d|[正副][处科]\d|内设机构|职能科室|所属事业单位|参公单位|调入|在编|建筑总面积|价值\d|通用设备\d"
    r"|专用设备共|净值|企业扶持资金增加了|公用预算\d|下属预算单位\d|整体绩效目标，涉及资金|事业编制"
)
"""Numbers that a document prints only once and that bound nothing else, so that no error in them can be seen."""


def every_number(facts: DocumentFacts) -> Iterator[tuple[int, re.Match[str]]]:
    for index, paragraph in enumerate(facts.paragraphs):
        if paragraph.part != 4:
            yield from ((index, match) for match in _NUMBER.finditer(paragraph.text))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_number_that_can_be_checked_is(document: str) -> None:
    """Each number in turn is changed: a difference is found at its line, or it is one that nothing else is printed of."""
    facts = read_registered(document)
    found = silent = 0
    for index, match in every_number(facts):
        paragraph, value = facts.paragraphs[index], Decimal(match["digits"].replace(",", ""))
        grown = {"%": value + Decimal("1.37"), "万元": value * Decimal("1.1") + Decimal("1.23")}.get(
            match["unit"], value + 3
        )
        text = (
            f"{paragraph.text[: match.start('digits')]}{grown:.2f}".removesuffix(".00")
            + paragraph.text[match.end("digits") :]
        )
        new = new_differences(document, with_paragraphs(facts, index, replace(paragraph, text=text)))
        assert strangers(document, paragraph.place.line or 0, new) == []
        if new:
            found += 1
        else:
            around = paragraph.text[max(0, match.start() - 16) : match.end() + 8]
            assert UNCHECKED.search(re.sub(r"\s", "", around)), around
            silent += 1
    assert found >= 55 and silent <= 14


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_removed_paragraph_raises_no_alarm(document: str) -> None:
    facts = read_registered(document)
    numbered = sorted({index for index, _ in every_number(facts)})
    lost = Counter()
    for index in numbered:
        copy = with_paragraphs(facts, index)
        assert strangers(document, 0, new_differences(document, copy)) == []
        lost[len(stated(facts)) > len(stated(copy))] += 1
    assert lost[True] == len(numbered) >= 12


def test_a_missing_sentence_is_not_evaluable() -> None:
    facts = read_registered("947784cd9916")
    index = next(i for i, p in enumerate(facts.paragraphs) if p.place.line == 731)
    status = {c.rule: c.status for c in narrative_checks(with_paragraphs(facts, index))}
    assert status["narrative.sum.procurement"] == "not_evaluable"


FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code) not in "<>&#*|"})
REWORDED = {
    "full-width digits and marks": lambda t: t.translate(FULL_WIDTH),
    "half-width marks": lambda t: t.translate(str.maketrans("，；：（）％", ",;:()%")),
    "compared with a named year": lambda t: t.replace("比上年", "较2023年预算"),
    "compared with 去年": lambda t: t.replace("比上年", "与去年相比"),
    "grew instead of rose": lambda t: re.sub(r"增加(?=[\d.,]+%)", "增长", t),
    "持平": lambda t: t.replace("与上年预算数相同", "与上年持平").replace("与2022年预算数相同", "与2022年预算持平"),
    "占比": lambda t: re.sub(r"占(?=[\d.]+%)", "占比为", t),
    "收入预算": lambda t: t.replace("预算收入", "收入预算").replace("支出预算1", "预算支出1"),
    "no thousands separators": lambda t: re.sub(r"(?<=\d),(?=\d{3})", "", t),
    "spaces in the numbers": lambda t: re.sub(r"(?<=\d),(?=\d{3})", ", ", t),
    "bold amounts": lambda t: re.sub(r"([\d.,]+万元)", r"<b>\1</b>", t),
}


@pytest.mark.parametrize("wording", REWORDED)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_other_words_and_digits_say_the_same(document: str, wording: str) -> None:
    facts = read_registered(document)
    told = [replace(p, text=REWORDED[wording](p.text)) for p in facts.paragraphs]
    copy = replace(facts, paragraphs=told)

    def numbers(counted: Counter[tuple[str, str, str, str]]) -> Counter[tuple[str, str, str, str]]:
        return Counter({key: count for key, count in counted.items() if key[0] != "reason"})

    assert numbers(said(copy)) == numbers(said(facts))
    assert {(c.rule, c.left_ref) for c in different(copy)} == {(c.rule, c.left_ref) for c in different(facts)}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_sentence_cut_by_a_page_is_healed(document: str) -> None:
    """Every paragraph with a number, cut in two at every ninth place behind its twentieth: the same statements, and where one
    is lost, no other number is taken for something in its stead."""
    facts = read_registered(document)
    base = said(facts)
    cuts = broken = 0
    for index in sorted({index for index, _ in every_number(facts)}):
        paragraph = facts.paragraphs[index]
        for cut in range(20, len(paragraph.text), 9):
            after = replace(paragraph, text=paragraph.text[cut:], place=Place(None, (paragraph.place.line or 0) + 1))
            copy = with_paragraphs(facts, index, replace(paragraph, text=paragraph.text[:cut]), after)
            extra = said(copy) - base
            cuts += 1
            broken += bool(extra)
            assert not [key for key in extra if key[0] != "reason" and key[1] != "other"]
    assert cuts >= 80 and broken <= cuts // 80


def test_halves_of_one_sentence_keep_their_own_places() -> None:
    told = stated(read_registered("4bc610c22ba9"))
    rate = next(s for s in told if s.kind == "rate" and s.subject == "general")
    change = next(s for s in told if s.kind == "change" and s.subject == "general")
    assert (change.place.line, rate.place.line) == (355, 357)
    assert change.text == rate.text and rate.text.endswith("增加13992.10万元，增加12746.74%。")


REBUILT = [
    ("4bc610c22ba9", 334, "income_total", "109.77", "109.7600", "109.7800", "109.77"),
    ("947784cd9916", 673, "income_total", "140956.35", "140956.3400", "140956.3600", "140953.8243"),
    ("947784cd9916", 719, "reception", "15.00", "14.9950", "15.0050", None),
    ("6ad99d98ab19", 432, "running", "15.11", "15.0550", "15.1650", "15.1123"),
]
"""document, line, subject, last year by the change with its interval, last year by the rate: computed by hand."""


@pytest.mark.parametrize("document, line, subject, value, low, high, by_rate", REBUILT)
def test_last_year_is_rebuilt_by_two_routes(
    document: str, line: int, subject: str, value: str, low: str, high: str, by_rate: str | None
) -> None:
    told = {
        s.kind: s.value for s in read_statements(read_registered(document))
        if s.kind.startswith("rebuilt") and s.place.line == line and s.subject == subject
    }  # fmt: skip
    assert [told[f"rebuilt_by_change{end}"] for end in ("", "_low", "_high")] == [value, low, high]
    assert told.get("rebuilt_by_rate") == by_rate
    if by_rate is not None:
        assert Decimal(told["rebuilt_by_rate_low"]) <= Decimal(value) <= Decimal(told["rebuilt_by_rate_high"])


OTHER_CITIES = {
    "2026年度收入预算9151.31万元，比2025年年初预算数17278.68万元减少8127.37万元，减少47.04%。主要原因是项目经费减少。": [
        ("amount", "income_total", "9151.31"), ("last_year", "income_total", "17278.68"), ("change", "income_total", "-8127.37"),
        ("rate", "income_total", "-47.04"), ("reason", "income_total", "项目经费减少"),
    ],
    "（二）公务用车购置及运行费6.30万元，比2025年预算减少15.00万元，主要原因是2026年无新购公务用车。": [
        ("amount", "vehicles", "6.30"), ("change", "vehicles", "-15.00"), ("reason", "vehicles", "2026年无新购公务用车"),
    ],
    "公务接待费。2026年预算数2.98万元，较2025年年初预算增加0.00万元。": [
        ("amount", "reception", "2.98"), ("change", "reception", "0.00"),
    ],
    "2022年“三公”经费预算支出3.5万元，较上年增加0.46万元（15.13%），增加的主要原因是上年未列入年初预算。": [
        ("amount", "three_public", "3.5"), ("change", "three_public", "0.46"), ("rate", "three_public", "15.13"),
        ("reason", "three_public", "上年未列入年初预算"),
    ],
    "单价100万元（含）以上设备（不含车辆）6台（套）。": [("threshold", "equipment", "100"), ("count", "equipment_over_100", "6")],
    "共有车辆3辆，其中：机要通信用车0辆、其他用车3辆。": [
        ("count", "vehicles_held", "3"), ("count", "vehicles_confidential", "0"), ("count", "vehicles_other", "3"),
    ],
    "2026年度政府采购预算6,221.56万元，其中：政府采购货物预算1.16万元、政府采购工程预算254.50万元。": [
        ("amount", "procurement_total", "6221.56"), ("amount", "procurement_goods", "1.16"),
        ("amount", "procurement_works", "254.50"),
    ],
    "机关运行经费财政拨款预算395.6万元，与上年相比减少3.61万元，减少0.9%，主要是压减支出。": [
        ("amount", "running", "395.6"), ("change", "running", "-3.61"), ("rate", "running", "-0.9"),
        ("reason", "running", "压减支出"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("sentence", OTHER_CITIES)
def test_the_wording_of_other_cities_is_read(sentence: str) -> None:
    facts = replace(read_registered("6ad99d98ab19"), paragraphs=[ParagraphFact(3, "", sentence, Place(1, 1))])
    assert [(s.kind, s.subject, s.value) for s in stated(facts)] == OTHER_CITIES[sentence]


def test_a_bent_text_is_read_from_the_file_on() -> None:
    """Through the readers: full-width digits in a sentence and a wrong share planted in the text itself."""
    text = text_of("01a1d3103f45").replace("占97.76%", "占９６．７７％")
    facts = facts_of_text(text)
    assert [c.rule for c in new_differences("01a1d3103f45", facts)] == ["narrative.share.function_class"]


def test_every_subject_has_a_name_in_both_languages() -> None:
    for subject in declared().subjects:
        assert all(has(f"narrative.subject.{subject}", lang) for lang in LANGUAGES), subject


@pytest.mark.parametrize("number", range(len(declared().phrases)))
def test_every_phrase_has_an_example_that_it_names(number: int) -> None:
    """The example is understood as that subject in a section of the phrase's kind, behind its head where it needs one."""
    phrase = declared().phrases[number]
    for kind in (kind for kind in phrase.sections if kind != ANYWHERE):
        hit = named_in(phrase.example, kind, phrase.under, phrase.right)
        same = hit is not None and (
            hit[0].subject == phrase.subject or hit[0].pattern.pattern == phrase.pattern.pattern
        )
        assert same, (phrase.subject, kind, hit and hit[0].subject)


def test_a_declaration_that_names_what_is_not_there_is_refused() -> None:
    data = tomllib.loads(SUBJECTS_FILE.read_text(encoding="utf-8"))
    for bend in (
        lambda d: d["sum"][0].update(whole="nothing_known"),
        lambda d: d["subject"][0]["phrase"][0].update(pattern="<nothing_known>"),
        lambda d: d["subject"][0]["phrase"][0].update(example="别的"),
        lambda d: d["expected"].update(no_section=["general"]),
    ):
        copy = deepcopy(data)
        bend(copy)
        with pytest.raises(FormError):
            read_declared(copy)
