"""A new city without Python: the draft names what was not understood, and what is said of it there is read."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from budgetdata.base.errors import FormError, UnknownNameError
from budgetdata.forms.declared import FORMS_DIR, load_forms, standard_forms
from budgetdata.forms.profiles import load_profiles
from budgetdata.forms.titles import form_titled
from budgetdata.sheets import heads, labels
from budgetdata.show import draft as drafting
from budgetdata.show.draft import draft
from budgetdata.show.perhaps import like_column, like_label, like_part, like_row, like_table, row_names

ROOT = Path(__file__).parents[2]
TEXT = """大观园管理处

2024年度部门预算公开

部门名称：大观园管理处

## 第二部分 2024年部门预算报表

园中各处花销总览表

单位：万元

园务编号\t园务名称\t拢共\t日用\t专办
\t合计\t30.00\t10.00\t20.00
205\t教育支出\t20.00\t8.00\t12.00
20502\t普通教育\t20.00\t8.00\t12.00
2050201\t学前教育\t20.00\t8.00\t12.00
208\t社会保障和就业支出\t10.00\t2.00\t8.00
20805\t行政事业单位养老支出\t10.00\t2.00\t8.00
2080501\t行政单位离退休\t10.00\t2.00\t8.00

花木采办清单

单位：万元

花名\t花费
海棠\t1.50
芍药\t2.50
"""
PROMISED = """
第三部分 绩效

园中所许之事

单位：万元

管事之处\t要办之事\t预算数\t绩效目标
怡红院\t海棠栽种\t1.50\t春日栽海棠二十株，成活率不低于九成。
蘅芜苑\t藤萝养护\t2.50\t全年养护藤萝，不得枯死一株。
"""
MEANS = {"园务编号": "code", "园务名称": "label", "拢共": "total", "日用": "basic", "专办": "project"}


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A disclosure whose titles and heads no form knows."""
    path = tmp_path / "园.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_draft_is_a_layout_file_with_every_unknown_text_and_its_place(text: Path) -> None:
    lines = list(draft([text]))
    data = tomllib.loads("\n".join(lines))
    assert [title["printed"] for title in data["titles"]] == ["园中各处花销总览表", "花木采办清单"]
    heads = {head["printed"]: head for head in data["heads"]}
    assert set(heads) == {*MEANS, "花名", "花费"}
    assert heads["拢共"] == {"printed": "拢共", "under": "园中各处花销总览表", "means": ""}
    assert any(line.startswith("[[heads]]  # line 13") for line in lines)
    assert any("21 amounts stand under it" in line or "24 amounts" in line for line in lines if "[[titles]]" in line)


def test_a_title_taken_for_another_table_is_named(text: Path) -> None:
    text.write_text(TEXT.replace("花木采办清单", "2024年花木采购预算表"), encoding="utf-8")
    lines = list(draft([text]))
    assert any(line.startswith("#   line ") and "花木采购预算表" in line for line in lines)
    assert [title["printed"] for title in tomllib.loads("\n".join(lines))["titles"]] == ["园中各处花销总览表"]


def test_a_head_under_several_titles_is_asked_once(tmp_path: Path) -> None:
    path = tmp_path / "园.txt"
    path.write_text(TEXT.replace("花名\t花费", "园务名称\t花费"), encoding="utf-8")
    drafted = "\n".join(draft([path]))
    [head] = [head for head in tomllib.loads(drafted)["heads"] if head["printed"] == "园务名称"]
    assert head["under"] == ["园中各处花销总览表", "花木采办清单"]
    said = drafted.replace('printed = "花木采办清单"\ntable = ""', 'printed = "花木采办清单"\ntable = 12')
    said = said.replace('printed = "园中各处花销总览表"\ntable = ""', 'printed = "园中各处花销总览表"\ntable = 3')
    under = 'under = ["园中各处花销总览表", "花木采办清单"]\nmeans = '
    (tmp_path / "园.toml").write_text(said.replace(f'{under}""', f'{under}"label"'), encoding="utf-8")
    [profile] = load_profiles([tmp_path / "园.toml"])
    assert [(head.table, head.means) for head in profile.heads] == [(3, "label"), (12, "label")]


def test_a_draft_says_nothing_until_it_is_edited(text: Path, tmp_path: Path) -> None:
    path = tmp_path / "园.toml"
    path.write_text("\n".join(draft([text])), encoding="utf-8")
    [profile] = load_profiles([path])
    assert not profile.titles and not profile.heads
    assert load_forms(FORMS_DIR, [profile]) == load_forms(FORMS_DIR)


def edited(drafted: str) -> str:
    """The draft with what a person would say of it."""
    said = drafted.replace('printed = "园中各处花销总览表"\ntable = ""', 'printed = "园中各处花销总览表"\ntable = 3')
    said = said.replace('printed = "花木采办清单"\ntable = ""', 'printed = "花木采办清单"\ntable = "none"')
    for printed, means in MEANS.items():
        head = f'printed = "{printed}"\nunder = "园中各处花销总览表"\nmeans = '
        assert f'{head}""' in said
        said = said.replace(f'{head}""', f'{head}"{means}"')
    return said


def test_what_is_said_in_the_draft_is_read(text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "layouts"
    folder.mkdir(parents=True)
    text.write_text(TEXT + PROMISED, encoding="utf-8")
    said = edited("\n".join(draft([text])))
    for printed, means in (("管事之处", "unit"), ("要办之事", "project")):
        asked = f'printed = "{printed}"\ntable = "list"\nmeans = ""'
        assert asked in said, "a list of goals is asked for its heads, though it stands under no title of a table"
        said = said.replace(asked, asked[:-1] + f'{means}"')
    (folder / "园.toml").write_text(said + '\n[[labels]]\nprinted = "所盼"\nmeans = "指标值"\n', encoding="utf-8")
    command = [sys.executable, "-m", "budgetdata", "report", "--from", str(text.parent), "--db", str(tmp_path / "a.db")]
    environment = os.environ | {"BUDGETDATA_DATA": str(tmp_path / "data")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert "Table 3 园中各处花销总览表 (line 9): data, 21 figures, as expenditure" in done.stdout, (
        done.stdout + done.stderr
    )
    assert "belong to no table that is known" not in done.stdout
    assert "2 projects, 2 sheets" in done.stdout
    assert done.returncode == 0, "the list that is none of the thirteen leaves nothing unread"


def test_a_title_said_to_be_a_table_wins_over_every_pattern(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[[titles]]\nprinted = "2024年三公经费预算支出总表（汇总）"\ntable = "10"\n', encoding="utf-8")
    forms = load_forms(FORMS_DIR, load_profiles([path]))
    form = form_titled("2031年 三公经费预算支出总表(汇总)", forms)
    assert form is not None and form.no == 10


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("[[heads]]\nprinted = '甲'\ntable = 3\nmeans = 'money'", "means 'money', which is none of"),
        ("[[titles]]\nprinted = '甲'\ntable = 14", "a number from 1 to 13"),
        ("[[titles]]\ntable = 3", "no text in printed"),
        ("[[tables]]\nprinted = '甲'", "tables is not known"),
        ("[[titles]]\nprinted = '甲'\ntable = 'list'", "a number from 1 to 13"),
        ("[[labels]]\nmeans = '指标值'", "no text in printed"),
        ("name = ", "cannot be read as TOML"),
        ("[[variants]]\nvariant_of = 40", "variant_of names no declared form"),
    ],
)
def test_a_layout_that_is_wrong_is_told_with_its_file(said: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_text(said, encoding="utf-8")
    with pytest.raises(FormError, match=message) as caught:
        load_forms(FORMS_DIR, load_profiles([path]))
    assert "坏.toml" in str(caught.value)


def test_a_column_of_units_beside_codes_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "园.toml"
    path.write_text('[[heads]]\nprinted = "管事之处"\ntable = 3\nmeans = "unit"\n', encoding="utf-8")
    [side] = load_forms(FORMS_DIR, load_profiles([path]))[3].sides
    assert any(pattern.fullmatch("管事之处") for pattern in side.group_heads)


@pytest.mark.parametrize(("said", "message"), [("项目名称", ""), ("某某", "no label that is known"), ("", "")])
def test_a_label_means_one_that_is_known(
    said: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "园.toml"
    path.write_text(f'[[labels]]\nprinted = "所办何事"\nmeans = "{said}"\n', encoding="utf-8")
    [profile] = load_profiles([path])
    monkeypatch.setattr(labels, "said_of_promises", lambda: ((), profile.labels))
    read = labels.declared.__wrapped__
    if message:
        with pytest.raises(FormError, match=message):
            read()
        return
    assert read().exact.get("所办何事") == (read().exact["项目名称"] if said else None)


def test_a_head_of_a_list_means_a_part_that_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "园.toml"
    path.write_text('[[heads]]\nprinted = "所盼"\ntable = "list"\nmeans = "hope"\n', encoding="utf-8")
    [profile] = load_profiles([path])
    monkeypatch.setattr(heads, "said_of_promises", lambda: (profile.heads, ()))
    with pytest.raises(FormError, match="means 'hope', which is none of project"):
        heads._said.__wrapped__()


@pytest.mark.parametrize(
    ("title", "known", "likely"),
    [("园务支出总表", {3: 5, 5: 5}, 3), ("园务支出总表", {3: 2, 5: 1}, None), ("一般公共预算支出表", {3: 5, 5: 5}, 5)],
)
def test_a_title_is_likely_that_of_the_table_which_knows_its_heads(
    title: str, known: dict[int, int], likely: int | None
) -> None:
    assert like_table(title, known, 6, standard_forms()) == likely


def test_a_head_is_likely_the_column_that_is_named_most_like_it() -> None:
    assert like_column("上年结余、结转", [standard_forms()[2]]) == "carryover"
    assert like_part("一级项目名称") == "project" and like_part("花名") == ""
    assert like_label("年度绩效目标值") == "年度绩效目标" and like_label("花名") == ""


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no such file"):
        list(draft([tmp_path / "x.pdf"]))


@pytest.mark.parametrize(("means", "message"), [("carryover", ""), ("剩余", "known are .*carryover")])
def test_the_label_of_a_row_means_a_row_that_its_table_knows(means: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "园.toml"
    path.write_text(f'[[rows]]\nprinted = "二、去岁所余"\ntable = 1\nmeans = "{means}"\n', encoding="utf-8")
    profiles = load_profiles([path])
    if message:
        with pytest.raises(FormError, match=message):
            load_forms(FORMS_DIR, profiles)
        return
    rows = [row for side in load_forms(FORMS_DIR, profiles)[1].sides for row in side.rows]
    assert [row.role for row in rows if row.label.fullmatch("去岁所余")] == ["carryover"]
    assert any(row.label.fullmatch("上年结转") for row in rows)


ROWS = """
财政拨款收支总表

单位：万元

项目\t预算数\t项目\t预算数
一、一般公共预算拨款\t25.00\t一、教育支出\t20.00
二、上年的结余与结转\t5.00\t二、社会保障和就业支出\t10.00
收入总计\t30.00\t支出总计\t30.00
"""


def test_the_label_of_a_row_is_asked_with_its_place_until_it_is_said(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text.write_text(TEXT + ROWS, encoding="utf-8")
    lines = list(draft([text]))
    asked = {row["printed"]: row for row in tomllib.loads("\n".join(lines))["rows"]}
    assert asked == {"二、上年的结余与结转": {"printed": "二、上年的结余与结转", "table": 4, "means": ""}}
    at = lines.index('printed = "二、上年的结余与结转"')
    assert lines[at - 1] == "[[rows]]  # line 36" and lines[at + 2] == 'means = ""  # perhaps carryover'
    assert any(line.startswith("#   table 4 ") and "carryover 上年结转, " in line for line in lines)
    said = "\n".join(lines).replace('means = ""  # perhaps carryover', 'means = "carryover"')
    (tmp_path / "园.toml").write_text(said, encoding="utf-8")
    known = load_forms(FORMS_DIR, load_profiles([tmp_path / "园.toml"]))
    monkeypatch.setattr(drafting, "standard_forms", lambda: known)
    assert "[[rows]]" not in "\n".join(draft([text]))


def test_a_row_is_likely_the_one_that_is_called_most_like_it() -> None:
    forms = standard_forms()
    assert like_row("二、上年结余、结转", forms[1]) == "carryover" and like_row("会议费", forms[10]) == ""
    assert like_row("一般公共预算拨款", forms[4]) == "general", "of two rows that are called so the first"
    for form in forms.values():
        rows = {row.role: row for side in form.sides for row in side.rows}
        names = row_names(form)
        assert [role for role, name in names.items() if not rows[role].label.fullmatch(name)] == [], form.id
