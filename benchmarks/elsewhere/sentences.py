"""What a disclosure says of its tables in words, as ministries and other provinces word it: true to the invented books."""

from __future__ import annotations

from benchmarks.elsewhere.books import BUSINESS, FUND, GENERAL, Books, name_of
from benchmarks.elsewhere.places import Place


def _wan(fen: int) -> str:
    return f"{fen / 1_000_000:.2f}万元"


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%" if whole else "0%"


def _of(name: str, part: int, whole: int) -> str:
    return f"{name}{_wan(part)}，占{_share(part, whole)}"


def _before(fen: int, less: bool) -> tuple[int, str]:
    """A change from last year, invented, and how it is worded."""
    change = fen // 10 // 10_000 * 10_000
    last = fen + change if less else fen - change
    word, rate = ("减少", "下降") if less else ("增加", "增长")
    return last, f"{word}{_wan(change)}，{rate}{change * 100 / last:.2f}%"


def ministry(at: Place) -> None:
    """中央部门: 关于…的说明, each 项 with its 类 款 项, shares and changes against 执行数."""
    books, year = at.books, at.out.year
    whole, carried = books.sum(), books.sum(carried=True)
    general, fund, own = (books.sum(fund=kind, carried=False) for kind in (GENERAL, FUND, BUSINESS))
    basic, project = books.sum(kind="basic"), books.sum(kind="project")
    _, change = _before(general, less=True)
    classes, items = ([code for code in books.nested(GENERAL, False) if len(code) == size] for size in (3, 7))
    fiscal = {code[:3]: books.sum(code[:3]) - books.sum(code[:3], BUSINESS) for code in books.nested()}
    say = at.out.sections.append
    say(
        (
            "一、关于收支总表的说明",
            f"按照综合预算的原则，所有收入和支出均纳入部门预算管理。{year}年收支总预算{_wan(whole)}。",
        )
    )
    sources = f"{_of('上年结转', carried, whole)}；{_of('一般公共预算拨款收入', general, whole)}；"
    sources += (
        f"政府性基金预算拨款收入{_wan(fund)}，占{_share(fund, whole)}；事业收入{_wan(own)}，占{_share(own, whole)}。"
    )
    say(("二、关于收入总表的说明", f"{year}年收入预算{_wan(whole)}，其中：{sources}"))
    spent = f"基本支出{_wan(basic)}，占{_share(basic, whole)}；项目支出{_wan(project)}，占{_share(project, whole)}。"
    say(("三、关于支出总表的说明", f"{year}年支出预算{_wan(whole)}，其中：{spent}"))
    say((
        "四、关于财政拨款收支总表的说明",
        f"{year}年财政拨款收支总预算{_wan(whole - own)}。收入包括：一般公共预算当年拨款{_wan(general)}，上年结转{_wan(carried)}；"
        f"支出包括：{'、'.join(name_of(code) + _wan(fen) for code, fen in fiscal.items())}。",
    ))  # fmt: skip
    structure = "；".join(f"{name_of(c)}{_wan(_now(books, c))}，占{_share(_now(books, c), general)}" for c in classes)
    say((
        "五、关于一般公共预算支出表的说明",
        f"（一）当年拨款规模变化情况。{year}年一般公共预算当年拨款{_wan(general)}，比{year - 1}年执行数{change}，"
        "主要是压减一般性支出。"
        f"（二）当年拨款结构情况。{structure}。",
    ))  # fmt: skip
    for number, code in enumerate(items, 1):
        _, moved = _before(_now(books, code), less=bool(number % 2))
        path = f"{name_of(code[:3])}（类）{name_of(code[:5])}（款）{name_of(code)}（项）"
        say(
            (
                "",
                f"{number}.{path}{year}年预算数为{_wan(_now(books, code))}，比{year - 1}年执行数{moved}。主要是任务变化。",
            )
        )
    basics = books.sum(fund=GENERAL, kind="basic", carried=False)
    say((
        "六、关于一般公共预算基本支出表的说明",
        f"{year}年一般公共预算基本支出{_wan(basics)}，其中：人员经费{_wan(books.economic('301') + books.economic('303'))}，"
        f"主要包括：基本工资、津贴补贴；公用经费{_wan(books.economic('302'))}，主要包括：办公费、印刷费。",
    ))  # fmt: skip
    _trips(at, f"{year}年“三公”经费预算数为")


def _now(books: Books, code: str) -> int:
    return books.sum(code, GENERAL, carried=False)


def _trips(at: Place, opening: str) -> None:
    trips, year = at.books.trips, at.out.year
    whole = trips["total"] or 0
    parts = f"因公出国（境）费{_wan(trips['overseas'] or 0)}，公务用车购置及运行费{_wan(trips['vehicles'] or 0)}，"
    parts += f"公务接待费{_wan(trips['reception'] or 0)}"
    _, change = _before(whole, less=True)
    at.out.sections.append(
        (
            "七、关于“三公”经费的说明",
            f"{opening}{_wan(whole)}，其中：{parts}。{year}年“三公”经费预算比{year - 1}年{change}。",
        )
    )


def province(at: Place) -> None:
    """四川 and others: 收支预算情况说明, changes against 预算数, the three public expenses one by one."""
    books, year, who = at.books, at.out.year, at.out.department
    whole, general, carried = books.sum(), books.sum(fund=GENERAL, carried=False), books.sum(carried=True)
    fund, basic, project = books.sum(fund=FUND), books.sum(kind="basic"), books.sum(kind="project")
    last, change = _before(whole, less=False)
    say = at.out.sections.append
    say((
        "一、收支预算情况说明",
        f"按照综合预算的原则，{who}所有收入和支出均纳入部门预算管理。{year}年收支总预算{_wan(whole)}，"
        f"比{year - 1}年收支预算总数{_wan(last)}{change}，主要原因是项目增加。",
    ))  # fmt: skip
    sources = f"{_of('上年结转', carried, whole)}；{_of('一般公共预算拨款收入', general, whole)}；"
    say(
        (
            "（一）收入预算情况",
            f"{who}{year}年收入预算{_wan(whole)}，其中：{sources}政府性基金预算拨款收入{_wan(fund)}，占{_share(fund, whole)}。",
        )
    )
    spent = f"基本支出{_wan(basic)}，占{_share(basic, whole)}；项目支出{_wan(project)}，占{_share(project, whole)}。"
    say(("（二）支出预算情况", f"{who}{year}年支出预算{_wan(whole)}，其中：{spent}"))
    trips = books.trips
    say(("二、“三公”经费财政拨款预算安排情况说明", f"{year}年“三公”经费财政拨款预算数{_wan(trips['total'] or 0)}。"))
    say(
        (
            "（一）公务接待费",
            f"公务接待费计划安排{_wan(trips['reception'] or 0)}，与{year - 1}年预算持平。计划用于执行接待任务支出。",
        )
    )
    _, moved = _before(trips["vehicles"] or 0, less=True)
    say((
        "（二）公务用车购置及运行维护费",
        f"{year}年安排公务用车购置及运行维护费{_wan(trips['vehicles'] or 0)}，较{year - 1}年预算{moved}。其中：公务用车购置费"
        f"{_wan(trips['vehicle_purchase'] or 0)}；安排公务用车运行维护费{_wan(trips['vehicle_running'] or 0)}。"
        "单位现有公务用车5辆。",
    ))  # fmt: skip
