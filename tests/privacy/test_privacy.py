"""Handlers' names and numbers are masked, and nothing else is touched."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal import NAME, OTHER_NAME, PHONE, contents, files_below, hits, personal_data

from budgetdata.base.raw import Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.privacy.mask import mask, mask_document
from budgetdata.privacy.patterns import EMAIL_MASK, IDENTITY_MASK, MASKS, NAME_MASK, PHONE_MASK
from budgetdata.privacy.scan import scan
from budgetdata.privacy.words import PERSON_LABELS, PHONE_LABELS
from budgetdata.sheets.cells import is_personal

N, P, ID, E = NAME_MASK, PHONE_MASK, IDENTITY_MASK, EMAIL_MASK

MASKED = [
    # sign-off rows as the disclosures print them
    (
        f"负责人：\t\t经办人：\t\t{NAME}\t联系电话：\t{PHONE}\t填报日期：\t20230108090654\t\n",
        f"负责人：\t\t经办人：\t\t{N}\t联系电话：\t{P}\t填报日期：\t20230108090654\t\n",
    ),
    (
        f"负责人: {NAME} 联系电话: {PHONE} 填报日期: 20230112120627\t\t",
        f"负责人: {N} 联系电话: {P} 填报日期: 20230112120627\t\t",
    ),
    (f"负责人:\t{NAME}\t经办人:\t{OTHER_NAME}\r\n", f"负责人:\t{N}\t经办人:\t{N}\r\n"),
    # names in every shape
    ("负责人：贾 宝 玉 联系电话：", f"负责人：{N} 联系电话："),
    ("负 责 人 ： 林 黛 玉 联 系 电 话", f"负 责 人 ： {N} 联 系 电 话"),
    ("经办人：史湘云联系电话：", f"经办人：{N}联系电话："),
    ("负责人：诸葛 孔明", f"负责人：{N}"),
    ("联系人：阿卜杜拉·买买提，", f"联系人：{N}，"),
    ("填表人（签字）：王熙凤、贾琏", f"填表人（签字）：{N}、{N}"),
    ("经办人：王熙凤 贾琏\t联系", f"经办人：{N} {N}\t联系"),
    ("负责人：贾琏 财务负责人： 王熙凤", f"负责人：{N} 财务负责人： {N}"),
    ("负责人：林如海填报单位：扬州", f"负责人：{N}填报单位：扬州"),
    ("审核：贾政", f"审核：{N}"),
    ("经办人：\n 林黛玉 \n下一行", f"经办人：\n {N} \n下一行"),
    # a column of names, and a label without colon in a cell of its own
    ("负责人\t电话\n林黛玉\t1234567\n贾宝玉\t\n", f"负责人\t电话\n{N}\t1234567\n{N}\t\n"),
    ("经办人\t\t林黛玉\t联系电话\t1234567", f"经办人\t\t{N}\t联系电话\t{P}"),
    # numbers in every shape
    ("手机 139-0000-1234", f"手机 {P}"),
    ("139 0000 1234", P),
    ("+86 13900001234", P),
    ("＋86１３９００００１２３４", P),
    ("联系电话：0351-1234567", f"联系电话：{P}"),
    ("联系电话：（0351）1234567转801、7654321", f"联系电话：{P}、{P}"),
    ("联系电话：\t12345678\t", f"联系电话：\t{P}\t"),
    ("联系电话：\n1234567\n", f"联系电话：\n{P}\n"),
    # a number on a row of staff is a phone number, whatever stands beside it
    (f"经办人：\t{PHONE}\t金额\t13,900,001,234", f"经办人：\t{P}\t金额\t13,900,001,234"),
    ("负责人：\t林黛玉\t\t13900100000", f"负责人：\t{N}\t\t{P}"),
    ("经办人：tel13900001234", f"经办人：tel{P}"),
    ("联系电话：13900001234元春", f"联系电话：{P}{N}"),
    ("13900001234 元春", f"{P} {N}"),
    ("1、13900001234,13900001235", f"1、{P},{P}"),
    ("单位\t电话\t金额\n大观园\t13900001234\t1250000.50", f"单位\t电话\t金额\n大观园\t{P}\t1250000.50"),
    ("财政局\t13900001234\t1,250,000", f"财政局\t{P}\t1,250,000"),
    # a name without a label beside its number, and a label without a colon
    ("林黛玉13900001234", f"{N}{P}"),
    ("林黛玉（13900001234）", f"{N}（{P}）"),
    ("13900001234林黛玉", f"{P}{N}"),
    ("林黛玉\t13900001234\t1250000.50", f"{N}\t{P}\t1250000.50"),
    ("联系人林黛玉\t\t", f"联系人{N}\t\t"),
    ("联系人林黛玉 电话13900001234", f"联系人{N} 电话{P}"),
    ("联系人为林黛玉，13900001234", f"联系人为{N}，{P}"),
    # identity numbers, and addresses on a row of staff
    ("身份证11010519491231002X。", f"身份证{ID}。"),
    ("110105 19491231 002x", ID),
    ("联系人：林黛玉 daiyu.lin@example.com.cn", f"联系人：{N} {E}"),
    # in prose, behind a word that sends the reader to somebody
    ("如有疑问请联系林黛玉，电话0351-1234567。", f"如有疑问请联系{N}，电话{P}。"),
    ("详情请咨询林黛玉。", f"详情请咨询{N}。"),
    ("请与林黛玉联系，或请找诸葛孔明办理。", f"请与{N}联系，或请找{N}办理。"),
    ("具体由经办人员林黛玉、联系人为贾宝玉。", f"具体由经办人员{N}、联系人为{N}。"),
    (
        f"{'本部门负责管理园子，' * 10}可联系贾政同志，电话：1234567",
        f"{'本部门负责管理园子，' * 10}可联系{N}同志，电话：{P}",
    ),
    ("业务咨询贾政（13900001234）", f"业务咨询{N}（{P}）"),
    # over one line break: each side is masked, the break stays
    ("请联系林黛玉，电话0351-\n1234567。项目", f"请联系{N}，电话{P}\n{P}。项目"),
    ("联系人：诸葛孔明（手机：1390000\n1234）。", f"联系人：{N}（手机：{P}\n{P}）。"),
    ("联系人：诸葛孔明（手机：1390000\r\n　　1234）。", f"联系人：{N}（手机：{P}\r\n　　{P}）。"),
    ("电话：（0351）\n1234567", f"电话：{P}\n{P}"),
    ("电话：0351\n-1234567", f"电话：{P}\n{P}"),
    ("如有疑问请致电139-0000-\n1234。", f"如有疑问请致电{P}\n{P}。"),
    ("如有疑问请拨打\n139-0000-1234。", f"如有疑问请拨打\n{P}。"),
    ("如有疑问请拨电话\n0351-1234567，", f"如有疑问请拨电话\n{P}，"),
    ("如有疑问请拨联系电\n话0351-1234567，", f"如有疑问请拨联系电\n话{P}，"),
    (
        "由园林科负责日常管护和修剪，有事可找13900\n001234，随时答复",
        f"由园林科负责日常管护和修剪，有事可找{P}\n{P}，随时答复",
    ),
    ("如有疑问请联系林\n黛玉，谢谢", f"如有疑问请联系{N}\n{N}，谢谢"),
    ("如有疑问请联系\n林黛玉，谢谢", f"如有疑问请联系\n{N}，谢谢"),
    ("如有疑问请联\n系林黛玉，谢谢", f"如有疑问请联\n系{N}，谢谢"),
    ("联系人：诸葛\n孔明，", f"联系人：{N}\n{N}，"),
    ("联系人：林黛\n玉，", f"联系人：{N}\n{N}，"),
    ("备注\t联系人：林黛玉<br>电话：0351-<br/>1234567\t12.00", f"备注\t联系人：{N}<br>电话：{P}<br/>{P}\t12.00"),
    ("备注\t手机：1390000\n1234\t12.00", f"备注\t手机：{P}\n{P}\t12.00"),
    ("经办人\t林<br>黛玉\t12", f"经办人\t{N}<br>{N}\t12"),
    ("经办人：\t林\v黛玉\t电话：\t1390000\v1234", f"经办人：\t{N}\v{N}\t电话：\t{P}\v{P}"),
    ("身份证110105\n19491231002X。", f"身份证{ID}\n{ID}。"),
    ("联系人：林黛玉 daiyu.lin@exam\nple.com.cn", f"联系人：{N} {E}\n{E}"),
    # a code is told by the word directly before it only
    ("手机编号见附件，电话13900001234", f"手机编号见附件，电话{P}"),
    ("编号1号，13900001234", f"编号1号，{P}"),
    ("联系人：林黛玉 编号\t13900001234", f"联系人：{N} 编号\t{P}"),
    ("手机13900001234A", f"手机{P}A"),
    ("编号13900001234（手机）", f"编号{P}（手机）"),
    # once known, wherever it stands alone
    ("局长林黛玉；经办人：林黛玉\n林黛玉\t出差", f"局长{N}；经办人：{N}\n{N}\t出差"),
]

KEPT = [
    "填报日期：\t20230108090654",
    "负责人:\t经办人:\t联系电话:\t填报日期:\t2024020162714",
    "填报日期:\t20240202164 650",
    "联系电话：\t20230108090654",
    "监督电话：12317，供热热线电话：96509",
    "13900001234元",
    "13500000000.00\t13500000000",
    "14,101.87\t14, 101. 87\t1,390,000,123.40",
    "投入13900056789元，￥13900056789，¥ 13900056789，金额：13900056789",
    "投入13900056789元用于，13900056789 万元。13900056789\t元",
    "合计\t13900056789\t13800056789",
    "20604\t技术研究与开发\t13900056789\t13900056789\t0",
    "水库\t13900056789\t18000056789\t33,070,352,180.00",
    "项目资金（元）\t\t实施期资金总额：\t13900056789\t年度资金总额：\t13800056789",
    "市县（区）财政资\t\t13900056789\t市县（区）财政资金\t13800056789",
    "项目编码 110105194912310021，举报邮箱 office@example.com",
    "项目负责人应当对电话负责",
    "编码：14010013900001234 A13900001234 2023-13900001234",
    "资产编码18935012345，合同号13812345678A。",
    "合同编号：13812345678、13812345679，统一社会信用代码为13812345678，发票号 13812345678",
    "合同编号\t13812345678\t备注",
    "园字第13812345678号",
    "手机：见附件\t资产编码13812345678\t13812345678B",
    "2010350\t事业运行\t4861.07",
    # two numbers that only meet at a break
    "面积\t1390000\n1234\t亩",
    "1390000\n1234",
    "合计 1390000\n1234 其他",
    "水库\t139\n00001234\t7",
    "修剪树木共计1390000\n1234株",
    "投入资金共计1390000\n1234元用于修园",
    "电话12345\n2024年部门预算",
    "合同号1381234\n5678，已签订",
    "备注\t面积1390000<br>1234",
    # words behind a label that are no name
    "请联系财务科。请咨询管理员，请联系商会，请联系项目方",
    "联系方式：见官网。咨询费用，经办业务。请与高新区联系，可联系施工单位，电话见官网",
    "密切联系群众，加强咨询服务，联系方式",
    "请联系\n财务科，请咨询\n方案如下",
    "负责人：\n高新区管委会\n",
    "负责人：单位领导",
    "负责人：财务科",
    "负责人：(盖章)",
    "负责人：\t经办人：\t联系电话：\t填报日期：\t",
    "项目负责人：负责项目的实施",
    "负责联系协调产业联盟，联系驻外商（协）会",
    "实地走访、电话联系收集企业资料信息",
    "邮电费\t1234567.00",
    "本单位领导小组组长由主任担任",
    "保密审查情况：已审查",
    "部门主要负责人审签情况：已审签",
    "局长：负责全面工作",
    "主任：2名，书记：1名",
    "责任人：各科室",
    "电子邮箱：office@example.com",
    "政府采购 110105491231002 项",
    "版本 139.0000.12345",
    "零\u200b宽字符不动",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_names_and_numbers_are_masked(text: str, expected: str) -> None:
    masked, count = mask(text)
    assert masked == expected
    assert count == sum(expected.count(sign) for sign in MASKS)
    assert mask(masked) == (masked, 0)


@pytest.mark.parametrize("text", KEPT)
def test_all_else_stays(text: str) -> None:
    assert mask(text) == (text, 0)


def test_a_known_name_inside_a_longer_word_stays() -> None:
    assert mask(f"经办人：{NAME}\n\n{NAME}亭\n")[0] == f"经办人：{N}\n\n{NAME}亭\n"


_PIECES = st.sampled_from(
    [
        *PERSON_LABELS, *PHONE_LABELS, "填报日期", "审核", "：", ":", "\t", "\n", "\r\n", " ", "　", "、", "，", "(签字)",
        "联系人", "13900056789", "1,250,000", "合计", "￥", "daiyu@example.com", "11010519491231002X", "（", "）",
        "请联系", "咨询", "<br>", "\v", "1390000", "1234", "0351-", "编码", "A", "诸葛", "孔明", "daiyu@exam", "ple.com",
        NAME, OTHER_NAME, "贾 政", "诸葛孔明", PHONE, "0351-1234567", "1234567", "20230108090654", "12317", "359.95",
        "项目", "资金", "的", "财务科", "局长", "元", "林", "7", "-", "·", "\f", N, P, ID, E,
    ]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_masking_twice_is_masking_once_and_the_layout_stays(text: str) -> None:
    masked, count = mask(text)
    assert mask(masked) == (masked, 0)
    assert (masked != text) == (count > 0)
    assert re.findall(r"[\t\r\n\f]", masked) == re.findall(r"[\t\r\n\f]", text)
    around = [re.escape(piece) for piece in re.split("|".join(MASKS), masked)]
    assert re.fullmatch("[^\t\r\n\f]+?".join(around), text), "something besides the masked parts was changed"


@pytest.mark.parametrize(
    "text", ["13900056789\t" * 2000, "经办人：" + "a." * 50_000, "林" * 100_000, "联系人" * 20_000]
)
def test_masking_takes_no_longer_for_a_hostile_text(text: str) -> None:
    started = time.process_time()
    mask(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"编号-{PHONE}", "mobile phone"),
        ("传真机 0351-1234567", "area code"),
        ("身份证 11010519491231002X", "identity card"),
        ("邮箱 daiyu@example.com", "e-mail"),
        (f"负责人：{NAME}负责统筹", "name"),
    ],
)
def test_scan_names_line_and_kind_but_not_the_datum(text: str, kind: str) -> None:
    messages = scan(f"第一行\n{text}\n")
    assert len(messages) == 1
    assert messages[0].startswith("line 2: ") and kind in messages[0]
    assert not hits(messages[0].encode(), {NAME, PHONE, "1234567", "1949", "daiyu"})


@pytest.mark.parametrize("blank", ["\u3000", "\xa0"])
@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_every_kind_of_blank_is_a_blank_and_stays_as_printed(text: str, expected: str, blank: str) -> None:
    assert mask(text.replace(" ", blank))[0] == expected.replace(" ", blank)
    assert bool(scan(text.replace(" ", blank))) == bool(scan(text))


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_nothing_is_left_for_scan_behind_mask(text: str, expected: str) -> None:
    assert scan(expected) == []


def test_a_document_is_masked_cell_by_cell() -> None:
    """A label and its name in different cells and rows; line breaks in a cell and blank cells keep their place."""
    place = Place(1, 1)
    table = RawTable(
        (
            RawRow(("负责人：", "", NAME, "联系\n电话：", PHONE), place),
            RawRow(("填报日期：", "", "20230108090654"), place),
        )
    )
    document = RawDocument("a.pdf", "pdf", [Paragraph(f"经办：{OTHER_NAME}", place, 2), table, Paragraph(NAME, place)])
    masked, count = mask_document(document)
    assert count == 4
    assert [block.text for block in masked.blocks if isinstance(block, Paragraph)] == [f"经办：{N}", N]
    rows = next(masked.tables()).rows
    assert [row.cells for row in rows] == [
        ("负责人：", "", N, "联系\n电话：", P),
        ("填报日期：", "", "20230108090654"),
    ]
    assert isinstance(masked.blocks[0], Paragraph) and masked.blocks[0].heading == 2


def test_a_document_is_masked_over_the_breaks_of_its_cells_and_lines() -> None:
    """A number cut in a cell, in two paragraphs of a text, and two numbers of two rows that only meet."""
    place = Place(1, 1)
    table = RawTable(
        (
            RawRow(("备注", "请联系林\n黛玉，手机1390000\n1234"), place),
            RawRow(("面积", "1390000"), place),
            RawRow(("1234", "亩"), place),
        )
    )
    lines = [
        Paragraph("如有疑问请致电0351-", place),
        Paragraph("1234567。电话：1390000", place),
        Paragraph("1234", place),
    ]
    masked, count = mask_document(RawDocument("a.txt", "text", [table, *lines]))
    assert count == 8
    assert [row.cells for row in next(masked.tables()).rows] == [
        ("备注", f"请联系{N}\n{N}，手机{P}\n{P}"), ("面积", "1390000"), ("1234", "亩"),
    ]  # fmt: skip
    texts = [block.text for block in masked.blocks if isinstance(block, Paragraph)]
    assert texts == [f"如有疑问请致电{P}", f"{P}。电话：{P}", P]


def test_a_code_makes_a_cell_of_a_sheet_no_persons() -> None:
    assert not is_personal("资产编码13812345678，合同号13812345678A")
    assert is_personal(PHONE) and is_personal(f"编号{PHONE}（手机）") and is_personal(f"联系人：{N}")


@pytest.mark.shared
def test_the_originals_are_masked_and_else_unchanged(shared: Path) -> None:
    wanted = personal_data(shared)
    assert len(wanted) == 8, "four names and four numbers are printed in the five originals"
    for path in sorted((shared / "disclosures").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        masked, _ = mask(text)
        assert not hits(masked.encode(), wanted), path.name
        assert scan(masked) == [], path.name
        for before, after in zip(text.split("\n"), masked.split("\n"), strict=True):
            assert before == after or ("人" in after and before.count("\t") == after.count("\t")), path.name


@pytest.mark.shared
def test_no_file_of_the_repository_holds_personal_data(shared: Path, repo: Path) -> None:
    wanted = personal_data(shared)
    assert wanted
    found = {str(path): hits(contents(path), wanted) for path in files_below(repo)}
    assert len(found) > 50
    assert {path: what for path, what in found.items() if what} == {}


def test_the_stored_disclosures_hold_nothing_that_looks_personal(repo: Path) -> None:
    texts = sorted((repo / "data" / "disclosures").glob("*.txt"))
    assert len(texts) >= 5
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert mask(text)[1] == 0, path.name
        assert scan(text) == [], path.name
