"""The tables: one module per kind of record, all on the one declarative base."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def every_table() -> MetaData:
    """Import every module of tables and return what they declare together."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    from storage.models.base import Base  # noqa: PLC0415 - the package must load before its parts

    return Base.metadata
