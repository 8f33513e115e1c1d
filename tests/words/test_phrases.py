"""Phrases that charts and pages share, in both languages."""

from __future__ import annotations

import pytest

from budgetdata.forms.canonical import attested
from budgetdata.words import phrases
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import exact, money, percent_of, share

DOCUMENT = {"department": "某局", "year": 2024}


def test_the_source_line_names_each_table() -> None:
    assert phrases.source_line("zh", DOCUMENT, 12, 13) == "来源：某局2024年度部门预算公开，表12、表13"
    assert phrases.source_line("en", DOCUMENT, 12, 13) == "Source: Mouju (某局) budget 2024, table 12, table 13"
    assert phrases.source_line("en", DOCUMENT, phrases.SHEETS).endswith("performance sheets")
    assert phrases.source_line("zh", None, 1) == ""


@pytest.mark.parametrize(
    ("difference", "chinese", "english"),
    [
        (None, "原表没有印合计，不作相加", "no printed total to add up to"),
        (0, "各项相加等于所印合计", "parts add up to the printed total"),
        (10_000, "各项相加比所印合计多 0.01 万元（尾差）", "parts differ from the printed total by CNY 100, rounding"),
        (-123_456_700, "各项相加比所印合计少 123.46 万元", "parts differ from the printed total by -CNY 1,234,600"),
    ],
)  # fmt: skip
def test_sums_say_more_less_or_equal(difference: int | None, chinese: str, english: str) -> None:
    assert phrases.sums_line("zh", difference, 1) == chinese
    assert phrases.sums_line("en", difference, 1) == english


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1, 3, "33.3%"), (3, 3, "100.0%"), (0, 3, "0.0%"), (4, 3, ""), (-1, 3, ""), (1, 0, ""), (0, 0, ""), (1, None, ""),
        (None, 3, ""),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_whole_has_no_share(part: int | None, whole: int | None, said: str) -> None:
    assert share(part, whole) == said
    assert (percent_of(part, whole) is None) == (not said)
    assert phrases.with_share("4 元", part, whole) == (f"4 元 · {said}" if said else "4 元")


def test_headings_are_named_by_codes() -> None:
    assert phrases.headings("zh", name="item", fen="amount") == [("name", "项目"), ("fen", "金额")]
    assert phrases.headings("en", name="item", fen="amount") == [("name", "Item"), ("fen", "Amount")]


def test_an_account_has_its_english_before_what_is_printed() -> None:
    assert phrases.account("en", "培训费") == "Training (培训费)"
    assert phrases.account("zh", "培训费") == "培训费"
    assert phrases.account("en", "某某经费") == "某某经费"
    assert not {one.name for names in attested().values() for one in names} - set(phrases.accounts_en())


def test_english_words_stand_for_the_names_that_are_printed() -> None:
    assert phrases.printed_names("Training")[:3] == ["培训", "培训费", "培训支出"]
    assert {"差旅费", "因公出国（境）费用"} <= set(phrases.printed_names("travel"))
    assert (
        not phrases.printed_names("zhaoshang")
        and not phrases.printed_names("培训")
        and not phrases.printed_names("1.4")
    )


@pytest.mark.parametrize(
    ("fen", "english"),
    [
        (359_950_000, "CNY 3,599,500"),
        (4_678_510_000_0, "CNY 467.85 million"),
        (150_050, "CNY 1,500.50"),
        (0, "CNY 0"),
        (140_956_350_000, "CNY 1.41 billion"),
        (2_663_939_000_000, "CNY 26.639 billion"),
        (-100_000_000_000, "CNY -1 billion"),
    ],
)
def test_money_in_english_is_no_coarser_than_in_chinese(fen: int, english: str) -> None:
    assert money(fen, "en") == english


def test_what_is_compared_is_said_to_the_last_digit() -> None:
    assert (exact(353_509_800_00), exact(353_509_800_00, "en")) == ("35,350.98", "CNY 353,509,800")


def test_a_name_without_words_stands_as_it_is() -> None:
    assert phrases.named("en", "fund", "general") == "General public budget"
    assert phrases.named("en", "fund", "something") == "something"


def test_how_many_are_written_as_a_count() -> None:
    assert text("zh", "question.rows", n=1024).startswith("1,024")
