"""Source and Family: what YAML may say about a column of a site and about a kind of site.

The descriptions of the keys live here once; docs/sources.md and the JSON Schema for editors are
generated from them. What a file says and this module does not know is refused.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression ({error}): {pattern}") from None
    return pattern


Pattern = Annotated[str, BeforeValidator(_compiles)]


class Rule(_Strict):
    """Where a value stands on a page: exactly one of css, xpath, meta, json or label.

    A bare string is a css selector, or an xpath when it starts with ``/`` or ``./``.
    """

    css: str = Field("", description="CSS selector; ::text and ::attr(name) as in parsel")
    xpath: str = Field("", description="XPath 1.0 expression")
    meta: str = Field("", description="name (or property) of a meta tag, in any case")
    json_: str = Field("", alias="json", description="path into a JSON document: data.list.0.title")
    label: str = Field("", description="label in front of the value, as in 来源：人民网")
    pattern: Pattern = Field("", description="regular expression; its first group is the value")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"xpath": value} if value.startswith(("/", "./", "(")) else {"css": value}
        return value

    @model_validator(mode="after")
    def _exactly_one(self) -> Rule:
        kinds = [self.css, self.xpath, self.meta, self.json_, self.label]
        if sum(map(bool, kinds)) != 1:
            raise ValueError("a rule needs exactly one of css, xpath, meta, json, label")
        return self

    def __str__(self) -> str:
        for name in ("css", "xpath", "meta", "json_", "label"):
            value = getattr(self, name)
            if value:
                tail = f" /{self.pattern}/" if self.pattern else ""
                return f"{name.rstrip('_')} {value}{tail}"
        return ""


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Rules = Annotated[tuple[Rule, ...], BeforeValidator(_listed)]
Strings = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_listed)]


class Pager(_Strict):
    """How a listing goes on; ``reader`` names a pager reader of crawler/pages/pagers.py."""

    reader: str = Field("links", description="name of the pager reader")
    options: dict[str, str | int | bool] = Field({}, description="what that reader wants to know")


class Listing(_Strict):
    """How a listing page names its articles."""

    reader: str = Field("rows", description="name of the listing reader")
    options: dict[str, str | int | bool] = Field({}, description="what that reader wants to know")
    rows: Rules = Field((), description="one element a row; without it rows are found by evidence")
    link: Rules = Field((), description="the article's address, inside a row; default: first a")
    title: Rules = Field((), description="the title, inside a row; default: title attribute, text")
    date: Rules = Field((), description="the date, inside a row; default: a date in its text")
    follow: Patterns = Field((), description="only addresses that match one of these are articles")
    skip: Patterns = Field((), description="addresses that match one of these are never articles")
    pager: Pager = Field(Pager(), description="how the listing goes on")


class Layout(_Strict):
    """Where the fields of an article stand, on pages for which ``when`` finds something."""

    name: str = Field("", description="a name for reports")
    when: Rules = Field((), description="the layout fits where one of these finds something")
    title: Rules = ()
    kicker: Rules = ()
    subtitle: Rules = ()
    byline: Rules = Field((), description="elements with labelled values: date, outlet, author …")
    published: Rules = ()
    outlet: Rules = ()
    author: Rules = ()
    editor: Rules = ()
    column: Rules = ()
    breadcrumb: Rules = ()
    read_count: Rules = ()
    document: Rules = Field((), description="the table of a government document")
    body: Rules = Field((), description="the element that holds the text")
    attachments: Rules = Field((), description="elements with attachments, beside the body")
    next_page: Rules = Field((), description="address of the next page of the same article")
    remove: Strings = Field((), description="css selectors of what is cut out of the body")
    end: Patterns = Field((), description="a paragraph that matches one of these ends the body")


class Faces(_Strict):
    """Pages that answer 200 and are none: words that tell them."""

    gone: Strings = Field((), description="the article does not exist (any more)")
    restricted: Strings = Field((), description="only members may read it")
    refused: Strings = Field((), description="a challenge or blocking page")


class Address(_Strict):
    """Which addresses of a site mean the same page."""

    ignore_case: bool = Field(False, description="letter case of path and parameters is ignored")
    parameters: Strings | None = Field(None, description="only these parameters count; none: all")


class Family(_Strict):
    """One kind of site: a CMS, described once for all its columns."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="the file's name without .yml")
    title: str = Field(description="name of the CMS and its vendor")
    recognise: Rules = Field((), description="fingerprints: what only pages of this family have")
    addresses: Patterns = Field((), description="patterns of its article addresses")
    listing: Listing = Listing()
    article: tuple[Layout, ...] = Field((), description="layouts, newest first")
    faces: Faces = Faces()
    address: Address = Address()


class Organisation(_Strict):
    """Who publishes the column."""

    name: str
    kind: Literal["association", "government", "news"]
    region: str = Field("", pattern=r"^(\d{6})?$", description="administrative code, GB/T 2260")

    @field_validator("region", mode="before")
    @classmethod
    def _digits(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


class Evidence(_Strict):
    """Where and when the structure was seen."""

    seen: date
    where: str
    certainty: Literal["certain", "probable", "inferred"]


class Paused(_Strict):
    """Why a source is not crawled now."""

    since: date
    reason: str


class Expect(_Strict):
    """What a healthy source gives; less is told the same night."""

    articles: int = Field(1, ge=0, description="at least so many on a full crawl")
    filled: dict[Literal["title", "body", "published", "outlet", "author"], float] = Field(
        {"title": 1.0, "body": 0.8, "published": 0.9}, description="share of articles with a field"
    )
    shortest_body: int = Field(40, ge=0, description="characters; the shortest believable body")
    silence_days: int = Field(60, ge=1, description="the longest believable silence")


class Source(_Strict):
    """One column of one site."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="the file's name without .yml")
    title: str = Field(description="what a researcher calls it")
    organisation: Organisation
    column: str = Field(description="name of the column on the site")
    family: str = Field(description="one of sources/families")
    start: str = Field(pattern=r"^https?://[^\s]+$", description="address of the listing")
    evidence: Evidence
    status: Literal["enabled", "unproven"] | Paused = Field(
        "unproven", description="enabled, unproven, or paused (since, reason)"
    )
    listing: Listing = Field(Listing(), description="only what differs from the family")
    article: tuple[Layout, ...] = Field((), description="layouts tried before the family's")
    faces: Faces = Faces()
    address: Address | None = None
    delay: float = Field(0, ge=0, description="seconds between requests; 0: the crawler's own")
    verify_certificate: bool = Field(
        True, description="false: its TLS certificate is expired or its own, and taken all the same"
    )
    pages: int = Field(500, ge=1, description="no listing is followed further than this")
    oddities: tuple[str, ...] = Field((), description="known wrong values and what they mean")
    terms: str = Field("", description="what the site says about the use of its texts")
    expect: Expect = Expect()

    def with_family(self, family: Family) -> Source:
        """This source with everything it does not say itself taken from its family."""
        said = self.listing.model_fields_set
        return self.model_copy(
            update={
                "listing": family.listing.model_copy(
                    update={name: getattr(self.listing, name) for name in said}
                ),
                "article": self.article + family.article,
                "faces": Faces(
                    gone=self.faces.gone + family.faces.gone,
                    restricted=self.faces.restricted + family.faces.restricted,
                    refused=self.faces.refused + family.faces.refused,
                ),
                "address": self.address or family.address,
            }
        )
