"""The money of an invented department: accounts, projects and their sums, all from one seed, all in fen and consistent."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "budgetdata" / "forms" / "codes.csv"
STEP = 10_000
"""Fen in 0.01 万元, the last place that is printed."""
FUND_ACCOUNTS = ("2120803", "2120899", "2121401")
PERSONNEL = ("基本工资", "津贴补贴", "奖金", "机关事业单位基本养老保险缴费", "职工基本医疗保险缴费", "住房公积金")
OPERATING = ("办公费", "印刷费", "水费", "电费", "邮电费", "差旅费", "培训费", "工会经费", "福利费", "其他交通费用")
GOVERNMENT = {
    "基本工资": "工资奖金津补贴",
    "津贴补贴": "工资奖金津补贴",
    "奖金": "工资奖金津补贴",
    "机关事业单位基本养老保险缴费": "社会保障缴费",
    "职工基本医疗保险缴费": "社会保障缴费",
    "住房公积金": "住房公积金",
    "培训费": "培训费",
}
PURPOSES = (
    "信息系统运行维护",
    "专项检查",
    "宣传培训",
    "设备购置",
    "人才引进",
    "示范建设",
    "监测评估",
    "便民服务",
    "安全保障",
    "数据治理",
)


@cache
def names() -> dict[str, str]:
    """The names of functional accounts by code: 类, 款 and 项."""
    with CODES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if row["kind"] == "功能分类"}


@cache
def items_of(klass: str) -> tuple[str, ...]:
    """The 项 of a 类 whose 款 has a name too, funds apart."""
    return tuple(
        code
        for code in sorted(names())
        if len(code) == 7
        and code.startswith(klass)
        and code[:5] in names()
        and code[:5] not in ("21208", "21213", "21214")
    )


@dataclass(slots=True)
class Account:
    """One 项: its basic and project expenditure of this year, and what is carried over (always project), in fen."""

    code: str
    basic: int = 0
    project: int = 0
    carried: int = 0

    @property
    def fund(self) -> bool:
        """Paid by the government fund (政府性基金)."""
        return self.code in FUND_ACCOUNTS

    @property
    def this_year(self) -> int:
        """Basic and project of this year."""
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Project:
    """A project: name, the 项 it is paid from, fen, and whether it is carried over from last year."""

    name: str
    code: str
    fen: int
    carried: bool = False


@dataclass(slots=True)
class Money:
    """All amounts of one disclosure, in fen."""

    accounts: list[Account]
    projects: list[Project]
    personnel: dict[str, int]
    operating: dict[str, int]
    trips: dict[str, int | None] = field(default_factory=dict)

    def sum(self, what: str, codes: str = "", fund: bool | None = None) -> int:
        """The sum of an account's `what` over those whose code begins with `codes`, by kind of fund where asked."""
        return sum(
            getattr(each, what) for each in self.accounts if each.code.startswith(codes) and fund in (None, each.fund)
        )

    def nested(self, fund: bool | None = None) -> Iterable[str]:
        """類, 款 and 項 codes in printed order."""
        codes = sorted({each.code for each in self.accounts if fund in (None, each.fund)})
        seen: set[str] = set()
        for code in codes:
            for size in (3, 5, 7):
                if code[:size] not in seen:
                    seen.add(code[:size])
                    yield code[:size]


def money_of(chance: random.Random, klass: str, size: int) -> Money:
    """The money of a department whose main 类 is `klass`; size scales the amounts."""
    own = items_of(klass)
    chosen = sorted(chance.sample(own, min(len(own), chance.randint(2, 6))))
    accounts = [Account(code) for code in chosen]
    personnel = {name: chance.randrange(10, 9_000) * size * STEP for name in PERSONNEL}
    operating = {name: chance.randrange(1, 400) * size * STEP for name in OPERATING}
    pension, health, housing = (personnel[name] for name in PERSONNEL[3:])
    rest = sum(personnel.values()) + sum(operating.values()) - pension - health - housing
    accounts[0].basic = rest
    extra = {"2080505": pension, "2101101": health, "2210201": housing}
    for code, fen in extra.items():
        same = next((each for each in accounts if each.code == code), None)
        if same is None:
            same = Account(code)
            accounts.append(same)
        same.basic += fen
    if chance.random() < 0.15:
        accounts.append(Account(chance.choice(FUND_ACCOUNTS)))
    projects = _projects(chance, accounts, chosen, size)
    accounts = sorted((each for each in accounts if each.this_year or each.carried), key=lambda each: each.code)
    return Money(accounts, projects, personnel, operating, _trips(chance, size))


def _projects(chance: random.Random, accounts: list[Account], chosen: list[str], size: int) -> list[Project]:
    """Projects of the department's own accounts; each adds to its account."""
    own = [each for each in accounts if each.code in chosen or each.fund]
    made: dict[str, Project] = {}
    for each in own + chance.choices(own, k=chance.randint(0, 6)):
        if each.basic and each is own[0] and len(own) > 1 and chance.random() < 0.5:
            continue
        carried = not each.fund and chance.random() < 0.1
        name = f"{names()[each.code].removesuffix('支出')[:10]}{chance.choice(PURPOSES)}项目"
        if name in made:
            continue
        fen = chance.randrange(10, 50_000) * size * STEP
        made[name] = Project(name, each.code, fen, carried)
        if carried:
            each.carried += fen
        else:
            each.project += fen
    return list(made.values())


def _trips(chance: random.Random, size: int) -> dict[str, int | None]:
    """三公: some printed as 0.00, some blank."""

    def amount() -> int | None:
        return chance.choice((None, 0, chance.randrange(1, 500) * size * STEP))

    return {"overseas": amount(), "reception": amount(), "vehicle_purchase": amount(), "vehicle_running": amount()}
