from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.command import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ALL = frozenset({"telegram", "aiohttp", "sqlalchemy", "alembic", "polars", "rich"})
MESSENGER = frozenset({"telegram", "aiohttp", "apscheduler"})
SCRIPT = """\
import sys
from bot.cli import ending
from bot.cli.main import app
ending.run(app, sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported(home: Path, *arguments: str) -> set[str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", SCRIPT, "--home", str(home), *arguments],
        capture_output=True,
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], ALL),
        (["import", "--help"], ALL),
        (["period", "2026-09-18", "15日"], ALL),
        (["init"], ALL),
        (["check-config"], MESSENGER | {"alembic", "polars"}),
        (["user", "list"], MESSENGER | {"polars"}),
        (["findings", "--json"], MESSENGER | {"polars", "lark"}),
        (["replies", "--jsonl"], MESSENGER | {"polars"}),
        (["ledger", "verify"], MESSENGER | {"polars", "lark"}),
        (["import", "missing.csv"], MESSENGER),
    ],
)
def test_a_command_imports_what_it_needs_and_no_more(
    tmp_path: Path, arguments: list[str], forbidden: frozenset[str]
) -> None:
    home = tmp_path / "home"
    if arguments != ["init"]:
        imported(home, "init")
    assert imported(home, *arguments) & forbidden == set()
