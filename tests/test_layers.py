"""Who may import whom: imports point downward, and some libraries have one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "model": set(),
    "pipelines": {"model"},
    "archive": {"model"},
    "crawler.pages": {"model"},
    "crawler": {"model", "crawler.pages", "pipelines", "archive"},
    "exports": {"model", "archive"},
    "browse": {"model", "archive.search", "pipelines.normalise", "pipelines.scripts", "exports"},
    "replica": set(),
    "commands": {
        "model", "crawler.pages", "pipelines", "archive", "crawler", "exports", "browse", "replica",
    },
}  # fmt: skip

ONLY_HERE = {
    "yaml": {"model", "browse", "replica", "commands"},
    "pydantic": {"model", "commands"},
    "opencc": {"pipelines", "replica"},
    "pypinyin": {"pipelines", "replica"},
    "sqlite_utils": {"archive"},
    "sqlite3": {"archive"},
    "pysqlite3": {"archive"},
    "bs4": {"crawler.pages"},
    "lxml": {"crawler.pages"},
    "parsel": {"crawler.pages"},
    "scrapy": {"crawler"},
    "twisted": {"crawler"},
    "numpy": {"archive"},
    "pyarrow": {"exports"},
    "warcio": {"exports"},
    "datasette": {"browse"},
    "click": {"commands", "replica"},
}


def _modules() -> Iterator[tuple[str, str, Path]]:
    """Each module of ours: its package of the table above, its dotted name, its file."""
    for package in MAY_IMPORT:
        for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if package == "crawler" and name.startswith("crawler.pages"):
                continue
            yield package, name.removesuffix(".__init__"), path


def _imports(name: str, path: Path) -> Iterator[str]:
    """Every import of a file, absolute, those inside functions and for types included."""
    parts = name.split(".")
    package = parts if path.name == "__init__.py" else parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


MODULES = list(_modules())
RUNNING = [m for m in MODULES if not m[1].rpartition(".")[2].startswith("make_")]  # not by hand


@pytest.mark.parametrize(("package", "name", "path"), MODULES, ids=[name for _, name, _ in MODULES])
def test_imports_point_downward(package: str, name: str, path: Path) -> None:
    allowed = {package, *MAY_IMPORT[package]}
    for imported in _imports(name, path):
        ours = imported.split(".")[0] in {entry.split(".")[0] for entry in MAY_IMPORT}
        if not ours:
            continue
        fits = any(imported == entry or imported.startswith(entry + ".") for entry in allowed)
        if package == "browse" and imported.startswith("archive."):
            fits = imported.startswith("archive.search")
        assert fits, f"{name} imports {imported}"


@pytest.mark.parametrize(("package", "name", "path"), RUNNING, ids=[name for _, name, _ in RUNNING])
def test_libraries_have_one_door(package: str, name: str, path: Path) -> None:
    for imported in _imports(name, path):
        library = imported.split(".")[0]
        if library in ONLY_HERE:
            assert package in ONLY_HERE[library], f"{name} imports {library}"


@pytest.mark.parametrize(("package", "name", "path"), MODULES, ids=[name for _, name, _ in MODULES])
def test_files_are_short_and_say_what_they_are(package: str, name: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300, f"{name} is too long"
    assert ast.get_docstring(ast.parse(text)), f"{name} does not say what it is for"
