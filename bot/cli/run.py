"""`fangyuan run`: the bot on the configured door, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from bot import config as configuration
from bot import door_setup, health, home_lock
from bot.app import App
from bot.clock import SystemClock
from bot.head_copier import folder_of, following
from bot.nightly_backup import NightlyBackup
from bot.office import DOOR, keep_people, open_office
from bot.stopping import asked_to_stop
from bot.telegram.redaction import guard_logging
from bot.telegram.send import TelegramDoor
from handlers.findings import rule_sets

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office
    from handlers.desk import Desk

_LOG_LINE = "%(asctime)s %(levelname)s %(name)s：%(message)s"


def run(root: Path) -> None:
    """Run the bot.

    Raises:
        UserFacingError: it must not start, or it is cut off; the sentence says why.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=_LOG_LINE)
    config = configuration.load(root)
    door_setup.demand_approval(config, root)
    token = door_setup.read_token(config, root)
    guard_logging()
    with home_lock.held(root):
        office = open_office(root, config=config)
        try:
            door = TelegramDoor(
                token, clearance=config.door.clearance, base_url=config.door.base_url, name=DOOR
            )
            with following(office.database, folder_of(office.home, config), SystemClock()):
                asyncio.run(_serve(office, door))
        finally:
            office.close()


async def _serve(office: Office, door: TelegramDoor) -> None:
    stopping = asked_to_stop()
    clock = SystemClock()
    desk = office.desk(serving=True)
    with office.database.transaction(clock.now()) as tx:
        keep_people(tx, office)
        rule_sets.note_refusal(tx, desk)
    _say_refusal(desk)
    app = App(office, desk, door, clock)
    opening = asyncio.create_task(app.start())
    asked = asyncio.create_task(stopping.wait())
    # without a network the door waits for it; SIGTERM must not
    await asyncio.wait({opening, asked}, return_when=asyncio.FIRST_COMPLETED)
    if not opening.done():
        opening.cancel()
        return
    opening.result()
    print("方圆已启动，按 Ctrl+C 结束。", file=sys.stderr)
    evenings = _evenings(app, office)
    try:
        await health.watch(app, office.home.root / "health.json", stopping)
    finally:
        asked.cancel()
        if evenings is not None:
            evenings.cancel()
        await app.stop()


def _say_refusal(desk: Desk) -> None:
    refusal = desk.rules.refusal if isinstance(desk.rules, rule_sets.RuleSet) else ""
    if refusal:
        print(refusal, file=sys.stderr)


def _evenings(app: App, office: Office) -> asyncio.Task[None] | None:
    manner = office.config.backup if office.config else None
    # a server's own tools back up a server
    if manner is None or manner.time is None or not office.database.is_sqlite:
        return None
    return asyncio.create_task(NightlyBackup(app, office, manner).run())
