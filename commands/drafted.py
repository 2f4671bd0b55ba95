"""The files that `tashan sources new` writes: the source as YAML, the probe report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from crawler import reading
from crawler.pages.address import host
from model.source import Source

from . import fields, naming, regions
from .drafting import FALLBACK, SURE, Draft

_UNKNOWN = "未知"
_NO_REGION = "not found: region (six digits of GB/T 2260)"
_TYPICAL = 60  # days of silence that a source may keep without a word from its file
_NEEDED = ("title", "published", "outlet", "author", "body")
_LONGEST = 200  # signs of a value in the report


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it goes into files."""

    id: str
    draft: Draft
    today: date

    def yaml(self) -> str:
        """The source file; what was not found is said in comments."""
        lines = [
            f"# Drafted on {self.today} from {_line(self.draft.start)}; prove it, then enable."
        ]
        for key, value, comment in self._keys():
            lines += [f"# {_line(comment)}"] if comment else []
            lines.append(_pair(key, value))
        lines += [f"# {_line(comment)}" for comment in self._remarks()]
        text = "\n".join(lines) + "\n"
        Source.model_validate(yaml.safe_load(text))
        return text

    def _keys(self) -> list[tuple[str, Any, str]]:
        draft = self.draft
        pages = [draft.listings[0], *map(reading.page_of, draft.pages)]
        organisation = naming.repaired(naming.organisation(pages), pages[0])
        column = naming.repaired(naming.column(pages[0], draft.articles), pages[0])
        kind, why = naming.kind(draft.start, organisation.value)
        site = host(draft.start)
        code, told = regions.region(
            draft.start,
            [organisation.value, *(step for a in draft.articles for step in a.breadcrumb)],
        )
        region = f"region: the province, guessed from the {told}" if code else _NO_REGION
        name, named = organisation.value or site, column.value or _UNKNOWN
        sure = draft.scores().get(draft.family, 0.0)
        seen = f"one listing page and {len(draft.pages)} articles"
        proved = draft.family != FALLBACK and len(draft.articles) == len(draft.pages) > 0
        return [
            ("id", self.id, ""),
            ("title", f"{name} · {named}", ""),
            (
                "organisation",
                {"name": name, "kind": kind} | ({"region": code} if code else {}),
                _told("organisation", organisation, "its host stands here")
                + f"; kind: {why}; {region}",
            ),
            ("column", named, _told("column", column, "a placeholder stands here")),
            (
                "family",
                draft.family,
                f"family: recognised, score {sure:g}"
                if draft.family != FALLBACK
                else "not found: family; everything is read by evidence",
            ),
            ("start", draft.start, ""),
            (
                "evidence",
                {
                    "seen": self.today,
                    "where": seen,
                    "certainty": "probable" if proved else "inferred",
                },
                "",
            ),
            ("status", "unproven", ""),
            *self._expect(),
        ]

    def _expect(self) -> list[tuple[str, Any, str]]:
        rows, newest = len(self.draft.links), self.draft.newest
        expect: dict[str, Any] = {"articles": rows} if rows else {}
        said = f"expect: the first listing page has {rows} rows"
        if not newest:
            said += "; not found: dates in the rows"
        elif (silent := self._silence(newest)) > _TYPICAL:
            expect["silence_days"] = 2 * silent
            said += f"; the newest is of {newest[:10]}, so silence may be long"
        return [("expect", expect, said)] if expect else []

    def _silence(self, newest: str) -> int:
        try:
            return (self.today - date.fromisoformat(newest[:10])).days
        except ValueError:  # a year or a month alone
            return (self.today.year - int(newest[:4])) * 366

    def _remarks(self) -> list[str]:
        draft = self.draft
        remarks = [
            f"not found: {name}, on none of the articles looked at"
            for name in _NEEDED
            if not any(fields.shown(article, name) for article in draft.articles)
        ]
        if not draft.links:
            remarks.append("not found: articles in the listing; give listing rules or a reader")
        else:
            remarks += [f"not found: {url} among the listing's rows" for url in draft.unlisted()]
        if draft.links and not draft.rows(draft.family)[1]:
            remarks.append("not found: a pager; right where the listing has one page alone")
        remarks += [f"not read: {why}" for why in draft.missed]
        shape = draft.shape()
        if draft.family == FALLBACK and shape:
            remarks.append(f"article addresses look like {shape} (for listing: follow)")
        return remarks

    def facts(self) -> dict[str, Any]:
        """The probe report as plain data."""
        draft = self.draft
        return {
            "source": self.id,
            "start": draft.start,
            "seen": self.today.isoformat(),
            "family": draft.family,
            "families": [
                {"family": name, "score": score, "rows": len(draft.rows(name)[0]),
                 "shaped": draft.shaped(name)}
                for name, score in draft.scores().items()
            ],
            "rows": len(draft.links),
            "newest": draft.newest,
            "address_shape": draft.shape(),
            "articles": [
                {
                    "url": article.url,
                    "fields": [
                        {"field": name, "value": _short(text), "found_by": by}
                        for name, text, by in fields.filled(article)
                    ],
                    "empty": [name for name in _NEEDED if not fields.shown(article, name)],
                }
                for article in draft.articles
            ],
            "remarks": self._remarks(),
        }  # fmt: skip

    def json(self) -> str:
        """The report for programs."""
        return json.dumps(self.facts(), ensure_ascii=False, indent=2) + "\n"

    def markdown(self) -> str:
        """The report for people."""
        facts = self.facts()
        lines = [
            f"# {facts['source']}", "",
            f"Probed on {facts['seen']}: {facts['start']}", "",
            f"- family: {facts['family']} (believed from a score of {SURE:g})",
            f"- rows: {facts['rows']}, newest {facts['newest'] or 'without a date'}",
            f"- article addresses: {_code(facts['address_shape'] or 'of several shapes')}", "",
            "| family | score | rows | address shape fits |", "|---|---|---|---|",
            *(
                f"| {one['family']} | {one['score']:g} | {one['rows']} |"
                f" {'yes' if one['shaped'] else 'no'} |"
                for one in facts["families"]
            ),
        ]  # fmt: skip
        for article in facts["articles"]:
            lines += ["", f"## {_cell(article['url'])}", ""]
            lines += ["| field | value | found by |", "|---|---|---|"]
            for one in article["fields"]:
                told = _cell(one["found_by"])
                lines.append(f"| {one['field']} | {_cell(one['value'])} | {told} |")
            lines += [f"| {name} | | not found |" for name in article["empty"]]
        if facts["remarks"]:
            lines += ["", "## To be looked at", ""]
            lines += [f"- {_cell(remark)}" for remark in facts["remarks"]]
        return "\n".join(lines) + "\n"


def _pair(key: str, value: Any) -> str:
    """One key of the file on one line, a mapping in braces."""
    if isinstance(value, dict):
        made = yaml.safe_dump(
            value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
        )
        return f"{key}: {made}".rstrip()
    return yaml.safe_dump({key: value}, allow_unicode=True, width=10_000).rstrip()


def _told(what: str, named: naming.Named, instead: str) -> str:
    return f"{what}: {named.by}" if named.value else f"not found: {what}; {instead}"


def _line(text: str) -> str:
    """One line that no YAML reader stumbles over."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _code(text: str) -> str:
    return f"`{text}`" if "`" not in text else _cell(text)


def _cell(text: str) -> str:
    """A page's words as text of a table: nothing in them is markup."""
    made = _line(text)
    for sign in "\\`*_[]<>|":
        made = made.replace(sign, "\\" + sign)
    return made
