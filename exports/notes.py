"""COVERAGE.md and LICENCE.md of an edition, and what they say in words that fit into a paper."""

from __future__ import annotations

from collections.abc import Iterable

from model.body import Block, markdown

from .coverage import Total
from .facts import Facts


def coverage_page(facts: Facts) -> str:
    """COVERAGE.md: in words and by source; by month it is the table coverage."""
    lines = [
        f"# 覆盖情况 · Coverage: {inline(facts.title)}\n",
        in_chinese(facts) + "\n",
        in_english(facts) + "\n",
    ]
    lines += [
        "| 来源 source | 文章 articles | 日期 dates | 列出 listed | 抓取 fetched | "
        "不可取 refused | 尚缺 missing |\n|---|---:|---|---:|---:|---:|---:|"
    ]
    for source in facts.sources:
        counts = " | ".join(_counts(source.total))
        dates = f"{source.first} – {source.last}" if source.first else "–"
        name = f"{inline(source.title)} (`{source.source}`)"
        lines.append(f"| {name} | {source.total.articles:,} | {dates} | {counts} |")
    if facts.refusals:
        reasons = ", ".join(f"{reason or '?'} {number:,}" for reason, number in facts.refusals)
        lines.append(f"\n不可取的原因 · why addresses were refused: {inline(reasons)}")
    lines.append("\n按月份的数目见 `data/coverage.*` · by month: see `data/coverage.*`.")
    return "\n".join(lines) + "\n"


def _counts(total: Total) -> Iterable[str]:
    if not total.known:
        return ["–"] * 4
    return [f"{n:,}" for n in (total.listed, total.fetched, total.refused, total.missing)]


def in_chinese(facts: Facts) -> str:
    """What the edition holds and covers, in words for a paper, in Chinese."""
    total = facts.total
    text = (
        f"本数据集（{facts.plan.name} 版，{facts.plan.day.isoformat()}）收录 "
        f"{len(facts.sources):,} 个来源栏目的 {facts.articles:,} 篇文章"
    )
    if facts.first:
        text += f"，发布日期自 {facts.first} 至 {facts.last}"
    if facts.until:
        text += f"，抓取截至 {facts.until}"
    text += "。"
    conditions = [
        f"{chinese}：{inline(value)}" for chinese, _, value in facts.plan.selection.words()
    ]
    if conditions:
        text += f"只收符合下列条件的文章：{'；'.join(conditions)}。"
    if not total.known:
        return text + "所用档案库不含抓取记录，因此不知各栏目共列出多少文章。"
    return text + (
        f"各栏目的列表共列出 {total.listed:,} 个文章网址：{total.fetched:,} 个已抓取"
        f"（{total.share(total.fetched)}），{total.refused:,} 个不可取（不存在、限会员或被拒；"
        f"{total.share(total.refused)}），{total.missing:,} 个尚缺（抓取失败或尚未抓取；"
        f"{total.share(total.missing)}）。"
    )


def in_english(facts: Facts) -> str:
    """The same in English."""
    total = facts.total
    text = (
        f"This dataset (edition {facts.plan.name}, {facts.plan.day.isoformat()}) holds "
        f"{facts.articles:,} articles from {len(facts.sources):,} sources"
    )
    if facts.first:
        text += f", published from {facts.first} to {facts.last}"
    if facts.until:
        text += f", collected until {facts.until}"
    text += ". "
    conditions = [
        f"{english}: {inline(value)}" for _, english, value in facts.plan.selection.words()
    ]
    if conditions:
        text += f"Only articles that fulfil this are in it: {'; '.join(conditions)}. "
    if not total.known:
        return text + (
            "The archive it was made from holds no crawl records, so how many articles the sources"
            " listed is not known."
        )
    return text + (
        f"The sources listed {total.listed:,} article addresses: {total.fetched:,} were fetched "
        f"({total.share(total.fetched)}), {total.refused:,} could not be had (gone, members only or"
        f" refused; {total.share(total.refused)}), and {total.missing:,} are missing (failed or not"
        f" yet fetched; {total.share(total.missing)})."
    )


def licence(facts: Facts) -> str:
    """LICENCE.md: whose the texts are, and what each site says about their use."""
    lines = [
        f"# 许可 · Licence: {inline(facts.title)}\n",
        "文章及其标题的版权归原作者与原发布单位。本数据集为研究目的汇集公开网页，不授予任何使用"
        "文章的权利；使用前请查看各网站的条款与所在地法律（如合理使用、文本与数据挖掘的例外）。\n",
        "The articles and their titles belong to their authors and publishers. This dataset gathers"
        " public pages for research and grants no right to the texts: see each site's terms and the"
        " law that applies to you (fair use, text and data mining).\n",
        "| 来源 source | 发布单位 publisher | 网址 address | 使用条款 terms |\n|---|---|---|---|",
    ]
    for source in facts.sources:
        terms = inline(source.terms) or "未见 · none found"
        lines.append(
            f"| {inline(source.title)} | {inline(source.organisation)} | {inline(source.start)}"
            f" | {terms} |"
        )
    return "\n".join(lines) + "\n"


def inline(text: str) -> str:
    """A text of somebody else's as it may stand inside a line of Markdown."""
    made = markdown([Block("paragraph", " ".join(text.split()))])
    return made.replace("|", "\\|")
