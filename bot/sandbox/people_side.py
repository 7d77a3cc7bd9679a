"""The people's side of the server: what a person sees, says, presses, sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import acts, inline, queries, views
from bot.sandbox.errors import BadFieldError, NotHereError
from bot.sandbox.files import Upload, plain_name
from bot.sandbox.memberships import tell_change
from bot.sandbox.requests import (
    chat_of,
    json_body,
    needed_number,
    person_of,
    whole_number,
    words,
    writable_chat_of,
)

if TYPE_CHECKING:
    from bot.sandbox.world import World

_PERSON = "/people/{person}"


class PeopleSide:
    """Answers the page and whoever acts a person."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this side."""
        return [
            web.get("/people", self.people),
            web.post("/people", self.add_stranger),
            web.get(f"{_PERSON}/messages", self.messages),
            web.post(f"{_PERSON}/messages", self.say),
            web.put(_PERSON + "/messages/{message}", self.edit),
            web.delete(_PERSON + "/messages/{message}", self.take_back),
            web.post(f"{_PERSON}/presses", self.press),
            web.post(f"{_PERSON}/reactions", self.react),
            web.post(f"{_PERSON}/documents", self.send_file),
            web.post(f"{_PERSON}/block", self.block),
            web.post(f"{_PERSON}/inline_queries", self.ask_inline),
            web.post(f"{_PERSON}/inline_choices", self.choose_inline),
            web.get("/files/{file_id}", self.file),
        ]

    async def people(self, _request: web.Request) -> web.Response:
        """List everybody."""
        found = self._world.residents.people()
        return web.json_response([views.person_view(person) for person in found])

    async def add_stranger(self, request: web.Request) -> web.Response:
        """Let somebody new in, bound to nobody."""
        name = words(await json_body(request), "name").strip()
        if not 1 <= len(name) <= 64:
            raise BadFieldError("name", "1 至 64 个字的姓名")
        with self._world.changing():
            person = self._world.residents.add_stranger(name)
            self._world.live.hold("people")
        return web.json_response(views.person_view(person))

    async def messages(self, request: web.Request) -> web.Response:
        """List what a person sees in a chat."""
        person = person_of(self._world, request)
        chat = chat_of(self._world, person, request.query)
        view = views.detailed_view if "details" in request.query else views.message_view
        found = self._world.messages.after(chat.id, whole_number(request.query, "after") or 0)
        return web.json_response([view(self._world, message) for message in found])

    async def say(self, request: web.Request) -> web.Response:
        """Write a message."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = writable_chat_of(self._world, person, body)
        reply_to = whole_number(body, "reply_to_message_id")
        with self._world.changing():
            message = acts.say(self._world, person, chat, words(body, "text"), reply_to=reply_to)
        return web.json_response({"message_id": message.id})

    async def edit(self, request: web.Request) -> web.Response:
        """Change one's own message."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = writable_chat_of(self._world, person, body)
        number = needed_number(request.match_info, "message")
        with self._world.changing():
            acts.edit(self._world, person, chat, number, words(body, "text"))
        return web.json_response({"message_id": number})

    async def take_back(self, request: web.Request) -> web.Response:
        """Delete one's own message."""
        person = person_of(self._world, request)
        chat = chat_of(self._world, person, request.query)
        with self._world.changing():
            number = needed_number(request.match_info, "message")
            acts.take_back(self._world, person, chat, number)
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """Press a button and wait for the bot's short answer."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = writable_chat_of(self._world, person, body)
        number, data = needed_number(body, "message_id"), words(body, "data")
        if not data:
            raise BadFieldError("data", "按钮所带的数据")
        with self._world.changing():
            query = acts.press(self._world, person, chat, number, data)
        answer = await self._world.queries.wait(query, queries.ANSWER_WITHIN_SECONDS)
        return web.json_response({"toast": answer["toast"]})

    async def react(self, request: web.Request) -> web.Response:
        """Put a reaction under a message."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = writable_chat_of(self._world, person, body)
        number = needed_number(body, "message_id")
        with self._world.changing():
            acts.react(self._world, person, chat, number, words(body, "emoji"))
        return web.json_response({})

    async def send_file(self, request: web.Request) -> web.Response:
        """Send a file."""
        person, fields = person_of(self._world, request), await _form(request)
        chat = writable_chat_of(self._world, person, fields)
        upload = fields.get("document")
        if not isinstance(upload, Upload):
            raise BadFieldError("document", "一个文件")
        with self._world.changing():
            message = acts.send_file(
                self._world,
                person,
                chat,
                upload,
                kind=words(fields, "kind") or "document",
                caption=words(fields, "caption"),
                reply_to=whole_number(fields, "reply_to_message_id"),
            )
        return web.json_response({"message_id": message.id})

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot, or take it back."""
        person, body = person_of(self._world, request), await json_body(request)
        blocked = bool(body.get("blocked", True))
        states = ("member", "kicked") if blocked else ("kicked", "member")
        chat = chat_of(self._world, person, {})
        with self._world.changing():
            if self._world.residents.has_blocked(person.id) != blocked:
                self._world.residents.block(person.id, blocked=blocked)
                tell_change(self._world, chat, self._world.bot_id, *states, by=person.id)
        return web.json_response({"blocked": blocked})

    async def ask_inline(self, request: web.Request) -> web.Response:
        """Ask the bot an inline question and wait for its results."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = chat_of(self._world, person, body)
        with self._world.changing():
            question, offset = words(body, "query"), words(body, "offset")
            query = inline.ask(self._world, person, chat, question, offset)
        answer = await self._world.queries.wait(query, queries.ANSWER_WITHIN_SECONDS)
        return web.json_response({"query_id": query, "results": answer["results"]})

    async def choose_inline(self, request: web.Request) -> web.Response:
        """Send one of the bot's inline results."""
        person, body = person_of(self._world, request), await json_body(request)
        chat = writable_chat_of(self._world, person, body)
        with self._world.changing():
            query, result = words(body, "query_id"), words(body, "result_id")
            message = inline.choose(self._world, person, chat, query, result)
        return web.json_response({"message_id": message.id})

    async def file(self, request: web.Request) -> web.Response:
        """Give a file's bytes; anything but a picture is for saving, never for showing."""
        file = self._world.files.get(request.match_info["file_id"])
        if file is None:
            raise NotHereError("文件", request.match_info["file_id"])
        body = self._world.files.content(file)
        if file.kind == "photo" and file.mime in {"image/png", "image/jpeg", "image/webp"}:
            return web.Response(body=body, content_type=file.mime)
        response = web.Response(body=body, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = "attachment"
        return response


async def _form(request: web.Request) -> dict[str, Any]:
    if request.content_type != "multipart/form-data":
        raise BadFieldError("正文", "multipart/form-data 表单")
    fields: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields[name] = Upload(plain_name(value.filename), value.content_type, value.file.read())
        else:
            fields[name] = value
    return fields
