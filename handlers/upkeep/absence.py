"""The messenger could not be reached for so long that it may have dropped what people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell as telling
from handlers.people.addressees import officers

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from storage.transaction import Transaction


def tell(tx: Transaction, desk: Desk, since: datetime, until: datetime) -> None:
    """Tell the officers from when to when letters may be missing, and what to do about it."""
    tx.record(
        "messenger_absent",
        "office",
        actor="system",
        data={"since": since.isoformat(), "until": until.isoformat()},
    )
    begin, end = since.astimezone(tx.now.tzinfo), until.astimezone(tx.now.tzinfo)
    text = (
        f"{_moment(begin)}至{_moment(end)}，机器人与消息通道中断超过 24 小时，"
        "其间的来信可能没有收到。请提醒各承办人把这段时间的答复再发一次。"
    )
    for officer in officers(tx.session, desk.office):
        key = f"absence:{since.isoformat()}:{officer.id}"
        telling.say(tx, officer, "system", text, key=key)


def _moment(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"
