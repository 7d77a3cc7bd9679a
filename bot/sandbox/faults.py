"""Faults on order: the next calls of a method fail in a named way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.sandbox.errors import (
    BadFieldError,
    BadRequestError,
    ForbiddenError,
    RefusalError,
)
from bot.sandbox.methods.registry import KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.call import Call

Kind = Literal["429", "403", "400", "502", "timeout_after_delivery", "reset"]
KINDS: tuple[Kind, ...] = ("429", "403", "400", "502", "timeout_after_delivery", "reset")
EVERY_METHOD = "*"


@dataclass(frozen=True)
class Fault:
    """What is to happen to the next calls of a method."""

    method: str
    kind: Kind
    times: int
    contains: str = ""
    retry_after: int = 1
    description: str = ""
    delivered: bool = False

    def refusal(self) -> RefusalError | None:
        """Return what the bot is told, None for the faults of the line itself."""
        if self.kind == "429":
            wait = self.retry_after
            text = f"Too Many Requests: retry after {wait}"
            return RefusalError(429, text, {"retry_after": wait})
        if self.kind == "403":
            return ForbiddenError(self.description or "bot was blocked by the user")
        if self.kind == "400":
            return BadRequestError(self.description or "fault ordered in the sandbox")
        return RefusalError(502, "Bad Gateway") if self.kind == "502" else None

    def concerns(self, call: Call) -> bool:
        """Say whether a call is one of those that are to fail."""
        if self.method not in {EVERY_METHOD, call.method}:
            return False
        return self.contains in " ".join(str(value) for value in call.values.values())


class Faults:
    """The faults that are still to come; the oldest fitting one strikes first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add a fault."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Forget all that are still to come."""
        self._ordered.clear()

    def ordered(self) -> list[Fault]:
        """Return the faults that are still to come."""
        return list(self._ordered)

    def strike(self, call: Call) -> Fault | None:
        """Return the fault that hits a call and count it off."""
        for place, fault in enumerate(self._ordered):
            if fault.concerns(call):
                left = replace(fault, times=fault.times - 1)
                self._ordered[place : place + 1] = [left] if left.times else []
                return fault
        return None


def read_fault(body: Mapping[str, object]) -> Fault:
    """Read an order for a fault.

    Raises:
        BadFieldError: The method, the kind or a number is not one.
    """
    method = str(body.get("method", ""))
    if method != EVERY_METHOD and method.lower() not in KNOWN:
        raise BadFieldError("method", "机器人接口的方法名，例如 sendMessage")
    wanted = str(body.get("kind", ""))
    kind = next((known for known in KINDS if known == wanted), None)
    if kind is None:
        raise BadFieldError("kind", "、".join(KINDS) + " 之一")
    return Fault(
        method.lower(),
        kind,
        _positive(body, "times"),
        str(body.get("contains", "")),
        _positive(body, "retry_after"),
        str(body.get("description", "")),
        delivered=bool(body.get("delivered", False)),
    )


def _positive(body: Mapping[str, object], field: str) -> int:
    value = body.get(field, 1)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise BadFieldError(field, "正整数")
    return value
