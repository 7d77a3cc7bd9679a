"""How an official text is shown: what was read of it, what it would change, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.laws import review, shelf
from knowledge.laws.model import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from knowledge.laws.model import OfficialText
    from knowledge.laws.review import Review

MOST = 20
UNDATED = "日期不明"


def preview(found: Review, today: date | None = None) -> Iterator[str]:
    """Say what was read of a text and what importing it would change, a line for each fact."""
    text = found.text
    yield f"《{text.title}》"
    yield f"{text.kind}，{version(text)}，共 {count(text)}"
    yield from _numbering(found)
    if not text.version:
        yield "没有找到施行日期，请补上日期，否则不能与旧版区分"
    if text.day is not None and today is not None and text.day > today:
        yield f"尚未施行，{text.version} 起才用于回答"
    if found.known is not None:
        yield "已导入过，没有变化"
        return
    yield from _changes(found)


def _numbering(found: Review) -> Iterator[str]:
    text = found.text
    if text.gaps:
        yield f"条号不连续，缺第 {numbers(text.gaps)} 条，请核对原文"
    if text.repeated:
        yield f"条号重复，第 {numbers(text.repeated)} 条出现两次以上，只取第一次"
    yield from text.remarks[:MOST]
    if found.empty:
        yield f"没有内容：{'、'.join(found.empty[:MOST])}"
    if not (text.gaps or text.repeated or text.remarks or found.empty):
        yield "编号连续，没有重复"


def _changes(found: Review) -> Iterator[str]:
    text = found.text
    if found.replaced is not None:
        yield _replacing(text, found.replaced)
    if found.older is not None:
        said = f"（{_compared(text, found.older)}），旧版留作旧案引用"
        yield f"代替 {found.older.version or UNDATED} 的旧版{said}"
    if found.newer is not None:
        newer = found.newer.version
        yield f"库中已有更新的 {newer} 版，这一份只用于 {newer} 以前的旧案"
    if found.sibling is not None:
        yield f"与库中《{found.sibling.title}》是两份文本，分开存放，互不代替"
    elif text.on_trial:
        yield "试行文本，与正式文本分开存放"
    if found.repeals:
        named = "、".join(f"《{title}》" for title in found.repeals)
        yield f"文中写明废止{named}，导入后标为已废止，只用于旧案"


def _replacing(text: OfficialText, replaced: OfficialText) -> str:
    if replaced.says_the_same_as(text):
        before = replaced.version or UNDATED
        return f"与已导入的 {before} 版内容相同，只是日期不同，将以这一份的日期为准"
    return f"将替换同一日期的已有文本（{_compared(text, replaced)}）"


def _compared(text: OfficialText, other: OfficialText) -> str:
    found = review.difference(text, other)
    unit = text.counted_in
    said = ((found.changed, "修改"), (found.added, "新增"), (found.removed, "删去"))
    parts = [f"{word} {number} {unit}" for number, word in said if number]
    return "，".join(parts) or "条文未变"


def version(text: OfficialText) -> str:
    """Say which version a text is."""
    return f"{text.version} 版" if text.version else UNDATED


def count(text: OfficialText) -> str:
    """Say how much a text has: 684 条, 52 点."""
    return f"{len(text.articles)} {text.counted_in}"


def standing(text: OfficialText, stored: Sequence[OfficialText], today: date) -> str:
    """Say whether a stored text is in force, from when not, or until when it was."""
    gone = shelf.repealed(stored, today)
    later = [
        one.version for one in stored if one.title == text.title and one.version > text.version
    ]
    if later:
        return f"旧版，{min(later)} 前有效"
    if text.title in gone:
        by = gone[text.title]
        if by.title == text.title:
            return f"{text.standing} 起废止"
        return f"{by.version or UNDATED}废止，见《{by.title}》"
    if text.standing and text.standing != IN_FORCE:
        return f"有效，{text.standing} 起废止"
    if text.day is not None and text.day > today:
        return f"尚未施行，{text.version} 起"
    return "有效"


def numbers(found: Sequence[int]) -> str:
    """Name some numbers, the rest as 等."""
    shown = "、".join(map(str, found[:MOST]))
    return shown + ("等" if len(found) > MOST else "")
