"""What programs read of an edition: datapackage.json (Frictionless) and CITATION.cff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .columns import Column, Kind
from .facts import Facts, Table
from .tables import KEYS, REFERENCES, TITLES
from .words import describe

LICENCE = {
    "name": "LicenseRef-publishers-terms",
    "path": "LICENCE.md",
    "title": "文章版权归原发布单位 · The texts belong to their publishers",
}
_TYPES: Mapping[Kind, Mapping[str, str]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "date"},
    "moment": {"type": "datetime"},
    "list": {"type": "array"},
}
_MEDIA = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


def datapackage(facts: Facts) -> str:
    """datapackage.json: the CSV files as tables with schema, the others as files beside them."""
    resources = []
    for name, table in facts.tables.items():
        resources.append(_resource(name, table, "csv") | _tabular(name, table))
        resources += [_resource(name, table, form) for form in ("jsonl", "parquet")]
    package = {
        "profile": "data-package",
        "name": f"tashan-{facts.plan.name}",
        "id": f"sha256:{facts.fingerprint}",
        "title": facts.title,
        "version": f"{facts.plan.day.year}.{facts.plan.day.month}.{facts.plan.day.day}",
        "created": f"{facts.plan.day.isoformat()}T00:00:00Z",
        "description": "Articles of Chinese associations, government departments and news sites;"
        " see README.md.",
        "keywords": ["他山之石", "经验交流", "政策法规", "China", "corpus"],
        "contributors": [{"title": name, "role": "author"} for name in facts.creators],
        "licenses": [LICENCE],
        "sources": [{"title": source.title, "path": source.start} for source in facts.sources],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(name: str, table: Table, form: str) -> dict[str, Any]:
    file = table.files[form]
    chinese, english = TITLES[name]
    return {
        "name": name if form == "csv" else f"{name}-{form}",
        "path": f"data/{file.path.name}",
        "title": f"{chinese} · {english}",
        "type": "table" if form == "csv" else "file",
        "format": form,
        "mediatype": _MEDIA[form],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _tabular(name: str, table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": [field]}}
        for column, other, field in REFERENCES[name]
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column, column.name in KEYS[name]) for column in table.rows.columns],
        "primaryKey": list(KEYS[name]),
        "missingValues": [""],
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig",
        "rows": table.number,
        "schema": schema,
    }


def _field(column: Column, required: bool) -> dict[str, Any]:
    chinese, english = describe(column.name)
    made: dict[str, Any] = {
        "name": column.name,
        **_TYPES.get(column.kind, {"type": "string"}),
        "description": f"{chinese} · {english}",
    }
    if required:
        made["constraints"] = {"required": True}
    return made


def citation_cff(facts: Facts) -> str:
    """CITATION.cff (Citation File Format 1.2.0); JSON texts are YAML texts."""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"message: {_yaml('如使用本数据集，请引用。 If you use this dataset, please cite it.')}",
        f"title: {_yaml(facts.title)}",
        f"version: {_yaml(facts.plan.name)}",
        f"date-released: {facts.plan.day.isoformat()}",
        "authors:",
        *(f"  - name: {_yaml(name)}" for name in facts.creators),
        "identifiers:",
        "  - type: other",
        f"    value: {_yaml('sha256:' + facts.fingerprint)}",
        "    description: hash of all data files of this edition",
        f"abstract: {_yaml(f'{facts.articles} articles from {len(facts.sources)} sources.')}",
        "keywords:",
        *(f"  - {_yaml(word)}" for word in ("他山之石", "经验交流", "政策法规")),
    ]
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
