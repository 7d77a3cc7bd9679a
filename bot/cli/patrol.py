"""`fangyuan patrol`: run the rules over export files, or over the cards of the home."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict

from bot.cli import case_files
from bot.local import local_at
from knowledge import chinese
from knowledge.rules.patrol import evaluate
from knowledge.rules.rule_words import RELEASE_WORDS, STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from knowledge.cards import CardSet, Value
    from knowledge.rules.model import Hit, PatrolResult


class CitationLine(TypedDict):
    """A provision, by its full title."""

    document: str
    article: str


class HitLine(TypedDict):
    """One hit for machines; `due` and the days in `fields` are ISO dates."""

    rule: str
    case_no: str
    person_no: str | None
    state: str
    due: str | None
    days_left: int | None
    certain: bool
    message: str
    fields: dict[str, str | int | float | None]
    citations: list[CitationLine]


def run(root: Path, files: Sequence[Path], day: date | None, today: date, *, as_json: bool) -> None:
    """Patrol files; without files the newest cards of the home."""
    with _without_collecting():
        _run(root, files, day, today, as_json=as_json)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Put off the search for cycles: cards have none, and it takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _run(
    root: Path, files: Sequence[Path], day: date | None, today: date, *, as_json: bool
) -> None:
    if files:
        given = case_files.read(files, day, today)
        cards, as_of = given.cards, given.as_of
        for note in given.notes:
            print(note, file=sys.stderr)
    else:
        # a patrol over files needs no database
        from bot.cli.home_cards import cited_first, home_cards  # noqa: PLC0415

        cards, as_of = home_cards(root, day, today)
    result = patrol(root, cards, as_of)
    if not files:
        result = cited_first(root, result)
    for line in json_lines(result) if as_json else text_lines(result):
        print(line)


def patrol(root: Path, cards: CardSet, as_of: date) -> PatrolResult:
    """Run the rules in force with the office's calendar and settings."""
    local = local_at(root)
    calendar = local.calendar
    return evaluate(
        cards,
        local.rules(),
        as_of=as_of,
        calendar=calendar,
        settings=local.settings,
        horizon=calendar.workday_after(calendar.workday_after(as_of)),
    )


def json_lines(result: PatrolResult) -> Iterator[str]:
    """Return one line per hit, then the summary."""
    for hit in result.hits:
        yield json.dumps(described(hit), ensure_ascii=False)
    summary = {
        "cases": result.cases,
        "persons": result.persons,
        "rules": result.rules,
        "hits": len(result.hits),
        "not_evaluated": {rule: list(names) for rule, names in result.not_evaluated.items()},
    }
    yield json.dumps({"summary": summary}, ensure_ascii=False)


def described(hit: Hit) -> HitLine:
    """Return a hit for machines."""
    return {
        "rule": hit.rule,
        "case_no": hit.case_no,
        "person_no": hit.person_no,
        "state": hit.state,
        "due": hit.due.isoformat() if hit.due else None,
        "days_left": hit.days_left,
        "certain": hit.certain,
        "message": f"{hit.fact}。{hit.ask}",
        "fields": {name: _plain(value) for name, value in hit.fields.items()},
        "citations": [{"document": one.document, "article": one.article} for one in hit.citations],
    }


def _plain(value: Value) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()


def text_lines(result: PatrolResult) -> Iterator[str]:
    """Say what was found, for people."""
    for hit in result.hits:
        person = f" {hit.person_no}" if hit.person_no else ""
        state, release = STATE_WORDS[hit.state], RELEASE_WORDS[hit.release]
        yield f"{hit.case_no}{person} {state}（{release}）：{hit.title}"
        yield f"    {hit.fact}"
        cited = "、".join(
            chinese.short_citation(one.document, one.article, one.paragraph)
            for one in hit.citations
        )
        yield f"    依据：{cited}"
        yield f"    {hit.ask}"
    yield (
        f"以 {result.as_of} 为准：{result.cases} 件 {result.persons} 人，"
        f"{result.rules} 条规则，{len(result.hits)} 条问题；"
        f"{len(result.not_evaluated)} 条规则因缺少栏目未评估（--json 可查看）。"
    )
