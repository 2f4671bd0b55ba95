"""Prose: generated articles with the statistics of real Chinese texts, for benchmarks.

Counted on some five million characters of laws, news and pages of sites: pairs of characters
that are new after so many pairs, pairs and characters that differ within an article, length of
clauses. ``python -m benchmarks prose`` counts the same of what is generated here.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pypinyin.phrases_dict import phrases_dict

Article = tuple[int, str, str]  # id, title, body
Numbers = NDArray[np.int64]

_WORDS = (
    "工作 管理 服务 发展 建设 社会 经济 政府 企业 项目 部门 组织 国家 人民 实施 "
    "规定 推进 提高 加强 制度 改革 政策 市场 资金 技术 安全 环境 教育 文化 农村 "
    "城市 社区 居民 养老 医疗 卫生 就业 住房 物业 业主 党建 基层 治理 创新 机制 "
    "体系 标准 监督 检查 评估 规划 保障 落实 责任 单位 人员 方案 意见 通知 办法 "
    "经验 交流 试点 示范 数据 平台 信息 网络 智慧 绿色 生态 低碳 能源 交通 水利 "
    "产业 农业 乡村 振兴 扶贫 委员会 办公室 领导小组 人民政府 实施细则 指导意见 "
    "公共服务 社会组织 基础设施 高质量 一体化 信息化"
)
COMMON = _WORDS.split()
_SMALL = "的的的的的在和了对与为是及将从以等不就更"
_MARKS = "，，，，，，。。。、、、、；：“”（）《》\n\n"
_PLACES = "攀枝花 成都 绵阳 苏州 宁波 佛山 青岛 洛阳 遵义 桂林 昆明 厦门 南通 临沂 株洲"
_KINDS = "通知 意见 办法 做法 经验 探索 实践 启示 报告 方案"
_RUNS = "AI 5G PPP GDP PM2.5 3.15 12345 GB/T 19001-2016 O2O COVID-19 80.5% 1+X"
BLOCK = 500  # articles made at a time; an article depends on its number alone


def written(number: int, start: int = 1) -> Iterator[Article]:
    """Articles from number ``start`` on with the statistics of real ones: words by Zipf's law,
    each word with followers it likes, each article on its own topics, some phrases again and
    again."""
    end = start + number
    for first in range(start - (start - 1) % BLOCK, end, BLOCK):
        yield from (article for article in block(first) if start <= article[0] < end)


def block(first: int) -> list[Article]:
    """The BLOCK articles from number ``first`` on, one more than a multiple of BLOCK."""
    language = _language()
    places, kinds = _PLACES.split(), _KINDS.split()
    chance = np.random.default_rng(first)
    numbers = np.arange(BLOCK)
    lengths = np.minimum(chance.lognormal(7.1, 0.75, BLOCK), 30_000)
    clauses = np.maximum(1, lengths / language.clause).astype(int)
    topics = np.concatenate(
        [language.usual(chance, (BLOCK, 20)), chance.integers(0, language.words, (BLOCK, 15))], 1
    )
    pieces = language.clauses(chance, topics, np.repeat(numbers, clauses))
    ends = np.cumsum(clauses)
    about = topics[numbers[:, None], chance.integers(0, 35, (BLOCK, 2))]
    spoken = language.pieces.__getitem__
    articles = []
    for number, (start, end) in enumerate(zip(ends - clauses, ends, strict=True)):
        row = pieces[start:end]
        body = "".join(map(spoken, row[row >= 0].tolist()))
        place, kind = places[chance.integers(len(places))], kinds[chance.integers(len(kinds))]
        title = f"{place}关于{''.join(map(spoken, about[number]))}的{kind}"
        articles.append((first + number, title, body))
    return articles


class _Language:
    """Words and small pieces of clauses by number; ``pieces`` are all, the words first."""

    clause = 11.05  # characters, in the mean

    def __init__(self) -> None:
        rare = [word for word in phrases_dict if len(word) in (2, 3)]
        random.Random(0).shuffle(rare)
        words = COMMON + rare[:4_500]
        self.words = len(words)
        self.pieces = list(words)
        weights = np.cumsum(1 / (np.arange(self.words) + 15) ** 0.9)
        self._weights = weights / weights[-1]
        self._followers = self.usual(np.random.default_rng(0), (self.words, 5))
        self._small = self._more(_SMALL)
        self._months = self._more([f"{y}年{m}月" for y in range(1990, 2027) for m in range(1, 13)])
        self._numbers = self._more(list(map(str, range(2, 502))))
        self._runs = self._more(_RUNS.split())
        self._marks = self._more(_MARKS)

    def _more(self, pieces: Sequence[str]) -> tuple[int, int]:
        """Takes further pieces in; their first number and the number after the last."""
        start = len(self.pieces)
        self.pieces += pieces
        return start, len(self.pieces)

    def usual(self, chance: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
        """Words as often as the language has them."""
        return np.searchsorted(self._weights, chance.random(shape)).astype(np.int64)

    def clauses(self, chance: np.random.Generator, topics: Numbers, about: Numbers) -> Numbers:
        """For each clause a row of pieces up to its mark, -1 for none; ``about`` is the row of
        ``topics`` that it keeps to."""
        number = len(about)
        lengths = np.array((1, 2, 3, 3, 4, 5, 6, 7))[chance.integers(0, 8, number)]
        made = np.full((number, 15), -1, np.int64)
        here = np.arange(number)
        word = np.zeros(number, np.int64)
        for step in range(7):
            here = here[lengths[here] > step]
            size = len(here)
            drawn = (topics.shape[1] * chance.random(size) ** 1.6).astype(np.int64)
            dice = chance.random(size)
            usual = self.usual(chance, (size,))
            chosen = np.where(dice < 0.93, topics[about[here], drawn], usual)
            if step:
                liked = self._followers[word[here], chance.integers(0, 5, size)]
                chosen = np.where(dice < 0.6, liked, chosen)
            word[here] = chosen
            made[here, 2 * step] = chosen
            made[here, 2 * step + 1] = self._between(chance, size)
        made[:, 14] = chance.integers(*self._marks, number)
        return made

    def _between(self, chance: np.random.Generator, size: int) -> Numbers:
        """What stands after a word: a small word, a month, a number, letters, or nothing."""
        dice = chance.random(size)
        first, end = self._numbers
        few = first + ((end - first) * chance.random(size) ** 4).astype(np.int64)
        kinds = (
            chance.integers(*self._small, size),
            chance.integers(*self._months, size),
            few,
            chance.integers(*self._runs, size),
        )
        return np.select([dice < 0.25, dice < 0.265, dice < 0.272, dice < 0.276], kinds, -1)


@cache
def _language() -> _Language:
    return _Language()


def main() -> None:
    """Prints what can be compared with real texts."""
    pairs: set[str] = set()
    total = 0
    wanted = 250_000
    for _, _, body in written(3_000):
        for clause in re.findall(r"\w+", body):
            pairs.update(map("".join, itertools.pairwise(clause)))
            total += len(clause) - 1
        if total > wanted:
            print(f"{total:>9,} pairs of characters, {len(pairs):>7,} of them different")
            wanted *= 2


if __name__ == "__main__":
    main()
