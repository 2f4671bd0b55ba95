"""Prose: generated articles with the statistics of real Chinese texts, for benchmarks.

Counted on some five million characters of laws, news and pages of sites: pairs of characters
that are new after so many pairs, pairs and characters that differ within an article, length of
clauses. ``python -m benchmarks prose`` counts the same of what is generated here.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

Article = tuple[int, str, str]  # id, title, body

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


def written(number: int, start: int = 1) -> Iterator[Article]:
    """Articles with the statistics of real ones: words by Zipf's law, each word with followers
    it likes, each article on its own topics, some phrases again and again."""
    chance = random.Random(start)
    language = _Language()
    for article in range(start, start + number):
        topics = language.words(chance, 20) + chance.choices(language.all, k=15)
        length = min(chance.lognormvariate(7.1, 0.75), 30_000)
        pieces: list[str] = []
        size = 0
        while size < length:
            pieces.append(language.clause(chance, topics))
            size += len(pieces[-1])
        one, two = chance.choices(topics, k=2)
        title = f"{chance.choice(_PLACES.split())}关于{one}{two}的{chance.choice(_KINDS.split())}"
        yield article, title, "".join(pieces)


class _Language:
    def __init__(self) -> None:
        words = [word for word in phrases_dict if len(word) in (2, 3)]
        chance = random.Random(0)
        chance.shuffle(words)
        self.all = COMMON + words[:4_500]
        ranks = range(len(self.all))
        self._weights = list(itertools.accumulate(1 / (rank + 15) ** 0.9 for rank in ranks))
        self._followers = {word: self.words(chance, 5) for word in self.all}

    def words(self, chance: random.Random, number: int) -> list[str]:
        """Words as often as the language has them."""
        return chance.choices(self.all, cum_weights=self._weights, k=number)

    def clause(self, chance: random.Random, topics: list[str]) -> str:
        """A stretch of words up to a mark."""
        pieces = []
        word = ""
        for _ in range(chance.choice((1, 2, 3, 3, 4, 5, 6, 7))):
            dice = chance.random()
            if word and dice < 0.6:
                word = chance.choice(self._followers[word])
            elif dice < 0.93:
                word = topics[int(len(topics) * chance.random() ** 1.6)]
            else:
                word = self.words(chance, 1)[0]
            pieces.append(word)
            dice = chance.random()
            if dice < 0.25:
                pieces.append(chance.choice(_SMALL))
            elif dice < 0.265:
                pieces.append(f"{chance.randint(1990, 2026)}年{chance.randint(1, 12)}月")
            elif dice < 0.272:
                pieces.append(str(int(2 + 500 * chance.random() ** 4)))
            elif dice < 0.276:
                pieces.append(chance.choice(_RUNS.split()))
        return "".join(pieces) + chance.choice(_MARKS)


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
