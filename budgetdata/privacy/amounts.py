"""Digits that could be a mobile phone number and are none: an amount of money, told by 元 and ￥, by their label or their
row; or a code (合同号, 资产编码), told by the word they stand directly behind or the letter they end in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
BLANK = " "
"""The one blank that the patterns of this room know: they are asked of `one_blank` of a text."""
GAP = rf"[{BLANK}\t\v]*"

IN_YUAN = (
    rf"(?:[(（]?[万亿]?元|[{BLANK}][万亿]?元(?:整|的|左右|以[上下内]|人民币|[{HAN}]{{3}})"
    rf"|{GAP}[(（]?[万亿]?元(?![{HAN}])|{GAP}[万亿](?![{HAN}]))"
)
"""元 behind a number; behind a blank not the first character of a name (元 and 万 are surnames too)."""

_WORD = re.compile(
    r"总额|金额|资金|财政资|拨款|经费|收入|支出|合计|总计|小计|预算|自筹|补助|补贴|[(（][万亿]?元[)）]|[¥￥]"
)
_BEHIND_WORD = re.compile(
    rf"(?:[¥￥]|人民币|总额|金额|资金|拨款|经费|收入|支出|合计|总计)(?:[(（][万亿]?元[)）])?[:：]?[{BLANK}]*$"
)
_LONGEST_WORD = 20
_WIDEST_RUN = 40
_CODE_REACH = 60
_NUMBER = re.compile(r"[-－]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?")
_CLEAR = re.compile(r"-?[1-9]\d{0,2}(?:[,，]\d{3}){2,}(?:[.．]\d+)?|-?[1-9]\d{6,}[.．]\d{1,6}|[1-9]\d{5,}000")
"""A number of a million or more, written as no phone number is."""


_CODE_WORD = re.compile(
    r"(?<!手机)(?<!人员)(?<!员工)(?<!职工)(?<!个人)(?<!电话)"
    r"(?:编码|编号|代码|信用码|条码|条形码|识别码|识别号|合同号|文号|单号|批号|批次号|序列号|流水号|凭证号|发票号|设备号|备案号|许可证号"
    r"|项目号|资产号|档案号|案号|宗地号|图号|车架号|型号|货号|(?:银行|对公|开户|账户|帐户)[账帐]号)码?"
    rf"[为是]?{GAP}[:：]?{GAP}(?:\d{{11}}[A-Za-z]?[、和及至/])*$"
)
_ALSO_PHONE = re.compile(r"[(（]?(?:手机|电话|微信)")
_CODE_END = re.compile(r"[A-Za-z](?![A-Za-z@＠])")


def one_blank(text: str) -> str:
    """The text, as long as it was, with one kind of blank: the ideographic and the unbreakable one are this one too.

    A set with a sign such as the ideographic blank compiles a hundred times slower than a single sign, and the patterns
    hold thousands: what they match stands at the same place of the text as printed.
    """
    return text.replace("\u3000", BLANK).replace("\xa0", BLANK)


def stands_as_code(before: str, after: str, *, same_cell: bool = False) -> bool:
    """True where digits stand directly behind a word for a code (资产编码, 合同号：), or end in a single Latin letter.

    same_cell: only a word in the same cell counts, as on a row of staff, where each cell says what it is.
    """
    near = one_blank(before[-_CODE_REACH:])
    word = _CODE_WORD.search(near.rpartition("\t")[2] if same_cell else near)
    numbered = before.endswith("第") and after.startswith("号")
    return bool(numbered or (word and not _ALSO_PHONE.match(after)) or _CODE_END.match(after))


def stands_behind_money(before: str) -> bool:
    """True where the text before some digits ends in a word or sign of money: ￥, 金额：, 合计."""
    return bool(_BEHIND_WORD.search(before[-_LONGEST_WORD:]))


def is_amount_cell(cells: Sequence[str], index: int, is_contact: Callable[[str], bool]) -> bool:
    """True where digits that fill a cell are an amount: the label of their row says so, or the amounts beside them.

    is_contact tells of that label whether it is a person or an office, which phone numbers are listed for.
    """
    skipped = max(index - _WIDEST_RUN, 0)
    bare = [cell.strip() for cell in cells[skipped : index + _WIDEST_RUN]]
    index -= skipped
    if not bare[index].isdecimal():
        return False
    first = last = index
    while first > 0 and (not bare[first - 1] or _NUMBER.fullmatch(bare[first - 1])):
        first -= 1
    while last + 1 < len(bare) and (not bare[last + 1] or _NUMBER.fullmatch(bare[last + 1])):
        last += 1
    label = bare[first - 1] if first else ""
    named = bool(_WORD.search(label))
    if is_contact(label) and not (named and re.search(r"[额费款计金]$|[)）:：]$", label)):
        return False
    others = bare[first:index] + bare[index + 1 : last + 1]
    return named or (bool(label) and bare[index] in others) or any(_CLEAR.fullmatch(other) for other in others)
