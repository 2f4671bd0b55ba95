"""How right and how fast repair is: texts damaged here, repaired, compared character by character.

The texts are drafted by drafting.py; TASHAN_CORPUS names files of clean Simplified text (UTF-8,
separated by colons) to be measured as well. Times are of the processor, best of three.
"""

from __future__ import annotations

import difflib
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import drafting
from pipelines.damage import detect
from pipelines.repair import Repair, repair
from replica.damage import damage_a, damage_b, reading, to_traditional


def main() -> None:
    """Prints accuracy, speed and what hostile text costs."""
    texts = {"law, drafted": drafting.law(300_000), "news, drafted": drafting.news(200_000)}
    for name in filter(None, os.environ.get("TASHAN_CORPUS", "").split(":")):
        texts[Path(name).name] = Path(name).read_text(encoding="utf-8")
    for name, text in texts.items():
        accuracy(name, text)
    speed(texts["news, drafted"])
    hostile()


def accuracy(name: str, text: str) -> None:
    """Damages and repairs a text as a whole; wrong characters, and how many of them unmarked."""
    whole = to_traditional(text)
    for kind, damaged in (
        ("A, level 3", damage_a(text)),
        ("A, level 3, private use dropped", damage_a(text, private_use=False)),
        ("A, level 1", damage_a(text, 1)),
        ("B", damage_b(text)),
    ):
        done = repair(damaged)
        wrong, silent = mistakes(done, damaged, whole)
        share = 100 - 100 * wrong / len(whole)
        print(
            f"{name:16} {kind:32} {len(whole):8} characters {share:9.4f} % right, "
            f"{wrong} wrong, {silent} of them in lines without a doubtful edit, "
            f"trust {done.trust}"
        )


def mistakes(done: Repair, damaged: str, whole: str) -> tuple[int, int]:
    """Wrong characters (each character too many or too few is one), and those nobody is told of."""
    doubtful = {damaged.count("\n", 0, edit.offset) for edit in done.edits if not edit.sure}
    wrong = silent = 0
    for number, (made, meant) in enumerate(
        zip(done.text.split("\n"), whole.split("\n"), strict=True)
    ):
        if made == meant:
            continue
        codes = difflib.SequenceMatcher(None, made, meant, autojunk=False).get_opcodes()
        here = sum(max(b - a, d - c) for tag, a, b, c, d in codes if tag != "equal")
        wrong += here
        silent += here if number not in doubtful else 0
    return wrong, silent


def speed(text: str) -> None:
    """Megabytes (UTF-8) a second, on texts of one million characters and on articles of 1,500."""
    clean = (text * 6)[:1_000_000]
    annotated = "".join(
        f"{c}({reading(c)})" if reading(c) and f"{c}({reading(c)})" in _ANNOTATED else c
        for c in to_traditional(clean)
    )
    articles = [clean[at : at + 1500] for at in range(0, len(clean), 1500)]
    some_b = damage_b(clean)
    broken = damage_a(clean)
    dropped = damage_a(clean, private_use=False)
    print(f"detection, clean text          {_rate(clean, lambda: detect.verdict(clean)):7.1f} MB/s")
    each = _rate(clean, lambda: [detect.verdict(article) for article in articles])
    print(f"detection, clean articles      {each:7.1f} MB/s")
    print(f"family A, characters whole     {_rate(annotated, lambda: repair(annotated)):7.1f} MB/s")
    print(f"family B                       {_rate(some_b, lambda: repair(some_b)):7.1f} MB/s")
    print(f"family A, inversion            {_rate(broken, lambda: repair(broken)):7.1f} MB/s")
    print(f"  private use dropped          {_rate(dropped, lambda: repair(dropped)):7.1f} MB/s")


_ANNOTATED = frozenset(
    f"{c}({reading(c)})" for c in "業學發動現區務會實機關產術設對內網時進個國統護構導質應經領結"
)


_FOR_A = ("?", "蚴袌龅", "\ue123")  # which by themselves would be taken for wrecks


def _rate(text: str, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return len(text.encode()) / 1e6 / best


def hostile(size: int = 3_400_000) -> None:
    """Ten megabytes meant to take long, and a tenth of them: time must grow tenfold at most."""
    opening = "業(yè)務(wù)發(fā)展變?nèi)"
    for name, piece in {
        "nested parentheses": "(",
        "a million annotations": "業(yè)務(wù)發(fā)展",
        "family B": "業(ye)(ye)務(wu)發展的(de)",
        "all question marks": "?",
        "cuts everywhere": "漢?，漢",
        "swallowed parentheses": "變?nèi)",
        "one shifted run": "蚴袌龅",
        "lost digits": "變?nèi)蚴袌?7.9%",
        "private use": "\ue123",
        "entities": "&#40;",
    }.items():
        costs = []
        for length in (size // 10, size):
            text = opening + piece * (length // len(piece))
            start = time.process_time()
            repair(text, family="A" if piece in _FOR_A else None)
            costs.append(time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        megabytes = len(text.encode()) / 1e6
        print(
            f"{name:24} {megabytes:5.1f} MB {costs[1]:7.2f} s, a tenth {costs[0]:6.2f} s, "
            f"peak memory {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()
