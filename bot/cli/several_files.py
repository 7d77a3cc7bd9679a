"""Let one option take several files: `--cases a.csv b.csv`, as well as `--cases a --cases b`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context

OPTION = "--cases"


class SeveralFiles(TyperCommand):
    """A command whose `--cases` may be followed by several files."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments after repeating the option before each of its files."""
        return super().parse_args(ctx, spread(args))


def spread(args: Sequence[str]) -> list[str]:
    """Repeat `--cases` before each further file; a word without a file's ending is an argument."""
    found: list[str] = []
    after_file = False
    for place, word in enumerate(args):
        is_value = place > 0 and args[place - 1] == OPTION
        if after_file and not is_value and not word.startswith("-") and _is_file(word):
            found += [OPTION, word]
            continue
        found.append(word)
        after_file = is_value or word.startswith(f"{OPTION}=")
    return found


def _is_file(word: str) -> bool:
    path = Path(word)
    return bool(path.suffix) or path.is_file()
