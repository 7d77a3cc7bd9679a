"""The buttons under answers to questions, by the act they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.official_texts.text_presses import TEXT_ACTS
from handlers.questions import point_view, question_aliases, question_feedback

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.transaction import Transaction

QUESTION_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    **TEXT_ACTS,
    "full_text": point_view.show_full_text,
    "point": point_view.show_point,
    "point_turn": point_view.turn,
    "point_cite": point_view.cite,
    "point_items": point_view.show_items,
    "point_useful": question_feedback.useful,
    "point_wrong": question_feedback.wrong,
    "alias_add": question_aliases.add,
    "alias_undo": question_aliases.undo,
    "alias_skip": question_aliases.skip,
    "alias_other": question_aliases.ask_other,
}
