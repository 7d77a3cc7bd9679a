"""Cases looked at by hand, a campaign and a clue, with the real client in the sandbox."""

from __future__ import annotations

import csv
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from storage import ledger
from storage.database import Database, sqlite_url
from tests.support.running_office import data_of, labels_of, office_in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.support.running_office import RunningOffice

    Message = dict[str, Any]

MONDAY = date(2026, 6, 15)
DEPARTMENT = "第一检察部"
HEADINGS = (
    *("部门受案号", "案件名称", "案件类别", "承办单位", "承办部门", "承办检察官", "移送单位"),
    *("受理日期", "审结日期", "审结处理结果", "嫌疑人编号", "嫌疑人姓名", "作案时年龄"),
    *("强制措施", "一审判决书收到日期", "裁判审查表日期", "要求说明理由通知送达日期"),
    "收到说明理由日期",
)


def row(number: int, word: str, case_type: str, **values: str) -> dict[str, str]:
    known = dict.fromkeys(HEADINGS, "")
    return known | {
        "部门受案号": f"云北检{word}[2026]990103000{number}号",
        "案件名称": f"甲某{number}盗窃案",
        "案件类别": case_type,
        "承办单位": "云川市北宽区人民检察院",
        "承办部门": DEPARTMENT,
        "承办检察官": "周岚",
        "移送单位": "北宽区公安局",
        "嫌疑人编号": f"99010320260{number}01",
        "嫌疑人姓名": f"甲某{number}",
        "作案时年龄": "30",
        **values,
    }


ROWS = [
    row(951, "刑捕受", "审查逮捕案件", 受理日期="2026-06-12", 强制措施="拘留"),
    row(
        952, "立监受", "立案监督案件", 受理日期="2026-05-20", 要求说明理由通知送达日期="2026-06-01"
    ),
    *(
        row(
            number,
            "刑诉受",
            "一审公诉案件",
            受理日期="2026-03-02",
            审结日期="2026-03-20",
            审结处理结果="起诉",
            一审判决书收到日期="2026-05-01",
            裁判审查表日期=day,
        )
        for number, day in ((953, "2026-05-06"), (954, ""), (955, ""))
    ),
]


class Story:
    """The office with the people of the story by their parts."""

    def __init__(self, office: RunningOffice) -> None:
        self.office = office
        self.officer = office.the("officer")
        (self.head,) = office.people("head")

    def press(self, name: str, *labels: str) -> str:
        """Press the newest button of each label in turn, once it is there."""
        toast = ""
        for label in labels:
            found = self.office.until(partial(self._with, name, label), label)
            toast = self.office.press_data(name, found["message_id"], data_of(found, label))
        return toast

    def _with(self, name: str, label: str) -> Message | None:
        heard = reversed(self.office.heard(name))
        return next((one for one in heard if label in labels_of(one)), None)

    def number(self, rule: str) -> str:
        """Return the number of the first finding of a rule."""
        return next(
            str(entry["object"].removeprefix("finding:"))
            for entry in self.office.ledger(act="finding_made")
            if entry["data"]["rule"] == rule
        )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder: Path = tmp_path_factory.mktemp("campaign")
    cases = folder / "案件列表.csv"
    with cases.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(ROWS)
    with office_in_process(folder / "home", cases=[cases], day=MONDAY) as office:
        told = Story(office)
        _live_through(told)
        yield told


def _live_through(story: Story) -> None:
    """Let a morning pass: looks, a problem by hand, a campaign and a clue to their ends."""
    office, officer = story.office, story.officer
    office.go_to("2026-06-15T09:00:00+08:00")
    office.answer_to(officer, "/监控 953号 无问题")
    office.answer_to(officer, "/监控 951号")
    story.press(officer, "发现问题", "诉权保障", "讯问询问人数", "单人提审", "登记")
    story.press(officer, "口头提示", "情节更轻，已主动纠正", "消息")
    office.answer_to(officer, "/专项")
    story.press(officer, "新建", "裁判文书审查", "下一步", "不限时间", "全部 3 件", "开始")
    story.press(officer, "下一件", "无问题")
    story.press(officer, "有问题（确认命中）", "不适用", "进度", "完成")
    office.answer_to(officer, f"/处理 {story.number('filing-reason-7d')}")
    story.press(officer, "转监督线索", f"转{DEPARTMENT}")
    story.press(story.head, "收到", "口头纠正")
    office.answer_to(officer, f"发通知书 {story.number('filing-reason-7d')}")
    office.settle()


def test_the_officer_is_told_in_the_morning_which_cases_to_look_at(story: Story) -> None:
    told = [one["text"] for one in story.office.heard(story.officer)]
    proposal = next(one for one in told if one.startswith("今日建议人工查看"))
    assert "尾号951：期限还有4天；在押；尚未人工查看" in proposal


def test_every_step_stands_in_the_ledger(story: Story) -> None:
    acts = story.office.acts()
    for act in (
        *("cases_proposed", "monitored_by_hand", "oral_prompt"),
        *("campaign_started", "campaign_ran", "campaign_looked", "campaign_finished"),
        *("clue_forwarded", "clue_received", "clue_settled"),
    ):
        assert act in acts, act
    looks = [one["data"] for one in story.office.ledger(act="monitored_by_hand")]
    assert [(one["source"], one["sound"]) for one in looks] == [
        ("人工个案", True),
        ("人工个案", False),
        ("专项", True),
        ("专项", False),
    ]


def test_what_was_found_carries_its_source(story: Story) -> None:
    made = {
        one["data"]["rule"]: (one["data"]["source"], one["data"]["campaign"])
        for one in story.office.ledger(act="finding_made")
    }
    assert made["checkpoint:two-officials"] == ("人工个案", None)
    assert made["filing-reason-7d"] == ("规则巡查", None)


def test_the_prosecutor_was_prompted_of_what_the_officer_saw(story: Story) -> None:
    told = [one["text"] for one in story.office.heard("周岚")]
    prompt = next(one for one in told if one.startswith("口头提示"))
    assert "人工监控发现：单人提审，请登录系统查看" in prompt


def test_the_campaign_counted_its_cases(story: Story) -> None:
    ended = story.office.ledger(act="campaign_finished")[0]["data"]
    assert (ended["number"], ended["seen"], ended["unseen"]) == ("专项2026-1", 3, 0)


def test_the_head_got_the_clue_and_no_notice_of_it_could_be_drafted(story: Story) -> None:
    told = [one["text"] for one in story.office.heard(story.head)]
    assert any(one.startswith("监督线索 线索2026-1") for one in told)
    last = story.office.last(story.officer)["text"]
    assert "不发流程监控通知书" in last or "已销号" in last


def test_no_message_holds_a_suspects_name_and_the_ledger_verifies(story: Story) -> None:
    texts = [one["text"] for name in story.office.people() for one in story.office.heard(name)]
    assert texts
    assert [one for one in texts if "甲某" in one] == []
    database = Database(sqlite_url(story.office.home / "fangyuan.db"))
    try:
        verdict = ledger.verify(database)
    finally:
        database.close()
    assert verdict.problem is None
