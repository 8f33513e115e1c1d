"""Every number of the narrative is linked to what it speaks of, or listed: hand-typed targets, and an independent search."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from documents import DOCUMENTS, read_registered

from budgetdata.base.facts import DocumentFacts, LinkFact, ParagraphFact, StatementFact, figure_key
from budgetdata.base.raw import Place
from budgetdata.base.text import squeeze
from budgetdata.narrative.links import KINDS
from budgetdata.narrative.read import read_narrative
from budgetdata.store.rows import statement_link_rows
from tests.helpers.words import zh

TYPED = Path(__file__).parents[1] / "expected" / "narrative" / "links.csv"
Linked = tuple[StatementFact, list[LinkFact]]


def linked(facts: DocumentFacts) -> list[Linked]:
    """Every number with its links, in printed order."""
    groups: dict[object, list[LinkFact]] = {}
    for index, link in enumerate(facts.statement_links):
        groups.setdefault(link.statement if link.statement is not None else ("unread", index), []).append(link)
    return [(links[0].unread or facts.statements[links[0].statement or 0], links) for links in groups.values()]


def in_words(told: StatementFact) -> bool:
    """True for a change that is said in words, 与上年相同: no number is printed."""
    return (told.kind, told.value) == ("change", "0")


def typed() -> list[dict[str, str]]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_is_large_and_of_every_document_and_kind() -> None:
    rows = typed()
    assert len(rows) >= 80
    assert {row["document"] for row in rows} == set(DOCUMENTS)
    assert {row["link"] for row in rows} == {"figure", "blank_cell", "derived", "project", "sheet", "statement", "none"}


@pytest.mark.parametrize("row", typed(), ids=lambda row: "-".join(list(row.values())[:5]))
def test_a_number_is_linked_where_a_reader_finds_it(row: dict[str, str]) -> None:
    facts = read_registered(row["document"])
    same = [
        links for told, links in linked(facts)
        if not in_words(told) and str(told.place.line) == row["line"] and (told.value, told.unit) == (row["value"], row["unit"])
    ]  # fmt: skip
    links = same[int(row["nth"]) - 1]
    assert {link.link for link in links} <= {row["link"], "sheet"} and links[0].link == row["link"]
    if row["table_no"]:
        found = {(str(link.table_no), link.label, link.column if row["column"] else "") for link in links}
        wanted = (row["table_no"], squeeze(row["label"]), row["column"])
        assert wanted in found or (not row["label"] and wanted[0] in {place[0] for place in found}), found


NUMBER = re.compile(r"(?<![\d.〔])(\d[\d,，]*(?:\.\s?\d+)?)\s*(万元|元|%|％|平方米|辆)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_number_is_lost(document: str) -> None:
    """What a search that knows nothing of the subjects finds in the text is linked or listed, as often as it is printed."""
    facts = read_registered(document)
    printed = Counter(
        (paragraph.place.line, re.sub(r"[,，\s]", "", digits), unit.replace("％", "%"))
        for paragraph in facts.paragraphs
        for digits, unit in NUMBER.findall(paragraph.text)
    )  # fmt: skip
    stored = Counter(
        (told.place.line, told.value.lstrip("-"), told.unit) for told, _ in linked(facts) if not in_words(told)
    )
    assert sum(printed.values()) >= 50
    assert printed - stored == Counter()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_point_at_what_there_is(document: str) -> None:
    facts = read_registered(document)
    keys = {figure_key(f.table_no, f.side, f.row_no, f.column): f for f in facts.figures}
    for told, links in linked(facts):
        assert told.text and links[0].link in KINDS
        for link in links:
            if link.figure:
                assert (link.table_no, link.row_no) == (keys[link.figure].table_no, keys[link.figure].row_no)
                assert link.at == keys[link.figure].place
            if link.link == "figure":
                assert link.figure and link.agrees
            if link.link == "blank_cell":
                assert link.table_no and not link.figure and zh(link.reason).startswith("原表")
            if link.link == "project" or link.project is not None:
                assert link.label == squeeze(facts.projects[link.project or 0].name)
            if link.link == "sheet":
                assert link.label == squeeze(facts.sheets[link.sheet or 0].project_name)
            if link.other is not None:
                assert facts.statements[link.other].kind != "reason" and link.other != link.statement
            if link.link == "none":
                assert link.reason and len(links) == 1


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_cell_with_another_amount_is_said_to_differ(document: str) -> None:
    """Links are made by what a sentence names; where the amounts differ, a check says so too."""
    facts = read_registered(document)
    apart = {check.left_ref for check in facts.checks if check.status == "different"}
    differing = [told for told, links in linked(facts) if links[0].agrees == "differs"]
    assert all(f"line {told.place.line}" in apart for told in differing)


def shares() -> Counter[str]:
    return Counter(links[0].link for name in DOCUMENTS for _, links in linked(read_registered(name)))


def test_nearly_every_amount_of_money_is_linked() -> None:
    """Of the amounts, shares and changes at least 95 in 100 lead to a table, a sheet, a sum or another stated number."""
    kinds = Counter(
        links[0].link for name in DOCUMENTS for told, links in linked(read_registered(name))
        if told.unit in {"万元", "元", "%"}
    )  # fmt: skip
    assert kinds["none"] / kinds.total() <= 0.05
    assert shares()["none"] / shares().total() <= 0.05


def told_of(*texts: str, part: int = 3, section: str = "一、预算收支情况") -> list[Linked]:
    """The numbers of some invented paragraphs beside the tables of a real document."""
    facts = replace(read_registered("6ad99d98ab19"), statements=[], statement_links=[])
    facts.paragraphs = [ParagraphFact(part, section, text, Place(None, 9000 + n)) for n, text in enumerate(texts)]
    facts.statements, facts.statement_links = read_narrative(facts)
    return linked(facts)


def test_a_number_that_no_phrase_explains_is_listed_with_its_sentence() -> None:
    [(told, [link])] = told_of("本部门另有代管资金77.41万元。")
    assert (link.link, told.value, told.text) == ("none", "77.41", "本部门另有代管资金77.41万元。")
    assert link.reason


def test_one_projects_expenditure_is_not_that_of_the_department() -> None:
    found = told_of("大厅运行603.84万元，主要包括：大厅保安和安检服务项目支出328.69万元。", section="支出预算")
    assert {told.subject for told, _ in found} == {"other"} and {links[0].link for _, links in found} == {"none"}
    [_, (told, [link])] = told_of("基本支出156.95万元，项目支出203万元。", section="支出预算")
    assert (told.subject, link.link, link.agrees) == ("project", "figure", "same")


def test_a_glossary_is_no_narrative_and_a_fourth_part_of_explanations_is() -> None:
    meaning = "三公经费：是指用财政拨款安排的因公出国费、公务接待费，单次一般在1.37万元以内，按规定管理。"
    assert told_of(meaning, part=4, section="") == []
    assert len(told_of("本部门另有代管资金77.41万元，比上年度略有变化，主要是业务量增长。", part=4)) == 1


def test_an_amount_of_a_table_that_is_missing_is_no_blank_cell() -> None:
    facts = replace(read_registered("6ad99d98ab19"), statements=[], statement_links=[])
    facts.tables = [replace(t, status="missing") if t.table_no == 10 else t for t in facts.tables]
    facts.statements, facts.statement_links = read_narrative(facts)
    lost = [links[0] for told, links in linked(facts) if told.subject == "overseas" and told.kind == "amount"]
    assert [(link.link, link.table_no, zh(link.label)) for link in lost] == [("statement", None, "“三公”经费")]
    alone = [links[0] for told, links in linked(facts) if (told.subject, told.kind) == ("running", "amount")]
    assert [link.link for link in alone] == ["figure"]


def test_a_sum_of_cells_is_linked_to_each() -> None:
    [(_, links)] = told_of("2024年度收入总体情况：财政拨款收入359.95万元。", section="二、收入预算")
    assert {link.link for link in links} == {"sum"}
    assert {link.label for link in links} == {"一、一般公共预算"}
    [(_, links)] = told_of("2024年度收入总体情况：财政拨款收入359.96万元。", section="二、收入预算")
    assert [link.link for link in links] == ["none"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_rows_carry_the_sentence_and_a_stable_id(document: str) -> None:
    facts = read_registered(document)
    rows = statement_link_rows(facts)
    assert len({row["link_id"] for row in rows}) == len(rows) == len(facts.statement_links)
    assert all(row["text"] and (row["page"] or row["line"]) for row in rows)
    known = {f"{facts.document_id}.statement{n:03d}" for n in range(1, len(facts.statements) + 1)}
    assert {row["other_statement_id"] for row in rows} - {None} <= known


def bent(facts: DocumentFacts, told: StatementFact, nth: int, number: str) -> DocumentFacts:
    """A copy in which the nth print of a number at its line reads otherwise."""
    copy = replace(facts, statements=[], statement_links=[])
    copy.paragraphs = list(facts.paragraphs)
    spots = [
        (index, match) for index, paragraph in enumerate(facts.paragraphs) if paragraph.place == told.place
        for match in NUMBER.finditer(paragraph.text)
        if (re.sub(r"[,，\s]", "", match[1]), match[2]) == (told.value, told.unit)
    ]  # fmt: skip
    index, match = spots[nth]
    text = copy.paragraphs[index].text
    copy.paragraphs[index] = replace(
        copy.paragraphs[index], text=f"{text[: match.start(1)]}{number}{text[match.end(1) :]}"
    )
    copy.statements, copy.statement_links = read_narrative(copy)
    return copy


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_planted_amount_keeps_its_link_and_differs(document: str) -> None:
    """Every amount of a cell in turn is changed: the link leads to the same cell and says that it differs; the others stay."""
    facts = read_registered(document)
    before = [(told, links) for told, links in linked(facts) if not in_words(told)]
    seen: Counter[tuple[object, str, str]] = Counter()
    planted = moved = 0
    for number, (told, links) in enumerate(before):
        spot = (told.place, told.value, told.unit)
        nth, seen[spot] = seen[spot], seen[spot] + 1
        if told.kind != "amount" or links[0].link not in {"figure", "blank_cell"} or links[0].agrees != "same":
            continue
        after = [(t, ls) for t, ls in linked(bent(facts, told, nth, "98765.43")) if not in_words(t)]
        new, now = after[number]
        assert (new.value, new.subject) == ("98765.43", told.subject)
        assert now[0].agrees == "differs"
        planted += 1
        same = (now[0].link, now[0].table_no, now[0].row_no, now[0].column)
        if same != (links[0].link, links[0].table_no, links[0].row_no, links[0].column):
            moved += 1
            assert told.subject in {"general", "fund", "capital", "projects_managed", "projects_first_level"}
        others = [t for n, (t, _) in enumerate(after) if n != number]
        assert [(t.value, t.subject) for t in others] == [
            (t.value, t.subject) for n, (t, _) in enumerate(before) if n != number
        ]
    assert planted >= 30 and moved <= 4
