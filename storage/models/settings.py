"""Switches of the running office that people change from chat."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Setting(Base):
    """One named switch or counter of an office (paused, next finding number, …)."""

    __tablename__ = "settings"

    office: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
