from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage import head_copies
from storage.database import Database, sqlite_url
from storage.ledger import head as head_of
from tests.support.command import ROOT, program
from tests.support.database import NOW

PAGE = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
PRINTED = "318:0a1b2c3d4e5f6071"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with everything the page names: home, database, heads, and a head printed then."""
    folder = tmp_path_factory.mktemp("auditor")
    assert program("--home", folder / "home", "init").returncode == 0
    assert program("--home", folder / "home", "user", "list").returncode == 0
    database = Database(sqlite_url(folder / "home" / "fangyuan.db"))
    with database.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="是5.27，改好了")
    with database.reading() as session:
        head = head_of(session)
    head_copies.append(folder, head, NOW)
    database.close()
    shutil.copy(ROOT / "tools" / "verify_ledger.py", folder)
    done = run(folder, BLOCKS[0].strip(), head.printed)
    assert done.returncode == 0, done.stderr
    shutil.copy(folder / "home" / "fangyuan.db", folder / "fangyuan.db")
    return folder, head.printed


def run(folder: Path, command: str, head: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command.replace(PRINTED, head))
    if words[0] == "fangyuan":
        words = [sys.executable, "-m", "bot.cli.main", "--home", str(folder / "home"), *words[1:]]
    else:
        # alone: no product on the path, no site packages
        words = [sys.executable, "-I", "-S", *words[1:]]
    return subprocess.run(  # noqa: S603 - our own page
        words,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [one for one in COMMANDS if "verify" in one])
def test_each_command_of_the_page_finds_the_ledger_intact(
    desk: tuple[Path, str], command: str
) -> None:
    done = run(*desk[:1], command, desk[1])
    assert (done.returncode, done.stderr) == (0, "")
    assert "流水完整：共" in done.stdout
    assert ("与公布的校验值一致" in done.stdout) == ("--head" in command)


def test_the_page_names_both_programs_and_every_option_of_the_lone_one() -> None:
    text = (ROOT / "tools" / "verify_ledger.py").read_text(encoding="utf-8")
    options = set(re.findall(r'add_argument\("(--\w+)"', text))
    assert options
    assert {one for one in options if f" {one} " in PAGE} == options


def test_the_lone_verifier_is_one_short_file_on_the_standard_library() -> None:
    text = (ROOT / "tools" / "verify_ledger.py").read_text(encoding="utf-8")
    imported = re.findall(r"^(?:import|from) (\S+)", text, re.MULTILINE)
    modules = {one.split(".")[0] for one in imported}
    assert len(text.splitlines()) <= 300
    assert modules <= {*sys.stdlib_module_names, "__future__"}


def installed(version: str) -> str | None:
    """Find another Python: on the path, or where a version manager keeps them."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(root.glob(f"{version}.*/bin/python"))
    return str(kept[-1]) if kept else shutil.which(f"python{version}")


@pytest.mark.parametrize("version", ["3.9", "3.13"])
def test_an_older_and_a_newer_python_can_run_it(desk: tuple[Path, str], version: str) -> None:
    found = installed(version)
    if found is None:
        pytest.skip(f"no Python {version} on this machine")
    done = subprocess.run(  # noqa: S603 - our own script
        [found, "verify_ledger.py", "ledger.jsonl", "--texts", "texts.jsonl"],
        cwd=desk[0],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
