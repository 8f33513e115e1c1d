"""Parameters that newsletters, WeChat, Weibo and others append to a link that is shared, to count its readers."""

from __future__ import annotations

import re

NAMES = frozenset({
    # WeChat
    "from", "isappinstalled", "scene", "subscene", "ascene", "clicktime", "enterid", "sessionid", "nsukey", "wxfid",
    "pass_ticket", "wx_header", "exportkey", "sharer_shareid", "sharer_shareinfo", "sharer_shareinfo_first",
    # Weibo, Alibaba, Baidu, Bilibili, Toutiao, Zhihu, Xiaohongshu and others
    "weibo_id", "share_token", "spm", "scm", "bd_vid", "spm_id_from", "from_spmid", "vd_source", "share_source", "share_medium",
    "share_plat", "share_session_id", "share_tag", "share_from", "tt_from", "tdsourcetag", "xhsshare", "xsec_token",
    "xsec_source",
    # Google, Facebook, Microsoft, X, LinkedIn, TikTok, Yandex, mail
    "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "_ga", "_gl", "fbclid", "igshid", "msclkid", "twclid", "li_fat_id", "ttclid",
    "yclid", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "ref_src", "ref_url",
    "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "at_medium", "at_campaign",
})  # fmt: skip
"""Whole names."""
BEGINNINGS = re.compile(r"(?:utm|hsa|piwik|mtm|matomo)_\w+")
"""Names of a family, as utm_source."""


def is_counting(name: str) -> bool:
    """Whether a parameter only counts readers, so that it is passed over wherever it stands."""
    return name in NAMES or BEGINNINGS.fullmatch(name) is not None
