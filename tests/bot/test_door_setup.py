from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import door_setup
from bot.config import Config

if TYPE_CHECKING:
    from pathlib import Path


def _config(**door: Any) -> Config:
    return Config.model_validate({"office": {"name": "云川市北宽区人民检察院"}, "door": door})


def test_an_internet_door_needs_its_approval(tmp_path: Path) -> None:
    with pytest.raises(door_setup.NotApprovedError, match="须经批准"):
        door_setup.demand_approval(_config(), tmp_path)


def test_a_cleared_door_needs_none(tmp_path: Path) -> None:
    config = _config(clearance="intranet")

    door_setup.demand_approval(config, tmp_path)

    assert config.approval is None


def test_an_approved_internet_door_may_be_opened(tmp_path: Path) -> None:
    approval = {"number": "北检办〔2026〕1号", "person": "张某", "date": "2026-06-01"}
    config = Config.model_validate({"office": {"name": "院"}, "approval": approval})

    door_setup.demand_approval(config, tmp_path)

    assert config.door.clearance == "internet"


def test_a_token_others_can_read_is_refused(tmp_path: Path) -> None:
    token = tmp_path / "token.txt"
    token.write_text("1:abc\n", encoding="utf-8")
    token.chmod(0o644)

    with pytest.raises(door_setup.OpenTokenError, match="chmod 600"):
        door_setup.read_token(_config(token_file="token.txt"), tmp_path)


def test_a_private_token_is_read_without_its_line_end(tmp_path: Path) -> None:
    token = tmp_path / "token.txt"
    token.write_text("1:abc\n", encoding="utf-8")
    token.chmod(0o600)

    assert door_setup.read_token(_config(token_file="token.txt"), tmp_path) == "1:abc"


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_missing_or_empty_token_is_one_sentence(tmp_path: Path, content: str | None) -> None:
    token = tmp_path / "token.txt"
    if content is not None:
        token.write_text(content, encoding="utf-8")
        token.chmod(0o600)

    with pytest.raises(door_setup.NoTokenError, match=r"door\.token_file"):
        door_setup.read_token(_config(token_file="token.txt"), tmp_path)


def test_a_configuration_without_a_token_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(door_setup.NoTokenError, match="没有写"):
        door_setup.read_token(_config(), tmp_path)
