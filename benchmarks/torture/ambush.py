"""An ambush inside a command: at a chosen call of a chosen function, the process group is killed.

The product knows nothing of it: the trial puts a sitecustomize module on the command's path, which
calls ``lay`` in every process of it, the reader's child included, before anything else is read.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

SETTING = "TASHAN_TORTURE_AMBUSH"
SITE = "from benchmarks.torture import ambush\n\nambush.lay()\n"


def environment(folder: Path, places: tuple[str, ...], call: int, seconds: float) -> dict[str, str]:
    """What a command is started with to be killed at a call, up to ``seconds`` after it began.

    ``places``: ``module:function`` or ``module:Class.method``; calls of any of them count. The
    file ``hit`` in ``folder`` tells that it came to it. Also puts the sitecustomize there.
    """
    (folder / "sitecustomize.py").write_text(SITE)
    (folder / "hit").unlink(missing_ok=True)
    word = {"places": places, "call": call, "seconds": seconds, "hit": str(folder / "hit")}
    return {SETTING: json.dumps(word)}


def lay() -> None:
    """Called in a process of a command: wraps the functions."""
    told = os.environ.get(SETTING)
    if not told:
        return
    word = json.loads(told)
    trap = _Trap(word["call"], word["seconds"], Path(word["hit"]))
    for place in word["places"]:
        module, _, path = place.partition(":")
        owner: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, name, trap.around(getattr(owner, name)))


class _Trap:
    """Counts calls and kills inside the one that was chosen."""

    def __init__(self, call: int, seconds: float, hit: Path) -> None:
        self._left = call
        self._seconds = seconds
        self._hit = hit
        self._inside = 0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*arguments: Any, **named: Any) -> Any:
            self.enter()
            try:
                made = function(*arguments, **named)
            except BaseException:
                self.leave()
                raise
            if hasattr(made, "__enter__") and hasattr(made, "__exit__"):
                return _Context(made, self)  # what is inside is inside the with block
            self.leave()
            return made

        return wrapped

    def enter(self) -> None:
        self._inside += 1
        self._left -= 1
        if self._left <= 0 and self._seconds >= 0:
            if self._seconds == 0:
                self._kill()
            sys.setswitchinterval(0.0002)  # the other thread shall wake in time
            threading.Thread(target=self._later, args=(self._seconds,), daemon=True).start()
            self._seconds = -1

    def leave(self) -> None:
        self._inside -= 1

    def _later(self, seconds: float) -> None:
        time.sleep(seconds)
        while not self._inside:  # this call was shorter: in one of the next
            time.sleep(0.0002)
        self._kill()

    def _kill(self) -> None:
        os.close(os.open(self._hit, os.O_CREAT | os.O_WRONLY))
        os.killpg(os.getpgrp(), signal.SIGKILL)


class _Context:
    """A context manager that counts as inside until it has ended."""

    def __init__(self, held: Any, trap: _Trap) -> None:
        self._held = held
        self._trap = trap

    def __enter__(self) -> Any:
        return self._held.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Any:
        try:
            return self._held.__exit__(kind, error, trace)
        finally:
            self._trap.leave()
