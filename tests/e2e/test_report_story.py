"""The auditor's walk and a monthly report's whole way, with the real client in the sandbox."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from bot.home import Home
from tests.support.command import program
from tests.support.docx_text import everything
from tests.support.numbers import findings_in
from tests.support.running_office import data_of, labels_of, office_in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from tests.support.running_office import RunningOffice

    Message = dict[str, Any]

MONTH = "2026-06"
FIGURE = "有效监控件数"


class Story:
    """The office of the sample with who makes, checks, signs and audits reports."""

    def __init__(self, office: RunningOffice) -> None:
        self.office = office
        self.officer, self.case_head = office.the("officer"), office.the("case_head")
        self.deputy, self.auditor = office.the("deputy"), office.the("auditor")

    def counted(self, name: str, text: str, containing: str) -> Message:
        """Ask for what is counted outside the answer, and wait for it."""
        said = self.office.say(name, text)
        self.office.settle()
        return self.office.next(name, said, containing=containing)

    def press(self, name: str, label: str) -> str:
        """Press the newest button of this person with this label, once it is there."""
        found = self.office.until(lambda: self._with(name, label), f"{name}: {label}")
        toast = self.office.press_data(name, found["message_id"], data_of(found, label))
        self.office.settle()
        return toast

    def _with(self, name: str, label: str) -> Message | None:
        heard = reversed(self.office.heard(name))
        return next((one for one in heard if label in labels_of(one)), None)

    def command(self, *words: object) -> str:
        """Run the command line over the home, as a program of its own."""
        done = program("--home", self.office.home, *words)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def figure(self, name: str = FIGURE) -> dict[str, Any]:
        """Return a figure as the command line tells it to machines."""
        line = self.command("report", "statistics", "--month", MONTH, "--figure", name, "--json")
        found: dict[str, Any] = json.loads(line)
        return found

    def entries(self) -> dict[int, dict[str, Any]]:
        """Return the ledger as `ledger export` writes it, by number."""
        path = self.office.home.parent / "exported.jsonl"
        self.command("ledger", "export", "--out", path)
        lines = path.read_text(encoding="utf-8").splitlines()
        return {one["sequence"]: one for one in map(json.loads, lines)}

    def archived(self) -> dict[str, Any]:
        """Return what the ledger says of the archived report."""
        (entry,) = self.office.until(
            lambda: self.office.ledger(act="report_archived"), "the report in the archive"
        )
        found: dict[str, Any] = entry
        return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    home = tmp_path_factory.mktemp("reports") / "home"
    with office_in_process(home, clearance="intranet") as office:
        told = Story(office)
        _live_through(told)
        yield told


def _live_through(story: Story) -> None:
    """Let a morning pass: two problems are confirmed, one prosecutor is prompted by telephone."""
    office, officer = story.office, story.officer
    office.go_to("2026-06-15T09:00:00+08:00")
    first = findings_in(office.answer_to(officer, "/待审")["text"])[0]
    story.press(officer, "确认")
    story.press(officer, "确认")
    office.answer_to(officer, f"口头提示 {first} 电话")
    story.press(officer, "已在系统登记")


def test_the_auditor_walks_from_a_figure_to_its_entries_and_back(story: Story) -> None:
    auditor = story.auditor
    shown = story.counted(auditor, "/统计 6月", "流程监控统计 · 2026年6月")
    assert f"{FIGURE} 2件" in shown["text"]
    story.press(auditor, "查依据")
    story.press(auditor, FIGURE)
    proof = story.office.next(auditor, shown, containing=f"{FIGURE}：2件")
    listed, cases = numbers_in(proof["text"]), cases_in(proof["text"])
    assert len(cases) == 2
    entries = story.entries()
    assert {case for number in listed if (case := case_of(entries, number))} == set(cases)
    for case, counted in cases.items():
        assert counted == [number for number in listed if case_of(entries, number) == case]

    walked = story.counted(auditor, f"/流水 {listed[0]}", f"留痕流水第 {listed[0]} 号")
    assert FIGURE in walked["text"]
    assert entries[listed[0]]["hash"][:16] in walked["text"]
    assert case_of(entries, listed[0]) in walked["text"]
    file = story.counted(auditor, f"/案 {case_of(entries, listed[0])}", "流水：")
    told = re.search(r"流水：([\d、]+)", file["text"])
    assert told is not None
    assert listed[0] in [int(one) for one in told[1].split("、")]

    walked = story.counted(auditor, f"/流水 {listed[0]}", f"留痕流水第 {listed[0]} 号")
    story.press(auditor, "看这个月的统计")
    back = story.office.next(auditor, walked, containing="流程监控统计 · 2026年6月")
    assert f"{FIGURE} 2件" in back["text"]


def test_the_same_walk_on_the_command_line_meets_the_same_entries(story: Story) -> None:
    proof = story.counted(story.auditor, f"/统计 6月 {FIGURE}", f"{FIGURE}：2件")
    alone = story.figure()
    assert alone["value"] == 2
    assert alone["entries"] == numbers_in(proof["text"])
    assert sorted(alone["cases"]) == sorted(cases_in(proof["text"]))
    entries = story.entries()
    assert set(alone["entries"]) <= set(entries)
    said = story.command("report", "statistics", "--entry", alone["entries"][0])
    assert FIGURE in said
    walk = story.command("report", "statistics", "--month", MONTH, "--figure", FIGURE)
    for case, counted in cases_in(proof["text"]).items():
        assert f"案件 {case}（流水 {'、'.join(map(str, counted))}）" in walk
        assert any(case in story.command("report", "statistics", "--entry", one) for one in counted)


def test_the_oral_prompt_is_counted_once_and_is_its_own_entry(story: Story) -> None:
    alone = story.figure("口头提示")
    assert (alone["value"], len(alone["entries"])) == (1, 1)
    assert story.entries()[alone["entries"][0]]["act"] == "oral_prompt"


def test_the_auditor_gets_the_tables_and_nobody_else_of_the_departments(story: Story) -> None:
    story.counted(story.auditor, "/统计 6月", "流程监控统计")
    story.press(story.auditor, "导出xlsx")
    told = story.office.until(lambda: documents(story, story.auditor), "a workbook")
    assert told[-1]["document"]["file_name"] == "流程监控统计（2026年6月）.xlsx"
    refused = story.office.answer_to(story.office.people("head")[0], "/统计 6月")
    assert "不在您的权限内" in refused["text"]


def test_a_monthly_report_goes_from_draft_to_the_archive(story: Story) -> None:
    draft = story.counted(story.officer, "/月报 6月", "《2026年6月流程监控工作报告》 草稿")
    assert "有效监控2件" in draft["text"]
    story.press(story.officer, "送审")
    assert story.press(story.case_head, "审核通过") == "已审核，送分管副检察长签发"
    story.press(story.deputy, "签发")
    entry = story.archived()
    (path,) = [
        one
        for one in (Home(story.office.home).archive / "work_reports").glob("*.docx")
        if not one.name.startswith("草稿") and "指引版" not in one.name
    ]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["data"]["sha256"]
    text = everything(path.read_bytes())
    assert f"起草：{story.officer}　　审核：{story.case_head}　　签发：{story.deputy}" in text
    assert "草稿" not in text
    papers = story.office.until(lambda: documents(story, story.officer), "the signed report")
    assert papers[-2]["document"]["file_name"] == "2026年6月流程监控工作报告.docx"
    content = story.office.client.get(f"/files/{papers[-2]['document']['file_id']}").content
    assert content == path.read_bytes()


def documents(story: Story, name: str) -> list[Message]:
    return [one for one in story.office.heard(name) if one["document"]]


def numbers_in(text: str) -> list[int]:
    """The numbers of the entries a figure's proof names."""
    found = re.search(r"流水 \d+ 条：([\d、]+)", text)
    assert found is not None
    return [int(one) for one in found[1].split("、")]


def cases_in(text: str) -> dict[str, list[int]]:
    """The cases a figure's proof names, each with the entries that count it."""
    found = re.search(r"案件 \d+ 件：(.+)", text)
    assert found is not None
    named = [re.fullmatch(r"(.+?)（流水 ([\d、]+)）", one) for one in found[1].split("；")]
    return {one[1]: [int(seq) for seq in one[2].split("、")] for one in named if one}


def case_of(entries: dict[int, dict[str, Any]], number: int) -> str | None:
    """The case an entry is about: its own, or that of the finding it speaks of."""
    entry = entries[number]
    if entry["object"].startswith("case:"):
        return str(entry["object"].removeprefix("case:"))
    made = (
        one
        for one in entries.values()
        if one["act"] == "finding_made" and one["object"] == entry["object"]
    )
    found = next(made, None)
    return str(found["data"]["case_no"]) if found else None
