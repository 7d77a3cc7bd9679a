"""How the office numbers, approves and counts its notices; every value is its own (本院口径)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal

FORM = re.compile(r"(?P<name>[^\s〔〕]{1,30})〔(?P<year>20\d{2})〕(?P<sequence>[1-9]\d{0,5})号")
"""How a notice's number is written: the office's word, the year, the sequence without zeros."""


@dataclass(frozen=True)
class NoticePolicy:
    """The office's own way with notices.

    `numbering`: `entered` as the case system gave the number, or `drawn` by us from `pattern`.
    `second_person`: a notice needs somebody besides its author. `reply_unit` and `roll` say how the
    ten days of the reply are counted; `quiet_from` and `quiet_until` when nobody is reminded.
    """

    numbering: Literal["entered", "drawn"] = "entered"
    pattern: str = "{院代字}案管流监〔{年}〕{序号}号"
    short_name: str = ""
    second_person: bool = True
    reply_days: int = 10
    reply_unit: Literal["days", "workdays"] = "days"
    roll: bool = False
    quiet_from: time = time(20, 0)
    quiet_until: time = time(8, 0)
