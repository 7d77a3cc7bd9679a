"""Items named by what they are about: a charge, a party, a word of the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.replies.agenda import topic_hits
from knowledge.replies.marks import Mark, occurrences
from knowledge.replies.matters import own_words
from knowledge.replies.pointing import grams, opens_clause, points, points_in_row
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas


def mark_charges(canvas: Canvas, agenda: Agenda) -> None:
    """Mark charges that point at an item: 盗窃案那个; an unknown charge names nothing."""
    for spoken, charge in vocabulary().charges.items():
        for start, end in occurrences(canvas.text, spoken):
            if (
                points(canvas, start, end)
                or points_in_row(canvas, end)
                or opens_clause(canvas, start, end)
            ):
                items = frozenset(
                    e.index for e in agenda.entries if charge in (e.item.case_name or "")
                )
                canvas.add(Mark(start, end, "item", "charge", items))


def mark_matters(canvas: Canvas, agenda: Agenda) -> None:
    """Mark parts of case names that point at an item: 丰达公司那个, 案款的."""
    for party in {party for entry in agenda.entries for party in entry.parties}:
        items = frozenset(e.index for e in agenda.entries if party in e.parties)
        for start, end in occurrences(canvas.text, party):
            canvas.add(Mark(start, end, "item", "matter", items))
    for entry in agenda.entries:
        for start, end in grams(canvas.text, entry.core):
            if points(canvas, start, end) or canvas.text[start:end].endswith("某"):
                gram = canvas.text[start:end]
                items = frozenset(e.index for e in agenda.entries if gram in e.core)
                canvas.add(Mark(start, end, "item", "matter", items))


def mark_topics(canvas: Canvas, agenda: Agenda) -> None:
    """Mark words of rules that point at an item: 归档那条, 取保的."""
    _mark_states(canvas, agenda)
    for topic in vocabulary().topics:
        for start, end in occurrences(canvas.text, topic):
            if points(canvas, start, end):
                touched, named = topic_hits(agenda, topic)
                if touched:
                    canvas.add(Mark(start, end, "item", "topic", named or touched))
    _mark_case_words(canvas, agenda)
    for word, items in own_words(agenda, canvas.text).items():
        for start, end in occurrences(canvas.text, word):
            if points(canvas, start, end):
                canvas.add(Mark(start, end, "item", "topic", items))


def _mark_case_words(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 刑执的, 民监那个: the word of a case number that points."""
    for full in {entry.word for entry in agenda.entries if entry.word}:
        word = full.removesuffix("受")
        items = frozenset(e.index for e in agenda.entries if e.word == full)
        for start, end in occurrences(canvas.text, word):
            if points(canvas, start, end):
                canvas.add(Mark(start, end, "item", "case word", items))


def _mark_states(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 快到期那个, 超期的: what stands in such a state, or has a rule of that name."""
    for word, states in vocabulary().state_topics.items():
        named = frozenset(e.index for e in agenda.entries if word in e.headline)
        items = named or frozenset(e.index for e in agenda.entries if e.item.state in states)
        for start, end in occurrences(canvas.text, word):
            if items and points(canvas, start, end):
                canvas.add(Mark(start, end, "item", "topic", items))
