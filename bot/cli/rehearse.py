"""`fangyuan rehearse`: what the coming mornings would send, to whom; nothing is sent."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from bot.rehearsal.copied_home import copied
from bot.rehearsal.playing import morning, play
from bot.standing import existing
from storage.quarantine import is_quarantined

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from bot.office import Office
    from bot.rehearsal.playing import Rehearsed

_WEEK = "一二三四五六日"


def run(root: Path, days: int, day: date | None, *, as_json: bool, now: datetime) -> None:
    """Play some working days on a copy and print every message in order."""
    with copied(existing(root)) as office:
        begin = now if day is None else morning(office, day)
        _say_what_holds_back(office)
        told = play(office, begin, days)
    if as_json:
        for one in told:
            print(json.dumps(_line(one), ensure_ascii=False))
    else:
        print("\n".join(_pages(told)))
    people = {(one.person, one.department) for one in told}
    unbound = {(one.person, one.department) for one in told if not one.bound}
    tail = f"，其中 {len(unbound)} 人尚未绑定" if unbound else ""
    print(
        f"预演 {days} 个工作日：{len(told)} 条消息，{len(people)} 人{tail}。没有发送，数据没有变化",
        file=sys.stderr,
    )


def _say_what_holds_back(office: Office) -> None:
    with office.database.reading() as session:
        held = is_quarantined(session)
    if held:
        print("请注意：数据库由备份恢复，尚未确认继续发送，预演里也不会发出消息", file=sys.stderr)


def _pages(told: list[Rehearsed]) -> list[str]:
    lines: list[str] = []
    for day, of_day in groupby(told, key=lambda one: one.at.date()):
        lines.append(f"═══ {day} 周{_WEEK[day.weekday()]}")
        for one in of_day:
            lines += _page(one)
    return lines


def _page(one: Rehearsed) -> list[str]:
    marks = [word for word, holds in (("未绑定", not one.bound), ("更新", one.is_edit)) if holds]
    mark = f"（{'，'.join(marks)}）" if marks else ""
    lines = [f"── {one.at:%H:%M} → {one.department} {one.person}{mark}", *one.text.splitlines()]
    if one.document:
        lines.append(f"〔文件〕{one.document}")
    lines += ["[ " + " ] [ ".join(row) + " ]" for row in one.buttons]
    return [*lines, ""]


def _line(one: Rehearsed) -> dict[str, object]:
    return {
        "at": one.at.isoformat(timespec="minutes"),
        "person": one.person,
        "department": one.department,
        "bound": one.bound,
        "text": one.text,
        "buttons": [list(row) for row in one.buttons],
        "document": one.document,
        "edit": one.is_edit,
    }
