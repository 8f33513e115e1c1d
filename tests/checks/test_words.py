"""What the declarations name by a key has words in both languages; the Chinese ones are those of the declaration."""

from __future__ import annotations

import tomllib

import pytest

from budgetdata.checks.disclosure import standard_profile
from budgetdata.checks.inside import INSIDE, UNITS_KIND
from budgetdata.forms.declared import FORMS_DIR
from budgetdata.forms.identities import standard_identities
from budgetdata.words.catalogue import LANGUAGES, has, text

COLUMNS = tomllib.loads((FORMS_DIR / "columns.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_identity_kind_column_and_item_has_words(lang: str) -> None:
    keys = [f"check.{identity.id}" for identity in standard_identities()]
    keys += [f"check.kind.{kind}" for kind in INSIDE] + [UNITS_KIND]
    keys += [f"column.{name}" for name in COLUMNS]
    keys += [f"disclosure.item.{item['id']}" for item in standard_profile().items]
    assert [key for key in keys if not has(key, lang)] == []


def test_the_chinese_words_are_those_of_the_declaration() -> None:
    assert {name: text("zh", f"column.{name}") for name in COLUMNS} == {n: c["name_zh"] for n, c in COLUMNS.items()}
    items = standard_profile().items
    assert [text("zh", f"disclosure.item.{item['id']}") for item in items] == [item["item"] for item in items]
