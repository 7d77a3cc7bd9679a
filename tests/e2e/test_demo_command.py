from __future__ import annotations

import json
import socket
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import httpx

from storage.message_kinds import REPEATED
from tests.support.cases_csv import sample_with
from tests.support.command import program
from tests.support.numbers import findings_in
from tests.support.running_office import office_as_process

if TYPE_CHECKING:
    from pathlib import Path


def test_it_says_where_it_is_and_ends_when_asked(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home") as office:
        page = httpx.get(office.url, trust_env=False)

        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
        assert office.token.split(":")[0].isdigit()
        assert office.stop() == 0


def test_the_digests_come_by_themselves_at_their_time(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home") as office:
        assert office.now()[:16] == "2026-06-15T08:29"

        digest = office.next("周岚", 0)

        assert findings_in(digest["text"])


def test_another_day_that_is_none_begins_on_the_next_working_day(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home", "--date", "2026-06-19") as office:
        assert office.now()[:16] == "2026-06-22T08:29"


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ended = program("--home", tmp_path / "home", "demo", "--port", port)

    assert ended.returncode == 2
    assert ended.stderr.decode().strip().splitlines() == [
        f"端口 {port} 已被占用。请用 --port 指定另一个端口，或停止占用它的程序"
    ]


def test_a_home_in_use_is_one_sentence(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home"):
        ended = program("--home", tmp_path / "home", "demo", "--port", "0")

    assert ended.returncode == 2
    assert "正由另一个方圆进程使用" in ended.stderr.decode()


def test_an_earlier_day_than_the_clocks_is_refused(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home") as office:
        office.go_to("2026-06-16T09:00:00+08:00")
        office.stop()

    ended = program("--home", tmp_path / "home", "demo", "--date", "2026-06-12", "--port", "0")

    assert ended.returncode == 2
    assert "不能回到 2026-06-12" in ended.stderr.decode()


def test_a_later_day_goes_on_in_the_same_office_with_the_next_export(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with office_as_process(home) as office:
        office.go_to("2026-06-15T08:31:00+08:00")
        people = office.people()
        office.stop()
    done = {"审结日期": "2026-06-16", "审结处理结果": "批准逮捕", "办结日期": "2026-06-16"}
    export = sample_with(tmp_path / "第二周.csv", changed={"041号": done})

    with office_as_process(home, "--cases", str(export), day=date(2026, 6, 22)) as office:
        assert office.now()[:16] == "2026-06-22T08:29"
        assert office.people() == people
        assert len(office.ledger(act="imported")) == 2
        assert "cured" in [one["data"]["how"] for one in office.ledger(act="finding_closed")]


def test_cases_that_cannot_be_read_are_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "坏.csv"
    broken.write_text("没有表头", encoding="utf-8")

    ended = program("--home", tmp_path / "home", "demo", "--cases", broken, "--port", "0")

    assert ended.returncode == 2
    assert len(ended.stderr.decode().strip().splitlines()) == 1


def test_other_commands_see_the_demos_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with office_as_process(home) as office:
        number = findings_in(office.next("周岚", 0)["text"])[0]
        listed = program("--home", home, "findings", "--json")

    findings = [json.loads(line)["finding"] for line in listed.stdout.decode().splitlines()]
    assert number in findings
    assert program("--home", home, "ledger", "verify").returncode == 0


def test_the_sandbox_alone_has_people_a_group_and_no_bot(tmp_path: Path) -> None:
    with office_as_process(tmp_path / "home", "--sandbox-only") as office:
        chats = office.ask("GET", "/chats")
        asked = office.client.post(f"/bot{office.token}/getUpdates", json={"timeout": 0})

        assert len(office.people()) > 0
        assert [chat["type"] for chat in chats].count("supergroup") == 1
        assert asked.json() == {"ok": True, "result": []}
        assert office.stop() == 0


def test_what_was_said_before_a_kill_is_answered_and_a_repeat_is_marked(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with office_as_process(home) as office:
        digest = office.next("周岚", 0)
        number = findings_in(digest["text"])[0]
        said = office.say("周岚", f"{number} 已办结")
        office.kill()

    with office_as_process(home) as office:
        office.next("周岚", said)
        office.settle()
        recorded = office.ledger(act="answer_recorded")
        digests = [one["text"] for one in office.heard("周岚") if "每日提示" in one["text"]]

    # killed between delivery and its record, the digest is said once more, and says so
    marked = [text for text in digests if text.startswith(REPEATED)]
    assert (len(recorded), len(digests) - len(marked)) == (1, 1)
    assert len(marked) <= 1
    with closing(sqlite3.connect(home / "fangyuan.db")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
