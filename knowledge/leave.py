"""Reads 请假到周五，助理代 and 我回来了: who is away, from when to when, who stands in for him.

A text that names an item, a case or what is done about one is an answer and never a leave.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.leave_days import LeaveDays, read_days, without_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LEAVE = (
    r"请(?:了|个|几天|一下)?(?:年|病|事|婚|产|丧|陪产|护理|探亲|公)?假|休(?:了|个)?(?:年|病|事|婚|产|丧|陪产|护理|探亲|公)?假"
    r"|(?:年|病|事|婚|产|丧|陪产|护理|探亲|公)假|年休|出差|外出|公出|脱产学习|外出学习|培训|住院|借调|不在(?:单位|院里|岗)"
)
_ABOUT_LEAVE = re.compile(_LEAVE)
_STANDS_IN = r"(?:来|临时|暂时|先|负责)?(?:代(?!表|理人|码|签|办)|替|顶|接手|负责)"
_NOTICES = re.compile(r"通知书")
_FOR_ME = re.compile(r"(?:代|替|帮|顶)(?:我|理)|AB角", re.IGNORECASE)
_ASSISTANT = re.compile(r"(?:我的?)?(?:检察官)?助理")
_ITEM = re.compile(
    r"[A-Za-z]{1,3}\d{2}(?!\d)|第\s*[\d一二三四五六七八九十两]+\s*(?:条|项|个|件)|尾号|\d+号案|案号"
    r"|(?:这|那|该|本|此|几)(?:一)?(?:条|项|件|案|个案)"
)
_DONE = re.compile(
    r"办结|审结|补录|补正|补填|更正|改好|已改|修改|填录|填上|核实|核对|回复|答复|说明|提交|办理|再办|来办|处理"
)
_BACK = re.compile(
    r"(?:我)?(?:今天|今日|现在|已经|已)?(?:已经|已)?"
    r"(?:回来(?:了|上班了|上班)|回院(?:了|上班了)|销假(?:了)?|休假结束了?|上班了|返岗了?|复岗了?|结束代理)"
    r"[。.!！~]*"
)
_ALONE = re.compile(rf"(?:我)?(?:要|想|申请)?(?:{_LEAVE})[。.!！~]*")
_FILLER = re.compile(
    r"[我要想从自到至起共的,，。.、;；!！~\s]|一共|开始|为止|期间|上午|下午|检察官"
)
_UNKNOWN = re.compile(rf"(?:由|请|让)(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:检察官)?{_STANDS_IN}")


@dataclass(frozen=True)
class Speaker:
    """Who writes, on which day, and the names that people of his office go by."""

    name: str
    today: date
    people: Sequence[str]


@dataclass(frozen=True)
class Leave:
    """A leave as it was written; what is None was not said and must be asked for.

    `principal` is who is away where that is not the writer. `assistant`: 助理代, without a name.
    `unknown` is a name that nobody of the office has. `notices`: he is there, only the notices of
    his department go to the other.
    """

    days: LeaveDays
    principal: str | None = None
    stand_in: str | None = None
    assistant: bool = False
    unknown: str | None = None
    notices: bool = False


@dataclass(frozen=True)
class Back:
    """The writer is at work again."""


def read(text: str, speaker: Speaker) -> Leave | Back | None:
    """Read a text as a leave or a return; None: it speaks of something else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _BACK.fullmatch(plain.replace(" ", "")):
        return Back()
    if _ALONE.fullmatch(plain):
        return Leave(LeaveDays())
    if _ITEM.search(plain):
        return None
    about = _ABOUT_LEAVE.search(plain)
    found = parts(plain, speaker, before=about.start() if about else 0)
    stands_in = found.stand_in or found.assistant or found.unknown
    if about is not None and _speaks_of_leave(plain, speaker, found, stood_in=bool(stands_in)):
        return found
    named_for_days = stands_in and found.days.last is not None
    return found if named_for_days and (found.notices or _FOR_ME.search(plain)) else None


def _speaks_of_leave(text: str, speaker: Speaker, found: Leave, *, stood_in: bool) -> bool:
    """A leave names its stand-in; without one the text says nothing but who is away, and when.

    我请假了，下周三回来改 is a promise about an item, 分管领导出差，审批要到下周一 a cause.
    """
    if stood_in:
        return found.days != LeaveDays() or _DONE.search(text) is None
    if found.days.last is None and found.principal is None:
        return False
    rest = without_days(_ABOUT_LEAVE.sub("", text), speaker.today)
    for name, _, _ in _names(rest, speaker.people):
        rest = rest.replace(name, "")
    return _FILLER.sub("", rest) == ""


def parts(text: str, speaker: Speaker, *, before: int = 0) -> Leave:
    """Take a line apart into names and days: 周岚 李明 到周五.

    The one who stands in is said to: 由李明代. Of two bare names the first one is away; a bare name
    left of `before` is who is away, any other who stands in.
    """
    text = unicodedata.normalize("NFKC", text)
    seen = _names(text, speaker.people)
    stand_in = next((name for name, start, end in seen if _is_said_to(text, start, end)), None)
    bare = [(name, start) for name, start, _ in seen if name != stand_in]
    away = next((name for name, start in bare if start < before or len(bare) > 1 or stand_in), None)
    rest = [name for name, _ in bare if name != away]
    assistant = stand_in is None and not rest and _ASSISTANT.search(text) is not None
    stand_in = stand_in or (rest[0] if rest else None)
    unknown = _UNKNOWN.search(text) if stand_in is None and not assistant else None
    return Leave(
        days=read_days(text, speaker.today),
        principal=None if away == speaker.name else away,
        stand_in=stand_in,
        assistant=assistant,
        unknown=unknown["name"] if unknown else None,
        notices=_NOTICES.search(text) is not None and _ABOUT_LEAVE.search(text) is None,
    )


def _is_said_to(text: str, start: int, end: int) -> bool:
    after = re.compile(rf"(?:检察官|检|助理|主任|老师)?{_STANDS_IN}").match(text, end)
    return (
        after is not None
        or re.search(r"(?:由|交给|转给|代理人是?|AB角是?)\s*$", text[:start]) is not None
    )


def _names(text: str, people: Sequence[str]) -> list[tuple[str, int, int]]:
    """Find the names in a text, the longest first: 李明华 is not 李明."""
    found: list[tuple[str, int, int]] = []
    for name in sorted({one for one in people if one}, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if not any(start < match.end() and match.start() < end for _, start, end in found):
                found.append((name, *match.span()))
    return sorted(found, key=lambda one: one[1])
