"""Options that several commands share, and how a command learns the present moment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot.clock import SystemClock

DAY = typer.Option(formats=["%Y-%m-%d"], help="以哪一天为准，如 2026-06-15。")
JSON = typer.Option("--json", help="输出 JSON 行。")
CASES = typer.Option("--cases", help="导出文件，可以一次给出几个。")

Day = Annotated[datetime | None, DAY]
AsJson = Annotated[bool, JSON]


def present() -> datetime:
    """Return the machine's time; asked once per command, then passed on."""
    return SystemClock().now()
