"""The money of an invented department as single entries, from which any table of any place can be summed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.made.money import STEP, Project, money_of, names

PERSONNEL = {
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费",
    "30110": "职工基本医疗保险缴费",
    "30113": "住房公积金",
    "30302": "退休费",
}
OPERATING = {
    "30201": "办公费",
    "30202": "印刷费",
    "30205": "水费",
    "30206": "电费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30216": "培训费",
    "30228": "工会经费",
    "30229": "福利费",
    "30239": "其他交通费用",
}
GROUPS = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
GENERAL, FUND, BUSINESS = "general", "fund", "business"
TRIPS = ("overseas", "reception", "vehicles", "vehicle_purchase", "vehicle_running", "total")


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount: the 项 and unit that it belongs to, the fund that pays, basic or project, carried over or of this year."""

    code: str
    fund: str
    kind: str
    carried: bool
    fen: int
    unit: int = 0


@dataclass(slots=True)
class Books:
    """All entries of one disclosure, its projects with their funds, its economic classes and its three public expenses."""

    entries: list[Entry] = field(default_factory=list)
    projects: list[tuple[Project, str]] = field(default_factory=list)
    classes: dict[str, int] = field(default_factory=dict)
    trips: dict[str, int | None] = field(default_factory=dict)

    def sum(
        self, code: str = "", fund: str = "", kind: str = "", carried: bool | None = None, unit: int | None = None
    ) -> int:
        """The sum of the entries of a code and all below it, of one fund, kind or unit where asked."""
        return sum(
            each.fen
            for each in self.entries
            if each.code.startswith(code)
            and fund in ("", each.fund)
            and kind in ("", each.kind)
            and carried in (None, each.carried)
            and unit in (None, each.unit)
        )

    def nested(self, fund: str = "", carried: bool | None = None, unit: int | None = None) -> list[str]:
        """The codes of 类, 款 and 项 in printed order."""
        codes = {
            each.code
            for each in self.entries
            if fund in ("", each.fund) and carried in (None, each.carried) and unit in (None, each.unit)
        }
        return sorted({code[:size] for code in codes for size in (3, 5, 7)})

    def economic(self, code: str) -> int:
        """The basic expenditure of an economic class and all below it."""
        return sum(fen for each, fen in self.classes.items() if each.startswith(code))


def books_of(seed: int, klass: str = "213", own: bool = False, units: int = 1) -> Books:
    """The books of one department; `own`: it earns money too; `units`: how many units share its entries."""
    chance = random.Random(seed)
    money = money_of(chance, klass, 1)
    books = Books()
    for account in money.accounts:
        if account.basic:
            books.entries += _shared(Entry(account.code, GENERAL, "basic", False, account.basic), units, chance)
    for project in money.projects:
        fund = FUND if project.code in {each.code for each in money.accounts if each.fund} else GENERAL
        books.projects.append((project, fund))
    if own:
        code = next(iter(money.accounts)).code
        books.projects.append((Project("自筹资金设备更新项目", code, chance.randrange(900, 9_000) * STEP), BUSINESS))
    for project, fund in books.projects:
        books.entries.append(Entry(project.code, fund, "project", project.carried, project.fen))
    people = dict(money.personnel)
    retired = people["奖金"] // 2 // STEP * STEP
    people["奖金"] -= retired
    people["退休费"] = retired
    books.classes = {code: people[name] for code, name in PERSONNEL.items()}
    books.classes |= {code: money.operating[name] for code, name in OPERATING.items()}
    books.trips = _trips(chance)
    return books


def _shared(entry: Entry, units: int, chance: random.Random) -> Iterable[Entry]:
    """An entry cut into those of several units."""
    rest = entry.fen
    for unit in range(units - 1):
        part = rest * chance.randint(20, 60) // 100 // STEP * STEP
        rest -= part
        yield Entry(entry.code, entry.fund, entry.kind, entry.carried, part, unit)
    yield Entry(entry.code, entry.fund, entry.kind, entry.carried, rest, units - 1)


def _trips(chance: random.Random) -> dict[str, int | None]:
    """三公, with their sums; a trip abroad in every second."""
    overseas = chance.choice((None, chance.randrange(1, 900) * STEP))
    reception, purchase, running = (chance.randrange(1, 900) * STEP for _ in range(3))
    vehicles = purchase + running
    whole = (overseas or 0) + reception + vehicles
    return dict(zip(TRIPS, (overseas, reception, vehicles, purchase, running, whole), strict=True))


def name_of(code: str) -> str:
    """The name of a functional or economic class."""
    return names().get(code) or GROUPS.get(code) or PERSONNEL.get(code) or OPERATING[code]
