from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import home_lock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_process_is_told_that_the_home_is_taken(tmp_path: Path) -> None:
    with (
        home_lock.held(tmp_path),
        pytest.raises(home_lock.HomeTakenError, match="正由另一个方圆进程使用"),
        home_lock.held(tmp_path),
    ):
        pytest.fail("two hold one home")


def test_a_home_is_free_again_afterwards(tmp_path: Path) -> None:
    with home_lock.held(tmp_path):
        pass

    with home_lock.held(tmp_path):
        assert (tmp_path / ".lock").exists()
