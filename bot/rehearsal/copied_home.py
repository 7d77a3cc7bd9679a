"""A home copied for a rehearsal: settings, rules, waiting exports and records, not its papers."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.config import load_if_there
from bot.home import OWNER_ONLY, Home, HomeUnusableError
from bot.office import open_database, open_office
from knowledge.errors import UserFacingError
from storage import backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config import Config
    from bot.office import Office

_LEFT_OUT = frozenset({"archive", "files", "backups", "sandbox"})


class NothingToRehearseError(UserFacingError):
    """A home without people or without a database was to be rehearsed."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"数据目录 {root} 还没有数据库，没有可以预演的。请先运行 fangyuan import 导入案卡"
        )


class ServerNotRehearsedError(UserFacingError):
    """The records lie on a database server, which is not copied."""

    def __init__(self) -> None:
        super().__init__(
            "数据库在 PostgreSQL 上，不能预演：预演只在副本上进行。"
            "请在另一个数据目录导入同一批导出文件后预演"
        )


@contextmanager
def copied(root: Path) -> Iterator[Office]:
    """Open a copy of a home; it is gone afterwards.

    Raises:
        NothingToRehearseError, ServerNotRehearsedError: there is nothing that can be copied.
        UserFacingError: the home's own faults, as `open_office` tells them.
    """
    config = load_if_there(root)
    _demand_file(Home(root), config)
    with tempfile.TemporaryDirectory(prefix="fangyuan-rehearsal-") as folder:
        copy = Home(root.__class__(folder))
        _copy_files(root, copy.root)
        _copy_records(root, config, copy)
        office = open_office(copy.root, config=_on_its_own(config))
        try:
            yield office
        finally:
            office.close()


def _demand_file(home: Home, config: Config | None) -> None:
    address = config.database if config else ""
    if address and not address.startswith("sqlite"):
        raise ServerNotRehearsedError
    if not address and not home.database.exists():
        raise NothingToRehearseError(home.root)


def _copy_files(root: Path, target: Path) -> None:
    database = Home(root).database.name
    try:
        for one in root.iterdir():
            if one.name in _LEFT_OUT or one.name.startswith((database, ".")):
                continue
            if one.is_dir():
                shutil.copytree(one, target / one.name)
            elif one.is_file():
                shutil.copy2(one, target / one.name)
        target.chmod(OWNER_ONLY)
    except OSError as error:
        raise HomeUnusableError(root, error.strerror or str(error)) from error


def _copy_records(root: Path, config: Config | None, copy: Home) -> None:
    database = open_database(Home(root), config)
    try:
        backup.backup(database, copy.database)
    finally:
        database.close()


def _on_its_own(config: Config | None) -> Config | None:
    return None if config is None else config.model_copy(update={"database": ""})
