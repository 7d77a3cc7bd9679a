"""Reading the requests of the people's side, and saying what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import (
    BadFieldError,
    NotHereError,
    NotYoursError,
    SandboxError,
)
from bot.sandbox.fields import LARGEST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.sandbox.residents import Chat, SandboxPerson
    from bot.sandbox.world import World

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a fault of the people's side with its sentence, and keep foreign pages out."""
    if not request.path.startswith(("/bot", "/file/")) and not _is_local(request):
        sentence = "沙盒只接受本机页面的请求，请用 http://127.0.0.1 打开"
        return web.json_response({"error": sentence}, status=403)
    try:
        return await handler(request)
    except SandboxError as fault:
        return web.json_response({"error": str(fault)}, status=fault.status)


async def json_body(request: web.Request) -> dict[str, Any]:
    """Return the JSON object of a request."""
    try:
        body = await request.json()
    except ValueError:
        raise BadFieldError("正文", "JSON 对象") from None
    if not isinstance(body, dict):
        raise BadFieldError("正文", "JSON 对象")
    return body


def whole_number(fields: Mapping[str, object], name: str) -> int | None:
    """Return a field as a whole number, None where it is absent."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        number = int(str(value))
    except ValueError:
        raise BadFieldError(name, "整数") from None
    if abs(number) > LARGEST_NUMBER:
        raise BadFieldError(name, "整数")
    return number


def needed_number(fields: Mapping[str, object], name: str) -> int:
    """Return a field as a whole number that must be there."""
    value = whole_number(fields, name)
    if value is None:
        raise BadFieldError(name, "整数")
    return value


def words(fields: Mapping[str, object], name: str) -> str:
    """Return a field as text, empty where it is absent."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not _is_text(value):
        raise BadFieldError(name, "一段文字")
    return value


def _is_text(value: str) -> bool:
    # half of a surrogate pair is no character, and no file takes it
    return not any("\ud800" <= char <= "\udfff" for char in value)


def person_of(world: World, request: web.Request) -> SandboxPerson:
    """Return the person a request's address names."""
    number = needed_number(request.match_info, "person")
    person = world.residents.person(number)
    if person is None:
        raise NotHereError("人员", number)
    return person


def chat_of(world: World, person: SandboxPerson, fields: Mapping[str, object]) -> Chat:
    """Return the chat that is meant: the one named, else the private one."""
    number = whole_number(fields, "chat") or person.id
    chat = world.residents.chat(number)
    if chat is None:
        raise NotHereError("会话", number)
    if person.id not in world.residents.members(chat.id):
        raise NotYoursError(f"{person.name} 不在会话 {number} 里")
    return chat


def writable_chat_of(world: World, person: SandboxPerson, fields: Mapping[str, object]) -> Chat:
    """Return the chat that is meant if the person can write to the bot there."""
    chat = chat_of(world, person, fields)
    if chat.is_private and world.residents.has_blocked(person.id):
        raise NotYoursError(f"{person.name} 已停用机器人")
    if "migrated_to" in chat.facts:
        raise NotYoursError(f"会话 {chat.id} 已升级为 {chat.facts['migrated_to']}")
    return chat


def _is_local(request: web.Request) -> bool:
    host = request.host.rsplit(":", 1)[0] if request.host[-1] != "]" else request.host
    origin = request.headers.get("Origin")
    return host in _LOCAL_NAMES and origin in {None, f"http://{request.host}"}
