"""The demo's office at work, and its people driven over HTTP as the page drives them.

with office_in_process(tmp_path) as office:            # in a thread of the tests: quick
with office_as_process(tmp_path) as office:            # the real `fangyuan demo`, to be killed
    office.go_to("2026-06-15T08:31")                   # due jobs done, messages sent
    digest = office.last("周岚")                        # the bot's newest message to her
    office.say("周岚", "A01 已办结", reply_to=digest)
    answer = office.next("周岚", digest)                # waits for the bot's next message
    toast = office.press("周岚", answer, "记错了，撤回")  # by the words on the button
    office.acts()                                      # what stands in the ledger
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx

from bot.sample_office import opening, stage
from tests.support.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bot.door import Clearance

    Message = dict[str, Any]

DAY = date(2026, 6, 15)
WAIT_SECONDS = 30.0
_LOOK_SECONDS = 0.01


class NothingCameError(AssertionError):
    """What a test waited for did not happen."""

    def __init__(self, what: str, seen: object) -> None:
        super().__init__(f"waited {WAIT_SECONDS:.0f} s for {what}; seen: {seen!r}")


@dataclass
class RunningOffice:
    """An office at work behind an address."""

    home: Path
    url: str
    token: str
    client: httpx.Client
    process: subprocess.Popen[str] | None = None
    _ids: dict[str, int] = field(default_factory=dict)

    def ask(self, verb: str, path: str, *, status: int = 200, **body: Any) -> Any:
        """Make a request of the people's side and check its status."""
        answer = self.client.request(verb, path, json=body or None)
        assert answer.status_code == status, answer.text
        return answer.json()

    def people(self, role: str | None = None) -> list[str]:
        """Return everybody's name, or those of a role."""
        found = self.ask("GET", "/people")
        self._ids = {one["name"]: one["id"] for one in found}
        return [one["name"] for one in found if role in {None, one["role"]}]

    def id_of(self, name: str) -> int:
        """Return a person's number."""
        if name not in self._ids:
            self.people()
        return self._ids[name]

    def the(self, role: str) -> str:
        """Return the name of the first person of a role."""
        return self.people(role)[0]

    def stranger(self, name: str = "过路人") -> str:
        """Let somebody in who is bound to nobody."""
        self.ask("POST", "/people", name=name)
        return name

    def say(
        self, name: str, text: str, *, reply_to: Message | None = None, chat: int | None = None
    ) -> int:
        """Let a person write; return the message's number."""
        body: dict[str, Any] = {"text": text}
        if reply_to is not None:
            body["reply_to_message_id"] = reply_to["message_id"]
        if chat is not None:
            body["chat"] = chat
        answer = self.ask("POST", f"/people/{self.id_of(name)}/messages", **body)
        return int(answer["message_id"])

    def edit(self, name: str, number: int, text: str) -> None:
        """Let a person change his message."""
        self.ask("PUT", f"/people/{self.id_of(name)}/messages/{number}", text=text)

    def react(self, name: str, message: Message, emoji: str = "👍") -> None:
        """Let a person put a reaction on a message."""
        body: dict[str, Any] = {"message_id": message["message_id"], "emoji": emoji}
        self.ask("POST", f"/people/{self.id_of(name)}/reactions", **body)

    def press(self, name: str, message: Message, label: str) -> str:
        """Let a person press the button with these words; return the toast."""
        return self.press_data(name, message["message_id"], data_of(message, label))

    def press_data(self, name: str, number: int, data: str) -> str:
        """Let a person press a button by what it carries; return the toast."""
        body: dict[str, Any] = {"message_id": number, "data": data}
        answer = self.ask("POST", f"/people/{self.id_of(name)}/presses", **body)
        return str(answer["toast"])

    def send(
        self,
        name: str,
        file_name: str,
        content: bytes,
        *,
        kind: str = "document",
        caption: str = "",
    ) -> int:
        """Let a person send a file; return the message's number."""
        answer = self.client.post(
            f"/people/{self.id_of(name)}/documents",
            files={"document": (file_name, content)},
            data={"kind": kind, "caption": caption},
        )
        assert answer.status_code == 200, answer.text
        return int(answer.json()["message_id"])

    def chat(self, name: str, *, after: int = 0, chat: int | None = None) -> list[Message]:
        """Return what a person sees."""
        where = "" if chat is None else f"&chat={chat}"
        path = f"/people/{self.id_of(name)}/messages?after={after}{where}"
        found: list[Message] = self.ask("GET", path)
        return found

    def heard(self, name: str, *, after: int = 0, chat: int | None = None) -> list[Message]:
        """Return what the bot told a person."""
        return [one for one in self.chat(name, after=after, chat=chat) if one["from_bot"]]

    def last(self, name: str) -> Message:
        """Return the bot's newest message to a person."""
        return self.heard(name)[-1]

    def next(self, name: str, after: Message | int, *, containing: str = "") -> Message:
        """Wait for the bot's next message to a person that holds some words."""
        number = after if isinstance(after, int) else int(after["message_id"])

        def look() -> Message | None:
            found = self.heard(name, after=number)
            return next((one for one in found if containing in one["text"]), None)

        found: Message = self.until(look, f"{name}: {containing!r}", lambda: self.heard(name))
        return found

    def answer_to(self, name: str, text: str, *, reply_to: Message | None = None) -> Message:
        """Let a person write and wait for the bot's answer."""
        return self.next(name, self.say(name, text, reply_to=reply_to))

    def until(self, look: Callable[[], Any], what: str, seen: Callable[[], Any] = str) -> Any:
        """Look again and again until there is something; fail after a while."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            threading.Event().wait(_LOOK_SECONDS)
        raise NothingCameError(what, seen())

    def now(self) -> str:
        """Return the moment it is in the office."""
        return str(self.ask("GET", "/clock")["now"])

    def go_to(self, moment: str) -> None:
        """Move the clock forward; every due job is done and its messages sent."""
        self.ask("POST", "/clock", now=moment)

    def fault(self, kind: str, *, method: str = "sendMessage", times: int = 1, **more: Any) -> None:
        """Order a fault of the messenger."""
        self.ask("POST", "/faults", method=method, times=times, kind=kind, **more)

    def ledger(self, *, act: str | None = None) -> list[dict[str, Any]]:
        """Return the ledger's entries so far, or those of an act."""
        found: list[dict[str, Any]] = []
        while batch := self.ask("GET", f"/ledger?after={found[-1]['sequence'] if found else 0}"):
            found += batch
        return [entry for entry in found if act in {None, entry["act"]}]

    def acts(self) -> list[str]:
        """Return the acts in the ledger, in order."""
        return [str(entry["act"]) for entry in self.ledger()]

    def settle(self) -> None:
        """Wait until everything that came in is answered: moving the clock waits for that."""
        self.ask("POST", "/clock", advance_hours=1 / 3600)

    def shows(self, name: str, message: Message, label: str) -> Message:
        """Wait until a message of the bot shows a button, and return it as it then is."""

        def look() -> Message | None:
            found = self.heard(name, after=message["message_id"] - 1)
            return found[0] if found and label in labels_of(found[0]) else None

        found: Message = self.until(look, f"a button {label}", lambda: self.heard(name))
        return found

    def kill(self) -> None:
        """End the process without a warning."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask the process to end and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=10)


def labels_of(message: Message) -> list[str]:
    """Return the words on a message's buttons."""
    return [button["text"] for line in message["buttons"] for button in line]


def data_of(message: Message, label: str) -> str:
    """Return what the button with these words carries."""
    buttons = [button for line in message["buttons"] for button in line]
    found = [button["data"] for button in buttons if button["text"] == label]
    if not found:
        raise NothingCameError(f"a button {label!r}", labels_of(message))
    return str(found[0])


@contextmanager
def office_in_process(
    home: Path,
    *,
    cases: Sequence[Path] = (),
    day: date = DAY,
    clearance: Clearance = "internet",
    baseline: bool = False,
) -> Iterator[RunningOffice]:
    """Run the demo's office in a thread of this process; a second run of a home goes on."""
    sheets = opening.read_sample(cases)
    opened = opening.open_sample(home, sheets, clearance)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="office")
    thread.start()

    def run(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(WAIT_SECONDS)

    async def start() -> tuple[Any, Any, str]:
        demo = stage.set_up(opened, day, baseline=baseline)
        address = await demo.sandbox.start(0)
        return demo, await demo.start(address), address

    try:
        demo, app, address = run(start())
        with httpx.Client(base_url=address, trust_env=False, timeout=WAIT_SECONDS * 2) as client:
            yield RunningOffice(home, address, demo.sandbox.token, client)
        run(app.stop())
        run(demo.sandbox.stop())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        opened.office.close()


@contextmanager
def office_as_process(
    home: Path, *arguments: str, day: date = DAY, port: int = 0
) -> Iterator[RunningOffice]:
    """Run the real `fangyuan demo`; whatever happens, it is dead afterwards."""
    command = [sys.executable, "-m", "bot.cli.main", "--home", str(home), "demo"]
    command += ["--date", day.isoformat(), "--port", str(port), *arguments]
    with (home.parent / f"{home.name}.log").open("a") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready, f"the demo ended with {process.wait()}: see {home.name}.log"
        where = json.loads(ready)
        with httpx.Client(
            base_url=where["url"], trust_env=False, timeout=WAIT_SECONDS * 2
        ) as client:
            yield RunningOffice(home, where["url"], where["token"], client, process)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
