"""A name or number that is written otherwise than labels are: other signs than a colon, brackets and quotation marks, lists,
letters, traditional characters, prose; and what is written alike and is nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetdata.privacy.mask import mask, mask_name
from budgetdata.privacy.scan import scan

NAME, OTHER = "钱伟业", "何碧霞"
"""Of invented persons; one has a character that names and many words end in."""
LABELS = [
    "填制人", "报表填制", "出表", "审表", "核表", "会审", "总账会计", "财务处处长", "副科", "正科", "一级调研员",
    "四级主任科员", "话务员",
    "接线员", "公益性岗位", "公益岗", "A岗", "AB岗", "获奖者", "被征收人", "产权人", "出租方", "承租方", "房东", "租赁方",
    "债权人", "信访人", "继承人",
    "亡故职工", "供养对象", "留守儿童", "百岁老人", "带队", "随行人员", "陪餐人员", "车主", "持卡人", "领款人", "报销人",
    "归口管理", "一把手",
    "县委常委", "首问责任", "值班", "带班", "电工", "木工", "瓦工", "绿化工", "园丁", "保安", "更夫", "清洁工", "乙方", "股东",
    "理事", "监理",
    "绘制", "制作", "供图", "撰文", "口述", "编审", "终校", "图", "通讯作者", "党代表",
]  # fmt: skip
AROUND = [
    "{label}：{name}", "{label}：{other}，", "{label}\t{name}",
    "单位\t{label}\t金额\n水务局\t{name}\t12.00\n园林局\t{other}\t3.50",
    "（{label}：{name}）", "{label}（签字）：{name}", "某单位实施，{label}：{name}、{other}。", "{label}：{name}和{other}",
]  # fmt: skip


def test_labels_of_many_trades() -> None:
    for at, label in enumerate(LABELS):
        for around in AROUND[at % 2 :: 2]:
            masked = mask(around.format(label=label, name=NAME, other=OTHER))[0]
            assert NAME not in masked and OTHER not in masked, around.format(label=label, name="□", other="□")
            assert scan(masked) == []


# Each with what must be gone; all of one person.
WRITTEN = [
    ("经办人签字：________钱伟业", "钱伟业"), ("经办人：_钱伟业_", "钱伟业"), ("经办人：【钱伟业】", "钱伟业"),
    ("经办人：“钱伟业”", "钱伟业"),
    ("经办人：<b>钱伟业</b>", "钱伟业"), ("经办人：**钱伟业**", "钱伟业"), ("经办人——钱伟业", "钱伟业"),
    ("经办人-钱伟业", "钱伟业"),
    ("经办人=钱伟业", "钱伟业"), ("经办人|钱伟业", "钱伟业"), ("经办人→钱伟业", "钱伟业"), ("经办人；钱伟业", "钱伟业"),
    ("经办人, 钱伟业", "钱伟业"),
    ("经办人︰钱伟业", "钱伟业"), ("经办人∶钱伟业", "钱伟业"), ("经办人﹕钱伟业", "钱伟业"),
    ("经办人：1.钱伟业 2.何碧霞", "钱伟业 何碧霞"),
    ("经办人：①钱伟业②何碧霞", "钱伟业 何碧霞"), ("经办人：钱伟业与何碧霞", "钱伟业 何碧霞"), ("經辦人：錢偉業", "錢偉業"),
    ("聯繫人：陳國華 聯絡電話：0351-7654321", "陳國華 7654321"), ("经办人：qian weiye", "qian weiye"),
    ("经办人：qianweiye", "qianweiye"),
    ("联系人：扎西顿珠，才让卓玛", "扎西顿珠"), ("责任人：娜仁花", "娜仁花"), ("如有疑问，请与财务科钱伟业联系", "钱伟业"),
    ("请与我局财务科钱伟业联系", "钱伟业"), ("可向办公室钱伟业同志咨询", "钱伟业"),
    ("咨询电话：0351-7654321（钱伟业）", "7654321 钱伟业"),
    ("联系人：钱伟业\n由钱伟业负责日常管理", "由钱伟业"), ("186-351-12233", "12233"), ("T:0351-7654321", "7654321"),
    ("电话：壹捌陆叁伍壹壹贰贰叁叁", "壹捌陆叁"), ("外国人永久居留身份证：CHN140105198001011", "CHN140105"),
    ("医师资格证号：201414110140105195112031234", "140105195112031234"), ("驾驶证档案编号：140100123456", "140100123456"),
    ("建行卡：6217 0002 3000 1234 567", "3000"), ("打到钱伟业卡上：6222021223344556123", "钱伟业 6222021223344556123"),
    ("一卡通号：6217000230001234567", "6217000230001234567"), ("惠农卡：6228480123456789012", "6228480123456789012"),
    ("加V：qianwy1978，薇信：qianwy1979，抖音：qianwy1970，钉钉：qianwy1971", "qianwy"), ("扣扣：12345678", "12345678"),
    ("QQ:1234 5678", "5678"), ("qianwy@vip.sina.com", "qianwy"), ("通讯地址：太原市柳巷小区3栋1202号", "3栋1202"),
    ("现居太原市柳巷小区3号楼2单元502室", "2单元502"), ("户籍：太原市柳巷小区3号楼2单元502室", "2单元502"),
    ("居住于太原市柳巷小区3号楼2单元502室", "2单元502"), ("收件人：钱伟业 太原市柳巷小区3号楼2单元502室", "钱伟业 2单元502"),
    ("离休干部钱伟业医疗费", "钱伟业"), ("钱伟业案件赔偿金", "钱伟业"), ("钱伟业住院医疗费", "钱伟业"),
    ("补发钱伟业工资", "钱伟业"),
    ("钱伟业退休补贴", "钱伟业"), ("支付钱伟业诉我局劳动争议案执行款", "钱伟业"), ("归还钱伟业借款", "钱伟业"),
    ("见义勇为人员钱伟业奖励金", "钱伟业"),
    ("引进人才钱伟业安家费", "钱伟业"), ("劳模钱伟业慰问金", "钱伟业"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gone"), WRITTEN)
def test_other_ways_of_writing(text: str, gone: str) -> None:
    for before, behind in (("", ""), ("备注\t", "\t12.00"), ("　　", "\n下一行")):
        masked = mask(before + text + behind)[0]
        assert not any(part in masked for part in gone.split()), text
        assert mask(masked) == (masked, 0)


FILES = [
    "钱伟业身份证.pdf", "2026预算-钱伟业.pdf", "预算（钱伟业）.docx", "某局2026预算(财务科钱伟业改).docx",
    "某局预算_钱伟业_终稿.doc", "某局预算钱伟业.doc",
    "钱伟业发来的预算.doc",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_who_wrote_a_file_is_not_told_by_its_name(name: str) -> None:
    assert NAME not in mask_name(name)


KEPT = [
    "甲方：云中县财政局，乙方：山西省", "乙方：万达公司", "职工\t平均工资\t12.00", "监理：全程", "制作：宣传片", "值班：全年",
    "保安：外包",
    "经办人-审核人-负责人", "明确责任人，高度重视", "落实责任人，全程监管", "责任人；完成时限", "经办人→审核人→负责人",
    "补助：万美元", "地名：终南山",
    "路线\t和平路\t12.00", "山体\t钟南山\t3", "支付王家岭煤矿工程款", "发放教师工资，退还职工欠款", "清理拖欠民营企业借款",
    "归还银行借款",
    "公务员医疗费，公益性岗位工资，编外人员工资", "全年工资，年终奖励金，应急救助金", "某局预算公开表.xlsx",
    "高新区2026年预算.pdf", "高平市农业农村局办理",
    "由办公室负责办理，到财务科办理报销", "地址：太原市柳巷12号A座502室", "T：0.35", "A类：高级职称", "QQ：一群",
    "账号：见附件", "壹佰贰拾叁万元整",
    "第一：党建引领，第二：金融支持", "编号：CHN2026001", "颁发残疾人证和优待证1200本", "居住于本市的居民", "户籍：本市",
    "现居住地变更",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_is_written_alike_and_is_nobodys_stays(text: str) -> None:
    assert mask(text) == (text, 0)
    assert mask_name(text) == text


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([text for text, gone in WRITTEN if gone == NAME]),
    st.sampled_from("赵孙李周吴郑冯陈褚卫蒋沈韩杨"),
    st.text(st.sampled_from("伟芳娜敏静丽强磊军洋勇艳杰娟涛"), min_size=2, max_size=2),
)
def test_they_are_masked_whoever_it_is(text: str, surname: str, given_name: str) -> None:
    assert surname + given_name not in mask(text.replace(NAME, surname + given_name))[0]
