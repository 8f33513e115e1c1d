"""The narrative against the tables: every amount, every share, every change, every count. Signals, not verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetdata.base.facts import CheckFact, DocumentFacts
from budgetdata.base.money import UNITS
from budgetdata.narrative.changes import narrative_changes
from budgetdata.narrative.counts import narrative_counts
from budgetdata.narrative.figures import BLANK, FOUND, NO_ROW, Cell, figure_said
from budgetdata.narrative.items import narrative_items
from budgetdata.narrative.mentions import UNKNOWN_WHOLE, Mention, mentions
from budgetdata.narrative.names import subject_zh
from budgetdata.narrative.rebuilt import half, this_year
from budgetdata.narrative.sums import narrative_sums
from budgetdata.narrative.verdicts import (
    DIFFERENT,
    Precision,
    Term,
    compare_money,
    money,
    other,
    percent_status,
    place_ref,
    precision,
    unknown,
)

EXPECTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("overview", ("income_total", "income_current", "carryover", "expenditure_total", "expenditure_current",
                  "expenditure_carryover")),
    ("income", ("income_total", "general", "fund", "capital", "special", "own", "carryover")),
    ("expenditure", ("expenditure_total", "basic", "project")),
    ("appropriation", ("appropriation_total", "general", "fund", "capital", "appropriation_current",
                       "appropriation_carryover")),
    ("general", ("general",)),
    ("basic", ("basic", "personnel", "operating")),
    ("three_public", ("three_public", "overseas", "reception", "vehicle_purchase", "vehicle_running")),
)  # fmt: skip
"""Amounts that the narrative is to give, by kind of section; where one is not given, its check cannot be evaluated."""

SECTION_ZH = {
    "overview": "收支变动情况", "income": "收入预算", "expenditure": "支出预算", "appropriation": "财政拨款收支",
    "general": "一般公共预算支出", "basic": "基本支出", "three_public": "“三公”经费", "running": "机关运行经费",
    "procurement": "政府采购", "performance": "绩效管理", "fund": "政府性基金", "capital": "国有资本经营",
}  # fmt: skip
SHARE_OF = {
    "income": "income_total", "expenditure": "expenditure_total", "general": "general", "three_public": "three_public",
    "appropriation": "appropriation_total", "basic": "basic",
}  # fmt: skip
"""What a share is a share of where its sentence does not say."""


def narrative_checks(facts: DocumentFacts) -> list[CheckFact]:
    """Every check of a document's narrative; left is what the text says, right what the tables or the text's own parts give."""
    found = mentions(facts)
    digits = precision(found)
    checks = [check for mention in found if (check := _amount(facts, mention, digits)) is not None]
    checks += _unstated(found)
    checks += [_share(found, mention, digits) for mention in found if mention.kind == "share"]
    checks += narrative_sums(found, digits)
    checks += narrative_changes(found, digits)
    checks += narrative_counts(facts, found, digits)
    checks += narrative_items(facts, found)
    return checks


def _rule(mention: Mention) -> str:
    if mention.code:
        return "function_class" if len(mention.code) == 3 else "function_item"
    return mention.subject


def _label(mention: Mention, cell: Cell) -> str:
    section = SECTION_ZH.get(mention.section_kind, "文字")
    return f"{section}说明中的「{subject_zh(mention.subject)}」= {cell.said}"


def _amount(facts: DocumentFacts, mention: Mention, digits: Precision) -> CheckFact | None:
    """An amount against its figure; None for other kinds and for amounts that no table holds."""
    if mention.kind != "amount" or not mention.cells:
        return None
    rule, ref = f"narrative.{_rule(mention)}", place_ref(mention.place)
    cell = mention.cells[0]
    if mention.any_of:
        cell = next((c for c in mention.cells if c.wan == mention.wan), cell)
    label = _label(mention, cell)
    left = Term(mention.wan, ref, "写的是")
    if cell.state == FOUND:
        meant = digits.of(mention)
        tolerance = half(meant) if meant < cell.decimals else Decimal(0)
        hint = _same_elsewhere(facts, mention, cell)
        return compare_money(rule, label, left, Term(cell.wan, cell.key, f"{cell.said}为"), tolerance, hint)
    if cell.state == BLANK and not mention.value:
        return compare_money(rule, label, left, Term(None, "", f"表{cell.table_no}对应的格"), Decimal(0))
    if cell.state == BLANK or (cell.state == NO_ROW and mention.code and mention.value):
        said = f"表{cell.table_no}对应的格" if cell.state == BLANK else f"表{cell.table_no}没有这个科目，"
        return compare_money(rule, label, left, Term(None, "", said), Decimal(0))
    why = f"表{cell.table_no}没有对应的行" if cell.state == NO_ROW else f"表{cell.table_no}缺失或未能可靠读出"
    return unknown(rule, label, why, ref)


def _same_elsewhere(facts: DocumentFacts, mention: Mention, cell: Cell) -> str:
    """Where else, among the totals of the tables, the amount is printed that the text gives."""
    fen = mention.wan * UNITS["万元"]
    same = (f for f in facts.figures if f.level == 0 and f.fen == fen and f.fen and f is not cell.figure)
    figure = next(same, None)
    return f"；写的数与{figure_said(figure)}相同" if figure is not None else ""


def _unstated(found: Sequence[Mention]) -> Iterator[CheckFact]:
    told = {(m.section_kind, m.subject) for m in found if m.kind == "amount"}
    for kind, subjects in EXPECTED:
        for subject in subjects:
            if (kind, subject) not in told:
                label = f"{SECTION_ZH[kind]}说明中的「{subject_zh(subject)}」= 表中的数"
                yield unknown(f"narrative.{subject}", label, "文字中没有写这个数")


def _share(found: Sequence[Mention], mention: Mention, digits: Precision) -> CheckFact:
    rule, ref = f"narrative.share.{_rule(mention)}", place_ref(mention.place)
    name = mention.whole if mention.whole not in ("", UNKNOWN_WHOLE) else SHARE_OF.get(mention.section_kind, "")
    label = f"{SECTION_ZH.get(mention.section_kind, '文字')}说明中「{subject_zh(mention.subject)}」占{subject_zh(name)}的比例"
    if mention.whole == UNKNOWN_WHOLE or not name:
        return unknown(rule, label, "文字没有写明占什么的比例，或表中没有这个总数", ref)
    part = _part(found, mention)
    whole = _whole(found, mention, name)
    if part is None or whole is None:
        return unknown(rule, label, "文字和表中没有可比的数", ref)
    (amount, part_doubt, part_ref), (total, whole_doubt, whole_ref) = part, whole
    if not total:
        return unknown(rule, label, "总数为0，不能算比例", ref)
    exact = amount / total * 100
    doubt = (part_doubt + abs(exact) / 100 * whole_doubt) / total * 100
    status = percent_status(mention.value, exact, digits.of(mention), mention.decimals, doubt)
    shown = max(2, mention.decimals)
    said = f"写的是{mention.printed}%，按表中数为{exact:.{shown}f}%（{money(amount)} ÷ {money(total)}）"
    if status == DIFFERENT:
        said += _other_whole(found, mention, amount, digits)
    return other(rule, label, status, ref, f"{part_ref};{whole_ref}", said)


def _part(found: Sequence[Mention], share: Mention) -> tuple[Decimal, Decimal, str] | None:
    """(amount, doubt, reference) of what a share is the share of: its figure, nothing where its cell is blank, else its text."""
    cell = share.cells[0] if share.cells and not share.any_of else None
    if cell is not None and cell.wan is not None:
        return cell.wan, half(cell.decimals), cell.key
    if cell is not None and cell.state == BLANK:
        return Decimal(0), Decimal(0), ""
    told = [m for m in found if m.kind == "amount" and m.subject == share.subject and m.passage == share.passage]
    near = [m for m in told if m.start < share.start]
    return (near[-1].wan, half(near[-1].decimals), place_ref(near[-1].place)) if near else None


def _whole(found: Sequence[Mention], share: Mention, name: str) -> tuple[Decimal, Decimal, str] | None:
    cell = share.whole_cells[0] if share.whole_cells else None
    if cell is not None and cell.wan is not None:
        return cell.wan, half(cell.decimals), cell.key
    told = [m for m in found if m.kind == "amount" and m.subject == name and m.section == share.section]
    near = [m for m in told if (m.passage, m.start) < (share.passage, share.start)]
    if not near:
        return None
    amount, doubt = this_year(near[-1])
    return amount, doubt, near[-1].links[0] if near[-1].links else place_ref(near[-1].place)


def _other_whole(found: Sequence[Mention], share: Mention, amount: Decimal, digits: Precision) -> str:
    """Whether the share fits a corrected total that the text states elsewhere."""
    for mention in found:
        if mention.subject.endswith("_adjusted") and mention.wan:
            exact = amount / mention.wan * 100
            if abs(exact - share.value) <= half(digits.of(share)):
                return f"；按文字所说的{subject_zh(mention.subject)}{mention.wan:f}万元算为{exact:.2f}%"
    return ""
