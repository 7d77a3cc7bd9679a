"""What the ledger knows of one problem, gathered: confirmed, prompted, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.counting.facts import CORRECTING, EXPLAINED, REJECTING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.counting.facts import (
        About,
        Facts,
        FindingAct,
        NoticeFacts,
        ObjectionFacts,
        Stamp,
    )

ORAL, NOTICE, NOTICE_CHIEF = "2201", "2202", "2203"
MANNERS: Mapping[str, str] = {
    ORAL: "口头通知",
    NOTICE: "发流程监控通知书",
    NOTICE_CHIEF: "发流程监控通知书并报检察长",
}
"""监控方式 and its codes, as the case system has them."""
CORRECTED, RUNNING, WAITING, ACCEPTED = "已整改", "整改中", "待整改", "采纳说明"


@dataclass
class Story:
    """One problem: what it is about now, and everything that happened to it."""

    about: About
    confirmed: FindingAct
    prompts: list[FindingAct] = field(default_factory=list)
    notices: list[NoticeFacts] = field(default_factory=list)
    answers: list[FindingAct] = field(default_factory=list)
    objections: list[ObjectionFacts] = field(default_factory=list)
    ending: FindingAct | None = None
    reviewer: str | None = None

    @property
    def notice(self) -> NoticeFacts | None:
        """The last notice it stands in."""
        return self.notices[-1] if self.notices else None

    @property
    def manner(self) -> str:
        """The weightiest 监控方式 that was used, as its code; empty: none of them."""
        if any(one.grave for one in self.notices):
            return NOTICE_CHIEF
        if self.notices:
            return NOTICE
        return ORAL if self.prompts else ""

    @property
    def answer(self) -> FindingAct | None:
        """The last answer; one that was given before the oral prompt does not answer it."""
        since = self.prompts[-1].stamp.seq if self.prompts else 0
        given = [one for one in self.answers if one.stamp.seq > since]
        return given[-1] if given else None

    @property
    def is_rejected(self) -> bool:
        """Tell whether it was held to be no problem after all."""
        return self.ending is not None and self.ending.how in REJECTING

    @property
    def standing(self) -> str:
        """How far it is: 已整改, 整改中 (answered), 待整改; 采纳说明 where nothing was wrong."""
        if self.ending is not None and self.ending.how in CORRECTING:
            return CORRECTED
        if self.ending is not None and self.ending.how == EXPLAINED:
            return ACCEPTED
        answered = self.answer is not None or any(one.replied for one in self.notices)
        return RUNNING if answered else WAITING

    @property
    def corrected_on(self) -> date | None:
        """The day it was corrected, as far as the ledger knows."""
        return self.ending.stamp.day if self.ending and self.standing == CORRECTED else None


def gather(facts: Facts, *, until: date = date.max) -> dict[str, Story]:
    """Return the story of every problem that was ever confirmed, in the order of confirmation.

    What happened after a day is not told; what a problem is about is told as it is now, or as it
    was when it came again as another one.
    """
    stories = {
        problem: Story(facts.last.get(problem, act.about), act)
        for problem, act in facts.first_confirmed.items()
        if act.stamp.day <= until
    }
    for acts, add in (
        (facts.prompted, lambda story, one: story.prompts.append(one)),
        (facts.answered, lambda story, one: story.answers.append(one)),
        (facts.looked, lambda story, one: setattr(story, "reviewer", one.stamp.actor)),
    ):
        for act in acts:
            if act.stamp.day <= until:
                _of(stories, act, add)
    _add_papers(stories, facts, until)
    for problem, story in stories.items():
        story.ending = facts.ending(problem, until)
    return stories


def _of(
    stories: Mapping[str, Story], act: FindingAct, add: Callable[[Story, FindingAct], object]
) -> None:
    story = stories.get(act.about.problem)
    if story is not None:
        add(story, act)


def _add_papers(stories: Mapping[str, Story], facts: Facts, until: date) -> None:
    for objection in facts.objections:
        if objection.about.problem in stories and objection.raised.day <= until:
            stories[objection.about.problem].objections.append(objection)
    for notice in facts.notices:
        if not _is_known(notice.issued, until) or _is_known(notice.ended, until):
            continue
        known = notice if _is_known(notice.replied, until) else replace(notice, replied=None)
        for about in notice.findings:
            if about.problem in stories:
                stories[about.problem].notices.append(known)


def _is_known(stamp: Stamp | None, until: date) -> bool:
    return stamp is not None and stamp.day <= until
