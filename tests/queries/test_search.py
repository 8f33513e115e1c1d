"""The search: two words, two characters, one, a code, amounts as people type them, pinyin, a sign mistyped; counts are true."""

from __future__ import annotations

import pytest

from budgetdata.base.terms import asked, terms
from budgetdata.queries.base import Database
from budgetdata.queries.search import LIMIT, search

pytest_plugins = ["app_fixtures"]


def test_terms_are_pairs_and_words() -> None:
    assert terms("2024年预算，ＡＢ c") == "2024 年预 预算 算 ab c"
    assert terms("14,101.87 万元") == "14101.87 万元 元"
    assert asked("年预算 14,101.87") == '"年预 预算" "14101.87" *'
    assert asked("行") == '"行" *' and asked("%_\\") == ""


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("培训", "project", "党群工作部—培训费"),
        ("training", "subject", "培训费"),
        ("CNY 140 million", "amount", "科学技术支出"),
        ("外出 招商 次数", "target", "外出招商次数"),
        ("招商引资工作", "project", "招商引资工作经费"),
        ("2060404", "subject", "科技成果转化与扩散"),
        ("206040", "subject", "科技成果转化与扩散"),
        ("住房公积金", "subject", "住房公积金"),
        ("yqszs", "department", "阳泉市招商中心"),
        ("zhaoshang", "department", "阳泉市招商中心"),
        ("阳泉 招商", "department", "阳泉市招商中心"),
        ("14,101.87", "amount", "一般公共预算"),
        ("1.41亿", "amount", "一般公共预算"),
        ("14101.87万元", "amount", "一般公共预算"),
        ("141018700元", "amount", "一般公共预算"),
        ("法律顾问", "sheet", "聘请法律顾问专项经费"),
    ],
)
def test_it_finds_what_is_meant(db: Database, words: str, kind: str, title: str) -> None:
    found = search(db, words)
    assert title in [row["title"] for row in found.rows[kind][:10]]
    assert all({"document_id", "short", "year", "target"} <= set(row) for rows in found.rows.values() for row in rows)


def test_every_hit_of_two_characters_holds_them_and_the_counts_are_true(db: Database) -> None:
    found = search(db, "培训", limit=10_000)
    assert {"project", "target", "narrative"} <= set(found.rows)
    assert all("培训" in row["title"] + row["text"] for rows in found.rows.values() for row in rows)
    assert found.counts == {kind: len(rows) for kind, rows in found.rows.items()}
    assert not {row["title"] for row in found.rows["subject"]} & {row["title"] for row in found.rows["project"]}
    like = "SELECT count(*) FROM target WHERE indicator || ' ' || target LIKE '%培训%'"
    assert found.counts["target"] == db.value(like) == sum(row["kind"] == "target" for row in found.rows["target"])
    for counts in found.facets.values():
        assert sum(counts.values()) == sum(found.counts.values())


def test_choices_narrow_and_pages_follow(db: Database) -> None:
    whole = search(db, "招商")
    year = search(db, "招商", {"year": "2023"})
    assert sum(year.counts.values()) == whole.facets["year"]["2023"] < sum(whole.counts.values())
    assert {row["year"] for rows in year.rows.values() for row in rows} == {2023}
    first, second = (search(db, "招商", kind="target", page=page, limit=10) for page in (1, 2))
    assert set(first.rows) == {"target"} and len(first.rows["target"]) == 10
    ids = [[(row["target"], row["title"], row["line"]) for row in part.rows["target"]] for part in (first, second)]
    assert not set(ids[0]) & set(ids[1]) and first.counts["target"] > 20


def test_a_sign_mistyped_names_what_is_alike(db: Database) -> None:
    found = search(db, "阳泉招商中心")
    assert (found.rows, found.counts) == ({}, {}) and "阳泉市招商中心" in found.near


@pytest.mark.parametrize("words", ["   ", "%", "_\\_", '"', "'; DROP TABLE figure", "* OR *", "NEAR(", "一" * 400])
def test_signs_are_no_language(db: Database, words: str) -> None:
    found = search(db, words)
    assert all(len(rows) <= LIMIT for rows in found.rows.values())
