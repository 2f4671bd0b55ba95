"""Full-text search in Chinese: what is indexed, how a query is put, what is shown of a text.

| module | what it is |
|---|---|
| folding | one spelling for Simplified, Traditional, full-width and capital characters |
| units | a text as tokens of the index, a query's word as a row of tokens |
| index | the tables of the index: made, kept, rebuilt |
| checking | the index compared with the texts |
| query | what a person typed, understood |
| fields, conditions | fields and dates of a query, and what they ask of the columns |
| matching | a query as SQL |
| results | all ids that match |
| columns | facets and dates of any number of ids |
| reader | a page of results |
| highlight | the words of a query in a text |
"""

from .checking import verify
from .columns import FACETS, Columns
from .folding import fold
from .highlight import mark, snippet, spans
from .index import (
    TABLES,
    Tokens,
    add,
    add_tokens,
    create,
    drop,
    merge,
    rebuild,
    remove,
    replace,
    tokens,
    version,
)
from .matching import Compiled, compile  # noqa: A004  as re.compile
from .query import Query, QueryError, parse
from .reader import Page, Reader
from .results import find, in_titles

__all__ = [
    "FACETS",
    "TABLES",
    "Columns",
    "Compiled",
    "Page",
    "Query",
    "QueryError",
    "Reader",
    "Tokens",
    "add",
    "add_tokens",
    "compile",
    "create",
    "drop",
    "find",
    "fold",
    "in_titles",
    "mark",
    "merge",
    "parse",
    "rebuild",
    "remove",
    "replace",
    "snippet",
    "spans",
    "tokens",
    "verify",
    "version",
]
