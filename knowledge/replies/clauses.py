"""Cut a text into parts that speak of one thing each: named items, all, the rest, some, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.replies.intents import intent_of, is_chatter
from knowledge.replies.numerals import number
from knowledge.replies.parts import CLAUSE, DEEDS, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.replies.marks import Mark, Masked
    from knowledge.replies.parts import Mode

_JOINT = re.compile(r"(?:[\s、,和跟与及&+/的那个这条件案号子两几]|还有|以及|兄弟|家)*")
_CUT = re.compile(r"[,。;!?~\s]")
_LINK = re.compile(r"[\s、,和跟与及&+/]|还有|以及")
_N = r"([一二两三四五六七八九十]|\d{1,2})"
_UNIT = r"(?:条|个|件|项)(?!月|小时|星期|礼拜|工作|人|字|栏|日期|名)"
_DONE_SOME = re.compile(
    rf"(?:改|弄|补|处理|整改|办|填|搞)(?:好|完|正)?(?:了|掉)?(?:其中)?{_N}{_UNIT}"
)
_SOME = re.compile(rf"(?<!第){_N}{_UNIT}")
_SO_MANY = re.compile(rf"(?:的|那|这|案子?)*({_N[1:-1]}|几){_UNIT}")
_EVERY = re.compile(
    r"(?<![成首每么谁哪])(?:都(?!说|跟|多|怪|这么|什么|几|已经?过|没人|市|在这)|均(?!衡)|统统|一并|一起)"
)
_WHOLE = re.compile(
    r"全都|全部|全改|全弄|全补|全是|以上|上述|这些|这几(?:条|个|件|项)|所有|全体|统一(?!回复|答复|反馈)|全(?=[改补弄填])"
)
_REST = re.compile(
    rf"其[他它余]的?|剩下的?|剩余的?|别的(?!院)|余下的?|另(?:外)?的?(?:那)?(?:{_N}|那)?{_UNIT}|另外(?:那|一)个"
)
_EXCEPT = re.compile(r"(?:(?<![解删扣消排])除了?|除开|除去|不包括|不含)[\s]*$")
_EXCEPTED = re.compile(r"\s?(?:除外|以外|之外|不算)(?=[,。;!\s]|$)")
_LEFT = re.compile(r"(?:(?:就|只|仅|还)(?:剩|差|有)(?:下|了)?|(?:剩|差)(?:下|了)?|就|只)[\s]*$")
_LEFT_HERE = re.compile(r"([^□]*?)(?:就|只|仅|还)?(?:剩|差|有)(?:下|了)?\s?□")
_NOT_DONE = re.compile(r"(?:没|未)(?:有)?(?:改|弄|补|填|处理|整改|办|好)")
_NAMES = re.compile(r"(?:[\u4e00-\u9fff]{2,6}[ 、]+){2,}")
_ADDRESS = re.compile(r"@?◎[\s,:]*")
_SAME = {("this", "this"), ("named", "this"), ("all", "all"), ("rest", "all"), ("except", "rest")}
_WAITING = {("except", "all"), ("some", "some")}
_NOTHING: frozenset[int] = frozenset()
_THIS = re.compile(r"(?:这|该|此)(?:一?(?:条|个|件|案|项))|本案")


@dataclass(frozen=True)
class Group:
    """Marks of items that stand together and name one thing, or several in a row."""

    start: int
    end: int
    items: frozenset[int]
    every: bool
    known: bool
    kinds: frozenset[str]


def cut(masked: Masked) -> list[Part]:
    """Return the parts of a text in order."""
    groups = list(_groups(masked))
    parts: list[Part] = []
    for start, end in ((m.start(), m.end()) for m in CLAUSE.finditer(masked.text)):
        inside = [group for group in groups if start <= group.start < end]
        new = (
            _named_parts(masked.text, start, end, inside)
            if inside
            else [_free(masked.text, start, end)]
        )
        for part in _with_others(new):
            _append(parts, part, masked.text)
    return _with_head(parts) or [Part(0, 0, "", "free")]


def _groups(masked: Masked) -> Iterator[Group]:
    marks = [(at, mark) for at, mark in sorted(masked.marks.items()) if mark.kind == "item"]
    group: Group | None = None
    for at, mark in marks:
        if group and _stand_together(masked.text, group, at):
            linked = _LINK.search(masked.text, group.end, at) is not None
            group = _joined(group, at, mark, linked=linked)
            continue
        if group:
            yield group
        group = Group(at, at + 1, mark.items, mark.every, bool(mark.items), frozenset({mark.how}))
    if group:
        yield group


def _stand_together(text: str, group: Group, at: int) -> bool:
    """Whether a mark goes on in the row of a group: A01,A02都改了 but not 明天批□,□没办法."""
    if at - group.end > 8 or not _JOINT.fullmatch(text, group.end, at):
        return False
    if not _CUT.search(text, group.end, at):
        return True
    start = max((m.end() for m in _CUT.finditer(text, 0, group.start)), default=0)
    return not _says_something(text[start : group.start])


def _joined(group: Group, at: int, mark: Mark, *, linked: bool) -> Group:
    common = group.items & mark.items
    known = group.known and bool(mark.items)
    kinds = group.kinds | {mark.how}
    if common and (mark.how not in group.kinds or not linked):
        return Group(group.start, at + 1, common, group.every, known, kinds)
    several = common != group.items or common != mark.items
    return Group(
        group.start, at + 1, group.items | mark.items, group.every or several, known, kinds
    )


def _named_parts(text: str, start: int, end: int, groups: list[Group]) -> list[Part]:
    cuts = [start, *(group.start for group in groups[1:]), end]
    if len(groups) > 1 and _says_something(text[start : groups[0].start]):
        cuts = [start, *(group.end for group in groups[:-1]), end]
    return [_named(text, cuts[index], cuts[index + 1], group) for index, group in enumerate(groups)]


def _says_something(text: str) -> bool:
    return len(text) > 1 and intent_of(text) not in {"none", "ack"}


def _named(text: str, start: int, end: int, group: Group) -> Part:
    words = text[start:end]
    before = text[start : group.start]
    mode: Mode = "named"
    if _EXCEPT.search(before) or _EXCEPTED.match(text, group.end, end):
        mode = "except"
    elif _LEFT.search(before):
        mode = "left"
    several = _SOME.search(text[group.end : end])
    every = (
        group.every
        or bool(_EVERY.search(words))
        or (several is not None and several[1] in "两二2三3")
    )
    pointed = _SO_MANY.match(text, group.end, end)
    count = (2 if pointed[1] == "几" else number(pointed[1])) if pointed else None
    return Part(start, end, words, mode, group.items, every, group.known, count)


def _with_others(parts: list[Part]) -> list[Part]:
    """Let 都改了就剩□ and 只有□没改 speak of the other items too."""
    first = parts[0]
    if first.mode != "left":
        return parts
    before = _LEFT_HERE.match(first.text)
    if before and before[1] and _says_something(before[1]):
        others = replace(first, end=first.start, text=before[1], mode="rest", items=_NOTHING)
        return [others, replace(first, text=first.text[len(before[1]) :])]
    if _NOT_DONE.search(first.text):
        return [*parts, replace(first, start=first.end, text="已改", mode="rest", items=_NOTHING)]
    return parts


def _free(text: str, start: int, end: int) -> Part:
    words = text[start:end]
    part = Part(start, end, words, "free")
    if _REST.search(words):
        return replace(part, mode="rest", count=_counted(_REST.search(words)))
    done = _DONE_SOME.search(words)
    if done:
        return replace(part, mode="some", count=number(done[1]))
    some = _SOME.findall(words)
    if some:
        return replace(part, mode="some", count=number(some[-1]))
    if _WHOLE.search(words):
        return replace(part, mode="all", every=True)
    if _EVERY.search(words):
        return replace(part, mode="all")
    return replace(part, mode="this") if _THIS.search(words) else part


def _counted(match: re.Match[str] | None) -> int | None:
    return number(match[1]) if match and match[1] else None


def _append(parts: list[Part], part: Part, text: str) -> None:
    """Add a part, or let it continue the one before."""
    last = parts[-1] if parts else None
    if last is None:
        parts.append(part)
        return
    if _continues(last, part):
        every = last.every or (part.mode == "all")
        mode = last.mode
        parts[-1] = replace(
            last, end=part.end, text=text[last.start : part.end], every=every, mode=mode
        )
        return
    parts.append(part)


def _continues(last: Part, part: Part) -> bool:
    if part.mode == "free":
        return True
    if part.mode == "named":
        return last.mode == "named" and part.items == last.items
    if part.mode == "all" and last.mode == "named":
        return not part.every or intent_of(last.text) == "none"
    if (last.mode, part.mode) in _WAITING:
        return intent_of(last.text) == "none"
    return (last.mode, part.mode) in _SAME


def _listed(text: str) -> bool:
    """Whether a text is a row of names that mean nothing here: 鑫达 宏图 都改了."""
    return _NAMES.fullmatch(text) is not None and intent_of(text) == "none" and not is_chatter(text)


def _with_head(parts: list[Part]) -> list[Part]:
    """Give an opening that names nothing (收到, 在外地) to what follows."""
    if len(parts) < 2 or parts[0].mode not in {"free", "this"}:
        return parts
    if parts[0].mode == "this" and parts[1].mode != "named":
        return parts
    head, following = parts[0], parts[1]
    if head.mode == "free" and following.mode == "all" and _listed(head.text):
        following = replace(following, mode="named", known=False)
    says = intent_of(head.text) in DEEDS and not _ADDRESS.fullmatch(head.text)
    if says and intent_of(following.text) != "none":
        return parts
    joined = replace(following, start=head.start, text=head.text + following.text)
    return [joined, *parts[2:]]
