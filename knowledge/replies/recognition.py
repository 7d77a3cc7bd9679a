"""Recognise what a text names: items, days, people and columns, each put down as a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.replies.bare_numbers import mark_bare_numbers, mark_numbered
from knowledge.replies.columns import mark_columns
from knowledge.replies.dates import find_clear_days, find_day_numbers
from knowledge.replies.marks import Canvas, Mark
from knowledge.replies.names import (
    mark_case_names,
    mark_juveniles,
    mark_nicknames,
    mark_people,
    mark_suspects,
)
from knowledge.replies.numbers import mark_case_numbers, mark_finding_numbers, mark_tails
from knowledge.replies.places import mark_places, mark_this
from knowledge.replies.strangers import (
    mark_newcomers,
    mark_strange_cases,
    mark_strangers,
    mark_unknown,
)
from knowledge.replies.topics import mark_charges, mark_matters, mark_topics

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Masked


def recognise(text: str, agenda: Agenda) -> Masked:
    """Return the text with everything marked that names items, days, people and columns.

    The order decides who gets a stretch of text: what cannot be mistaken comes first.
    """
    canvas = Canvas(text)
    mark_case_numbers(canvas, agenda)
    mark_case_names(canvas, agenda)
    for day in find_clear_days(text, agenda.context.today):
        canvas.add(Mark(day.start, day.end, "day", day=day))
    for mark in (
        mark_finding_numbers,
        mark_this,
        mark_places,
        mark_suspects,
        mark_juveniles,
        mark_tails,
        mark_people,
        mark_newcomers,
        mark_nicknames,
        mark_strange_cases,
        mark_columns,
        mark_topics,
        mark_charges,
        mark_matters,
        mark_strangers,
        mark_bare_numbers,
    ):
        mark(canvas, agenda)
    mark_numbered(canvas, agenda, find_day_numbers(text))
    mark_unknown(canvas, agenda)
    return canvas.masked()
