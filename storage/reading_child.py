"""Run a reading program on one file in a process of its own; what ended it is told by a word."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

Ending = Literal["too_slow", "damaged", "stopped"]


class ChildEndedError(Exception):
    """The child gave no result: it ran out of time, fell over the file, or was ended."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending)
        self.ending = ending


def output_of(program: Path, data: bytes, limits: Any, *, wall_seconds: int) -> bytes:
    """Return what a program says of a file; `limits` is a dataclass, handed over as JSON.

    Raises:
        ChildEndedError: it ended without a result.
    """
    command = [sys.executable, "-I", str(program), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file is only its input
            command, input=data, capture_output=True, timeout=wall_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildEndedError("too_slow") from None
    if done.returncode:
        raise ChildEndedError("damaged" if done.returncode > 0 else "stopped")
    return done.stdout
