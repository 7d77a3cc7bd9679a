"""The search as another process sees it: wall time of `fangyuan ask`, cold and line by line."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.laws import shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.laws.model import OfficialText


def report(texts: Sequence[OfficialText], questions: Sequence[str]) -> None:
    """Print what a question costs from a cold start and in a running stream."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for text in texts:
            shelf.put(home, text)
        cold = [from_cold(home, questions[at]) for at in range(4)]
        first, taken = streamed(home, questions)
    taken.sort()
    print(
        f"fangyuan ask            cold {min(cold[1:]):4.2f}–{max(cold[1:]):4.2f} s "
        f"(with the index to build {cold[0]:4.2f} s)\n"
        f"fangyuan ask --jsonl    p50 {1000 * taken[len(taken) // 2]:6.1f} ms  "
        f"p95 {1000 * taken[int(0.95 * len(taken))]:6.1f} ms  "
        f"max {1000 * taken[-1]:6.1f} ms  first {first:4.2f} s  (wall)"
    )


def from_cold(home: Path, question: str) -> float:
    """Return how many seconds one question takes in a process of its own."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own command on our own questions
        [*_command(home), question], check=True, capture_output=True
    )
    return time.perf_counter() - began


def streamed(home: Path, questions: Sequence[str]) -> tuple[float, list[float]]:
    """Return the seconds to the first answer, and those of every later one."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command on our own questions
        [*_command(home), "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        taken = []
        for question in questions:
            sent = time.perf_counter()
            asked.stdin.write(json.dumps({"q": question}, ensure_ascii=False).encode() + b"\n")
            asked.stdin.flush()
            asked.stdout.readline()
            taken.append(time.perf_counter() - sent)
            if len(taken) == 1:
                first = time.perf_counter() - began
        asked.stdin.close()
    return first, taken[1:]


def _command(home: Path) -> list[str]:
    return [str(Path(sys.executable).with_name("fangyuan")), "--home", str(home), "ask"]
