"""What the first person to write would otherwise wait for: word lists, points, rules."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError
from knowledge.replies.model import Context, OpenItem
from knowledge.replies.reader import read

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk

_ITEM = OpenItem(
    finding="A01",
    item=1,
    case_no="",
    person_no=None,
    case_name="",
    case_type="",
    suspects=(),
    rule="",
    title="",
    state="missing",
    due=None,
    fields=("审结日期",),
)
_LOG = logging.getLogger(__name__)


def warm(desk: Desk, today: date) -> None:
    """Read what is read once; called in a thread after the office is ready."""
    read("A01 已改，审结日期 5.27", Context("", today, desk.calendar, (_ITEM,)))
    try:
        desk.search.ask("期限")
        len(desk.rules)
    except UserFacingError as fault:
        _LOG.warning("%s", fault)
