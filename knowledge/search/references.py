"""Find the article numbers in a question, in every form people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.search import number_forms
from knowledge.search.number_forms import HAN, NUMBER
from knowledge.search.short_names import written_out
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAIL = (
    rf"(?:\s*之\s*(?P<branch>[一二三四五六七八九十]))?"
    rf"(?:\s*第?\s*(?P<paragraph>{NUMBER})\s*款)?"
    rf"(?:\s*第?\s*[(]?{NUMBER}[)]?\s*项)?"
)
_WITH_SIGN = re.compile(rf"第\s*(?P<number>{NUMBER})\s*条{_TAIL}")
_WITHOUT_SIGN = re.compile(rf"(?P<number>[0-9]{{1,4}}|(?:{HAN}*[十百千]{HAN}*))\s*条{_TAIL}")
_BARE = re.compile(
    rf"第?\s*(?P<number>[0-9]{{1,4}}|{HAN}{{2,}})"
    rf"(?!\s*(?:[0-9]|日|天|个|月|年|小时|次|人|元|岁|种|类|%|份|万|级|审))"
)
_WHOLE = re.compile(rf"(?P<number>[0-9]{{1,4}}|{HAN}*百{HAN}*)\Z")
_ANY_LAW = re.compile(
    r"[\u4e00-\u9fff]*(?:法|法典|条例|解释|规定|办法|细则|规范|意见|规则|章程|公约|要点|纪要|通知)"
    r"(?:[(](?P<trial>[^)]*)[)])?[》\s的中里第]*\Z"
)
_NO_LAW = ("本法", "该法", "依法", "依据规定", "根据规定", "按照规定", "按规定", "依照规定")


@dataclass(frozen=True)
class Reference:
    """One article asked for; `document` is None where the question names no text."""

    document: str | None
    number: int
    branch: int = 0
    paragraph: int | None = None


@dataclass(frozen=True)
class References:
    """What a question cites: articles, a text without number, and what else it says.

    `foreign` is true where a number of a text that the base does not know is asked for.
    """

    articles: tuple[Reference, ...]
    document: str | None
    rest: str
    foreign: bool = False


class Titles:
    """Every name under which the texts of a base are called."""

    def __init__(self, documents: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for document in documents:
            for name in _names(document):
                self._names.setdefault(name, document)
        known = sorted(self._names, key=len, reverse=True)
        names = "|".join(map(re.escape, known)) or r"(?!)"
        self._anywhere = re.compile(
            rf"《?(?P<name>{names})(?!律)(?P<trial>[(]试行[)]|试行)?[》\s]*"
        )
        self._first = re.compile(rf"\s*(?:的|《)*(?:{self._anywhere.pattern})[?？。]?\Z")
        self._last = re.compile(
            rf"(?P<before>.*?)(?:{self._anywhere.pattern})(?:里面|里|中|的|规定|第|\s)*\Z"
        )

    def named_before(self, text: str) -> tuple[str | None, bool]:
        """Return the text named at the very end of what stands before a number.

        The second value tells that some law is named which the base does not know.
        """
        bare = text.replace("《", "").rstrip(" ")
        match = self._last.match(text)
        law = _ANY_LAW.search(bare)
        if match:
            unknown = match["trial"] is not None or self._longer(match, law)
            return (None, True) if unknown else (self._names[match["name"]], False)
        if bare in {"法", "本法"}:
            return self._names.get("刑诉法"), False
        return None, law is not None and not bare.endswith(_NO_LAW)

    def named_after(self, text: str) -> str | None:
        """Return the text whose name is all that stands after a number: 88条刑诉法."""
        match = self._first.match(text)
        return self._names[match["name"]] if match and match["trial"] is None else None

    def named_in(self, text: str) -> tuple[str | None, str]:
        """Return a text that the question asks to look into, and the question without it."""
        for match in self._anywhere.finditer(text):
            begins = match.start() == 0 or text[: match.start()].rstrip(" 《").endswith(
                ("按", "在", "依", "依据", "根据", "按照", "看", "查", "问")
            )
            alone = len(match["name"]) > 2 or begins
            ends = text[match.end() :].startswith(("里", "中", "上", "对", "关于", "怎么", "规定"))
            if match["trial"] is None and alone and (begins or ends):
                rest = text[: match.start()] + " " + text[match.end() :]
                return self._names[match["name"]], rest.strip()
        return None, text

    def names_another(self, text: str) -> bool:
        """Tell whether a question is on a law by name that is not in the base."""
        return any(found[0] not in self._names for found in vocabulary().other_laws.finditer(text))

    def _longer(self, match: re.Match[str], law: re.Match[str] | None) -> bool:
        """Tell whether the name is only the tail of another one: 公安机关办案规则 is not 规则."""
        before = match["before"].rstrip("《")
        if match["name"] != "规则" or law is None or not before:
            return False
        return bool(re.search(r"[\u4e00-\u9fff]\Z", before)) and not before.endswith(
            ("按", "在", "依", "据", "照", "看", "查", "问", "和", "、")
        )


def _names(document: str) -> tuple[str, ...]:
    plain = document.lower()
    short = plain.removeprefix("中华人民共和国").removeprefix("最高人民检察院")
    spoken = tuple(name.lower() for name in vocabulary().documents.get(document, ()))
    return (plain, short, *spoken)


def find(text: str, titles: Titles) -> References:
    """Read the citations of a cleaned question."""
    text, foreign = _in_one_form(text, titles)
    found: list[Reference] = []
    document: str | None = None
    rest, place = "", 0
    for match in _matches(text, titles):
        before = text[place : match.start()]
        named, unknown = titles.named_before(before)
        document = named or (None if unknown else document)
        foreign = foreign or unknown
        if not unknown:
            found.append(_reference(match, document))
        rest += " " + _without_name(before, titles)
        place = match.end()
    rest += " " + text[place:]
    after = titles.named_after(text[place:]) if len(found) == 1 and document is None else None
    if after is not None:
        found, rest = [replace(found[0], document=after)], ""
    if not found and not foreign:
        document, rest = titles.named_in(text)
        foreign = document is None and titles.names_another(text)
    return References(tuple(found), document, rest.strip(), foreign)


def _in_one_form(text: str, titles: Titles) -> tuple[str, bool]:
    """Return a question as it is read here; the second value: it asks for an unknown edition."""

    def name_before(before: str) -> str | None:
        return titles.named_before(before)[0]

    written, unknown = number_forms.without_edition(
        written_out(number_forms.plain(text)), name_before
    )
    return number_forms.each_named(written, name_before), unknown


def _matches(text: str, titles: Titles) -> list[re.Match[str]]:
    if whole := _WHOLE.match(text):
        return [whole]
    found = [*_WITH_SIGN.finditer(text)]
    for match in _WITHOUT_SIGN.finditer(text):
        if not any(_overlap(match, one) for one in found):
            found.append(match)
    for match in _BARE.finditer(text):
        if any(_overlap(match, one) for one in found):
            continue
        is_named = titles.named_before(text[: match.start()])[0] is not None
        is_first = not text[: match.start()].strip()
        if is_named or (is_first and titles.named_after(text[match.end() :]) is not None):
            found.append(match)
    return sorted(found, key=lambda one: one.start())


def _overlap(first: re.Match[str], second: re.Match[str]) -> bool:
    return first.start() < second.end() and second.start() < first.end()


def _reference(match: re.Match[str], document: str | None) -> Reference:
    groups = match.groupdict()
    paragraph = number_forms.value(groups.get("paragraph"))
    return Reference(
        document=document,
        number=number_forms.value(match["number"]) or 0,
        branch=number_forms.value(groups.get("branch")) or 0,
        paragraph=paragraph,
    )


def _without_name(before: str, titles: Titles) -> str:
    named, _ = titles.named_before(before)
    if named is None:
        return before
    return re.sub(r"《?[\u4e00-\u9fff]*(?:法|则|诉)[》\s第的]*\Z", "", before)
