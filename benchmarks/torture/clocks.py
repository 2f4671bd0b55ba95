"""The same pages read under other time zones and at other hours: the same dates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.torture import Trial
from benchmarks.torture.night import ROOT

ZONES = ("UTC", "Asia/Shanghai", "America/Los_Angeles")
MOMENTS = ("15:59:00", "16:01:00", "23:59:00")  # UTC, of 2026-11-24; China's midnight is 16:00
SAYINGS = (
    "发布时间：2026-11-24 08:00", "发布时间：2026年11月24日", "发布时间：今天 08:00",
    "发布时间：昨天", "发布时间：3小时前", "发布时间：11-24 23:30", "发布时间：08:00",
    "发布时间：2026-11-24T15:59:00Z",
    "发布时间：2026-11-24T23:59:00+08:00", "发布时间：2026/11/24 00:00:00", "发布时间：刚刚",
)  # fmt: skip
_READ = """
import json, sys, time
import datetime as module
moment = module.datetime.fromisoformat(sys.argv[1]).timestamp()
real, real_date = module.datetime, module.date

class Clock(real):
    @classmethod
    def now(cls, tz=None):
        return real.fromtimestamp(moment, tz)
    @classmethod
    def utcnow(cls):
        return real.utcfromtimestamp(moment)
    @classmethod
    def today(cls):
        return real.fromtimestamp(moment)

class Day(real_date):
    @classmethod
    def today(cls):
        return real_date.fromtimestamp(moment)

module.datetime, module.date, time.time = Clock, Day, lambda: moment
from crawler.pages import read_article
from crawler.pages.dates import *
dates = []
for saying in json.load(sys.stdin):
    page = ("<html><head><title>某市推行物业服务公开</title></head><body>"
            "<h1>某市推行物业服务公开</h1>"
            f"<div>{saying} 来源：某报</div><div><p>近日，某市要求小区公开服务标准和收费情况。</p>"
            "<p>首批六十二个小区已经完成公示，其余将在年底以前完成。</p></div></body></html>")
    told = read_article(page.encode(), "http://a.test/show/1.html").published
    dates.append(told.value if told else "")
print(json.dumps(dates))
"""


def dates(zone: str, moment: str, sayings: tuple[str, ...] = SAYINGS) -> list[str]:
    """What each saying is read as, by a process in that zone and at that moment."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, f"2026-11-24T{moment}+00:00"],
        input=json.dumps(sayings), capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told: list[str] = json.loads(done.stdout)
    return told


def clocks(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many pairs of zone and moment; every saying must be read the same in all of them."""
    pairs = [(zone, moment) for zone in ZONES for moment in MOMENTS][: max(2, number)]
    expected = dates(*pairs[0])
    others = [dates(*pair) for pair in pairs[1:]]
    differ = sum(a != b for other in others for a, b in zip(expected, other, strict=True))
    return {
        "clocks": len(pairs),
        "sayings": len(SAYINGS),
        "dates read": sum(map(bool, expected)),
        "differ": differ,
    }


TRIALS = (Trial("clocks", len(ZONES) * len(MOMENTS), clocks, ("differ",)),)
