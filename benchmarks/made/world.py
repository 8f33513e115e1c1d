"""Who publishes in the invented country: departments of many kinds in real places, their units, several years, corrections."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from benchmarks.made.money import ROOT, Money, money_of

DIVISIONS = ROOT / "budgetdata" / "base" / "divisions.csv"
KINDS = {
    "生态环境局": "211",
    "教育局": "205",
    "卫生健康委员会": "210",
    "财政局": "201",
    "交通运输局": "214",
    "农业农村局": "213",
    "水务局": "213",
    "科学技术局": "206",
    "文化和旅游局": "207",
    "人力资源和社会保障局": "208",
    "民政局": "208",
    "公安局": "204",
    "司法局": "204",
    "自然资源和规划局": "220",
    "应急管理局": "224",
    "市场监督管理局": "201",
    "统计局": "201",
    "审计局": "201",
    "城市管理局": "212",
    "住房和城乡建设局": "212",
    "商务局": "216",
    "工业和信息化局": "215",
    "体育局": "207",
    "退役军人事务局": "208",
}
"""Kinds of departments with the 类 that most of their money belongs to."""
UNITS = {
    "生态环境局": "环境监测站",
    "教育局": "实验小学",
    "卫生健康委员会": "疾病预防控制中心",
    "水务局": "河道管理处",
    "文化和旅游局": "图书馆",
}
YEARS = (2024, 2025, 2026)


@dataclass(frozen=True, slots=True)
class Publisher:
    """One disclosure's head: whose, which year, its money's seed, and whether it corrects an earlier one."""

    department: str
    year: int
    seed: int
    klass: str
    size: int
    corrected: bool = False
    unit: bool = False

    @property
    def money(self) -> Money:
        """Its money, always the same for the same seed."""
        return money_of(random.Random(self.seed), self.klass, self.size)


@cache
def places() -> tuple[str, ...]:
    """Cities and counties of the country by name, provinces apart, each name once."""
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        named = [row["name"] for row in csv.DictReader(file) if len(row["code"]) > 2]
    counts: dict[str, int] = {}
    for name in named:
        counts[name] = counts.get(name, 0) + 1
    return tuple(name for name in named if counts[name] == 1 and name.endswith(("市", "区", "县")))


def publishers(count: int, seed: int) -> Iterator[Publisher]:
    """`count` disclosures: place by place, each kind over one to three years, some with a unit, one in eighty corrected."""
    chance = random.Random(seed)
    made = 0
    for place in chance.sample(places(), len(places())):
        kinds = chance.sample(sorted(KINDS), chance.randint(6, len(KINDS)))
        for kind in kinds:
            size = chance.choice((1, 1, 2, 5, 20))
            bodies = [(place + kind, False)]
            if kind in UNITS and chance.random() < 0.3:
                bodies.append((place + UNITS[kind], True))
            for year in YEARS[-chance.randint(1, 3) :]:
                for name, unit in bodies:
                    for corrected in (False, True) if chance.random() < 1 / 80 else (False,):
                        if made == count:
                            return
                        made += 1
                        own = chance.randrange(1 << 30)
                        yield Publisher(name, year, own, KINDS[kind], 1 if unit else size, corrected, unit)
