"""Made-up persons, planted in a made document in every form, and that document written in every kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import docx
import openpyxl
import pikepdf
from invented import Block, Made, as_html, as_text
from office import WRITERS
from openpyxl.workbook.defined_name import DefinedName
from personal import hits
from printing import as_pdf

from budgetdata.readers.text import parse_text

PERSON = {
    "name": "沈桂兰", "mobile": "15812345679", "landline": "0351-7312468", "identity": "140105195112031234",
    "card": "6222021223344556123",
}  # fmt: skip
# None of these was known when the labels were listed, or they are spelled as no list spells them.
UNHEARD = [
    "护林看守", "河湖巡查", "农资调度", "包片", "帮代办", "首席专技", "病区值守", "食堂采买", "车队调度", "一级巡警",
    "消控室值守", "楼宇管家", "报名受理点", "点位长", "工段", "主刀", "麻醉", "跟台", "首诊", "接诊", "送审", "走访慰问",
    "受助", "结对", "低收入", "失能", "独居", "空巢", "特岗", "支教", "援藏", "援疆", "轮岗", "借调", "返聘", "外聘",
    "新录用", "拟任", "现任", "前任", "继任", "提名", "候选", "当选", "金牌得主", "冠军", "书画", "题字", "篆刻", "收藏",
    "供稿", "来信", "来访", "求助", "值机", "代驾", "司炉", "放映", "报幕", "领唱", "领诵", "护旗", "起爆", "押车", "泊车",
]  # fmt: skip
LISTED = [
    "经办人", "负责人", "联系人", "审签人", "项目主管", "局长", "制单", "法定代表人", "填报人（签字）", "业务联系", "姓名",
    "主要负责人审签情况", "预算专管员", "联系老师", "首席信息官", "博导", "父亲", "村医", "总工", "团支书", "导演", "执笔",
    "河长", "造价师", "贫困户", "患者", "监护人", "收款方", "统稿", "法务",
]  # fmt: skip
SENTENCES = [
    "本表由{name}填写。", "由预算科{name}汇总后上报。", "经{name}审核无误。", "{name}编制本报告。", "{name}，男，汉族。",
    "{name} 女 1980年1月生",
    "会计{name}，", "出纳{name}。", "{name}（预算科科员）", "慰问困难职工{name}2000元。", "救助患者{name}5000元。",
    "向{name}发放临时救助。",
    "给{name}补发差额。", "受助人化名小明（实名{name}）。", "加{name}微信入群。", "请找{name}领取。",
    "联系{name}或拨打0351-7654321。",
    "分机：8021找{name}", "领导签字：({name})", "姓 名 {spread} 电 话 13935112233", "户 名 {name} 账 号 6217000230001234567",
    "咨询电话0351-7654321（某某）、7654322（{name}）", "如遇系统问题，联系{name}。", "该项目由{name}牵头办理。",
    "材料经财务科{name}核对。",
]  # fmt: skip
"""Sentences in which nobody's label stands, with a place for a name."""
_SURNAMES, _FIRST, _SECOND = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "俊宏家志文雅梓佳思欣", "辉涛敏洁峰琳颖凯蕾"


def named() -> list[tuple[str, str]]:
    """Each label with a person of its own: no two names are the same."""
    return list(zip([*UNHEARD, *LISTED], _names(), strict=False))


def told() -> list[tuple[str, str]]:
    """Each sentence with a person of its own, and that name."""
    names = list(islice(_names(), len(UNHEARD) + len(LISTED), None))
    return [
        (sentence.format(name=name, spread=" ".join(name)), name)
        for sentence, name in zip(SENTENCES, names, strict=False)
    ]


def _names() -> Iterator[str]:
    made = zip(cycle(_SURNAMES), cycle(_FIRST), cycle(_SECOND), strict=False)
    return ("".join(signs) for signs in islice(made, 144))


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
        f"本表由财务科{name}填写，卡号后四位{person['card'][-4:]}，出生日期：1951年12月3日。",
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


def with_everybody(blocks: Sequence[Block]) -> list[Block]:
    """The document with each label and its person, as a line, as a row of a table, in its narrative; and each sentence."""
    out = list(blocks)
    for at, (label, name) in enumerate(named()):
        kind = at % 4
        if kind == 0:
            out.append(f"{label}：{name}")
        elif kind == 1:
            out.append(f"本部门事务说明如下（{label}：{name}）。")
        elif kind == 2:
            out.append(Made([["事项", label, name, "备注"], ["金额", "12.00", "", "元"]]))
        else:
            out.append(f"　　{label}: {' '.join(name)}　　2031年1月12日")
    return [*out, *(sentence for sentence, _ in told())]


def _write_text(blocks: list[Block], path: Path) -> None:
    path.write_text(as_text(blocks), encoding="utf-8")


def _write_gb(blocks: list[Block], path: Path) -> None:
    path.write_text(as_text(blocks), encoding="gb18030")


def _write_web(blocks: list[Block], path: Path) -> None:
    """A page with its author, a remark, attributes, hidden text and a script that name the person."""
    name, mobile = PERSON["name"], PERSON["mobile"]
    head = f"<meta name='author' content='{name}'><!-- 经办人：{name} --><script>var 经办人='{name}{mobile}'</script>"
    tail = (
        f"<p title='{name}' data-phone='{mobile}' hidden>联系人：{name}</p><img alt='{name} {mobile}' src='{name}.png'>"
    )
    tail += f"<a href='mailto:shenguilan@qq.com'>联系</a><input value='{name} {mobile}'><title>{name}发布</title>"
    path.write_text(head + as_html(blocks, "") + tail, encoding="utf-8")


def _write_pdf(blocks: list[Block], path: Path) -> None:
    """A PDF with metadata, a bookmark, a remark, a form field and an attachment that name the person."""
    as_pdf(blocks, path, "ruled")
    name, mobile = PERSON["name"], PERSON["mobile"]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Author"] = pdf.docinfo["/Keywords"] = f"{name} {mobile}"
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = [name]
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"经办人{name}", 0))
        note = {"Type": "/Annot", "Subtype": "/Text", "Rect": [0, 0, 9, 9], "Contents": f"问{name} {mobile}", "T": name}
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([_dictionary(pdf, note)]))
        pdf.attachments[f"{name}.txt"] = pikepdf.AttachedFileSpec(
            pdf, f"{name} {mobile}".encode(), filename=f"{name}.txt"
        )
        pdf.save(path)


def _dictionary(pdf: pikepdf.Pdf, entries: dict[str, object]) -> pikepdf.Object:
    named = {"Type", "Subtype"}
    made = {f"/{key}": pikepdf.Name(str(value)) if key in named else value for key, value in entries.items()}
    return pdf.make_indirect(pikepdf.Dictionary(made))


def _write_word(blocks: list[Block], path: Path) -> None:
    """A Word file with its author, keywords, a header, a footer and a remark that name the person."""
    WRITERS[".docx"](parse_text(as_text(blocks), "a.txt"), path, seed=1)
    document = docx.Document(str(path))
    document.core_properties.author = document.core_properties.last_modified_by = PERSON["name"]
    document.core_properties.keywords = document.core_properties.comments = f"{PERSON['name']} {PERSON['mobile']}"
    first = next(paragraph for paragraph in document.paragraphs if paragraph.runs)
    document.add_comment(
        first.runs, text=f"问{PERSON['name']} {PERSON['mobile']}", author=PERSON["name"], initials="沈"
    )
    document.sections[0].header.paragraphs[0].text = f"经办人：{PERSON['name']}"
    document.sections[0].footer.paragraphs[0].text = f"{PERSON['name']} {PERSON['mobile']}"
    document.save(str(path))


def _write_excel(blocks: list[Block], path: Path) -> None:
    """A workbook with its author, a remark, a hidden sheet, a defined name, a printed header and a sheet's name that name
    the person."""
    WRITERS[".xlsx"](parse_text(as_text(blocks), "a.txt"), path, seed=1)
    book = openpyxl.load_workbook(path)
    book.properties.creator = PERSON["name"]
    book.worksheets[0]["A1"].comment = openpyxl.comments.Comment(
        f"问{PERSON['name']} {PERSON['mobile']}", PERSON["name"]
    )
    book.create_sheet("通讯录").append(["姓名", PERSON["name"], PERSON["mobile"]])
    book["通讯录"].sheet_state = "hidden"
    book.defined_names["经办人"] = DefinedName("经办人", attr_text=f'"{PERSON["name"]} {PERSON["mobile"]}"')
    book.worksheets[0].oddHeader.center.text = f"经办人：{PERSON['name']}"
    book.worksheets[0].title = f"经办人{PERSON['name']}"
    book.save(path)


WRITTEN: dict[str, tuple[str, Callable[[list[Block], Path], None]]] = {
    "text": (".txt", _write_text),
    "gb18030": (".txt", _write_gb),
    "web": (".html", _write_web),
    "pdf": (".pdf", _write_pdf),
    "word": (".docx", _write_word),
    "excel": (".xlsx", _write_excel),
}


def left(data: bytes, person: dict[str, str]) -> list[str]:
    """Which of a person's data are in some bytes, as lengths only."""
    digits = {
        kind: "".join(sign for sign in text if sign.isdecimal()) for kind, text in person.items() if kind != "name"
    }
    mobile = person["mobile"]
    looked = [*person.values(), digits["landline"][4:], f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"]
    return hits(data, set(looked))
