"""The sample office with the shipped rules: what it finds and says, and what a week changes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from handlers.imports import imports
from knowledge.rules.loader import load_catalogue
from storage import findings as findings_table
from storage import people
from storage.exports.read import read_files
from storage.models.findings import Finding
from tests.support.office_phones import DOOR, Phone
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.findings.patrol import Patrolled
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

OFFICE = "云川市北宽区人民检察院"
FIRST = "第一检察部"
LISTED = (
    *(people.Listed(name, FIRST, ("prosecutor",)) for name in ("周岚", "高远", "谢宁", "梁一舟")),
    *(people.Listed(name, FIRST, ("assistant",)) for name in ("苗青", "纪新")),
    people.Listed("韩静", "第二检察部", ("prosecutor",)),
    *(people.Listed(name, "第三检察部", ("prosecutor",)) for name in ("秦书文", "石磊")),
    people.Listed("卢芳", "第四检察部", ("prosecutor",)),
    people.Listed("方向", "第三检察部", ("head",)),
    people.Listed("钟敏", "案件管理办公室", ("officer",)),
)


@pytest.fixture
def sample(office: OfficeAtWork) -> OfficeAtWork:
    """The people of the sample office with their phones and the shipped rules."""
    rules = {rule.id: rule for rule in load_catalogue().rules}
    office.desk = replace(office.desk, office=OFFICE, rules=rules)

    def keep(tx: Transaction) -> None:
        for person in people.keep(tx.session, OFFICE, LISTED):
            person.door, person.bound_at = DOOR, tx.now
            person.account = person.chat = f"9{person.id}"
            office.phones[person.name] = Phone(office, person.name, person.account, person.account)

    office.write(keep)
    return office


def take_in(office: OfficeAtWork, *paths: Path, baseline: bool | None = None) -> Patrolled:
    sheets = read_files(paths)
    day = imports.day_of(sheets, None, office.now.date())

    def work(tx: Transaction) -> Patrolled:
        prepared = imports.prepare(tx, office.desk, sheets, day=day, baseline=baseline)
        imports.guard(tx, office.desk, prepared)
        return imports.commit(tx, office.desk, prepared, by="钟敏", actor="system")[1]

    return office.write(work)


@pytest.fixture
def day(sample: OfficeAtWork) -> OfficeAtWork:
    """The sample's Monday, with everything let out."""
    take_in(sample, shared_folder("samples", "sample_cases.csv"), baseline=False)
    sample.morning()
    sample["钟敏"].say("/待审")
    sample["钟敏"].press("全部发出")
    return sample


def open_ones(office: OfficeAtWork) -> list[Finding]:
    return office.read(lambda session: list(findings_table.open_ones(session, OFFICE)))


def table(name: str) -> list[dict[str, str]]:
    with shared_folder("samples", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_findings_are_those_expected(sample: OfficeAtWork) -> None:
    take_in(sample, shared_folder("samples", "sample_cases.csv"), baseline=False)
    found = {
        (one.case_no, one.person_no, one.rule, one.hit_state, str(one.due or ""), one.release)
        for one in open_ones(sample)
    }
    assert found == {
        (
            one["case_no"].replace("〔", "[").replace("〕", "]").replace(" ", ""),
            *(one[name] for name in ("person_no", "rule", "state", "due", "release")),
        )
        for one in table("expected_findings.csv")
    }


def test_only_open_statutory_terms_leave_by_themselves(sample: OfficeAtWork) -> None:
    take_in(sample, shared_folder("samples", "sample_cases.csv"), baseline=False)
    sample.morning()
    digests = {name: one.of_kind("digest") for name, one in sample.phones.items()}
    assert {name for name, sent in digests.items() if sent} == {"周岚", "高远", "秦书文"}


def test_once_let_out_everybody_has_what_is_his(day: OfficeAtWork) -> None:
    told = {name for name, phone in day.phones.items() if phone.of_kind("digest")}
    assert told == {"周岚", "高远", "谢宁", "韩静", "秦书文", "方向"}
    assert "请确定承办检察官" in day["方向"].last.text


def test_no_message_on_an_internet_door_holds_a_suspect_or_a_case_name(day: OfficeAtWork) -> None:
    names = {one[name] for one in table("sample_cases.csv") for name in ("嫌疑人姓名", "案件名称")}
    said = "\n".join(text for phone in day.phones.values() for text in phone.texts)
    assert [name for name in names if name and name in said] == []


def test_minors_stay_hidden_on_a_cleared_door(sample: OfficeAtWork) -> None:
    sample.desk = replace(sample.desk, doors={DOOR: "intranet"})
    take_in(sample, shared_folder("samples", "sample_cases.csv"), baseline=False)
    sample["钟敏"].say("/待审")
    sample["钟敏"].press("全部发出")
    assert "未成年人乙" not in sample["韩静"].last.text
    assert "乙某某" not in sample["韩静"].last.text
    assert "孙大勇、李小川寻衅滋事案" in sample["周岚"].last.text


def test_each_act_and_answer_of_the_sample_moves_the_item_meant(day: OfficeAtWork) -> None:
    found = {(one.case_no, one.rule): one for one in open_ones(day)}
    rows = {one["序号"]: one["部门受案号"] for one in table("sample_cases.csv")}
    for line in samples():
        quoted = _message_about(day, line, rows)
        text = line["text"].replace("{no. of row 8}", _number(day, "8", rows))
        day[line["person"]].say(text, reply_to=quoted)
    states = {key: day.finding(one.number).state for key, one in found.items()}
    case = {row: _plain(number) for row, number in rows.items()}
    assert states[case["8"], "judgment-effect-blank"] == "corrected_claimed"
    assert states[case["9"], "bail-max-12m"] == "objected"
    assert states[case["12"], "fast-track-excluded-person"] == "acknowledged"
    assert states[case["6"], "prosecution-review-1m"] == "forwarded"
    assert states[case["17"], "accepted-after-closed"] == "blocked"
    assert states[case["16"], "civil-supervision-3m"] == "corrected_claimed"
    assert states[case["10"], "unified-no-malformed"] == "acknowledged"
    assert states[case["7"], "false-overdue"] == "explained"
    assert states[case["5"], "fast-track-review-10d"] == "forwarded"
    assert "closed" not in states.values()


def samples() -> list[dict[str, Any]]:
    text = shared_folder("samples", "sample_replies.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _plain(number: str) -> str:
    return number.replace("〔", "[").replace("〕", "]").replace(" ", "")


def _number(office: OfficeAtWork, row: str, rows: dict[str, str]) -> str:
    return next(one.number for one in open_ones(office) if one.case_no == _plain(rows[row]))


def _message_about(office: OfficeAtWork, line: dict[str, Any], rows: dict[str, str]) -> Any:
    """Open the item of a row in the person's newest digest and quote it."""
    if line["reply_to_row"] is None:
        return None
    number = _number(office, str(line["reply_to_row"]), rows)
    phone = office[line["person"]]
    for message in phone.of_kind("digest"):
        if "返回" in message.buttons:
            phone.press("返回", message)
        if number in message.buttons:
            phone.press(number, message)
            return message
    raise AssertionError(number)


def test_the_second_weeks_list_closes_moves_and_asks(sample: OfficeAtWork) -> None:
    exports = shared_folder("samples", "exports")
    take_in(sample, exports / "案件列表_20260615.csv", baseline=False)
    sample["钟敏"].say("/待审")
    sample["钟敏"].press("全部发出")
    before = {one.number: one for one in open_ones(sample)}
    sample.at(date(2026, 6, 22))
    outcome = take_in(sample, exports / "案件列表（第二周）.xls")
    closed = {before[number].case_no for number in outcome.closed}
    corrected = {
        f"云北检{word}[2026]990103000{number}号"
        for word, number in (
            ("刑捕受", 302),
            ("行公", 219),
            ("刑捕受", 262),
            ("刑诉受", 244),
            ("刑捕受", 232),
        )
    }
    assert corrected <= closed | {before[number].case_no for number in outcome.date_changed}
    gone = "云北检羁审受[2026]990103000231号"
    assert {before[number].case_no for number in outcome.vanished} <= {gone}
    moved = {
        one.case_no: one.prosecutor
        for one in sample.read(lambda session: session.scalars(select(Finding)).all())
        if one.case_no.endswith(("298号", "300号"))
    }
    assert moved.get("云北检刑诉受[2026]990103000298号", "周岚") == "周岚"
    assert moved.get("云北检刑诉受[2026]990103000300号", "梁一舟") == "梁一舟"
