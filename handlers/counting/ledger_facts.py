"""One reading of the ledger into facts; the same reading serves every report."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.counting.card_reader import CardReader
from handlers.counting.facts import Facts, Stamp
from handlers.counting.finding_reader import FindingReader
from handlers.counting.notice_reader import NoticeReader, ObjectionReader
from storage import ledger, ledger_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from storage.ledger_stream import Progress
    from storage.session import Session

    Handler = Callable[[Stamp, str, Mapping[str, Any]], None]


def read(session: Session, *, progress: Progress | None = None) -> Facts:
    """Read every fact there is; no transaction may be open, a large ledger takes seconds.

    Args:
        session: one state of the database.
        progress: told now and then how many entries were passed, and of how many.
    """
    findings, cards = FindingReader(), CardReader()
    notices, objections = NoticeReader(findings), ObjectionReader(findings)
    handlers: dict[str, list[Handler]] = {}
    for reader in (findings, cards, notices, objections):
        for act, handler in reader.handled.items():
            handlers.setdefault(act, []).append(handler)
    since: date | None = None
    for seq, content in ledger_stream.stream(session, handlers.keys(), progress=progress):
        stamp = Stamp(seq, _day(content["moment"][:10]), content["actor"])
        since = since or stamp.day
        object_ = content["object"].partition(":")[2]
        for handler in handlers[content["act"]]:
            handler(stamp, object_, content["data"])
    return Facts(
        head=ledger.head(session).printed,
        since=since,
        patrols=tuple(cards.patrols),
        imports=tuple(cards.imports),
        undone=frozenset(cards.undone),
        made=tuple(findings.made),
        confirmed=tuple(findings.confirmed),
        ended=tuple(findings.ended),
        looked=tuple(findings.looked),
        prompted=tuple(findings.prompted),
        answered=tuple(findings.answered),
        date_changed=tuple(findings.date_changed),
        hand_looks=tuple(findings.hand_looks),
        digests=tuple(findings.digests),
        notices=notices.notices,
        objections=objections.objections,
        campaigns=cards.campaigns,
        trainings=tuple(cards.trainings),
        handled=cards.noted_handling,
        published=cards.noted_publication,
        last=findings.last,
        worded={problem: tuple(seqs) for problem, seqs in findings.worded.items()},
        concluded=findings.concluded,
        evaluated=findings.evaluated,
        classed={problem: tuple(told) for problem, told in findings.classed.items() if told},
    )


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)
