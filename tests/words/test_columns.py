"""Columns and units as they are named: printed in Chinese, in words with the printed name behind them in English."""

from __future__ import annotations

from budgetdata.queries import disclosure
from budgetdata.words.phrases import column_name, unit_name, unit_of


def test_a_column_is_named_in_the_readers_language() -> None:
    project = {"column": "project", "column_label": "项目支出"}
    assert column_name("zh", project) == "项目支出" and column_name("en", project) == "project (项目支出)"
    unlabelled = {"column": "total", "column_label": ""}
    assert column_name("en", unlabelled) == "total"
    unknown = {"column": "x9", "column_label": "某栏"}
    assert column_name("en", unknown) == column_name("zh", unknown) == "某栏"


def test_a_unit_is_named_in_the_readers_language_and_english_has_no_measure_words() -> None:
    assert unit_of("zh", {"unit": None}) == "万元" and unit_of("en", {"unit": "元"}) == "CNY (元)"
    assert unit_of("en", {}) == "ten thousand CNY (万元)"
    assert [unit_name("en", unit) for unit in ("个", "辆", "平方米", "%")] == ["", "", "m²", "%"]
    assert unit_name("zh", "个") == "个"


def test_what_the_profile_rests_on_is_cited_in_chinese_and_told_in_english() -> None:
    cited = disclosure.profile().source
    assert disclosure.source("zh") == cited and cited.startswith("财预〔2016〕143号")
    told = disclosure.source("en")
    assert told.startswith("what the Ministry of Finance asked in 2016") and told.endswith(f"({cited})")
