"""`fangyuan ledger verify / export`: check the chain, write it out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.ending import DONE, FOUND_PROBLEMS
from bot.office import open_office
from bot.standing import existing
from knowledge.errors import UserFacingError
from storage import ledger
from storage.ledger_check import report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class BadHeadError(UserFacingError):
    """A head given on the command line is none."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"看不懂校验值“{text}”，请照每日提示或文书页脚所印填写，如 318:0a1b2c3d4e5f6071"
        )


def verify(root: Path, file: Path | None, heads: Sequence[str]) -> int:
    """Check an exported file, or the home's own ledger; 1 where something is wrong."""
    published = [_head(text) for text in heads]
    if file is not None:
        verdict = ledger.verify_file(file, published)
    else:
        office = open_office(existing(root))
        verdict = ledger.verify(office.database, published)
        office.close()
    print(report(verdict), file=sys.stdout if verdict.ok else sys.stderr)
    return DONE if verdict.ok else FOUND_PROBLEMS


def export(root: Path, out: Path) -> None:
    """Write the ledger as JSON lines, whole or not at all."""
    office = open_office(existing(root))
    head = ledger.export(office.database, out)
    office.close()
    print(f"已导出流水 {head.size} 条到 {out}，末条校验值 {head.printed}", file=sys.stderr)


def _head(text: str) -> ledger.Head:
    head = ledger.Head.parse(text)
    if head is None:
        raise BadHeadError(text)
    return head
