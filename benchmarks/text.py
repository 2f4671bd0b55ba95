"""What reading text costs and how right it is: normalising, scripts; ratios against OpenCC alone.

TASHAN_CORPUS names a file of clean Simplified text (UTF-8) for the figures on conversion there and
back; without it they are measured on the few paragraphs below.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import opencc

from model.article import Article
from model.body import Block
from pipelines import ordinary, scripts
from pipelines.chain import STAGES, derive
from pipelines.normalise import normalise

PARAGRAPHS = """
近日，清河市物业管理协会召开经验交流会，六十二个小区的业主委员会主任和物业服务企业负责人到会发言。
会议认为，公开服务标准、公开收费、公开维修资金、公开共用收益，是化解矛盾的第一步，也是业主信任物业的前提。
一是账目要看得懂。各小区每季度在公示栏和手机上同时公布收支，附上合同与票据，业主可以当场质询。
二是维修要等得起。电梯、屋面、外墙三类急修项目由街道牵头，七个工作日内完成勘查、报价和表决。
三是人要找得到。项目经理的姓名和电话写在单元门口，接到来电后半小时内到场，复杂问题二十四小时内答复。
与会者还参观了北岸里弄改造现场。这里保留了乾隆年间的石板路和一座瞭望塔，后来加装了无障碍坡道。
协会负责人表示，将把各地的做法汇编成册，著名学者和一线干部共同撰写点评，面向全市物业从业人员培训。
""".strip().split("\n")


def main() -> None:
    """Prints the figures."""
    clean = "\n".join(PARAGRAPHS * 4)[:1500]
    traditional = opencc.OpenCC("s2tw").convert(clean)
    dirty = (
        clean.replace("。", "。&nbsp;\u3000").replace("，", "，，", 9).replace("物业", "物\u200b业")
    )
    alone = opencc.OpenCC("t2s").convert
    base = _cost(lambda: alone(traditional))
    size = f"{len(clean):,} characters"
    print(f"an article of {size}; OpenCC t2s alone, of Traditional: {base * 1e3:.2f} ms = 1.0")
    for name, work in (
        ("ordinary damage looked for, clean text", lambda: ordinary.mend(clean)),
        ("script detected", lambda: scripts.detect(clean)),
        ("normalise, clean Simplified text", lambda: normalise(clean)),
        ("normalise, Traditional text", lambda: normalise(traditional)),
        ("normalise, damaged text", lambda: normalise(dirty)),
    ):
        _line(name, _cost(work), base)
    article = Article(
        "u", PARAGRAPHS[0][:24], tuple(Block("paragraph", p) for p in clean.split("\n"))
    )
    _line("the whole chain, clean article", _cost(lambda: derive(article)), base)
    for stage in STAGES:
        _line(f"  {stage.__name__}", _cost(partial(stage, article)), base)
    _conversion()


def _cost(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of several rounds."""
    work()
    rounds = []
    for _ in range(7):
        start = time.process_time()
        for _ in range(20):
            work()
        rounds.append((time.process_time() - start) / 20)
    return min(rounds)


def _line(name: str, cost: float, base: float) -> None:
    print(f"  {name:<42} {cost * 1e3:6.2f} ms  {cost / base:5.1f}")


def _conversion() -> None:
    """How many characters are wrong after a text went to Traditional and back."""
    named = os.environ.get("TASHAN_CORPUS", "")
    texts = list(_pieces(Path(named).read_text(encoding="utf-8"))) if named else PARAGRAPHS
    texts = [text for text in texts if scripts.detect(text) != "hant"]
    size = sum(map(len, texts))
    touched = sum(normalise(text) is not text for text in texts)
    print(f"there and back, {size:,} characters of {named or 'our own text'}")
    print(f"  clean texts that normalising changes: {touched} of {len(texts)}")
    for config in ("s2t", "s2tw", "s2hk"):
        there = opencc.OpenCC(config).convert
        for name, back in (("t2s alone", opencc.OpenCC("t2s").convert), ("ours", _simplified)):
            wrong: Counter[str] = Counter()
            for text in texts:
                wrong.update(
                    f"{a}→{b}" for a, b in zip(text, back(there(text)), strict=False) if a != b
                )
            rate = 1e4 * wrong.total() / size
            most = " ".join(f"{pair} {number}" for pair, number in wrong.most_common(4))
            print(f"  {config:<5} {name:<10} {rate:7.3f} wrong in 10,000   {most}")


def _simplified(text: str) -> str:
    return scripts.convert(text, "hans")


def _pieces(text: str) -> Iterator[str]:
    """Texts of about 1,500 characters, cut at lines."""
    begun: list[str] = []
    for line in text.split("\n"):
        begun.append(line)
        if sum(map(len, begun)) > 1500:
            yield "\n".join(begun)
            begun = []
    yield "\n".join(begun)
