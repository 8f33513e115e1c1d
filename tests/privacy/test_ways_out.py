"""Made-up persons, planted in every form and read by every reader, come out nowhere: database, exports, stored copies, lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Block, Made, as_html, as_text, invented
from made import TEXT
from office import WRITERS
from personal import contents, files_below, hits
from printing import as_pdf

from budgetdata.build.build import build
from budgetdata.exports.tables import export
from budgetdata.privacy.mask import mask
from budgetdata.privacy.scan import scan
from budgetdata.readers.text import parse_text
from budgetdata.register.add import add
from budgetdata.show.personal import scan_database
from budgetdata.show.printed import show

SURNAMES = st.sampled_from(
    [*"赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜", "欧阳", "诸葛", "上官", "司马"]
)
GIVEN = st.text(st.sampled_from("伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞刚桂英玉兰"), min_size=1, max_size=2)
NAMES = st.builds("{}{}".format, SURNAMES, GIVEN).filter(lambda name: len(name) > 2)
DIGITS = st.integers(10_000_000, 99_999_999).map(str)
MOBILES = st.builds("1{}{}7".format, st.sampled_from(["39", "58", "77", "86"]), DIGITS.map(lambda digits: digits[1:]))
LANDLINES = st.builds("0351{}{}".format, st.sampled_from(["-", "—", " "]), DIGITS.map(lambda digits: digits[1:]))
DAYS = DIGITS.map(lambda digits: f"{int(digits[:2]) % 28 + 1:02}{digits[:4]}")
IDENTITIES = st.builds("14010519{}12{}".format, st.integers(50, 99), DAYS)
CARDS = DIGITS.map(lambda digits: f"62220212{digits}123")
WORDS = [
    "经办人", "负责人", "联系人", "审签人", "项目主管", "局长", "制单", "法定代表人", "填报人（签字）", "业务联系", "姓名",
    "主要负责人审签情况",
]  # fmt: skip


@st.composite
def persons(draw: st.DrawFn) -> dict[str, str]:
    """A person nobody is: name and numbers."""
    kinds = {"name": NAMES, "mobile": MOBILES, "landline": LANDLINES, "identity": IDENTITIES, "card": CARDS}
    return {kind: draw(strategy) for kind, strategy in kinds.items()}


def planted(blocks: Sequence[Block], person: dict[str, str], label: str) -> list[Block]:
    """The document with the person in a paragraph, in prose, in a row of a table, in a column and in a project's name."""
    name, mobile = person["name"], person["mobile"]
    spread = f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"
    lines = [
        f"{label}：{name}",
        f"有疑问请联系{name}，电话{spread}。",
        f"联系人及电话：{name} {person['landline']}",
        f"身份证号：{person['identity']}，银行卡号：{person['card']}",
        f"发放退休干部{name}同志一次性抚恤金。",
    ]
    rows = [[f"{label}：", name, "联系电话：", mobile, "填报日期：", "20310112"]]
    staff = [["单位", label, "联系电话"], ["云中县虚构局", name, mobile], ["云中县虚构所", name, person["landline"]]]
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Made) and block.rows[0][0] == "项目名称":
            out.append(Made([*block.rows, *([*row, "", ""][:8] for row in rows)], block.spans, block.widths))
        else:
            out.append(block)
    return [out[0], *lines[:2], *out[1:], *lines[2:], Made(rows), Made(staff)]


@settings(max_examples=60, deadline=None)
@given(persons(), st.sampled_from(WORDS))
def test_no_planted_person_is_left_in_a_text(person: dict[str, str], label: str) -> None:
    masked, count = mask(as_text(planted(["云中县", "其他"], person, label)))
    assert count and not _left(masked.encode(), person)
    assert scan(masked) == []


def _write_text(blocks: list[Block], path: Path) -> None:
    path.write_text(as_text(blocks), encoding="utf-8")


def _write_gb(blocks: list[Block], path: Path) -> None:
    path.write_text(as_text(blocks), encoding="gb18030")


def _write_web(blocks: list[Block], path: Path) -> None:
    path.write_text(as_html(blocks, ""), encoding="utf-8")


def _write_pdf(blocks: list[Block], path: Path) -> None:
    as_pdf(blocks, path, "ruled")


def _office(suffix: str) -> Callable[[list[Block], Path], None]:
    return lambda blocks, path: WRITERS[suffix](parse_text(as_text(blocks), "a.txt"), path, seed=1)


WRITTEN: dict[str, tuple[str, Callable[[list[Block], Path], None]]] = {
    "text": (".txt", _write_text),
    "gb18030": (".txt", _write_gb),
    "web": (".html", _write_web),
    "pdf": (".pdf", _write_pdf),
    "word": (".docx", _office(".docx")),
    "excel": (".xlsx", _office(".xlsx")),
}
PERSON = {
    "name": "沈桂兰", "mobile": "15812345679", "landline": "0351-7312468", "identity": "140105195112031234",
    "card": "6222021223344556123",
}  # fmt: skip


def test_a_planted_person_comes_out_nowhere(tmp_path: Path) -> None:
    source, data, out = tmp_path / "in", tmp_path / "data", tmp_path / "out"
    source.mkdir()
    whole = invented()
    blocks = planted([*whole[:7], *whole[-4:]], PERSON, "审签人")
    for kind, (suffix, write) in WRITTEN.items():
        write(blocks, source / f"云中县{kind}{suffix}")
        found = hits(contents(source / f"云中县{kind}{suffix}"), {PERSON["mobile"]})
        assert found or suffix == ".pdf", "the search would find them"
    database = tmp_path / "out.db"
    report = build(database, from_dir=source, jobs=1)
    said = [*report.lines()]
    assert report.replaced and all(each.summary and not each.personal for each in report.documents), said
    for path in sorted(source.iterdir()):
        said += show(database, path.name, None)
        add([path], data, say=said.append)
    said += [str(line) for line in scan_database(database)]
    export(database, out)
    for file in (database, *files_below(out), *files_below(data)):
        assert not _left(contents(file), PERSON), file.name
    assert not _left("\n".join(map(str, said)).encode(), PERSON)


def _left(data: bytes, person: dict[str, str]) -> list[str]:
    """Which of a person's data are in some bytes, as lengths only."""
    digits = {
        kind: "".join(sign for sign in text if sign.isdecimal()) for kind, text in person.items() if kind != "name"
    }
    mobile = person["mobile"]
    looked = [*person.values(), digits["landline"][4:], f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"]
    return hits(data, set(looked))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from(f"{TEXT[:200]}0123456789.,-：\t\n（）元万年月"), max_size=120))
def test_what_is_masked_is_never_an_amount(text: str) -> None:
    """Digits with decimals or thousands' commas, and years, stay in any text that names nobody."""

    amounts = re.findall(r"(?<![\d.,-])\d{1,3}(?:,\d{3})+\.\d\d(?![\d.,])|(?<![\d.,-])(?:19|20)\d\d年", text)
    masked = mask(text)[0]
    assert all(masked.count(amount) >= text.count(amount) for amount in amounts)
