"""Every identity that can be evaluated on a document, with both sides and their places: signals, not verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetdata.base.facts import CheckFact, DocumentFacts, FigureFact, RowFact, figure_key
from budgetdata.base.money import UNITS, Amount, wan
from budgetdata.base.said import Said, plain
from budgetdata.forms.declared import Form, Side
from budgetdata.forms.identities import Identity, Term, standard_identities
from budgetdata.tables.sums import SumIdentity, TableRow, counted_in
from budgetdata.tables.sums import identities as table_identities

INSIDE = {
    "hierarchy": "下级科目之和 = 上级科目",
    "total": "各行之和 = 合计",
    "row": "各列之和 = 合计",
    "declared": "分项之和 = 总计",
}
"""The kinds of identities inside one table and how they read."""


NOT_FISCAL = {"special", "own", "business", "operation", "superior", "subordinate", "other", "reserves"}
"""Income rows of table 1 that are no fiscal appropriation."""


@dataclass(frozen=True, slots=True)
class Half:
    """One side of an identity: fen (None where nothing is printed), rounding allowance, and figure keys."""

    fen: int | None
    tolerance_fen: int
    refs: tuple[str, ...]


class Index:
    """The figures and rows of a document by where they stand."""

    def __init__(self, facts: DocumentFacts) -> None:
        self.status = {table.table_no: table for table in facts.tables}
        self.units = {table.table_no: table.unit for table in facts.tables}
        self.columns = facts.columns
        self._tables: dict[tuple[int, str], list[TableRow]] = {}
        self.rows: dict[tuple[int, str], list[RowFact]] = {}
        self.cells: dict[tuple[int, str, int, str], FigureFact] = {}
        for row in facts.rows:
            self.rows.setdefault((row.table_no, row.side), []).append(row)
        for figure in facts.figures:
            self.cells[figure.table_no, figure.side, figure.row_no, figure.column] = figure
        self.broken = {
            (problem.table_no, problem.place.line)
            for problem in facts.problems
            if problem.subject in {"amount", "column"}
        }

    def readable(self, table_no: int) -> bool:
        """True where a table was found and read."""
        table = self.status.get(table_no)
        return table is not None and table.status not in {"missing", "unreadable"}

    def side_of(self, rows: Sequence[RowFact], column: str) -> Half:
        """The sum of some rows' amounts in a column."""
        figures = [self.cells.get((r.table_no, r.side, r.row_no, column)) for r in rows]
        found = [figure for figure in figures if figure is not None]
        tolerance = sum(UNITS[self.units[f.table_no]] // (2 * 10**f.decimals) for f in found)
        refs = tuple(figure_key(f.table_no, f.side, f.row_no, f.column) for f in found)
        return Half(sum(f.fen for f in found) if found else None, tolerance, refs)

    def prints(self, term: Term) -> bool:
        """True where the document has the column and, if the term names one row, the row that a term speaks of."""
        named = term.row.startswith("@") or any(
            r.role == term.row for r in self.rows.get((term.table_no, term.side), [])
        )
        empty = not self.rows.get((term.table_no, term.side))
        return empty or (named and term.column in self.columns.get((term.table_no, term.side), ()))

    def table_rows(self, table_no: int, side: Side) -> list[TableRow]:
        """The rows of one side of a table with their amounts, as the sums inside a table want them; made once."""
        if (table_no, side.name) not in self._tables:
            self._tables[table_no, side.name] = self._table_rows(table_no, side)
        return self._tables[table_no, side.name]

    def _table_rows(self, table_no: int, side: Side) -> list[TableRow]:
        facts = self.rows.get((table_no, side.name), [])
        by_no = {row.row_no: i for i, row in enumerate(facts)}
        table = [
            TableRow(r.row_no, r.code, r.label, r.group_label, r.place, 0, r.level, r.is_sum, r.role,
                     by_no.get(r.parent_row_no) if r.parent_row_no is not None else None)
            for r in facts
        ]  # fmt: skip
        for row in table:
            for column in (*side.columns, *side.extra):
                figure = self.cells.get((table_no, side.name, row.row_no, column.name))
                if figure is not None:
                    row.values[column.name] = Amount(figure.fen, figure.decimals, figure.raw)
        return table

    def counts_more(self, term: Term, forms: dict[int, Form]) -> bool:
        """True where a term's column is a total into which this table counts what others print beside it (结转)."""
        side = forms[term.table_no].side(term.side)
        rules = [rule for rule in side.row_sums if rule.total == term.column and rule.perhaps]
        return any(counted_in(rule, self.table_rows(term.table_no, side)) for rule in rules)

    def is_broken(self, rows: Sequence[RowFact]) -> bool:
        """True where one of the rows holds a cell that could not be read."""
        return any((row.table_no, row.place.line) in self.broken for row in rows)


def document_checks(facts: DocumentFacts, forms: dict[int, Form]) -> list[CheckFact]:
    """The checks of one document: inside each table, then between tables. `forms` are the forms as they were read, by number."""
    index = Index(facts)
    found: list[CheckFact] = []
    for form in forms.values():
        for side in form.sides:
            found += _inside(index, form, side)
    for identity in standard_identities():
        found += _between(index, identity, forms)
    return found


def _inside(index: Index, form: Form, side: Side) -> Iterator[CheckFact]:
    rows = index.rows.get((form.no, side.name), [])
    table = index.table_rows(form.no, side)
    evaluated: set[str] = set()
    kinds: set[str] = set()
    names = {column.name: column.name_zh for column in (*side.columns, *side.extra)}
    for identity in table_identities(form, side, table):
        kinds.add(identity.rule)
        whole = rows[identity.whole[0]]
        parts = [rows[i] for i, _ in identity.parts]
        left = index.side_of([whole], identity.whole[1])
        right = _sum_sides([index.side_of([rows[i]], column) for i, column in identity.parts])
        if (left.fen is None and right.fen is None) or index.is_broken([whole, *parts]):
            continue
        evaluated.add(identity.rule)
        label = f"表{form.no}「{whole.code or whole.label}」{names[identity.whole[1]]}：{INSIDE[identity.rule]}"
        rule = f"t{form.no:02d}.{identity.rule}"
        if left.fen is None:
            yield not_evaluable(rule, label, f"合计未填，各部分之和为 {wan(right.fen or 0)} 万元")
            continue
        check = verdict(rule, label, left, right)
        if check.status == "different" and identity.rule == "declared" and (stranger := _stranger(table, identity)):
            yield not_evaluable(rule, label, f"表中另有没有归类的行（{stranger}），不能判断")
        else:
            yield check
    for kind in sorted(kinds - evaluated):
        yield not_evaluable(f"t{form.no:02d}.{kind}", f"表{form.no}：{INSIDE[kind]}", "表中没有可比的数")
    if not rows:
        reason = "本表" + {"missing": "未找到", "unreadable": "未能可靠读出"}.get(
            index.status[form.no].status, "没有数据行"
        )
        yield not_evaluable(f"t{form.no:02d}.row", f"表{form.no}：{INSIDE['row']}", reason)


def _stranger(rows: Sequence[TableRow], identity: SumIdentity) -> str:
    """The label of a row with an amount above a declared total that the form does not know, '' where there is none."""
    whole, column = identity.whole
    return next((row.label for row in rows[:whole] if not row.role and column in row.values), "")


def _between(index: Index, identity: Identity, forms: dict[int, Form]) -> Iterator[CheckFact]:
    lost = sorted(no for no in identity.tables if not index.readable(no))
    if lost:
        yield not_evaluable(identity.id, identity.label, "、".join(f"表{no}" for no in lost) + "缺失或未能可靠读出")
        return
    unprinted = [term for term in (*identity.left, *identity.right) if not index.prints(term)]
    if unprinted:
        yield not_evaluable(identity.id, identity.label, f"表{unprinted[0].table_no}没有印这一栏或这一行")
        return
    uncoded = [term for term in (*identity.left, *identity.right) if identity.each and not _is_coded(index, term)]
    if uncoded:
        yield not_evaluable(identity.id, identity.label, f"表{uncoded[0].table_no}没有按科目列示")
        return
    if any(index.counts_more(term, forms) for term in (*identity.left, *identity.right)) != identity.with_carryover:
        reason = "上年结转另列一栏，不在合计之内" if identity.with_carryover else "合计含上年结转，口径不同"
        yield not_evaluable(identity.id, identity.label, reason)
        return
    if identity.only_fiscal and _other_money(index):
        yield not_evaluable(identity.id, identity.label, "另有财政专户或单位资金，口径不同")
        return
    if not identity.each:
        yield _one(index, identity, "")
        return
    codes = _shared_codes(index, identity)
    count = 0
    for code in codes:
        check = _one(index, identity, code)
        if check.status != "not_evaluable":
            count += 1
            yield check
    if not count:
        yield not_evaluable(identity.id, identity.label, "两边没有可比的科目")


def _one(index: Index, identity: Identity, code: str) -> CheckFact:
    label = identity.label + (f"（{code}）" if code else "")
    rows = [row for term in (*identity.left, *identity.right) for row in _rows_of(index, term, code)]
    if index.is_broken(rows):
        return not_evaluable(identity.id, label, "其中一个数未能读出")
    left = _sum_sides([index.side_of(_rows_of(index, term, code), term.column) for term in identity.left])
    right = _sum_sides([index.side_of(_rows_of(index, term, code), term.column) for term in identity.right])
    check = verdict(identity.id, label, left, right, identity.op)
    more = _sum_sides([index.side_of(_rows_of(index, term, code), term.column) for term in identity.perhaps]).fen or 0
    gap = abs((left.fen or 0) - (right.fen or 0))
    if check.status == "different" and more and abs(gap - abs(more)) <= (check.tolerance_fen or 0):
        return not_evaluable(identity.id, label, f"一边含上年结转 {wan(abs(more))} 万元，另一边不含，口径不同")
    return check


def _rows_of(index: Index, term: Term, code: str) -> list[RowFact]:
    rows = index.rows.get((term.table_no, term.side), [])
    if term.row == "@each":
        exact = [row for row in rows if row.code == code]
        return exact or [row for row in rows if row.code.startswith(code) and row.parent_row_no is None]
    if term.row == "@class":
        return [row for row in rows if row.role == code]
    if term.row == "@total":
        totals = [row for row in rows if row.level == 0]
        return totals[:1] or [row for row in rows if row.parent_row_no is None and row.level == 1]
    return [row for row in rows if row.role == term.row]


def _is_coded(index: Index, term: Term) -> bool:
    """True where a table names 科目: an empty one, or one that has a row with a code or a declared class."""
    rows = index.rows.get((term.table_no, term.side), [])
    return not rows or any((row.role if term.row == "@class" else row.code).isdecimal() for row in rows)


def _shared_codes(index: Index, identity: Identity) -> list[str]:
    codes: dict[str, None] = {}
    for term in (*identity.left, *identity.right):
        for row in index.rows.get((term.table_no, term.side), []):
            code = row.role if term.row == "@class" else row.code
            if code.isdecimal() and (identity.each == "code" or len(code) == 3):
                codes[code] = None
    return sorted(codes)


def _other_money(index: Index) -> bool:
    rows = [row for row in index.rows.get((1, "income"), []) if row.role in NOT_FISCAL]
    return bool(index.side_of(rows, "total").fen)


def _sum_sides(sides: Sequence[Half]) -> Half:
    printed = [side.fen for side in sides if side.fen is not None]
    return Half(
        sum(printed) if printed else None,
        sum(side.tolerance_fen for side in sides),
        tuple(ref for side in sides for ref in side.refs),
    )


def verdict(rule: str, label: str | Said, left: Half, right: Half, op: str = "=") -> CheckFact:
    """A check from its two sides. Two blanks cannot be evaluated; one blank counts as nothing against an amount."""
    if left.fen is None and right.fen is None:
        return not_evaluable(rule, label, "两边都未填")
    if op == "<=" and right.fen is None:
        return not_evaluable(rule, label, "上限的一边未填")
    a, b = left.fen or 0, right.fen or 0
    tolerance = left.tolerance_fen + right.tolerance_fen
    gap = max(0, a - b) if op == "<=" else abs(a - b)
    status = "balanced" if gap == 0 else "rounding" if gap <= tolerance else "different"
    explanation = {
        "balanced": "两边一致" if op == "=" else "没有超过",
        "rounding": f"相差 {wan(gap)} 万元，在四舍五入的范围内（尾差）",
        "different": f"左边 {_said(left)}，右边 {_said(right)}，相差 {wan(gap)} 万元",
    }[status]
    return CheckFact(
        rule,
        plain(label),
        left.fen,
        right.fen,
        tolerance,
        status,
        ";".join(left.refs),
        ";".join(right.refs),
        plain(explanation),
    )


def _said(side: Half) -> str:
    return "未填" if side.fen is None else f"{wan(side.fen)} 万元"


def not_evaluable(rule: str, label: str | Said, reason: str | Said) -> CheckFact:
    """A check that cannot be evaluated, with the reason: it is never counted as passed."""
    return CheckFact(rule, plain(label), None, None, None, "not_evaluable", "", "", plain(reason))
