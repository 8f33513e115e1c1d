"""What a spreadsheet's cell shows is what is read: the value in its number format."""

from __future__ import annotations

import datetime

import pytest

from budgetdata.base.text import UNREAD
from budgetdata.readers.office.shown import shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"), (1234567.891, "#,##0.00", "1,234,567.89"), (1234.565, "0.00", "1234.57"),
        (0.125, "0.0%", "12.5%"), (0, "#,##0.00", "0.00"), (0, "0.00;-0.00;", ""), (0, "#", ""), (7, "000", "007"),
        (0, ACCOUNTING, "-"), (12.5, ACCOUNTING, "12.50"), (-12.5, ACCOUNTING, "-12.50"), ("合计", ACCOUNTING, "合计"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"), (-1, "0.00;[Red]-0.00", "-1.00"), (-0.001, "0.00", "0.00"),
        (12345, "#,##0,", "12"), (12345, "0!.0,", "1.2"), (123456789, "0!.0000", "12345.6789"), (1.5, "0.##", "1.5"),
        (0.1 + 0.2, "General", "0.3"), (100 / 3, "General", "33.33333333"), (1e15, "General", "1000000000000000"),
        (2024, '0"年"', "2024年"), (1234.5, '"¥"#,##0.00', "¥1,234.50"), (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (True, "General", "TRUE"), (None, "0.00", ""), (datetime.datetime(2023, 1, 8), 'yyyy"年"m"月"d"日"', "2023年1月8日"),
        (datetime.datetime(2023, 1, 8, 9, 5), "yyyy/mm/dd hh:mm", "2023/01/08 09:05"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (5, ";;;"),
        (-5, "0.00;;"),
        ("甲", "0;0;0;"),
        (3, "[>100]0;0.0"),
        (1.5, "# ?/?"),
        (9, "[DBNum2]0"),
        (5, "0.0E+00"),
    ],
)
def test_what_a_format_hides_or_is_not_known_is_unread(value: object, number_format: str) -> None:
    assert shown(value, number_format) == UNREAD, "never blank, never a guess"
