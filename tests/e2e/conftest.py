from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.running_office import office_in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_office import RunningOffice


@pytest.fixture(scope="session")
def morning_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the digests of 2026-06-15 have just gone out; copied, never used itself."""
    home = tmp_path_factory.mktemp("morning") / "home"
    with office_in_process(home) as office:
        office.go_to("2026-06-15T08:31:00+08:00")
    return home


@pytest.fixture
def home(morning_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(morning_home, tmp_path / "home")


@pytest.fixture
def office(home: Path) -> Iterator[RunningOffice]:
    with office_in_process(home) as running:
        yield running


@pytest.fixture
def early_office(tmp_path: Path) -> Iterator[RunningOffice]:
    """Ten seconds before the first digest, in an empty home."""
    with office_in_process(tmp_path / "early") as running:
        yield running
