"""`fangyuan rules precision`: how often each rule was right, by the officers' decisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.office import open_office
from bot.standing import existing
from handlers.findings.rule_precision import precisions

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.precision import Precision


def run(root: Path, *, as_json: bool) -> None:
    """Print a line for each rule of which something was decided, the lowest precision first."""
    office = open_office(existing(root))
    with office.database.reading() as session:
        found = precisions(session, office.name)
    measure = office.rules().measure
    office.close()
    for rule, one in found.items():
        low = one.is_too_low(measure)
        print(_as_json(rule, one, low=low) if as_json else _as_text(rule, one, low=low))
    if not as_json:
        print(f"专员处理过的规则 {len(found)} 条。")


def _as_json(rule: str, found: Precision, *, low: bool) -> str:
    first, last = found.interval()
    line = {
        "rule": rule,
        "confirmed": found.confirmed,
        "dropped": found.dropped,
        "precision": round(found.share, 4),
        "interval": [round(first, 4), round(last, 4)],
        "propose_off": low,
    }
    return json.dumps(line, ensure_ascii=False)


def _as_text(rule: str, found: Precision, *, low: bool) -> str:
    first, last = found.interval()
    proposal = "，建议考虑停用" if low else ""
    return (
        f"{rule}  认定 {found.confirmed} 条，不属问题 {found.dropped} 条，"
        f"准确率 {found.share:.0%}（95% 区间 {first:.0%}–{last:.0%}）{proposal}"
    )
