"""Names in Latin letters, typed by hand: characters of several readings, words, places, and what is no Chinese."""

from __future__ import annotations

import csv

import pytest
from opening import html_of, opened

from budgetdata.base import region
from budgetdata.words.latin import latin, readings

pytest_plugins = ["app_fixtures"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("阳泉市招商中心", "Yangquan Shi Zhaoshang Zhongxin"),
        ("山西忻州经济开发区管理委员会", "Shanxi Xinzhou Jingji Kaifaqu Guanli Weiyuanhui"),
        ("陕西省西安市", "Shaanxi Sheng Xi'an Shi"),
        ("重庆市长寿区教育委员会", "Chongqing Shi Changshou Qu Jiaoyu Weiyuanhui"),
        ("长治市住房和城乡建设局", "Changzhi Shi Zhufang he Chengxiang Jianshe Ju"),
        ("厦门市行政审批局", "Xiamen Shi Xingzheng Shenpi Ju"),
        ("六安市会计学会", "Lu'an Shi Kuaiji Xuehui"),
        ("单县财政局", "Shanxian Caizheng Ju"),
        ("中共北京市委组织部", "Zhonggong Beijing Shi Wei Zuzhibu"),
        ("杭州市公安局治安分局", "Hangzhou Shi Gong'an Ju Zhi'an Fenju"),
        ("西藏自治区拉萨市", "Xizang Zizhiqu Lhasa Shi"),
        ("2026年差旅费（一期）", "2026 Nian Chailü Fei (Yiqi)"),
        ("CPU 采购", "CPU Caigou"),
        ("CPU 2026", ""),
        ("", ""),
    ],
)
def test_a_name_is_said_in_latin_letters(name: str, said: str) -> None:
    assert latin(name) == said


def test_every_place_of_the_country_has_a_reading_and_none_is_said_in_part() -> None:
    with region.Path(region.__file__).with_name("divisions.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) > 3_000 and all(map(latin, names))
    assert "𠮷" not in readings() and latin("㐂市") == ""


@pytest.mark.usefixtures("own_navigation", "db")
def test_pages_say_names_in_latin_letters_beside_the_chinese_ones_in_english_alone() -> None:
    said = '<span class="latin" lang="zh-Latn">Yangquan Shi Zhaoshang Zhongxin</span>'
    page = {"d": "3223a2c0af31"}
    assert f"阳泉市招商中心</h1>{said}" in html_of(opened("department", lang="en", **page))
    assert said in html_of(opened("home", lang="en")) and said in html_of(opened("home", lang="en", q="zhaoshang"))
    assert "zh-Latn" not in html_of(opened("department", **page)) + html_of(opened("home"))
