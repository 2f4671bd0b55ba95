"""Pages asked for as the crawler asks, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.torture.night import ROOT

_TOGETHER = 20  # addresses; a source that brings nothing 30 times in a row would be left
_ASK = """
import json, sys
from crawler import settings
asked = json.load(sys.stdin)
vars(settings).update(asked["settings"])
from crawler.fetch import run
from crawler.pages.steps import Step
told = {}
def errand(url):
    async def one(ask):
        try:
            told[url] = len((await ask(Step(url))).body)
        except Exception as error:
            told[url] = str(error)
    return one
run([errand(url) for url in asked["urls"]])
print(json.dumps(told))
"""


def asked(urls: Sequence[str], replica: str, **settings: Any) -> dict[str, int | str]:
    """By address, the length of the page in bytes, or why there is none.

    ``replica``: host:port to which every name leads; ``settings`` replace the crawler's own.
    """
    got: dict[str, int | str] = {}
    for first in range(0, len(urls), _TOGETHER):
        done = subprocess.run(
            [sys.executable, "-c", _ASK],
            input=json.dumps(
                {"urls": list(urls[first : first + _TOGETHER]), "settings": settings}
            ).encode(),
            capture_output=True,
            timeout=300,
            env={**os.environ, "TASHAN_REPLICA": replica, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        got |= json.loads(done.stdout)
    return got
