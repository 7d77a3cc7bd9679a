"""Where a finding is from: the daily patrol, a look by hand, an imported list, a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Word = Literal["规则巡查", "人工个案", "网页预警", "数据校验管家", "专项"]


@dataclass(frozen=True)
class Source:
    """Where a finding is from; `campaign` is the number of the 专项 it belongs to."""

    word: Word
    campaign: str | None = None


PATROL = Source("规则巡查")
BY_HAND = Source("人工个案")
LISTS: tuple[Word, ...] = ("数据校验管家", "网页预警", "人工个案")
"""What an imported list of problems may be."""


def of_campaign(number: str | None) -> Source:
    """Return the source of what a campaign finds."""
    return Source("专项", number)
