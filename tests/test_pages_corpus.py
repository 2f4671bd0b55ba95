"""The figures that reading without rules must reach on real pages; skipped where there are none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIGURES = {"title": 0.95, "date": 0.98, "f": 0.95, "source": 0.85, "author_any": 0.70}
MOST_INVENTED = 0.10


def test_real_pages_are_read_as_well_as_promised(shared: Path, tmp_path: Path) -> None:
    scorer = shared / "pages" / "score.py"
    if not scorer.is_file():
        pytest.skip("no real pages beside the checkout")
    out = tmp_path / "scores.json"
    adapter = "benchmarks.pages:extract=tashan"
    command = [
        sys.executable,
        str(scorer),
        "--add",
        adapter,
        "--only",
        "tashan",
        "--json",
        str(out),
    ]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120, env=environment)
    scores: dict[str, list[float]] = {}
    for corpus in json.loads(out.read_text(encoding="utf-8")).values():
        for page in corpus["tashan"].values():
            assert "err" not in page
            for key, value in page.items():
                if isinstance(value, float):
                    scores.setdefault(key, []).append(value)
    means = {key: sum(values) / len(values) for key, values in scores.items()}
    assert {key: means[key] for key, least in FIGURES.items() if means[key] < least} == {}
    assert means.get("author_spur", 0.0) <= MOST_INVENTED
    assert means.get("source_spur", 0.0) <= MOST_INVENTED
