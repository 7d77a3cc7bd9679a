"""`fangyuan doctor`: look at the whole installation; 1 where something needs a hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.checks import examine
from bot.cli.ending import DONE, FOUND_PROBLEMS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def run(root: Path, today: date) -> int:
    """Print what is in order, and each problem with what to do."""
    found = examine(root, today)
    for line in found.good:
        print(f"正常  {line}")
    for line in found.bad:
        print(f"问题  {line}", file=sys.stderr)
    return FOUND_PROBLEMS if found.bad else DONE
