"""Each source file appears as one spider, to `scrapy list`, `scrapy crawl` and our own commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from model.catalogue import Catalogue
from model.errors import SourceError
from model.source import Source

from .spider import ColumnSpider


def catalogue(settings: BaseSettings) -> Catalogue:
    """The catalogue that the settings name."""
    return Catalogue(Path(settings["TASHAN_SOURCES"]), Path(settings["TASHAN_FAMILIES"]))


def spider_class(source: Source) -> type[ColumnSpider]:
    """The spider of one source, with its own pace and its own trust in certificates."""
    own: dict[str, Any] = {"DOWNLOAD_VERIFY_CERTIFICATES": source.verify_certificate}
    if source.delay:
        own["TASHAN_DELAY"] = source.delay
    return type(
        f"ColumnSpider[{source.id}]",
        (ColumnSpider,),
        {"name": source.id, "source": source, "custom_settings": own},
    )


class SourceLoader:
    """Scrapy's SPIDER_LOADER_CLASS."""

    def __init__(self, sources: Catalogue) -> None:
        self._sources = sources

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SourceLoader:
        """As Scrapy makes it."""
        return cls(catalogue(settings))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of one source; KeyError with our own words where there is none."""
        try:
            return spider_class(self._sources.source(spider_name))
        except SourceError as error:
            raise KeyError(str(error)) from None

    def list(self) -> list[str]:
        """The ids of all sources."""
        return self._sources.names()

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """The sources whose listing is this address."""
        return [s.id for s in self._sources.sources() if s.start == request.url]
