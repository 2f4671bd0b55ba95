"""python -m benchmarks [NAME…]: runs every benchmark of this folder, or those named."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main(wanted: list[str]) -> int:
    """Runs the benchmarks and gives the exit code."""
    found = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)}
    names = sorted(found - {"__main__", "torture"})
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(f"no benchmark named {', '.join(unknown)}; there are {', '.join(names)}")
        return 2
    for name in wanted or names:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
