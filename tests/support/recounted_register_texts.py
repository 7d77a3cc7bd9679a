"""What lies beside an exported ledger: names, facts and words, read once more from its two files.

A text that the ledger has a hash of and the second file does not hold was erased.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Self

from tests.support.recounted_days import RecountedDays, short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from tests.support.exported_ledger import Line

Words = dict[str, str]
Row = tuple[object, ...]

ERASED, HIDDEN, UNKNOWN_NAME = "已按期清除", "请登录系统查看", "（未留存）"
NOBODY, SOMEBODY = "系统", "流程监控人员"
WORDED = ("finding_made", "finding_reopened", "finding_changed", "finding_moved")
TELLING = {"finding_made": "rule", "finding_reopened": "rule", "finding_moved": "department"}
"""What an entry must say of a problem, or what lies beside it is no more than a remark."""
CLASSES = {"false_overdue": "假性超期", "date_changed": "事后改期"}
ANSWERS = {
    "ack": "知悉",
    "corrected": "称已改",
    "corrected_partial": "称系统内改不了，请案管协助",
    "explanation": "说明",
    "objection": "异议",
    "extension_request": "请求缓办",
    "wrong_person": "称非本人承办",
    "attachment": "附材料",
    "question": "询问",
    "commitment": "承诺办理",
    "not_an_error": "称不属问题",
    "delegate": "交助理办理",
    "none": "未识别",
}
ONES = "零一二三四五六七八九"


class RecountedTexts(RecountedDays):
    """The ledger with its texts, and the names of people; `hidden`: as an internet door has it."""

    beside: Mapping[int, str]
    people: Mapping[str, str]
    hidden: bool

    @classmethod
    def of_files(
        cls,
        folder: Path,
        days: tuple[date, date],
        people: Mapping[str, str],
        *,
        hidden: bool = False,
    ) -> Self:
        """Read `ledger.jsonl` and `texts.jsonl` of a folder."""
        found = cls.of_file(folder / "ledger.jsonl", *days)
        lines = (folder / "texts.jsonl").read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        found.beside = {one["sequence"]: one["text"] for one in told}
        found.people, found.hidden = people, hidden
        return found

    def text(self, line: Line) -> str | None:
        """What was written beside a line; what was erased reads so; None: never anything."""
        return None if line["text_hash"] is None else self.beside.get(line["sequence"], ERASED)

    def words(self, lines: list[Line]) -> Words:
        """The newest of each of the words beside some lines; what may be missing was erased."""
        found: Words = {}
        erased = False
        for line in lines:
            text = self.text(line)
            erased = erased or text == ERASED
            if text is not None and text.startswith("{"):
                found.update({key: word for key, word in json.loads(text).items() if word})
        if erased:
            return dict.fromkeys(("case_name", "prosecutor", "fact", "said"), ERASED) | found
        return found

    def words_of(self, key: str, until: int) -> Words:
        """What is known of a problem in words up to an entry."""
        number = key.partition("/")[0]
        return self.words(
            [
                line
                for line in self.acts(*WORDED)
                if self.number(line) == number
                and line["sequence"] <= until
                and self.life_of(line) == key
                and TELLING.get(line["act"], "after") in line["data"]
            ]
        )

    def case_name(self, words: Words) -> str:
        return HIDDEN if self.hidden else words.get("case_name", UNKNOWN_NAME)

    def prosecutor(self, words: Words) -> str:
        return HIDDEN if self.hidden else words.get("prosecutor", "")

    def said(self, words: Words) -> str:
        return HIDDEN if self.hidden else words.get("said", "")

    def fact(self, words: Words, known: Line) -> str:
        plain = str(known["fact"] or known["title"])
        return plain if self.hidden else words.get("fact", plain)

    def case_no(self, case_no: str) -> str | None:
        """The number; on the way its last digits, which are told apart elsewhere."""
        return None if self.hidden else case_no

    def person(self, actor: str | None) -> str:
        if actor is None or not actor.startswith("person:"):
            return NOBODY
        return SOMEBODY if self.hidden else self.people.get(actor, SOMEBODY)

    def dealt_with(self, line: Line) -> list[str]:
        """Of a notice's answers a review deals with those it is about."""
        data = line["data"]
        if line["act"] == "feedback_reviewed" and data.get("findings") is not None:
            return list(data["findings"])
        return super().dealt_with(line)

    def remarks(self, key: str) -> list[str]:
        """What else one must know of a problem."""
        known, class_ = self.told_last(key), self.class_at_end(key)
        found = ["存量"] if known["baseline"] else []
        if class_ != "ordinary":
            found.append(CLASSES[class_])
        for name, words in (
            ("campaign", "专项监控 {}"),
            ("concerns", "涉及{}"),
            ("after_notice", "通知书 {} 后再次发生"),
        ):
            if known.get(name):
                found.append(words.format(known[name]))
        return found

    def basis(self, known: Line) -> str:
        """The rule, and each provision once."""
        cited = [self.cited(one) for one in known["provisions"]]
        return "；".join(one for one in (known["rule"], "、".join(dict.fromkeys(cited))) if one)

    def cited(self, one: Line) -> str:
        article = re.sub(r"\d+", lambda found: numeral(int(found[0])), one["article"])
        if not article.startswith("第"):
            article = f"第{article}条"
        paragraph = f"第{numeral(one['paragraph'])}款" if one["paragraph"] else ""
        return f"《{one['document'].strip('《》')}》{article}{paragraph}"


def numeral(value: int) -> str:
    """Write a number below a thousand: 一十二 is 十二."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    found = f"{ONES[hundreds]}百" if hundreds else ""
    if tens:
        found += f"{'' if tens == 1 and not hundreds else ONES[tens]}十"
    elif hundreds and ones:
        found += "零"
    return found + (ONES[ones] if ones else "")


def plain(row: Row) -> Row:
    """A row as it is read from a sheet: what is empty is None."""
    return tuple(None if cell == "" else cell for cell in row)


def stage(case_type: str | None) -> str:
    """A case type as a log says it."""
    return short(case_type or "案件") or "案件"


def said_day(day: str) -> str:
    """Say a day of the year: 6月17日."""
    return f"{int(day[5:7])}月{int(day[8:])}日"
