"""`fangyuan init`: make the home folder with a commented configuration."""

from __future__ import annotations

import re
from pathlib import Path

from bot.home import Home, HomeUnusableError
from knowledge.errors import UserFacingError

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.yaml"


class HomeExistsError(UserFacingError):
    """There is a configuration already; it is never overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"配置文件 {path} 已经存在，没有改动。需要重来请先将它移走，或用 --home 另指定目录"
        )


def run(root: Path, *, office: str | None) -> None:
    """Make the folders and write the configuration, readable by their owner only."""
    home = Home(root)
    home.make()
    text = EXAMPLE.read_text(encoding="utf-8")
    if office:
        text = named(text, office)
    try:
        with home.config.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        home.config.chmod(0o600)
    except FileExistsError as error:
        raise HomeExistsError(home.config) from error
    except OSError as error:
        raise HomeUnusableError(root, error.strerror or str(error)) from error
    print(f"已建立数据目录 {root}")
    print(f"请填写 {home.config}，再运行 fangyuan check-config")
    print(f"导出文件请放入 {home.exports}，或运行 fangyuan import 文件…")


def named(text: str, office: str) -> str:
    """Put the office's name into the example."""
    quoted = '"' + office.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return re.sub(r"(?m)^(  name: )\S+", lambda found: found[1] + quoted, text, count=1)
