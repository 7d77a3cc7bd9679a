from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from handlers.reports import campaign_papers
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.campaign_desk import FIRST, LATE, MINE, NUMBER, import_again, started
from tests.support.docx_text import everything, tables
from tests.support.monitored_cases import prosecution
from tests.support.recounted_campaign import RecountedCampaign

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.reports.campaign_papers import CampaignPapers
    from knowledge.cards import Card
    from tests.support.office_desk import OfficeAtWork

OFFICER = "陆明远"
START = date(2026, 6, 15)
MORE = [
    prosecution(
        30 + place,
        承办部门="第二检察部",
        受理日期=date(2026, 5, 12),
        决定日期=date(2026, 5, 10),
        一审判决生效日期=date(2026, 5, 11),
        **LATE,
    )
    for place in range(4)
]
UNPUBLISHED = {"信息公开发布日期": None, "公开状态": None, "不公开原因": None}
KINDS = ("法律文书公开", "裁判文书审查", "案卡填录")


def unpublished(card: Card) -> Card:
    """A card with the columns of publication, which are empty."""
    sources = dict.fromkeys(UNPUBLISHED, next(iter(card.sources.values())))
    return replace(card, values={**UNPUBLISHED, **card.values}, sources={**sources, **card.sources})


def worked(office: OfficeAtWork, kind: str, seed: int) -> None:
    """Look through a campaign by chance, prompt and drop, and import what was put right."""
    chance = Random(seed)  # noqa: S311 - a test's own history, not a secret
    cards = [unpublished(one) for one in (*FIRST, MINE, *MORE)]
    office.at(START)
    office.export(cards=cards)
    officer = office[OFFICER]
    # every other campaign sets a last day of its own for what no notice asks for
    own = ("下一步", "不限时间", "全部", "整改期限", "15 日内") if chance.random() < 0.5 else ()
    started(officer, kind, *own)
    officer.press("下一件")
    for _ in range(len(cards)):
        wanted = chance.choice(("有问题", "有问题", "无问题", "不适用"))
        # a case in which no rule found anything can only be sound or not fit
        labels = [one for one in officer.last.buttons if one.startswith((wanted, "无问题"))]
        if labels:
            officer.press(next((one for one in labels if one.startswith(wanted)), labels[0]))
    for number in ("A01", "A02", "A03", "A04", "A05"):
        turn = chance.randrange(4)
        if turn == 0:
            officer.say(f"口头提示 {number} 电话")
        elif turn == 1:
            officer.say(f"销号 {number}")
    office.at(START + timedelta(days=1), 8, 30)
    office.morning()
    import_again(
        office,
        [*chance.sample(cards[:6], 4), *cards[-2:]],
        date(2026, 6, 22),
        裁判审查表日期=date(2026, 6, 16),
        信息公开发布日期=date(2026, 6, 17),
        受理日期=date(2026, 4, 1),
    )


class Pursued(BusyMonths):
    """What is done by chance about problems that a campaign found: decided, dropped, noticed."""

    def pursue(self, times: int) -> None:
        acts = (
            self._review,
            self._review,
            self._notice,
            self._notice,
            self._pursue_notice,
            self._pursue_notice,
            self._pursue_notice,
            self._prompt,
            self._dispute,
            self._follow,
        )
        for _ in range(times):
            self.chance.choice(acts)()


def pursued(office: OfficeAtWork, kind: str, seed: int) -> None:
    """Work a campaign and go on with its problems for some weeks, another import between."""
    worked(office, kind, seed)
    pursuit = Pursued(office, seed)
    for week in range(3):
        office.at(START + timedelta(days=8 + 3 * week), 10)
        pursuit.pursue(12)
        office.sweep()


def recounted(office: OfficeAtWork, folder: Path) -> RecountedCampaign:
    path = folder / "ledger.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return RecountedCampaign(lines, START, date(2026, 7, 1), NUMBER)


def written(office: OfficeAtWork) -> CampaignPapers:
    return office.read(
        lambda session: campaign_papers.make(
            session, office.desk, NUMBER, day=date(2026, 7, 1), head="36:0123", drafter=OFFICER
        )
    )


def printed(office: OfficeAtWork) -> dict[str, list[list[str]]]:
    """The tables of the report by the headings of their first and last column, without heads."""
    found = tables(written(office).full)
    return {
        f"{one[0][0]}…{one[0][-1]}": [row for row in one[1:] if row[0] != "（无）"] for one in found
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [71, 72])
def test_every_number_of_a_campaigns_report_is_that_of_a_second_count(
    counted: OfficeAtWork, tmp_path: Path, kind: str, seed: int
) -> None:
    worked(counted, kind, seed)
    again, told = recounted(counted, tmp_path), printed(counted)
    assert {name: int(count) for name, count in told["项目…件数"]} == again.figures()
    classes = {name: int(count) for name, count in told.get("问题…个数", [])}
    assert classes == again.classes()
    departments = {name: (int(one), int(two)) for name, one, two in told["承办部门…问题数"]}
    assert {name: cells for name, cells in departments.items() if any(cells)} == again.departments()
    days = {name: int(count) for name, count in told.get("整改日期…个数", [])}
    assert days == again.corrected_by_day()
    lines = [(row[0], row[1], row[2], row[4], row[5]) for row in told["编号…事实"]]
    assert lines == again.listed()
    cured = [(row[0], row[6], row[7]) for row in told["编号…整改日期"]]
    assert cured == again.rectified()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [76, 78])
def test_the_ledger_of_cures_is_that_of_a_second_count_whatever_was_decided(
    counted: OfficeAtWork, tmp_path: Path, kind: str, seed: int
) -> None:
    pursued(counted, kind, seed)
    again, told = recounted(counted, tmp_path), printed(counted)
    lines = [(row[0], row[3], row[4], row[5]) for row in told["编号…整改日期"]]
    assert lines == again.dealt_with_as()
    cured = [(row[0], row[6], row[7]) for row in told["编号…整改日期"]]
    assert cured == again.rectified()
    assert [row[0] for row in told["编号…事实"]] == [number for number, _ in again.held]
    made = written(counted)
    text = everything(made.full)
    assert [one for one in again.sentences() if one not in text] == []
    assert made.summary.splitlines()[-1] == again.summary()
