"""Staff in the narrative: posts, people in post and pensioners, in the wordings of other cities; sums and limits of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import read_registered

from budgetdata.base.facts import DocumentFacts, ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.narrative.checks import narrative_checks
from budgetdata.narrative.read import read_narrative

SAID = {
    "核定编制25名，实有在职人员20人。": {"staff_quota": 25, "staff": 20},
    "人员编制总数为42名，其中：行政编制30名、事业编制10名、工勤编制2名；实有在职人员38人，其中行政27人、事业9人、工勤2人。": {
        "staff_quota": 42, "staff_quota_administrative": 30, "staff_quota_institution": 10, "staff_quota_workers": 2,
        "staff": 38, "staff_administrative": 27, "staff_institution": 9, "staff_workers": 2,
    },
    "截至2025年底，编制人数16人，实有人数15人，离退休人员7人，其中：离休1人，退休6人。": {
        "staff_quota": 16, "staff": 15, "staff_retired": 7, "staff_veterans": 1, "staff_pensioners": 6,
    },
    "现有在职在编人员12名，编外聘用人员5名。": {"staff": 12, "staff_temporary": 5},
    "单位核定财政全额拨款事业编制18名，现有干部职工17人。": {"staff_quota": 18, "staff": 17},
    "核定12名行政编制和6名事业编制。": {"staff_quota_administrative": 12, "staff_quota_institution": 6},
    "内设机构3个，参公编制9个，年末实有8人。": {"staff_quota": 9, "staff": 8},
    "部门编制数２５名，年末实有２０人。": {"staff_quota": 25, "staff": 20},
}  # fmt: skip


def with_staff(text: str, section: str = "二、机构设置情况") -> DocumentFacts:
    """A real document's tables with an invented paragraph on its staff."""
    facts = replace(read_registered("6ad99d98ab19"), statements=[], statement_links=[])
    facts.paragraphs = [ParagraphFact(1, section, text, Place(2, 14))]
    facts.statements, facts.statement_links = read_narrative(facts)
    return facts


@pytest.mark.parametrize("section", ["二、机构设置情况", "", "一、部门职责及人员构成"])
@pytest.mark.parametrize("text", SAID)
def test_posts_and_people_are_read_with_their_place(text: str, section: str) -> None:
    found = [s for s in with_staff(text, section).statements if s.subject.startswith("staff")]
    assert {s.subject: int(s.value) for s in found} == SAID[text]
    assert len(found) == len(SAID[text])
    for statement in found:
        assert (statement.kind, statement.unit in {"名", "人", "个"}) == ("count", True)
        assert (statement.text, statement.place) == (text, Place(2, 14))


def test_people_in_post_are_linked_to_the_posts() -> None:
    facts = with_staff("核定编制25名，实有在职人员20人。")
    [quota, staff] = facts.statement_links
    assert (quota.link, quota.role, quota.other) == ("statement", "limit", staff.statement)
    assert (staff.link, staff.role, staff.other) == ("statement", "limit", quota.statement)


STATUS = {
    "核定编制25名，实有在职人员20人。": ("narrative.limit.staff", "balanced"),
    "核定编制25名，实有在职人员26人。": ("narrative.limit.staff", "different"),
    "编制总数为42名，其中：行政编制30名、事业编制12名。": ("narrative.sum.staff_quota", "balanced"),
    "编制总数为42名，其中：行政编制30名、事业编制11名。": ("narrative.sum.staff_quota", "different"),
    "离退休人员7人，其中：离休1人，退休5人。": ("narrative.sum.staff_retired", "different"),
}


@pytest.mark.parametrize("text", STATUS)
def test_posts_and_people_are_held_against_each_other(text: str) -> None:
    rule, status = STATUS[text]
    checks = {check.rule: check for check in narrative_checks(with_staff(text))}
    assert checks[rule].status == status
    assert checks[rule].left_ref == "p.2"


def test_other_sentences_with_heads_are_no_staff() -> None:
    for text in ("全年培训党员干部300人。", "新引进企业12家，带动就业500人。", "公务用车编制3辆，实有3辆。"):
        assert [s.subject for s in with_staff(text).statements if s.subject.startswith("staff")] == [], text
