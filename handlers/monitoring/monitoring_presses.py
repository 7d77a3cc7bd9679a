"""The buttons of looking at cases, campaigns, focus areas, clues and imported lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.campaigns import campaign_drafting, campaign_presses, campaign_proposals
from handlers.clues import clue_presses
from handlers.imports import listed_findings
from handlers.monitoring import case_presses, pictures, problem_presses
from handlers.views import focus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.transaction import Transaction

MONITORING_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "case_open": case_presses.press_open,
    "case_sound": case_presses.press_sound,
    "case_points": case_presses.press_points,
    "problem_start": problem_presses.start,
    "problem_group": problem_presses.press_group,
    "problem_point": problem_presses.press_point,
    "problem_put": problem_presses.press_problem,
    "problem_type": problem_presses.ask,
    "problem_severity": problem_presses.press_severity,
    "problem_picture": problem_presses.press_picture,
    "problem_register": problem_presses.press_register,
    "problem_drop": problem_presses.press_drop,
    "picture_ask": pictures.ask,
    "campaign_new": campaign_drafting.press_new,
    "campaign_begin": campaign_drafting.press_begin,
    "campaign_step": campaign_drafting.press_step,
    "campaign_set": campaign_drafting.press_set,
    "campaign_ask": campaign_drafting.ask,
    "campaign_start": campaign_drafting.press_start,
    "campaign_drop": campaign_drafting.press_drop,
    "campaign_show": campaign_presses.press_show,
    "campaign_next": campaign_presses.press_next,
    "campaign_mark": campaign_presses.press_mark,
    "campaign_sound": campaign_presses.press_sound,
    "campaign_problem": campaign_presses.press_problem,
    "campaign_na": campaign_presses.press_na,
    "campaign_problems": campaign_presses.press_problems,
    "campaign_pause": campaign_presses.press_pause,
    "campaign_resume": campaign_presses.press_resume,
    "campaign_finish": campaign_presses.press_finish,
    "campaign_cancel": campaign_presses.press_cancel,
    "campaign_accept": campaign_proposals.press_accept,
    "campaign_decline": campaign_proposals.press_decline,
    "focus_open": focus.press_open,
    "clue_choose": clue_presses.press_choose,
    "clue_forward": clue_presses.press_forward,
    "clue_open": clue_presses.press_open,
    "clue_received": clue_presses.press_received,
    "clue_result": clue_presses.press_result,
    "clue_withdraw": clue_presses.press_withdraw,
    "list_take": listed_findings.press_take,
    "list_leave": listed_findings.press_leave,
}
