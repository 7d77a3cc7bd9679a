"""The officer's buttons, by the act their token names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.imports import import_offers
from handlers.review import follow_up, follow_up_acts, review, review_acts
from handlers.upkeep import undelivered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.transaction import Transaction

OFFICER_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "review_confirm": review_acts.confirm,
    "review_confirm_rule": review_acts.confirm_rule,
    "review_drop": review_acts.ask_reason,
    "review_drop_reason": review_acts.drop,
    "review_shelve": review_acts.shelve,
    "review_shelve_rule": review_acts.shelve_rule,
    "review_next": review.show_next,
    "review_send_all": review_acts.send_all,
    "follow_close": follow_up_acts.close,
    "follow_accept": follow_up_acts.accept,
    "follow_keep": follow_up_acts.keep,
    "follow_more": follow_up_acts.ask_more,
    "follow_uphold": follow_up_acts.uphold,
    "follow_reject": follow_up_acts.reject,
    "follow_next": follow_up.show_next,
    "import_commit": import_offers.press_commit,
    "import_cancel": import_offers.press_cancel,
    "import_undo": import_offers.press_undo,
    "send_again": undelivered.press_again,
    "told_otherwise": undelivered.press_told,
    "work_off": undelivered.press_work_off,
}
DECISIONS = frozenset(
    {
        "review_confirm",
        "review_confirm_rule",
        "review_drop_reason",
        "review_shelve",
        "review_shelve_rule",
        "review_send_all",
        "follow_close",
        "follow_accept",
        "follow_keep",
        "follow_more",
        "follow_uphold",
        "follow_reject",
    }
)
"""Acts that decide something: done once, a second press is told when and by whom."""
