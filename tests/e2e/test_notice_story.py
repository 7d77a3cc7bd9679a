"""A notice's whole way over 五一 2026 (1 to 5 May off, 9 May worked), with the real client."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import chinese_calendar
import pytest

from storage import ledger
from storage.database import Database, sqlite_url
from storage.models.ledger import LedgerEntry
from tests.support.docx_text import everything
from tests.support.running_office import data_of, labels_of, office_in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.support.running_office import RunningOffice

    Message = dict[str, Any]

MONDAY = date(2026, 4, 20)
DEPARTMENT = "第一检察部"
STAND_IN = "高远"
HEADINGS = (
    *("部门受案号", "案件名称", "案件类别", "承办单位", "承办部门", "承办检察官", "检察官助理"),
    *("受理日期", "到期日期", "审结日期", "审结处理结果", "嫌疑人编号", "嫌疑人姓名"),
    *("作案时年龄", "强制措施"),
)
LATE = {"受理日期": "2026-04-08", "到期日期": "2026-04-15", "审结日期": "2026-04-18"}
RUNNING = {"受理日期": "2026-04-17", "到期日期": "2026-04-24", "审结日期": ""}


def row(number: int, prosecutor: str, values: dict[str, str]) -> dict[str, str]:
    return {
        "部门受案号": f"云北检刑捕受[2026]990103000{number}号",
        "案件名称": f"甲某{number}盗窃案",
        "案件类别": "审查逮捕案件",
        "承办单位": "云川市北宽区人民检察院",
        "承办部门": DEPARTMENT,
        "承办检察官": prosecutor,
        "检察官助理": "苗青",
        "审结处理结果": "批准逮捕" if values["审结日期"] else "",
        "嫌疑人编号": f"99010320260{number}01",
        "嫌疑人姓名": f"甲某{number}",
        "作案时年龄": "30",
        "强制措施": "拘留",
        **values,
    }


class Story:
    """The office with the people of the story by their parts."""

    def __init__(self, office: RunningOffice) -> None:
        self.office = office
        self.officer, self.case_head = office.the("officer"), office.the("case_head")
        self.chief, self.deputy = office.the("chief"), office.the("deputy")
        (self.head,) = office.people("head")

    def press(self, name: str, label: str) -> str:
        """Press the newest button of this person with this label, once it is there."""
        found = self.office.until(lambda: self._with(name, label), f"{name}: {label}")
        return self.office.press_data(name, found["message_id"], data_of(found, label))

    def _with(self, name: str, label: str) -> Message | None:
        heard = reversed(self.office.heard(name))
        return next((one for one in heard if label in labels_of(one)), None)

    def number(self, case: str) -> str:
        """Return the number of the finding in a case."""
        return next(
            str(entry["object"].removeprefix("finding:"))
            for entry in self.office.ledger(act="finding_made")
            if entry["data"]["case_no"].endswith(f"{case}号")
        )

    def papers(self, name: str) -> list[Message]:
        """Return the messages with a file that a person got."""
        return [one for one in self.office.heard(name) if one["document"]]

    def content(self, message: Message) -> bytes:
        return self.office.client.get(f"/files/{message['document']['file_id']}").content

    def until_acted(self, act: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.office.until(
            lambda: self.office.ledger(act=act), f"the ledger's {act}"
        )
        return found[-1]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder: Path = tmp_path_factory.mktemp("story")
    cases = folder / "案件列表.csv"
    with cases.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(
            [row(941, "周岚", LATE), row(942, "周岚", LATE), row(943, "高远", RUNNING)]
        )
    with office_in_process(folder / "home", cases=[cases], day=MONDAY) as office:
        told = Story(office)
        _live_through(told)
        yield told


def _live_through(story: Story) -> None:
    """Let thirty days pass: a prompt, a notice, its answer, and an objection to the chief.

    Over the days off the head is away, and 高远 signs the answer in his place.
    """
    office = story.office
    office.go_to("2026-04-20T09:00:00+08:00")
    first, second = story.number("941"), story.number("942")
    office.answer_to(story.officer, f"口头提示 {second} 电话 昨天")
    story.press(story.officer, "情节更轻，已主动纠正")
    story.press(story.officer, "已在系统登记")
    office.answer_to(story.officer, f"发通知书 {first}")
    story.press(story.officer, "提交审批")
    story.press(story.case_head, "批准")
    office.go_to("2026-04-22T10:00:00+08:00")
    story.press(story.head, "收到")
    office.answer_to("高远", f"{story.number('943')} 不认可，已依法延长")
    story.press("高远", "说不清条款")
    office.answer_to(story.officer, "/待复核")
    story.press(story.officer, "异议不采纳")
    story.press("高远", "仍有异议，报案管负责人")
    story.press(story.case_head, "维持，报检察长决定")
    office.go_to("2026-04-29T15:00:00+08:00")
    office.answer_to(story.head, "4月30日到5月6日休假，由高远代")
    story.press(story.head, "确认")
    office.go_to("2026-04-30T12:00:00+08:00")
    for label in ("逐条答复", "属实", "填录迟延", "已更正案卡", "昨天", "文书及日期"):
        story.press("周岚", label)
    office.answer_to("周岚", "批准逮捕决定书 4月18日")
    office.go_to("2026-05-06T10:00:00+08:00")
    story.press(STAND_IN, "签署反馈意见书")
    story.press(story.chief, "维持")
    office.go_to("2026-05-07T10:00:00+08:00")
    story.press(story.officer, "继续跟踪")
    story.press(story.officer, "一周后（5月14日）")
    office.go_to("2026-05-20T09:00:00+08:00")


def test_every_step_stands_in_the_ledger_in_its_order(story: Story) -> None:
    steps = (
        *("oral_prompt", "outcome_decided", "outcome_reason", "oral_prompt_registered"),
        *("notice_drafted", "notice_submitted", "notice_approved", "notice_issued", "paper_made"),
        *("notice_received", "objection_raised", "objection_put", "objection_decided"),
        *("objection_kept_up", "objection_decided", "reminded", "feedback_put"),
        *("feedback_signed", "objection_decided", "feedback_reviewed"),
    )
    acts = iter(story.office.acts())
    missing = [step for step in steps if step not in acts]
    assert missing == []


def test_the_notice_travelled_as_a_pointer_and_lies_whole_in_the_archive(story: Story) -> None:
    (sent,) = story.papers(story.head)
    travelled = everything(story.content(sent))
    assert "云北检案管流监〔2026〕1号" in travelled
    assert "甲某" not in travelled
    (full,) = (story.office.home / "archive").rglob("*notice-issue.docx")
    assert "甲某941" in everything(full.read_bytes())
    assert len(story.papers("周岚")) == 1


def test_the_footer_carries_a_head_that_the_ledger_had(story: Story) -> None:
    made = story.office.ledger(act="paper_made")[0]
    size, _, start = made["data"]["head"].partition(":")
    database = Database(sqlite_url(story.office.home / "fangyuan.db"))
    try:
        with database.reading() as session:
            entry = session.get(LedgerEntry, int(size))
    finally:
        database.close()
    assert entry is not None
    assert entry.hash.startswith(start)
    (full,) = (story.office.home / "archive").rglob("*notice-issue.docx")
    assert made["data"]["head"] in everything(full.read_bytes())


def test_the_clock_ran_ten_days_and_the_reply_was_late_by_what_it_was(story: Story) -> None:
    received = story.office.ledger(act="notice_received")[0]["data"]
    assert (received["day"], received["due"]) == ("2026-04-22", "2026-05-02")
    assert story.office.ledger(act="feedback_signed")[0]["data"]["late_days"] == 4


def test_nobody_was_reminded_on_a_day_off_nor_after_the_reply(story: Story) -> None:
    reminders = story.office.ledger(act="reminded")
    moments = [entry["moment"][:10] for entry in reminders]
    assert moments
    assert not any(chinese_calendar.is_holiday(date.fromisoformat(one)) for one in moments)
    of_the_reply = [one for one in reminders if one["data"].get("why") != "follow_up"]
    assert max(entry["moment"][:10] for entry in of_the_reply) <= "2026-05-06"


def test_the_officer_is_asked_again_on_the_day_she_chose(story: Story) -> None:
    reminders = story.office.ledger(act="reminded")
    asked = [one for one in reminders if one["data"].get("why") == "follow_up"]
    assert [entry["moment"][:10] for entry in asked] == ["2026-05-14"]


def test_the_ladder_reached_the_deputy_but_for_a_grave_notice_not_the_chief(
    story: Story,
) -> None:
    grave = story.office.ledger(act="notice_drafted")[0]["data"]["grave"]
    reminded = {entry["data"]["person"] for entry in story.office.ledger(act="reminded")}
    assert story.office.id_of(story.deputy) - 10_000 in reminded
    assert (story.office.id_of(story.chief) - 10_000 in reminded) is grave


def test_the_chief_had_the_last_word_on_the_objection(story: Story) -> None:
    stages = [entry["data"]["stage"] for entry in story.office.ledger(act="objection_decided")]
    assert stages == ["officer", "case_head", "chief"]
    assert any("异议未成立" in one["text"] for one in story.office.heard("高远"))


def test_the_signed_answer_names_the_notice_it_answers(story: Story) -> None:
    (full,) = (story.office.home / "archive").rglob("*feedback-feedback.docx")
    text = everything(full.read_bytes())
    assert "云北检案管流监〔2026〕1号" in text
    assert "批准逮捕决定书 4月18日" in text


def test_the_stand_in_was_asked_and_signed_for_the_head(story: Story) -> None:
    (arranged,) = story.office.ledger(act="stand_in_arranged")
    (signed,) = story.office.ledger(act="feedback_signed")
    head = f"person:{story.office.id_of(story.head) - 10_000}"
    assert arranged["object"] == head
    assert signed["actor"] == f"person:{story.office.id_of(STAND_IN) - 10_000}"
    assert signed["data"]["for"] == head
    (full,) = (story.office.home / "archive").rglob("*feedback-feedback.docx")
    assert f"{STAND_IN}代{story.head}" in everything(full.read_bytes())


def test_the_head_hears_on_return_what_was_done_in_his_place(story: Story) -> None:
    (told,) = story.office.ledger(act="return_summed_up")
    assert told["moment"][:10] == "2026-05-07"
    (summary,) = [one for one in story.office.heard(story.head) if "不在，由" in one["text"]]
    assert f"由{STAND_IN}代理" in summary["text"]
    assert f"5月6日 {STAND_IN}代您签署反馈意见书（云北检案管流监〔2026〕1号）" in summary["text"]


def test_every_message_arrived_and_none_holds_a_suspects_name(story: Story) -> None:
    assert not any("未能送达" in one["text"] for one in story.office.heard(story.officer))
    texts = [one["text"] for name in story.office.people() for one in story.office.heard(name)]
    assert texts
    assert not any("甲某" in text for text in texts)


def test_the_ledger_of_the_story_verifies(story: Story) -> None:
    database = Database(sqlite_url(story.office.home / "fangyuan.db"))
    try:
        verdict = ledger.verify(database)
    finally:
        database.close()
    assert verdict.problem is None
