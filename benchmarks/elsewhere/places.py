"""What the layouts of places beyond the twelve are made of: heads, rows and titles; all figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.elsewhere.books import BUSINESS, FUND, GENERAL, Books, name_of
from benchmarks.elsewhere.printed import Disclosure, Head, Style, Table, Values, table_of
from benchmarks.elsewhere.rows import (
    Row,
    beside,
    coded,
    earlier,
    economic,
    fund_rows,
    general_rows,
    named,
    numbered,
    receipts,
    spending,
)
from benchmarks.made.printed import chinese

H = Head


@dataclass(slots=True)
class Place:
    """One layout being written: tables are added in the order in which the place prints them."""

    books: Books
    out: Disclosure
    style: Style = field(default_factory=Style)
    number: str = "表{n}"
    beside_title: bool = True
    unit_line: str = "单位：{unit}"
    whose: str = ""
    count: int = 0

    def add(
        self, no: int, title: str, heads: Sequence[Head], rows: Sequence[Values], note: str = "", number: str = ""
    ) -> None:
        """Print a table under its title; `number` instead of the next one."""
        self.count += 1
        style = self.style
        numbered_as = number or self.number.format(n=self.count, zh=chinese(self.count))
        lines = [f"{numbered_as}{title}"] if self.beside_title else [numbered_as, title]
        grid, truth = table_of(no, heads, rows, style)
        below = [line for line in (self.whose, self.unit_line.format(unit=style.unit)) if line]
        self.out.tables.append(Table(title, [*(line for line in lines if line), *below], grid, note))
        self.out.truth += truth
        if no == 12:
            self.out.projects += [(str(row["label"]), int(row["total"] or 0)) for row in rows if row.get("code")]
        if no and rows:
            self.out.printed.add(no)

    def go_on(self, no: int, heads: Sequence[Head], rows: Sequence[Values]) -> None:
        """Print more columns of the table above, on a page of its own."""
        grid, truth = table_of(no, heads, rows, self.style)
        title = self.out.tables[-1].title
        self.out.tables.append(Table(title, [f"{title}（续）", self.unit_line.format(unit=self.style.unit)], grid))
        self.out.truth += truth


def place(books: Books, department: str, year: int, **how: object) -> Place:
    """An empty document of a place."""
    return Place(books, Disclosure(department, year), **how)  # type: ignore[arg-type]


def classes(books: Books) -> list[Row]:
    """The 类 with their whole expenditure, numbered."""
    codes = [code for code in books.nested() if len(code) == 3]
    labels = numbered([name_of(code) for code in codes])
    return [named(label, code, total=books.sum(code)) for code, label in zip(codes, labels, strict=True)]


def income(books: Books, labels: dict[str, str]) -> list[Row]:
    """The income side of 收支总表: each fund by its label, with the sums below."""
    texts = numbered(list(labels.values()))
    rows = [
        named(text, role, total=books.sum(fund=role, carried=False) if role in (GENERAL, FUND, BUSINESS) else None)
        for role, text in zip(labels, texts, strict=True)
    ]
    now, carried = books.sum(carried=False), books.sum(carried=True)
    return [
        *rows,
        named("本年收入合计", "income_current", total=now),
        named("上年结转", "carryover", total=carried),
        named("收入总计", "income_total", total=now + carried),
    ]


def outgo(books: Books) -> list[Row]:
    """The expenditure side of 收支总表."""
    whole = books.sum()
    return [
        *classes(books),
        named("本年支出合计", "expenditure_current", total=whole),
        named("结转下年"),
        named("支出总计", "expenditure_total", total=whole),
    ]


CENTRAL_FUNDS = {
    "general": "一般公共预算拨款收入", "fund": "政府性基金预算拨款收入", "capital": "国有资本经营预算拨款收入",
    "special": "财政专户管理资金收入", "business": "事业收入", "operation": "事业单位经营收入", "superior": "上级补助收入",
    "subordinate": "附属单位上缴收入", "other": "其他收入",
}  # fmt: skip


def balance(
    columns: Sequence[Head], left: str = "项    目", right: str = "项    目", amount: str = "预算数"
) -> list[Head]:
    """The heads of a table of income and expenditure beside each other."""
    return [
        H("收    入", parts=(H(left, "l.label"), H(amount, "l.total"))),
        H("支    出", parts=(H(right, "r.label"), *columns)),
    ]


def appropriation(books: Books, sections: bool = True) -> list[Row]:
    """财政拨款收支总表: this year's and carried-over money by fund, the 类 by fund."""
    fiscal = ("general", "fund")
    now = {fund: books.sum(fund=fund, carried=False) for fund in fiscal}
    over = {fund: books.sum(fund=fund, carried=True) for fund in fiscal}
    texts = ["一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"]
    labels = numbered(texts, "（", "）") if sections else numbered(texts)
    roles = ("general", "fund", "capital")
    left = [named(label, role, total=now.get(role)) for role, label in zip(roles, labels, strict=True)]
    late = [named(label, f"carryover_{role}", total=over.get(role)) for role, label in zip(roles, labels, strict=True)]
    both = sum(now.values()) + sum(over.values())
    heads = ("一、本年收入", "二、上年结转", "一、本年支出", "二、结转下年")
    left = [named(heads[0], "income_current", total=sum(now.values())), *left]
    left += [named(heads[1], "carryover", total=sum(over.values())), *late]
    codes = sorted({code[:3] for fund in fiscal for code in books.nested(fund)})
    names = (
        numbered([name_of(code) for code in codes], "（", "）") if sections else numbered([name_of(c) for c in codes])
    )
    right: list[Row] = [

        named(label, code, **_fiscal(books, code))
        for code, label in zip(codes, names, strict=True)
    ]  # fmt: skip
    whole = _fiscal(books, "")
    current = named(heads[2], "expenditure_current") | whole
    right = [current, *right, named(heads[3])]
    return beside(
        [*left, named("收入总计", "income_total", total=both)], [*right, named("支出总计", "expenditure_total") | whole]
    )


def _fiscal(books: Books, code: str) -> Row:
    general, fund = books.sum(code, GENERAL), books.sum(code, FUND)
    return {"subtotal": general + fund, "general": general, "fund": fund}


FUND_HEADS = (
    H("合计", "r.subtotal"), H("一般公共预算", "r.general"), H("政府性基金预算", "r.fund"), H("国有资本经营预算", "r.capital"),
)  # fmt: skip
CODE_NAME = (H("科目编码", "code"), H("科目名称", "label"))
SPLIT = (H("类", "k1"), H("款", "k2"), H("项", "k3"))
SPENT = (H("合计", "total"), H("基本支出", "basic"), H("项目支出", "project"))
TRIPS_ACROSS = (
    H("合计", "=total"),
    H("因公出国（境）费", "=overseas"),
    H(
        "公务用车购置及运行费",
        parts=(H("小计", "=vehicles"), H("公务用车购置费", "=vehicle_purchase"), H("公务用车运行费", "=vehicle_running")),
    ),
    H("公务接待费", "=reception"),
)  # fmt: skip


def trips(books: Books, **more: int | str | None) -> Row:
    """三公 as a row."""
    return {f"={role}": fen for role, fen in books.trips.items()} | more


def last_year(heads: Sequence[Head]) -> tuple[Head, ...]:
    """The same heads over columns of another year."""
    return tuple(H(head.text, f"-{head.key}", last_year(head.parts)) for head in heads)


def before(books: Books) -> Row:
    """Last year's 三公: invented, and no figure."""
    return {f"-={role}": (fen or 0) * 11 // 10 // 10_000 * 10_000 for role, fen in books.trips.items()}


def trips_down(books: Books) -> list[Row]:
    """三公 as rows."""
    labels = {
        "total": "合计", "overseas": "1.因公出国（境）费用", "reception": "2.公务接待费", "vehicles": "3.公务用车购置及运行费",
        "vehicle_running": "其中：（1）公务用车运行维护费", "vehicle_purchase": "（2）公务用车购置费",
    }  # fmt: skip
    return [named(label, role, total=books.trips[role]) for role, label in labels.items()]


def projects(books: Books) -> list[Row]:
    """A row a project of this year with the fund that pays it."""
    chosen = [(p, fund) for p, fund in books.projects if not p.carried]
    rows = [
        named(p.name, p.name, total=p.fen, **{fund: p.fen}, kind="特定目标类", code=p.code)  # type: ignore[arg-type]
        for p, fund in chosen
    ]
    sums = {fund: sum(p.fen for p, f in chosen if f == fund) for fund in (GENERAL, FUND, BUSINESS)}
    return [named("合计", "合计", total=sum(sums.values()), kind="", **sums), *rows]  # type: ignore[arg-type]


__all__ = [
    "CENTRAL_FUNDS", "CODE_NAME", "FUND_HEADS", "SPENT", "SPLIT", "TRIPS_ACROSS", "H", "Place", "appropriation", "balance",
    "before", "beside", "coded", "earlier", "economic", "fund_rows", "general_rows", "income", "last_year", "named", "outgo",
    "place", "projects", "receipts", "spending", "trips", "trips_down",
]  # fmt: skip
