"""Which province a site is of, as its host, name and breadcrumb tell: a proposal, never a fact."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

# Code (GB/T 2260), name without its kind, and how hosts under gov.cn write it.
_PROVINCES = """
    110000 北京 beijing bj
    120000 天津 tj tianjin
    130000 河北 hebei
    140000 山西 shanxi
    150000 内蒙古 nmg
    210000 辽宁 ln
    220000 吉林 jl
    230000 黑龙江 hlj
    310000 上海 sh shanghai
    320000 江苏 jiangsu js
    330000 浙江 zj zhejiang
    340000 安徽 ah
    350000 福建 fujian fj
    360000 江西 jiangxi
    370000 山东 shandong sd
    410000 河南 henan
    420000 湖北 hubei
    430000 湖南 hunan
    440000 广东 gd
    450000 广西 gxzf
    460000 海南 hainan
    500000 重庆 cq
    510000 四川 sc
    520000 贵州 guizhou
    530000 云南 yn
    540000 西藏 xizang
    610000 陕西 shaanxi
    620000 甘肃 gansu
    630000 青海 qinghai
    640000 宁夏 nx
    650000 新疆 xinjiang xj
    710000 台湾
    810000 香港
    820000 澳门
"""
_ROWS = [line.split() for line in _PROVINCES.strip().splitlines()]
_BY_LABEL = {label: row[0] for row in _ROWS for label in row[2:]}
_BY_NAME = {row[1]: row[0] for row in _ROWS}


def region(url: str, names: Iterable[str]) -> tuple[str, str]:
    """A province's code and what told it; both empty where nothing does.

    ``names`` are texts that name the organisation, the most telling first: its own name, the
    steps of a breadcrumb. The label before gov.cn is believed before any of them.
    """
    labels = (urlsplit(url).hostname or "").lower().split(".")
    if labels[-2:] == ["gov", "cn"] and len(labels) > 2 and labels[-3] in _BY_LABEL:
        return _BY_LABEL[labels[-3]], "host"
    for text in names:
        for name, code in _BY_NAME.items():
            if text.startswith(name):
                return code, f"name {text}"
    return "", ""
