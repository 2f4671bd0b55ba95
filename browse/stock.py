"""Datasette's own pages in our frame and in Chinese, fit for a strict policy.

Datasette has no translations. Its templates are changed as they are loaded: words of the
catalogue become expressions that give the word in the reader's language, so a word that a newer
Datasette says differently stays English and nothing breaks. Scripts and styles get the nonce.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from datasette import Response
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from . import describing, routes
from .visit import Visit, as_json

# What Datasette's views raise where an address has a parameter that they cannot read.
_NONSENSE = (LookupError, ValueError, TypeError, AssertionError)

_HERE = Path(__file__).parent
_EXPRESSION = r"\{%.*?%\}|\{\{.*?\}\}"
_WHOLE = "|".join(rf"<{name}\b.*?</{name}>" for name in ("script", "style", "textarea", "pre"))
_OUTSIDE = re.compile(f"({_WHOLE}|{_EXPRESSION}|<[^>]*>)", re.DOTALL)
_PLURAL = re.compile(r"\b(row|table|clause)\{% if [^%]* [!=]= 1 %\}(?:\{% else %\})?s\{% endif %\}")
_STYLED = re.compile(r'\s+style="[^"]*(?:\{\{.*?\}\}[^"]*)*"', re.DOTALL)


def prepare(env: Environment) -> None:
    """Puts our templates before Datasette's, and Datasette's through the catalogue."""
    assert env.loader is not None  # noqa: S101  Datasette always sets one
    ours = FileSystemLoader([_HERE / "templates", _HERE / "frame"])
    env.loader = ChoiceLoader([ours, _Translating(env.loader)])
    env.globals |= {
        "shown_in": _shown_in,
        "half": half,
        "described": _described,
        "column_name": _column_name,
    }


class _Translating(BaseLoader):
    """Another loader's templates, changed."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The changed source of a template."""
        source, name, fresh = self._loader.get_source(environment, template)
        return translated(source), name, fresh

    def list_templates(self) -> list[str]:
        """The other loader's."""
        return self._loader.list_templates()


def translated(source: str) -> str:
    """The source of a template with words of the catalogue bilingual, and no inline style."""
    for old, new in _catalogue()["shapes"].items():
        source = source.replace(old, new)
    source = re.sub(r"<(script|style)\b", r'<\1 nonce="{{ nonce }}"', source)
    source = _STYLED.sub("", source)
    source = _PLURAL.sub(r"\1s", source)
    pieces = _OUTSIDE.split(source)
    pieces[::2] = map(_in_both, pieces[::2])
    return "".join(pieces)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("stock.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _words() -> re.Pattern[str]:
    known = sorted(_catalogue()["words"], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, known)) + r")(?![\w-])")


def _in_both(text: str) -> str:
    """A piece of a template outside of expressions, each known word as an expression."""
    return _words().sub(lambda found: "{{ shown_in(lang, " + repr(found[0]) + ") }}", text)


def _shown_in(lang: str, english: str) -> str:
    return english if lang == "en" else _catalogue()["words"].get(english, english)


def half(lang: str, text: str) -> str:
    """The Chinese or the English of a description that has both, parted by a middle dot."""
    chinese, dot, english = text.rpartition(" · ")
    return english if not dot or lang == "en" else chinese


def _described(lang: str, heading: str) -> str:
    """What Datasette says of a filter, in Chinese."""
    if lang != "en":
        for pattern, chinese in _catalogue()["phrases"].items():
            heading = re.sub(pattern, chinese, heading)
    return heading


def _column_name(lang: str, table: str, column: str) -> str:
    """A column as the heading of a facet: its description up to the first bracket."""
    description = describing.columns().get(table, {}).get(column, column)
    return re.split("[（(,，]", half(lang, description))[0].strip()


def cell(datasette: Any, row: Any, value: Any, column: str, table: str) -> Markup | None:
    """The title of an article and the name of a source as links into the reading room."""
    if not isinstance(value, str) or column != "title" or table not in ("articles", "sources"):
        return None
    key = "key" if table == "articles" else "id"
    if key not in row.keys():  # noqa: SIM118  a sqlite3.Row
        return None
    base = datasette.setting("base_url")
    path = "article" if table == "articles" else "source"
    return Markup('<a href="{}{}/{}">{}</a>').format(base, path, row[key], value)


async def failure(visit: Visit, error: Exception) -> Response:
    """The answer to an error of Datasette's own views."""
    if isinstance(error, Base400):
        status, word = error.status, str(error.args[0] if error.args else "")
    elif isinstance(error, DatasetteError):
        asked = error.status == 500 and visit.request.query_string  # its own word for "cannot"
        status, word = 400 if asked else error.status, str(error.message)
    elif isinstance(error, QueryInterrupted):
        status, word = 400, "The query took too long."
    elif isinstance(error, _NONSENSE) and (
        visit.request.query_string or visit.request.path.endswith(".csv")
    ):
        logging.getLogger(__name__).warning("%s: %r", visit.request.path, error)
        status, word = 400, ""
    elif isinstance(error, OSError) and "/-/static" in visit.request.path:
        status, word = 404, ""  # a name that no file can have
    else:
        return await routes.failure(visit, error)
    if visit.request.path.endswith(".json"):
        return as_json({"ok": False, "error": word, "status": status, "title": None}, status)
    said = visit.say("没有这一页。") if status == 404 else visit.say("这个请求无法理解。")
    detail = "" if status == 404 else word
    if isinstance(error, DatasetteError) and error.message_is_html:
        detail = Markup(error.message)  # noqa: S704  Datasette's own, escaped there
    return await visit.page("error.html", status, word=said, detail=detail, number=status)


async def forbidden(visit: Visit) -> Response:
    """The answer to what is closed."""
    if visit.request.path.endswith(".json"):
        return as_json({"ok": False, "error": "Forbidden", "status": 403, "title": None}, 403)
    return await visit.page("error.html", 403, word=visit.say("这里没有开放。"), number=403)
