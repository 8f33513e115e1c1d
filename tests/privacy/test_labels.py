"""Whatever a label of a person is called, the name behind it is masked; numbers in every spelling; all else stays."""

from __future__ import annotations

import time

import pytest
from personal import NAME, OTHER_NAME, PHONE

from budgetdata.privacy.mask import mask
from budgetdata.privacy.patterns import (
    ACCOUNT_MASK,
    EMAIL_MASK,
    HOME_MASK,
    IDENTITY_MASK,
    NAME_MASK,
    PHONE_MASK,
    PLATE_MASK,
)
from budgetdata.privacy.scan import scan

# Those that leaked once, and others as signatures and heads of tables print them.
LABELS = [
    "法定代表人", "责任人", "签发人", "制单人", "局长", "审签人", "编报人", "主要负责人审签情况", "联系人及电话",
    "联系人及联系方式", "保密审查情况", "部门主要负责人审签情况", "法人代表", "分管副局长", "项目第一责任人",
    "财务负责人签字", "单位负责人（签章）", "校核人员", "信息公开审查人", "预算编制人员", "数据核对人", "报表录入员",
    "打字员", "档案管理员", "记账", "稽核", "制证", "出纳员", "会计主管人员", "主管会计", "总会计师", "高级工程师",
    "驻村第一书记", "驻村工作队员", "村支部书记", "村委会主任", "社区书记", "党支部书记", "工会主席", "副镇长",
    "乡长", "检察长", "庭长", "审判员", "书记员", "课题负责人", "项目首席专家", "带头人", "指导教师", "班主任",
    "帮扶责任人", "包联干部", "网格员", "驾驶员", "采购经办", "验收人员", "保管员", "领用人", "领取人签字", "收款人",
    "户主", "监护人", "受益人", "申请人", "被救助人", "家属代表", "委托代理人", "证明人", "值班人员", "发言人",
    "新闻发言人", "拟稿", "核稿", "会签", "审定意见", "分管领导审批", "审批人意见", "姓名", "责任编辑", "填报人/电话",
    "经办人（签名）", "办公室主任", "科室负责人及手机", "党组书记、局长", "院长", "总经理", "董事长", "理事长",
    "监制", "复核人2", "第一联系人", "紧急联系人", "技术咨询", "业务对接", "统计人员",
]  # fmt: skip
LATIN = ["Contact", "Contact person", "Prepared by", "Approved by", "Person in charge", "Attn", "Name", "LEADER"]


def test_there_are_more_labels_than_were_known() -> None:
    assert len(set(LABELS)) > 90


@pytest.mark.parametrize("label", LABELS)
def test_a_name_behind_any_label_of_a_person_is_masked(label: str) -> None:
    for text in (
        f"{label}：{NAME}",
        f"{label}: {NAME}\n",
        f"{label}\t：\t{OTHER_NAME}\t",
        f"（{label}：贾政，{PHONE}）",
        f"{label}：史湘云审签：贾琏 日期：2026年1月",
        f"{label}：史 湘 云、{NAME}",
        f"　　{label}：林\u200b黛\u200b玉。",
        f"{label}：Lin Daiyu",
        f"项目\t{label}\t{NAME}\t12.00",
        f"单位\t{label}\t金额\n园林局\t{NAME}\t12.00\n水务局\t{OTHER_NAME}\t3.50",
        f"{label}：林黛玉 0351-7654321 转 801",
    ):
        masked, count = mask(text)
        assert count, "nothing was masked"
        for name in (NAME, OTHER_NAME, "贾政", "史湘云", "史 湘 云", "贾琏", "黛", "Lin", "Daiyu", PHONE, "7654321"):
            assert name not in masked, text.replace(name, "□")
        assert mask(masked) == (masked, 0)
        assert scan(masked) == []


@pytest.mark.parametrize("label", LATIN)
def test_labels_in_english(label: str) -> None:
    assert mask(f"{label}: {NAME}")[0] == f"{label}: {NAME_MASK}"
    assert mask(f"{label}: Lin Daiyu, 2026")[0] == f"{label}: {NAME_MASK}, 2026"


PHONES = [
    "139.0000.1234", "139·0000·1234", "139-0000-1234", "139—0000—1234", "１３９００００１２３４", "139\u200b0000\u200b1234",
    "1390\u00ad0001234", "+8613900001234", "+86-139-0000-1234", "0086-13900001234", "(86)13900001234", "（+86）139-0000-1234",
    "139/0000/1234", "139_0000_1234", "1390-000-1234", "139 0000 1234", "+86 139 0000 1234", "１３９　００００　１２３４",
    "139  0000  1234",
]  # fmt: skip
LABELLED_PHONES = [
    "0351-7654321", "0351—7654321", "0351 7654321", "（0351）7654321", "(0351) 7654321", "0351－7654321转801",
    "0351-7654321-801",
    "0351-7654321ext.801", "0351-7654321 分机 801", "010-1234 5678",
    "010.12345678", "03517654321", "7654321", "1234-5678", "1234 5678",
    "1 3 9 0 0 0 0 1 2 3 4", "139-00-00-12-34", "+86-351-7654321", "０３５１－７６５４３２１",
]  # fmt: skip


@pytest.mark.parametrize("number", PHONES)
def test_a_mobile_number_is_masked_in_every_spelling(number: str) -> None:
    for text in ("请拨打{}。", "{}", "1 {}\n", "园林局\t{}\t\n", "电话：{}"):
        assert mask(text.format(number))[0] == text.format(PHONE_MASK), text


@pytest.mark.parametrize("number", LABELLED_PHONES)
@pytest.mark.parametrize(
    "label", ["联系电话：", "电话 ", "Tel: ", "办公电话（座机）：", "传真:\t", "联系人及电话：林黛玉 "]
)
def test_a_labelled_number_is_masked_in_every_spelling(label: str, number: str) -> None:
    masked, _ = mask(f"{label}{number}，谢谢")
    assert masked == f"{label.replace('林黛玉', NAME_MASK)}{PHONE_MASK}，谢谢"


@pytest.mark.parametrize("label", ["护林看守", "消控室值守", "楼宇管家", "援藏", "金牌得主"])
def test_a_name_that_is_one_without_doubt_needs_no_label_that_is_known(label: str) -> None:
    for text in (
        f"{label}：{OTHER_NAME}",
        f"{label}：{NAME}，2026年",
        f"{label}：林黛\n玉，",
        f"{label} {NAME}",
        f"单位\t{label}\t金额\n园林局\t{NAME}\t12.00",
        f"{label}：阿卜杜拉·买买提",
    ):
        masked = mask(text)[0]
        assert not any(name in masked for name in (NAME, OTHER_NAME, "黛", "阿卜杜拉")), text.replace(NAME, "□")


@pytest.mark.parametrize("label", LABELS)
def test_a_name_on_a_line_of_its_own(label: str) -> None:
    """Behind a gap, or alone on the line behind the label's."""
    for text in (f"{label}  {NAME}", f"{label}：\n{NAME}\n", f"{label}（签字） 林 黛 玉  2026年1月3日"):
        masked = mask(text)[0]
        assert NAME not in masked and "林 黛 玉" not in masked


def test_several_numbers_and_names_in_a_row() -> None:
    masked = mask(f"电话：{PHONE} 13900001235 13900001236")[0]
    assert masked == f"电话：{PHONE_MASK} {PHONE_MASK} {PHONE_MASK}"
    masked = mask("姓名\t联系电话\n林黛玉\t7654321\n贾宝玉、史湘云\t0351-7654321")[0]
    assert masked == f"姓名\t联系电话\n{NAME_MASK}\t{PHONE_MASK}\n{NAME_MASK}、{NAME_MASK}\t{PHONE_MASK}"


NUMBERS = [
    ("身份证号：110105491231002", f"身份证号：{IDENTITY_MASK}"),
    ("身份证号：110105194912310021", f"身份证号：{IDENTITY_MASK}"),
    ("身份证：1101051949123100", f"身份证：{IDENTITY_MASK}"),
    ("身份证号码为110105 1949 1231 002X", f"身份证号码为{IDENTITY_MASK}"),
    ("证件号\t1101051949****002X\t", f"证件号\t{IDENTITY_MASK}\t"),
    ("发放给110105194912310021的补助", f"发放给{IDENTITY_MASK}的补助"),
    ("护照号：E12345678", f"护照号：{IDENTITY_MASK}"),
    ("银行卡号：6222 0212 3456 7890 123", f"银行卡号：{ACCOUNT_MASK}"),
    ("收款账号：0502123409200012345", f"收款账号：{ACCOUNT_MASK}"),
    (f"联系人：{NAME} 6222021234567890128", f"联系人：{NAME_MASK} {ACCOUNT_MASK}"),
    ("公务用车晋A12345维修", f"公务用车{PLATE_MASK}维修"),
    ("车牌号：晋A·1234学、京AD12345", f"车牌号：{PLATE_MASK}、{PLATE_MASK}"),
    ("邮箱：daiyu.lin@163.com", f"邮箱：{EMAIL_MASK}"),
    ("daiyu_lin @ qq.com 发送", f"{EMAIL_MASK} 发送"),
    ("daiyu(at)gmail.com", EMAIL_MASK),
    ("微信号：lin_daiyu2026", f"微信号：{ACCOUNT_MASK}"),
    ("QQ：12345678", f"QQ：{ACCOUNT_MASK}"),
    ("家庭住址：太原市大观园路1号潇湘馆3单元502，", f"家庭住址：{HOME_MASK}，"),
    ("现住址\t扬州市盐城路7号\t12", f"现住址\t{HOME_MASK}\t12"),
    ("地址：太原市柳巷小区3号楼2单元502室", f"地址：{HOME_MASK}"),
    ("住在太原市柳巷小区3号楼2单元502室。", f"住在{HOME_MASK}。"),
    ("V信：lindaiyu1，微信ID：wxid_abc123", f"V信：{ACCOUNT_MASK}，微信ID：{ACCOUNT_MASK}"),
    ("加微信lin_daiyu88，QQ 12345678", f"加微信{ACCOUNT_MASK}，QQ {ACCOUNT_MASK}"),
    ("支付宝账号：daiyu@garden.com", f"支付宝账号：{EMAIL_MASK}"),
    ("daiyu at 163.com，daiyu@163。com，daiyu[at]qq[dot]com", f"{EMAIL_MASK}，{EMAIL_MASK}，{EMAIL_MASK}"),
    ("汇入6222021234567890128，打入账户6222 0212 3456 7890 128", f"汇入{ACCOUNT_MASK}，打入账户{ACCOUNT_MASK}"),
    ("6222-0212-3456-7890-128", ACCOUNT_MASK),
    ("港澳通行证：C12345678，军官证：南字第12345678号", f"港澳通行证：{IDENTITY_MASK}，军官证：{IDENTITY_MASK}"),
    ("电话：一三九〇〇〇〇一二三四，☎0351-7654321", f"电话：{PHONE_MASK}，☎{PHONE_MASK}"),
    ("电话：0351 - 7654321，手机：139，0000，1234", f"电话：{PHONE_MASK}，手机：{PHONE_MASK}"),
    (f"{NAME}身份证号110105194912310021", f"{NAME_MASK}身份证号{IDENTITY_MASK}"),
    (f"{NAME}（银行卡号：6222021234567890128）", f"{NAME_MASK}（银行卡号：{ACCOUNT_MASK}）"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_other_numbers_and_addresses_of_persons(text: str, expected: str) -> None:
    assert mask(text)[0] == expected
    assert mask(expected) == (expected, 0)


RECIPIENTS = [
    ("林黛玉抚恤金", f"{NAME_MASK}抚恤金"),
    ("退休干部林黛玉一次性抚恤金\t12.00", f"退休干部{NAME_MASK}一次性抚恤金\t12.00"),
    ("发放林黛玉同志丧葬费及抚恤金", f"发放{NAME_MASK}同志丧葬费及抚恤金"),
    ("死亡抚恤金（林黛玉）", f"死亡抚恤金（{NAME_MASK}）"),
    ("遗属补助：林黛玉、贾宝玉等3人", f"遗属补助：{NAME_MASK}、{NAME_MASK}等3人"),
    ("抚恤金-林黛玉", f"抚恤金-{NAME_MASK}"),
    ("林黛玉病故一次性抚恤金", f"{NAME_MASK}病故一次性抚恤金"),
    ("个人补助（贾宝玉）", f"个人补助（{NAME_MASK}）"),
    ("林黛玉等5人遗属生活补助", f"{NAME_MASK}等5人遗属生活补助"),
    ("已故教师史湘云丧葬费", f"已故教师{NAME_MASK}丧葬费"),
    ("慰问金\t贾政同志慰问金", f"慰问金\t{NAME_MASK}同志慰问金"),
]

KEPT = [
    "以习近平同志为核心的党中央，习近平新时代中国特色社会主义思想", "局长林黛玉出席会议。市长贾政讲话。",
    "高龄补助，安置补助，伤残抚恤金，死亡抚恤，其他优抚支出，遗属补助（全年），慰问金（春节）",
    "离退休干部职工抚恤金，单位职工抚恤金，党员慰问金，困难党员补助，双拥慰问金，农村救助金，全市遗属生活补助",
    "抚恤金：一次性发放，丧葬费：按标准。救助金（农户）：12万元，生活补助（高校）",
    "老同志慰问金，离休同志医疗费，退役同志补助", "单位：万元", "年度：2026年", "项目名称：安全生产", "审核：通过",
    "验收：合格", "采购：计算机", "统计：全年", "负责：全面工作", "人员：全体职工", "受益对象：农户",
    "服务对象：居民", "满意度：高", "责任人意见：同意", "经办部门：财务科", "编制人数：12人，实有人员：10",
    "主持：全委会", "监督电话：12345", "时长：三年", "增长：高于上年", "在职人员\t基本工资\t12.00", "人员\t费用\t12",
    "离休人员\t\t全额\t3", "编制\t单位\t12", "采购\t车辆\t1", "监督\t12345", "统计\t金额\t5.00", "领导\t平均\t2",
    "干部\t万元\t1.00", "微信公众号：taiyuanczj", "公众号 微信小程序", "QQ群", "对公账号：140501234567890123",
    "账户：123,456,789.00", "国库集中支付账户\t123456789012.00", "版本 3.10.2", "2024-2026", "2024.01.01-2026.12.31",
    "晋财预〔2016〕143号", "京A类科室", "川B2B平台", "文号 晋A2024001", "面积1234 5678平方米", "12 34567890",
    "项目编码140000235138000001234", "举报邮箱：office@tyczj.gov.cn", "Excel: Budget", "负责人：ABC公司",
    "Version: 3", "10:30 开会", "比例：高", "居住地：本市", "住址变更业务", "保密审查情况：已审查", "审核意见：同意",
    "审查结果：合格，予以公开", "审签情况：已审签", "主要负责人审签情况：同意公开", "13900056789.00 12",
    "合计13900056789", "13900056789元 13800056789元", "资金性质：高平", "树木：丁香花", "开工条件：安康", "去向：黄龙洞",
    "类别\t云南松\t12.00",
    "支付：代发", "建设：代建", "岗位：安保", "主题：高质量", "支出\t方向\t广元", "项目 文明创建", "主管 全面工作",
    "监督 严格执行 2026年",
    "QQ2007版", "微信H5平台", "微信小程序", "统一账户\t1234567890.00", "地址：太原市柳巷12号A座502室", "转入12345678901234.56元",
    "工资福利：于年初", "项目编码：620102000001234567890", "6200 0012 3456 7890 12", "电话：一、二、三",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RECIPIENTS)
def test_a_person_that_a_benefit_is_paid_to(text: str, expected: str) -> None:
    assert mask(text)[0] == expected


@pytest.mark.parametrize("text", KEPT)
def test_amounts_codes_and_names_of_offices_stay(text: str) -> None:
    assert mask(text) == (text, 0)


HOSTILE = {
    "blanks": " " * 20_000,
    "blanks behind a label": ("经办人：" + " " * 1_000) * 20,
    "blanks in a name": ("经办人：林" + "　" * 1_000 + "黛玉") * 20,
    "tabs": "联系电话" + "\t" * 10_000 + "经办人" + "\t" * 10_000,
    "breaks": "负责人：\n" * 2_000,
    "hidden signs": "经\u200b办\u200b人\u200b：\u200b林\u200b黛\u200b玉\u200b" * 1_000,
    "labels": "负责人" * 8_000,
    "colons": "：" * 20_000,
    "numbers": "13900001234 " * 2_000,
    "one line of numbers": "13900001234\t" * 1_000,
    "letters": "a" * 20_000 + "@" + "b." * 10_000,
    "brackets": "负责人（" * 5_000,
    "dashes": "0351-" * 4_000,
}
FIRST, SECOND = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", "春夏秋冬东西南北山水风云日月星雨雪花草木"
NAMES = [f"{surname}{one}{two}" for surname in "赵钱孙李周吴郑王冯陈" for one in FIRST[:10] for two in SECOND[:10]]


@pytest.mark.parametrize("kind", HOSTILE)
def test_masking_takes_time_in_proportion(kind: str) -> None:
    text = HOSTILE[kind]
    half, whole = _seconds(text[: len(text) // 2]), _seconds(text)
    assert whole < max(3 * half, 0.3), f"{half:.2f} s for half of it, {whole:.2f} s for the whole"


def test_a_thousand_names_take_no_longer_each() -> None:
    """Each is known after it was found, and looked for everywhere."""
    text = "".join(f"联系人：{name}\t电话：{13900000000 + number}\n{name}\t到会\n" for number, name in enumerate(NAMES))
    few = _seconds(text[: len(text) // 4])
    started = time.process_time()
    masked, count = mask(text)
    assert time.process_time() - started < max(8 * few, 1)
    assert len(NAMES) == 1_000 and count >= 3 * len(NAMES) and not any(name in masked for name in NAMES)


def _seconds(text: str) -> float:
    started = time.process_time()
    mask(text)
    return time.process_time() - started
