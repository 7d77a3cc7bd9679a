"""The stage around the people: clock, faults, calls, groups, the live line, the page's files."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox import stage_side
from bot.sandbox.server import Sandbox
from tests.support.sandbox import PEOPLE, START, WU, ZHOU, MovableClock

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tests.support.sandbox import Line


async def test_the_clock_goes_forward_and_never_back(line: Line, clock: MovableClock) -> None:
    assert await line.ask("GET", "/clock") == {"now": START.isoformat()}
    moved = await line.ask("POST", "/clock", advance_hours=1.5)
    named = await line.ask("POST", "/clock", now="2026-06-16T09:00:00")

    refused = await line.ask("POST", "/clock", status=400, now=START.isoformat())

    assert moved == {"now": (START + timedelta(hours=1.5)).isoformat()}
    assert named == {"now": "2026-06-16T09:00:00+08:00"} == await line.ask("GET", "/clock")
    assert "不能倒拨" in refused["error"]
    assert len(clock.sent_to) == 2


@pytest.mark.parametrize("body", [{"now": "morgen"}, {"now": "2099-01-01"}, {"advance_hours": 1e9}])
async def test_a_clock_is_moved_to_a_moment_only(line: Line, body: dict[str, Any]) -> None:
    refused = await line.ask("POST", "/clock", status=400, **body)

    assert "now" in refused["error"]


class SlowClock(MovableClock):
    """Needs a word from outside before it arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    async def advance(self, target: datetime) -> None:
        self.asked.set()
        await self.go.wait()
        await super().advance(target)


async def test_the_answer_waits_for_what_was_due_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SlowClock()
    sandbox = Sandbox(tmp_path, clock, people=PEOPLE)
    async with aiohttp.ClientSession(await sandbox.start()) as session:
        ask = {"advance_hours": 1}
        waiting = asyncio.create_task(session.post("/clock", json=ask))
        await clock.asked.wait()
        assert not waiting.done()
        clock.go.set()
        assert (await (await waiting).json())["now"] == clock.moment.isoformat() != START

        clock.go.clear()
        monkeypatch.setattr(stage_side, "ADVANCE_WITHIN_SECONDS", 0.05)
        async with session.post("/clock", json=ask) as answer:
            assert answer.status == 200
        clock.go.set()
    await sandbox.stop()


async def test_targets_pass_over_the_weekend(line: Line, clock: MovableClock) -> None:
    clock.moment += timedelta(days=4)

    assert await line.ask("GET", "/clock/targets") == {
        "next_hour": "2026-06-19T09:29:50+08:00",
        "next_morning": "2026-06-20T09:00:00+08:00",
        "next_workday": "2026-06-22T09:00:00+08:00",
    }


FAULTS = [
    ("429", 429, {"retry_after": 7}, "Too Many Requests: retry after 7"),
    ("403", 403, {}, "Forbidden: bot was blocked by the user"),
    ("400", 400, {"description": "no"}, "Bad Request: no"),
    ("502", 502, {}, "Bad Gateway"),
]


@pytest.mark.parametrize(("kind", "code", "more", "description"), FAULTS)
async def test_an_ordered_fault_strikes_as_often_as_ordered(
    line: Line, kind: str, code: int, more: dict[str, Any], description: str
) -> None:
    await line.ask("POST", "/faults", method="sendMessage", times=2, kind=kind, **more)
    params = {"chat_id": ZHOU.id, "text": "x"}

    struck = [await line.api("sendMessage", **params) for _ in range(2)]

    assert {(body["error_code"], body["description"]) for body in struck} == {(code, description)}
    assert struck[0].get("parameters") == ({"retry_after": 7} if kind == "429" else None)
    assert await line.done("sendMessage", **params)
    assert len(await line.seen()) == 1


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_line_that_breaks_before_or_after(line: Line, *, delivered: bool) -> None:
    order: dict[str, Any] = {"method": "sendMessage", "kind": "reset", "delivered": delivered}
    await line.ask("POST", "/faults", **order)

    with pytest.raises(aiohttp.ClientError):
        await line.done("sendMessage", chat_id=ZHOU.id, text="x")

    assert len(await line.seen()) == int(delivered)


async def test_faults_can_be_narrowed_listed_and_taken_back(line: Line) -> None:
    await line.ask("POST", "/faults", method="*", times=1, kind="400", contains="二")
    assert await line.done("sendMessage", chat_id=ZHOU.id, text="一")
    assert [fault["contains"] for fault in await line.ask("GET", "/faults")] == ["二"]
    await line.ask("DELETE", "/faults")

    assert await line.ask("GET", "/faults") == []
    assert await line.done("sendMessage", chat_id=ZHOU.id, text="二")


@pytest.mark.parametrize(
    "order",
    [
        {"method": "sendTelepathy", "kind": "429"},
        {"method": "sendMessage", "kind": "418"},
        {"method": "sendMessage", "kind": "429", "times": 0},
    ],
)
async def test_a_fault_that_is_none_is_explained(line: Line, order: dict[str, Any]) -> None:
    refused = await line.ask("POST", "/faults", status=400, **order)

    assert "请改正" in refused["error"]


async def test_every_call_is_noted_with_its_answer(line: Line) -> None:
    await line.done("sendMessage", chat_id=ZHOU.id, text="x")
    await line.api("sendMessage", chat_id=999, text="y")

    first, second = await line.ask("GET", "/calls")

    assert (first["method"], first["params"]["text"], first["status"]) == ("sendmessage", "x", 200)
    assert (second["status"], second["answer"]["ok"]) == (400, False)
    assert await line.ask("GET", f"/calls?after={first['n']}") == [second]


async def test_a_group_grows_into_a_supergroup(line: Line) -> None:
    small = (await line.ask("POST", "/chats", title="小组", type="group"))["id"]
    grown = (await line.ask("POST", f"/chats/{small}/upgrade"))["id"]

    body = await line.api("sendMessage", chat_id=small, text="x")
    moved, arrived = [update["message"] for update in await line.updates()]
    listed = [chat["id"] for chat in await line.ask("GET", "/chats")]

    assert body["parameters"] == {"migrate_to_chat_id": grown}
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (moved["migrate_to_chat_id"], arrived["migrate_from_chat_id"]) == (grown, small)
    assert (small in listed, grown in listed) == (False, True)
    await line.ask("POST", f"/chats/{grown}/upgrade", status=403)
    refused: dict[str, Any] = {"text": "x", "chat": small}
    await line.ask("POST", f"/people/{ZHOU.id}/messages", status=403, **refused)


async def test_members_come_and_go_and_the_bot_is_told(line: Line) -> None:
    group = await line.group()
    await line.done("getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    await line.stand(group, WU.id, "left")
    await line.stand(group, 7_000_000_001, "member")

    gone, fallen = await line.updates()

    change = gone["chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "left"
    assert fallen["my_chat_member"]["new_chat_member"]["status"] == "member"
    await line.ask("GET", f"/people/{WU.id}/messages?chat={group}", status=403)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/chats", 400, {"title": " "}),
        ("/chats", 400, {"title": "x", "type": "channel"}),
        ("/chats/101/members", 404, {"person": 102}),
        ("/chats/-1000000000001/members", 404, {"person": 999}),
        ("/chats/-1000000000001/members", 400, {}),
    ],
)
async def test_wrong_changes_of_groups_are_explained(
    line: Line, path: str, status: int, body: dict[str, Any]
) -> None:
    assert "请" in (await line.ask("POST", path, status=status, **body))["error"]


async def test_the_live_line_tells_what_happens(line: Line) -> None:
    async with line.session.ws_connect("/live") as live:
        sent = await line.done("sendMessage", chat_id=ZHOU.id, text="你好")
        await line.done("sendChatAction", chat_id=ZHOU.id, action="typing")
        await line.done("deleteMessage", chat_id=ZHOU.id, message_id=sent["message_id"])
        await line.ask("POST", "/clock", advance_hours=1)
        heard = [await live.receive_json(timeout=5) for _ in range(4)]

    assert [event["event"] for event in heard] == ["message", "typing", "delete", "clock"]
    assert heard[0]["message"]["text"] == "你好"


async def test_the_live_line_ends_with_the_server(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path, MovableClock(), people=PEOPLE)
    address = await sandbox.start()
    async with aiohttp.ClientSession(address) as session, session.ws_connect("/live") as live:
        await sandbox.stop()
        ended = await live.receive(timeout=5)

    assert ended.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}


async def test_the_ledger_is_passed_through(tmp_path: Path) -> None:
    def tail(after: int) -> list[dict[str, object]]:
        return [{"sequence": after + 1}]

    sandbox = Sandbox(tmp_path, MovableClock(), people=PEOPLE, ledger_tail=tail)
    address = await sandbox.start()
    async with aiohttp.ClientSession(address) as session, session.get("/ledger?after=7") as answer:
        assert await answer.json() == [{"sequence": 8}]
    await sandbox.stop()


async def test_the_page_is_served_with_its_policy(line: Line) -> None:
    async with line.session.get("/") as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "方圆" in await answer.text()
    for name, kind in (("app.js", "text/javascript"), ("stage.css", "text/css")):
        async with line.session.get(f"/page/{name}") as answer:
            assert (answer.status, answer.content_type) == (200, kind)
    for name in ("nothing.js", "..%2Fserver.py"):
        async with line.session.get(f"/page/{name}") as answer:
            assert answer.status == 404
