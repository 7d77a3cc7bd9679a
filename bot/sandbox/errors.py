"""Refusals of the sandbox: the Bot API's to the bot, and its own to the people's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusalError(Exception):
    """The Bot API says no: a code, a description as Telegram words it, perhaps parameters."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


class BadRequestError(RefusalError):
    """400: the call itself is wrong."""

    def __init__(self, reason: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(400, f"Bad Request: {reason}", parameters)


class MalformedError(Exception):
    """A field of a JSON object is absent or of the wrong type; whoever reads it says of what."""


class ForbiddenError(RefusalError):
    """403: the person or the chat does not want the bot."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class ConflictError(RefusalError):
    """409: somebody else fetches the updates."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class SandboxError(UserFacingError):
    """A request of the people's side that cannot be done; `status` is its HTTP status."""

    status = 400


class NotHereError(SandboxError):
    """A person, chat, message or file that the sandbox does not have."""

    status = 404

    def __init__(self, kind: str, name: object) -> None:
        super().__init__(f"沙盒里没有{kind} {name}，请先查看列表再试")


class NotYoursError(SandboxError):
    """A person reaches for a message or chat of somebody else."""

    status = 403

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}，请换一个人或会话再试")


class BadFieldError(SandboxError):
    """A field of a request is absent or holds something else than it should."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"请求中的 {field} 有误：应为{expected}，请改正后重发")


class ClockBackwardsError(SandboxError):
    """The clock was asked to go back."""

    def __init__(self, now: str, target: str) -> None:
        super().__init__(f"时钟不能倒拨：现在是 {now}，要求 {target}，请给出更晚的时刻")


class NoAnswerError(SandboxError):
    """The bot did not answer a press in time; the press stays in the queue."""

    status = 504

    def __init__(self, seconds: float) -> None:
        super().__init__(f"机器人 {seconds:.0f} 秒内没有应答，点击已留在队列中，请稍后查看消息")


class ClosingError(SandboxError):
    """The sandbox is being stopped while a request waits."""

    status = 503

    def __init__(self) -> None:
        super().__init__("沙盒正在关闭，请求已记下，请启动后再看结果")
