"""The dataset card of an edition (README.md), in the Hugging Face form, in two languages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .columns import Kind
from .facts import Facts
from .notes import in_chinese, in_english, inline
from .tables import TITLES
from .words import describe

_DTYPES: dict[Kind, str] = {
    "integer": "int64",
    "number": "float64",
    "date": "date32",
    "moment": "timestamp[ms, tz=UTC]",
}
_SIZES = (
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"),
)  # fmt: skip


def readme(facts: Facts) -> str:
    """README.md: the dataset card, with the metadata the Hugging Face hub reads."""
    return "".join(_metadata(facts)) + "\n" + "\n".join([*_chinese(facts), "", *_english(facts)])


def _metadata(facts: Facts) -> Iterator[str]:
    size = next((name for most, name in _SIZES if facts.articles < most), "100M<n<1B")
    yield "---\n"
    yield f"pretty_name: {json.dumps(facts.title, ensure_ascii=False)}\n"
    yield "language:\n- zh\nlicense: other\nlicense_name: publishers-terms\n"
    yield "license_link: LICENCE.md\n"
    yield f"size_categories:\n- {size}\ntags:\n- china\n- policy\n- housing\n- web-archive\n"
    yield "configs:\n"
    for name in facts.tables:
        yield f"- config_name: {name}\n  data_files:\n  - split: train\n"
        yield f"    path: data/{name}.parquet\n"
        yield "  default: true\n" if name == "articles" else ""
    yield "dataset_info:\n"
    for name, table in facts.tables.items():
        yield f"- config_name: {name}\n  features:\n"
        for column in table.rows.columns:
            yield f"  - name: {column.name}\n    dtype: {_DTYPES.get(column.kind, 'string')}\n"
        yield f"  splits:\n  - name: train\n    num_examples: {table.number}\n"
    yield "---\n"


def _chinese(facts: Facts) -> Iterator[str]:
    plan = facts.plan
    yield f"# {inline(facts.title)}"
    yield f"\n[English](#english)\n\n{in_chinese(facts)}"
    if not plan.bodies:
        yield "\n本版不含正文。"
    yield "\n## 内容\n"
    yield from _tables_of(facts, 0)
    yield (
        "\n每张表有三种格式，内容相同：`data/*.parquet`（有类型，zstd 压缩）、`data/*.jsonl`"
        "（无损）、`data/*.csv`（UTF-8 带 BOM，Excel 可直接打开）。"
    )
    yield (
        "\n`key` 是文章的永久标识，由来源与网址算出：重建档案库、合并档案库、以后各版都不变。"
        "引用单篇文章请用它。"
    )
    yield "\n## 读取\n" + _READING
    yield "\n## 须知\n"
    yield (
        "- 文字为简体、已修复（机器转换造成的损坏）、已规范；与原页面不同时，原文在 "
        "`title_original`、`body_original`。`damage`、`trust` 说明修复的把握。"
    )
    yield "- `published` 按原页面所知写到年、月、日或分，见 `published_precision`。"
    yield (
        "- CSV 中，凡可能被电子表格当作公式的文字（以 = + - @ 或其全角、小写变体开头，前面可有"
        "空白；或以制表符、换行开头）前面加了一个半角撇号 `'`；本来就以撇号接这些字符开头的也加。"
        "去掉这样的单元格的第一个撇号即得原文。空字符（NUL）在 CSV 中写作 U+FFFD。JSON Lines "
        "与 Parquet 不作改动。"
    )
    yield "- Excel 的单元格最多 32,767 个字符；更长的正文请用其他软件或格式。"
    yield "\n## 覆盖、许可、引用、核验\n"
    yield "- [COVERAGE.md](COVERAGE.md)：各来源列出、抓取、不可取、尚缺的数目，可写入论文。"
    yield "- [LICENCE.md](LICENCE.md)：文章版权归原发布单位；各网站的使用条款。"
    yield "- [CITATION.cff](CITATION.cff)：引用格式。"
    yield f"- 全部数据的指纹：`sha256:{facts.fingerprint}`"
    yield "- 核验：`tashan edition verify 目录`，或 `sha256sum -c SHA256SUMS`。"


def _english(facts: Facts) -> Iterator[str]:
    plan = facts.plan
    yield f"## English\n\n{in_english(facts)}"
    if not plan.bodies:
        yield "\nBodies are left out."
    yield "\n### Contents\n"
    yield from _tables_of(facts, 1)
    yield (
        "\nEach table comes three times with the same rows: `data/*.parquet` (typed, zstd), "
        "`data/*.jsonl` (lossless), `data/*.csv` (UTF-8 with BOM, opens in Excel)."
    )
    yield (
        "\n`key` identifies an article for ever: it is made from source and address, and is the "
        "same in rebuilt and merged archives and in later editions. Cite single articles by it."
    )
    yield "\n### Please note\n"
    yield (
        "- Texts are in Simplified Chinese, repaired (damage by machine conversion) and normalised;"
        " where the page differs, its text stands in `title_original` and `body_original`. "
        "`damage` and `trust` say how sure a repair is."
    )
    yield "- `published` is as exact as the page tells; see `published_precision`."
    yield (
        "- In CSV a text that a spreadsheet could take for a formula (it begins with = + - @, their"
        " full-width or small forms, blanks before them or not, or with a tab or line break) has an"
        " apostrophe in front; so has one that begins with apostrophes before such a sign. Take the"
        " first apostrophe of such cells away to have the text as it was. NUL is U+FFFD in CSV. "
        "JSON Lines and Parquet are left as they are."
    )
    yield "- A cell in Excel holds 32,767 characters; read longer bodies with something else."
    yield "\n### Columns\n"
    for name, table in facts.tables.items():
        yield f"\n#### {name}\n\n| column | 说明 | what it is |\n|---|---|---|"
        for column in table.rows.columns:
            chinese, english = describe(column.name)
            yield f"| `{column.name}` | {chinese} | {english} |"
    yield ""


_READING = """
```python
import pandas as pd
articles = pd.read_parquet("data/articles.parquet")
```

```sql
-- DuckDB
SELECT outlet, count(*) FROM 'data/articles.parquet' GROUP BY ALL ORDER BY 2 DESC;
```

```r
articles <- readr::read_csv("data/articles.csv")
```"""


def _tables_of(facts: Facts, language: int) -> Iterator[str]:
    yield ("| 表 | 内容 | 行数 |", "| table | what it is | rows |")[language] + "\n|---|---|---:|"
    for name, table in facts.tables.items():
        yield f"| `{name}` | {TITLES[name][language]} | {table.number:,} |"
