"""What a person types to put a title or a day right, and what day he names in a question."""

from __future__ import annotations

import re
from datetime import date

from knowledge.laws.faults import BadDayError
from knowledge.laws.head import clean_title

_DAY = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*日?"
)
_WORDS = re.compile(
    r"(?:标题|题目|名称|日期|版本|时间)(?:应当|应该|应)?(?:是|为)?|(?:起)?(?:施行|实施|生效)"
)
_EDGES = " \u3000，,。；;：:、-—/起自"
_NUMBERS = re.compile(r"\d{4,}")


def read_correction(typed: str) -> tuple[str, str]:
    """Return the title and the day (2019-12-30) that were typed, "" for what was not.

    Raises:
        BadDayError: a day was typed that is none, or nothing can be made of it.
    """
    match = _DAY.search(typed)
    version = ""
    if match:
        try:
            version = date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        except ValueError:
            raise BadDayError(match[0]) from None
    rest = typed.replace(match[0], " ") if match else typed
    quoted = re.search(r"《(.+)》", rest)
    title = clean_title(quoted[1] if quoted else _WORDS.sub(" ", rest).strip(_EDGES))
    if not version and (not title or _NUMBERS.search(title)):
        raise BadDayError(typed[:20])
    return title, version


_YEAR_ASKED = re.compile(
    r"(?:按照?|依照?|用|在)?\s*(?P<y>(?:19|20)\d{2})\s*年"
    r"(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?\s*"
    r"(?:的时候|当时|时候|那时|版本|版|时|的|生效的|有效的|底|初)"
)
_ISO_ASKED = re.compile(
    r"(?:按|依|用|在)\s*(?P<y>(?:19|20)\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\s*(?:的|时)?"
)


def asked_day(question: str) -> tuple[str, date | None]:
    """Return a question without the day it names for its law, and that day.

    `审捕期限 2018年的` means the texts in force in 2018: on the last day of that year or month.
    """
    match = _ISO_ASKED.search(question) or _YEAR_ASKED.search(question)
    if match is None:
        return question, None
    day = _last_day(int(match["y"]), match["m"], match["d"])
    rest = (question[: match.start()] + " " + question[match.end() :]).strip(_EDGES)
    return (rest, day) if day and rest else (question, None)


def _last_day(year: int, month: str | None, day: str | None) -> date | None:
    try:
        if day:
            return date(year, int(month or 1), int(day))
        after = (
            date(year + 1, 1, 1) if month in {None, "12"} else date(year, int(month or 1) + 1, 1)
        )
        return date.fromordinal(after.toordinal() - 1)
    except ValueError:
        return None
