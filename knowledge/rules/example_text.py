"""An example of a rule as a rule file has it: written to be pasted under `examples`, read back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml

from knowledge import strict_yaml
from knowledge.rules.entries import Entry
from knowledge.rules.example_reader import BLANK, read_example

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.cards import Value
    from knowledge.rules.rule import Example

SOMEBODY = "某某"
NAMES = ("姓名", "承办检察官", "检察官助理", "案件名称", "嫌疑人", "辩护人", "代理人")
NUMBERS = ("部门受案号", "统一受案号", "嫌疑人编号")


def card_of(values: Mapping[str, Value], columns: Iterable[str]) -> dict[str, object]:
    """Return some columns of a card as an example states them; whose case it is does not show.

    A column the card lacks stays out, a blank one is 空, a name only tells that there is one.
    """
    found: dict[str, object] = {}
    for name in dict.fromkeys(columns):
        if name in values and name not in NUMBERS:
            found[name] = _stated(name, values[name])
    return found


def _stated(name: str, value: Value) -> object:
    if value is None:
        return BLANK
    if any(word in name for word in NAMES):
        return SOMEBODY
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def written(examples: Iterable[Mapping[str, Any]]) -> str:
    """Write examples as the items of a rule's `examples`."""
    text = yaml.safe_dump(list(map(dict, examples)), allow_unicode=True, sort_keys=False, width=100)
    # a day in quotes says the same; without them it reads as in the shipped rules
    return "".join(f"{_bare(line)}\n" for line in text.splitlines())


def _bare(line: str) -> str:
    key, sign, value = line.partition(": ")
    inner = value.strip("'")
    try:
        date.fromisoformat(inner[:10])
    except ValueError:
        return line
    return f"{key}{sign}{inner}" if value != inner else line


def read(text: str, name: str) -> tuple[Example, ...]:
    """Read examples as they were written.

    Raises:
        KnowledgeError: one of them is none.
    """
    return tuple(read_example(Entry(node, name)) for node in strict_yaml.loads(text, name))
