"""The same said in other words, by other cities, cut by pages: read alike; what is declared has an example."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest
from documents import DOCUMENTS, facts_of_text, read_registered, text_of
from sentences_typed import different, every_number, new_differences, said, stated, with_paragraphs

from budgetdata.base.errors import FormError
from budgetdata.base.facts import ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.narrative.read import read_statements
from budgetdata.sentences.declared import ANYWHERE, SUBJECTS_FILE, declared, read_declared
from budgetdata.sentences.subjects import named_in
from budgetdata.words.catalogue import LANGUAGES, has

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
