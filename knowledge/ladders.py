"""The ladder of reminders: who is reminded how many days before and after a term ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge import strict_yaml
from knowledge.errors import KnowledgeError

SHIPPED = Path(__file__).parent / "ladders.yaml"
ROLES = ("prosecutor", "officer", "head", "deputy")
KEYS = {"left", "to", "chief_if_grave"}


class LadderError(KnowledgeError):
    """The file of ladders cannot be used."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"提醒阶梯 {name} 第 {line} 行：{reason}。请改正后重新运行")


@dataclass(frozen=True)
class Rung:
    """One step: so many days left (negative: over), and whom it reaches."""

    left: int
    to: tuple[str, ...]
    chief_if_grave: bool = False

    def roles(self, *, grave: bool) -> tuple[str, ...]:
        """Return the roles that are reminded; the chief only of grave notices."""
        return (*self.to, "chief") if grave and self.chief_if_grave else self.to


@cache
def load(path: Path = SHIPPED) -> tuple[Rung, ...]:
    """Read the ladder of written replies, the earliest rung first.

    Raises:
        LadderError: an unknown role or key, or rungs out of order.
    """
    content = strict_yaml.load(path)
    entries = content.get("notice_reply") if isinstance(content, strict_yaml.Node) else None
    if not isinstance(entries, list) or not entries:
        raise LadderError(path.name, 1, "缺少 notice_reply 一项")
    rungs = tuple(_rung(path.name, one) for one in entries)
    for entry, one, following in zip(entries[1:], rungs, rungs[1:], strict=False):
        if one.left <= following.left:
            raise LadderError(path.name, entry.line, "left 应当从大到小排列")
    return rungs


def _rung(name: str, entry: object) -> Rung:
    if (
        not isinstance(entry, strict_yaml.Node)
        or set(entry) - KEYS
        or not {"left", "to"} <= set(entry)
    ):
        line = entry.line if isinstance(entry, strict_yaml.Node) else 1
        raise LadderError(name, line, "每级只写 left、to 和 chief_if_grave")
    left, to = entry["left"], entry["to"]
    if not isinstance(left, int) or not isinstance(to, list) or set(to) - set(ROLES):
        raise LadderError(name, entry.line, f"left 写整数，to 只能写 {'、'.join(ROLES)}")
    return Rung(left, tuple(to), bool(entry.get("chief_if_grave", False)))
