"""An invented department's money as the blocks that a disclosure prints: titles, tables, sheets and sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from benchmarks.made.money import GOVERNMENT, Money, names
from benchmarks.made.words import INDICATORS, Row, sections, sheet_rows

NUMBERS = "一二三四五六七八九十"
CLASSES = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "209": "社会保险基金支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "223": "国有资本经营预算支出",
    "224": "灾害防治及应急管理支出",
    "227": "预备费",
    "229": "其他支出",
    "230": "转移性支出",
    "231": "债务还本支出",
    "232": "债务付息支出",
    "233": "债务发行费用支出",
}
"""The 类 of the standard form, in its order."""
FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
NO_DATA = "注：本表无数据"

Truth = tuple[int, str, str, int]
"""Table number, what the row is known by (code or label), column, fen."""


@dataclass(slots=True)
class Table:
    """A printed table: its title, head rows and rows, and whether a note stands below it."""

    title: str
    head: list[Row]
    rows: list[Row]
    note: str = ""


@dataclass(slots=True)
class Printed:
    """One disclosure as printed, and its truth."""

    department: str
    year: int
    tables: list[Table] = field(default_factory=list)
    sheets: list[list[Row]] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    projects: list[tuple[str, str, int]] = field(default_factory=list)
    targets: int = 0


class Writer:
    """Writes amounts as one document does: with separators or without, zero as 0.00 or blank."""

    def __init__(self, chance: random.Random) -> None:
        self.commas = chance.random() < 0.5
        self.zeros = chance.random() < 0.2
        self.spaced = chance.random() < 0.05

    def wan(self, fen: int | None) -> str:
        """万元 with two decimals, '' for a blank."""
        if fen is None or (fen == 0 and not self.zeros):
            return ""
        cents = fen // 10_000
        whole, rest = divmod(cents, 100)
        text = f"{whole:,}.{rest:02d}" if self.commas else f"{whole}.{rest:02d}"
        return text.replace(",", ", ") if self.spaced else text

    def stated(self, fen: int | None) -> bool:
        """Whether an amount is printed as a number."""
        return self.wan(fen) != ""


def chinese(number: int) -> str:
    """A number up to 39 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{NUMBERS[tens - 1]}十")
    return head + (NUMBERS[ones - 1] if ones else "")


class Composer:
    """Puts the tables of one disclosure together, and keeps the truth of every amount that it prints."""

    def __init__(self, department: str, year: int, money: Money, chance: random.Random) -> None:
        self.money, self.year, self.chance = money, year, chance
        self.write = Writer(chance)
        self.out = Printed(department, year)

    def compose(self) -> Printed:
        """The whole disclosure."""
        for part in (
            self._balance,
            self._income,
            self._spending,
            self._appropriation,
            self._general,
            self._economic,
            self._fund_income,
            self._fund_spending,
            self._capital,
            self._trips,
            self._running,
            self._projects,
        ):
            part()
        self._words()
        return self.out

    def _row(self, table: int, known: str, cells: dict[str, int | None], before: Row) -> Row:
        """A row with its amounts, which are noted as true where they are printed."""
        for column, fen in cells.items():
            if fen is not None and self.write.stated(fen):
                self.out.truth.append((table, known, column, fen))
        return (*before, *(self.write.wan(fen) for fen in cells.values()))

    def _beside(self, table: int, left: list[tuple[str, int | None]], number: int) -> Row:
        """The left half of a row of two sides: the income item of that number; blank below the last."""
        if number >= len(left):
            return ("", "")
        label, fen = left[number]
        return self._row(table, label, {"total": fen}, (label,))

    def _both(self, table: int, left: str, fen: int, right: str, cells: dict[str, int | None]) -> Row:
        """A row with an amount on its left side and a row of spending beside it."""
        return (*self._row(table, left, {"total": fen}, (left,)), *self._row(table, right, cells, (right,)))

    def _add(self, title: str, head: list[Row], rows: list[Row], note: str = "") -> None:
        self.out.tables.append(Table(f"{self.year}年{title}", head, rows, note))

    def _balance(self) -> None:
        money = self.money
        general, fund = money.sum("this_year", fund=False), money.sum("this_year", fund=True)
        carried = money.sum("carried")
        left = [
            ("一、一般公共预算", general),
            ("二、政府性基金预算", fund or None),
            ("三、国有资本经营预算", None),
            ("四、财政专户管理资金", None),
            ("五、单位资金", None),
        ]
        rows: list[Row] = []
        for number, klass in enumerate(CLASSES):
            income = self._beside(1, left, number)
            now, over = money.sum("this_year", klass), money.sum("carried", klass)
            cells: dict[str, int | None] = {"total": now + over, "current": now, "carryover": over}
            rows.append((*income, *self._row(1, klass, cells, (f"{chinese(number + 1)}、{CLASSES[klass]}",))))
        now = general + fund
        all_of_it: dict[str, int | None] = {"total": now + carried, "current": now, "carryover": carried}
        rows.append(self._both(1, "本年收入合计", now, "本年支出合计", all_of_it))
        rows.append((*self._row(1, "上年结转", {"total": carried}, ("上年结转",)), "年终结转", "", "", ""))
        rows.append(self._both(1, "收入总计", now + carried, "支出总计", all_of_it))
        head = [
            ("收入", "", "支出", "", "", ""),
            ("项目", f"{self.year}年", "项目", f"{self.year}年合计", "当年预算安排", "上年结转安排"),
        ]
        self._add("预算收支总表", head, rows)

    def _listed(self, table: int, columns: dict[str, tuple[str, bool | None]], fund: bool | None = None) -> list[Row]:
        """合计 and the nested 科目 of a list, one cell a column: what of an account it sums, of which fund."""
        rows = []
        for code in ("", *self.money.nested(fund)):
            cells: dict[str, int | None] = {}
            for column, (what, kind) in columns.items():
                whole = sum(self.money.sum(part, code, kind) for part in what.split("+"))
                cells[column] = whole
            if not any(cells.values()):
                continue
            known = code or "合计"
            rows.append(self._row(table, known, cells, (code, names()[code]) if code else ("合计", "")))
        return rows

    def _income(self) -> None:
        columns = {"total": ("this_year+carried", None), "general": ("this_year", False), "fund": ("this_year", True)}
        rows = []
        for code in ("", *self.money.nested()):
            now, over = self.money.sum("this_year", code), self.money.sum("carried", code)
            cells: dict[str, int | None] = {"total": now}
            cells |= {name: self.money.sum("this_year", code, kind) for name, (_, kind) in list(columns.items())[1:]}
            row = self._row(2, code or "合计", cells, (code, names()[code]) if code else ("合计", ""))
            if self.write.stated(over):
                self.out.truth.append((2, code or "合计", "carryover", over))
            rows.append((*row, "", "", "", self.write.wan(over)))
        head = [
            ("项目", "", "本年收入", "", "", "", "", "", "上年结转"),
            ("科目编码", "科目名称", "合计", *FUNDS, "财政专户管理资金", "单位资金", ""),
        ]
        self._add("预算收入总表", head, rows)

    def _spending(self) -> None:
        columns = {"total": ("this_year+carried", None), "basic": ("basic", None), "project": ("project+carried", None)}
        self._add("预算支出总表", self._account_head(), self._listed(3, columns))

    def _account_head(self) -> list[Row]:
        return [("项目", "", f"{self.year}年预算数", "", ""), ("科目编码", "科目名称", "合计", "基本支出", "项目支出")]

    def _appropriation(self) -> None:
        money = self.money
        carried = money.sum("carried")
        funds = [
            ("一、一般公共预算", money.sum("this_year", fund=False)),
            ("二、政府性基金预算", money.sum("this_year", fund=True) or None),
            ("三、国有资本经营预算", None),
        ]
        rows: list[Row] = []
        for number, klass in enumerate(CLASSES):
            income = self._beside(4, funds, number)
            general = money.sum("this_year", klass, False) + money.sum("carried", klass)
            fund = money.sum("this_year", klass, True)
            cells: dict[str, int | None] = {"subtotal": general + fund, "general": general, "fund": fund}
            spent = self._row(4, klass, cells, (f"{chinese(number + 1)}、{CLASSES[klass]}",))
            rows.append((*income, *spent, ""))
        now = money.sum("this_year")
        parts: dict[str, int | None] = {
            "subtotal": now + carried,
            "general": money.sum("this_year", fund=False) + carried,
            "fund": money.sum("this_year", fund=True),
        }
        rows.append((*self._both(4, "本年收入合计", now, "本年支出合计", parts), ""))
        rows.append(
            (*self._row(4, "上年财政拨款结转", {"total": carried}, ("上年财政拨款结转",)), "年终结转", "", "", "", "")
        )
        rows.append((*self._row(4, "一、一般公共预算 ", {"total": carried}, ("一、一般公共预算",)), "", "", "", "", ""))
        rows.append((*self._both(4, "收入总计", now + carried, "支出总计", parts), ""))
        head = [
            ("收入", "", "支出", "", "", "", ""),
            ("项目", "金额", "项目", "金额", "", "", ""),
            ("", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ]
        self._add("财政拨款收支总表", head, rows)

    def _general(self) -> None:
        columns = {"total": ("this_year", False), "basic": ("basic", False), "project": ("project", False)}
        rows = self._listed(5, columns, fund=False)
        self._add("一般公共预算支出预算表（不含上年结转）", self._account_head(), rows)

    def _economic(self) -> None:
        people, office = self.money.personnel, self.money.operating
        whole: dict[str, int | None] = {
            "total": sum(people.values()) + sum(office.values()),
            "personnel": sum(people.values()),
            "operating": sum(office.values()),
        }
        rows = [self._row(6, "合计", whole, ("合计", ""))]
        for group, column, parts in (("工资福利支出", "personnel", people), ("商品和服务支出", "operating", office)):
            for name, fen in ((group, sum(parts.values())), *parts.items()):
                cells: dict[str, int | None] = {"total": fen, "personnel": None, "operating": None}
                cells[column] = fen
                second = "" if name == group else GOVERNMENT.get(name, "办公经费")
                rows.append(self._row(6, name, cells, (name, second)))
        head = [
            ("部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{self.year}年预算数", "", ""),
            ("", "", "合计", "人员经费", "公用经费"),
        ]
        self._add("一般公共预算安排基本支出分经济科目表（不含上年结转）", head, rows)

    def _fund_income(self) -> None:
        fund = self.money.sum("this_year", fund=True)
        head = [("项目", "", "政府性基金收入预算"), ("收入科目编码", "科目名称", "")]
        rows = [self._row(7, "合计", {"total": fund or None}, ("合计", ""))]
        if fund:
            rows.append(self._row(7, "1030148", {"total": fund}, ("1030148", "国有土地使用权出让收入")))
        self._add("政府性基金预算收入表（不含上年结转）", head, rows, "" if fund else NO_DATA)

    def _fund_spending(self) -> None:
        head = [("科目编码", "科目名称", "合计", "基本支出", "项目支出")]
        columns = {"total": ("this_year", True), "basic": ("basic", True), "project": ("project", True)}
        rows = self._listed(8, columns, fund=True)
        self._add(
            "政府性基金预算支出表（不含上年结转）", head, rows or [("合计", "", "", "", "")], "" if rows else NO_DATA
        )

    def _capital(self) -> None:
        head = [
            ("国有资本经营预算收入", "", "", "国有资本经营预算支出", "", "", "", ""),
            ("项目", "", "国有资本经营收入预算", "科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("收入科目编码", "科目名称", "", "", "", "", "", ""),
        ]
        self._add("国有资本经营预算收支预算表（不含上年结转）", head, [("合计", *[""] * 7)], NO_DATA)

    def _trips(self) -> None:
        trips = self.money.trips
        cars = [fen for fen in (trips["vehicle_purchase"], trips["vehicle_running"]) if fen is not None]
        vehicles = sum(cars) if cars else None
        stated = [fen for fen in (trips["overseas"], trips["reception"], vehicles) if fen is not None]
        lines = {
            "因公出国（境）费": trips["overseas"],
            "公务接待费": trips["reception"],
            "公务用车购置及运行费": vehicles,
            "①公务用车购置费": trips["vehicle_purchase"],
            "②公务用车运行维护费": trips["vehicle_running"],
            "合计": sum(stated) if stated else None,
        }
        rows = [(*self._row(10, name, {"total": fen, "general": fen}, (name,)), "", "") for name, fen in lines.items()]
        head = [
            ("项目", f"{self.year}年预算数", "", "", ""),
            ("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ]
        note = "" if any(self.write.stated(fen) for fen in lines.values()) else NO_DATA
        self._add("财政拨款安排“三公”经费支出预算表", head, rows, note)

    def _running(self) -> None:
        fen = sum(self.money.operating.values())
        head = [
            ("单位名称", f"{self.year}预算数", "", "", ""),
            ("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        ]
        rows = [
            (*self._row(11, name, {"total": fen, "general": fen}, (name,)), "", "")
            for name in ("部门合计", self.out.department)
        ]
        self._add("财政拨款安排机关运行经费预算表", head, rows)

    def _projects(self) -> None:
        funds = {each.code for each in self.money.accounts if each.fund}
        for carried, title, table, blank in (
            (False, "项目支出预算表（本年预算）", 12, 3),
            (True, "项目支出预算表（上年结转）", 13, 1),
        ):
            chosen = [each for each in self.money.projects if each.carried is carried]
            head = [
                ("项目名称", "合计", f"{self.year}年财政拨款", "", "", "财政专户管理资金", "单位资金")[: 4 + blank],
                ("", "", "一般公共预算", "政府性基金预算", "国有资本经营预算", "", "")[: 4 + blank],
            ]
            whole = sum(each.fen for each in chosen)
            fund = sum(each.fen for each in chosen if each.code in funds)
            rows: list[Row] = []
            for name, fen, paid in (
                ()
                if not chosen
                else (
                    (self.out.department, whole, fund),
                    *((p.name, p.fen, p.fen if p.code in funds else 0) for p in chosen),
                )
            ):
                cells: dict[str, int | None] = {"total": fen, "general": fen - paid, "fund": paid}
                rows.append((*self._row(table, name, cells, (name,)), *[""] * blank))
                if name != self.out.department:
                    self.out.projects.append(("carryover" if carried else "current", name, fen))
            self._add(title, head, rows, "" if chosen else NO_DATA)

    def _words(self) -> None:
        for project in self.money.projects:
            if not project.carried:
                self.out.sheets.append(sheet_rows(project, self.out.department, self.year, self.chance))
                self.out.targets += 2 * INDICATORS
        self.out.sections += sections(self.money, self.out.department, self.year, self.chance)


def compose(department: str, year: int, money: Money, chance: random.Random) -> Printed:
    """One disclosure with its truth."""
    return Composer(department, year, money, chance).compose()
