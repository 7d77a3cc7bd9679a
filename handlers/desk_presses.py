"""The buttons of outcomes, prompts, notices, answers and objections, by the act they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import evaluation
from handlers.feedback import feedback_presses, feedback_review
from handlers.links.link_presses import LINK_ACTS
from handlers.monitoring.monitoring_presses import MONITORING_ACTS
from handlers.notices import (
    instructions,
    notice_list,
    notice_presses,
    notice_reminders,
    receipts,
    signing,
)
from handlers.objections import objection_presses
from handlers.people import delegation_presses, handover_command, roster_presses
from handlers.prompts import late_reasons, prompt_presses
from handlers.reports import report_commands, report_presses
from handlers.review import accepted_view, outcome_presses, rule_examples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.transaction import Transaction

DESK_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "outcome": outcome_presses.press,
    "outcome_reason": outcome_presses.press_reason,
    "outcome_late_reason": late_reasons.press_reason,
    "outcome_note": outcome_presses.ask_note,
    "outcome_item": outcome_presses.press_item,
    "prompt_manner": prompt_presses.press_manner,
    "prompt_tick": prompt_presses.press_tick,
    "prompt_result": prompt_presses.press_result,
    "prompt_ask_answer": prompt_presses.ask_answer,
    "prompt_open": prompt_presses.press_open,
    "notice_open": notice_list.press_open,
    "notice_preview": notice_presses.preview,
    "notice_render": notice_presses.render_again,
    "notice_drop": notice_presses.drop,
    "notice_submit": notice_presses.submit,
    "notice_approve": notice_presses.approve,
    "notice_return_ask": notice_presses.ask_return,
    "notice_return": notice_presses.give_back,
    "notice_discard": notice_presses.discard,
    "notice_void": notice_presses.ask_void,
    "notice_void_reason": notice_presses.void,
    "notice_number": notice_presses.ask_number,
    "notice_again": notice_presses.again,
    "notice_received": receipts.press_received,
    "notice_signed": receipts.press_signed,
    "notice_delivered": receipts.ask_delivered,
    "notice_delivered_on": receipts.press_delivered,
    "notice_delivered_ask": receipts.ask_day,
    "reminder_ack": notice_reminders.acknowledge,
    "reminder_snooze": notice_reminders.snooze,
    "feedback_open": feedback_presses.open_,
    "feedback_set": feedback_presses.set_,
    "feedback_ask": feedback_presses.ask,
    "feedback_restart": feedback_presses.restart,
    "feedback_sign": feedback_presses.sign,
    "feedback_review": feedback_review.review,
    "feedback_item": feedback_review.press_open,
    "feedback_track": feedback_review.press_track,
    "feedback_track_ask": feedback_review.ask_day,
    "notice_instruct": instructions.instruct,
    "notice_instruct_ask": instructions.ask_instruction,
    "objection_ground": objection_presses.press_ground,
    "objection_provision": objection_presses.press_provision,
    "objection_type": objection_presses.ask,
    "objection_decide": objection_presses.press_decide,
    "objection_go_on": objection_presses.press_go_on,
    "objection_accept": objection_presses.press_accept,
    "rule_example": rule_examples.press_show,
    **report_presses.ACTS,
    **delegation_presses.ACTS,
    **handover_command.ACTS,
    **roster_presses.ACTS,
    evaluation.DECIDED: evaluation.press,
    "sign_open": signing.open_,
    "sign_objection": signing.open_objection,
    **MONITORING_ACTS,
    "accepted_page": accepted_view.turn,
    "accepted_open": accepted_view.open_,
    "accepted_restore": accepted_view.restore,
    "accepted_renew": accepted_view.renew,
    "report_figures": report_commands.press_figures,
    "report_export": report_commands.press_export,
    "report_proof_menu": report_commands.press_proof_menu,
    "report_proof": report_commands.press_proof,
    "report_handout": report_commands.press_handout,
    "campaign_report": report_commands.press_campaign,
    **LINK_ACTS,
}
DESK_DECISIONS = frozenset(
    {
        *("prompt_manner", "outcome_late_reason", "feedback_track"),
        *("case_sound", "problem_start"),
        *("campaign_begin", "campaign_set", "campaign_mark"),
        *("campaign_sound", "campaign_problem", "campaign_na"),
    }
)
"""Acts whose button is used up; the others look at the state of what they are about."""
