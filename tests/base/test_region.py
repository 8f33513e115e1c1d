"""The region is told from the country's divisions, wherever in it a body is."""

from __future__ import annotations

import pytest

from budgetdata.base.region import region_of, within_region


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("山西转型综合改革示范区科技金融部", "山西转型综合改革示范区"),
        ("山西忻州经济开发区管理委员会", "忻州市"),
        ("阳泉市招商中心", "阳泉市"),
        ("阳泉市平定县财政局", "平定县"),
        ("孝义市教育局", "孝义市"),
        ("山西省财政厅", "山西省"),
        ("山西大学", "山西省"),
        ("烟台市审计局", "烟台市"),
        ("中共假想市委宣传部", "假想市"),
        ("中国共产党太原市委员会组织部", "太原市"),
        ("城市管理和综合执法局", ""),
        ("公安局交通管理支队", ""),
        ("国家信访局", ""),
        ("", ""),
        ("上海交通职业技术学院", "上海市"),
        ("北京城市副中心工程建设管理办公室", "北京市"),
        ("吉林市财政局", "吉林市"),
        ("吉林省财政厅", "吉林省"),
        ("内蒙古自治区呼和浩特市财政局", "呼和浩特市"),
        ("新疆教育厅", "新疆维吾尔自治区"),
        ("延边朝鲜族自治州延吉市教育局", "延吉市"),
        ("海南省琼海市财政局", "琼海市"),
        ("浙江省宁波市海曙区教育局", "海曙区"),
        ("石家庄市赵县教育局", "赵县"),
        ("苏州工业园区管理委员会", "苏州工业园区"),
        ("安康医院", ""),
    ],
)
def test_region_comes_from_the_name(department: str, region: str) -> None:
    assert region_of(department) == region


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("上海市普陀区人民政府办公室", "上海市普陀区"),
        ("舟山市普陀区财政局", "舟山市普陀区"),
        ("普陀区财政局", ""),
        ("南京市鼓楼区教育局", "南京市鼓楼区"),
        ("江苏省鼓楼区教育局", "江苏省"),
        ("朝阳区财政局", ""),
        ("北京市朝阳区财政局", "北京市朝阳区"),
    ],
)
def test_a_county_of_a_name_that_others_bear_needs_its_city(department: str, region: str) -> None:
    assert region_of(department) == region


def test_a_title_tells_what_the_name_does_not() -> None:
    assert region_of("审计局", "烟台市2026年部门预算") == "烟台市"


@pytest.mark.parametrize(
    ("name", "region", "shown"),
    [
        ("中共北京市委军民融合发展委员会办公室", "北京市", "中共北京市委军民融合发展委员会办公室"),
        ("上海交通职业技术学院", "上海市", "上海交通职业技术学院"),
        ("北京城市副中心工程建设管理办公室", "北京市", "北京城市副中心工程建设管理办公室"),
        ("普陀区教育局", "上海市普陀区", "上海市普陀区教育局"),
        ("中共上海市普陀区委办公室", "上海市普陀区", "中共上海市普陀区委办公室"),
        ("新疆教育厅", "新疆维吾尔自治区", "新疆教育厅"),
        ("信访局", "上海市普陀区", "上海市普陀区信访局"),
        ("信访局", "", "信访局"),
    ],
)
def test_a_name_has_its_region_before_it_once(name: str, region: str, shown: str) -> None:
    assert within_region(name, region) == shown
