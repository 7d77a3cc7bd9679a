"""Say a condition in words, for one who reads what a rule asks and does not write rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.rules.unparse import written

if TYPE_CHECKING:
    from knowledge.rules.syntax import Node

_LIST = re.compile(r" (?P<sign>[∈∉]) \{(?P<values>.+?)\}")
_CHARGES = re.compile(r"(?P<only>只有)?案由类\((?P<cells>[^()]+), (?P<list>[^,()]+)\)")
_OF_DAYS = (("≥", "不早于"), ("≤", "不晚于"), ("<", "早于"), (">", "晚于"))
_OF_NUMBERS = (("≥", "不少于"), ("≤", "不超过"), ("<", "小于"), (">", "超过"))
_SIGNS = (
    (re.compile(r" ([+-]) \{(.+?)\}日"), r" \1 “\2”（本院设置）"),
    *((re.compile(rf" {sign} 今天"), f"{words}今天") for sign, words in _OF_DAYS),
    (re.compile(r" = (是|否)(?=[ ),]|$)"), r"为“\1”"),
    (re.compile(r" ≠ (是|否)(?=[ ),]|$)"), r"不为“\1”"),
    (re.compile(r" = "), "为"),
    (re.compile(r" ≠ "), "不为"),
    (re.compile(r" (为空|非空)"), r"\1"),
    (re.compile(r" (不?含) ([^ ),]+)"), r"\1“\2”"),
    (re.compile(r"无记录\((.+?)\)"), r"没有\1记录"),
    (re.compile(r"(逮捕|公诉)\."), r"\1环节的"),
    (re.compile(r" ⊆ "), "不超出"),
    *((re.compile(rf"(?<=日期|时间|今天) {sign} "), words) for sign, words in _OF_DAYS),
    *((re.compile(rf" {sign} "), words) for sign, words in _OF_NUMBERS),
    (re.compile(r"非 \("), "并非 ("),
    (re.compile(r"绝对差\("), "相差日数("),
)
"""Names of columns and values hold none of these signs."""


def in_words(node: Node) -> str:
    """Return a condition with its signs as words."""
    text = _CHARGES.sub(_listed, _LIST.sub(_one_of, written(node)))
    for pattern, words in _SIGNS:
        text = pattern.sub(words, text)
    return text


def _one_of(found: re.Match[str]) -> str:
    no = "不" if found["sign"] == "∉" else ""
    return f"{no}属于{found['values'].replace(', ', '、')}"


def _listed(found: re.Match[str]) -> str:
    cells = found["cells"].replace(", ", "、")
    return f"{cells}{'都属于' if found['only'] else '有'}“{found['list']}”罪名"
