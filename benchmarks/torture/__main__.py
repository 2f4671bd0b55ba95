"""python -m benchmarks.torture [NAME…]: runs the trials in full number and prints their counts."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import torture
from benchmarks.torture import Trial


def trials() -> dict[str, Trial]:
    """Every trial of this folder, by name."""
    modules = sorted(m.name for m in pkgutil.iter_modules(torture.__path__) if m.name != "__main__")
    found = (importlib.import_module(f"{torture.__name__}.{name}") for name in modules)
    return {trial.name: trial for module in found for trial in getattr(module, "TRIALS", ())}


def main(arguments: list[str] | None = None) -> int:
    """Runs everything, or the trials named; 1 where something happened that must not."""
    known = trials()
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--share", type=float, default=1.0, help="of the full numbers (1)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(known))
    if unknown:
        parser.error(f"no trial named {', '.join(unknown)}; there are {', '.join(known)}")
    failed = []
    for name in asked.names or known:
        trial = known[name]
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            told = trial.run(max(1, round(trial.number * asked.share)), asked.seed, Path(folder))
        good = not any(told[what] for what in trial.bad)
        failed += [] if good else [name]
        counts = ", ".join(f"{count:,} {what}" for what, count in told.items())
        verdict = "good" if good else "FAILED"
        print(f"{name}: {verdict}: {counts} ({time.monotonic() - began:.0f} s)", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
