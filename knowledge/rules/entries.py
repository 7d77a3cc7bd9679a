"""Typed access to an entry of a rule file; whatever is wrong names file, line and reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.fields import registry
from knowledge.periods import Amount, AmountError
from knowledge.rules import language
from knowledge.rules.faults import ConditionError, RuleFileError
from knowledge.rules.syntax import Field
from knowledge.strict_yaml import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knowledge.rules.syntax import Condition, Term

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True)
class Entry:
    """A mapping of a rule file together with the file's name."""

    node: Node
    file: str

    def fault(self, key: str | None, reason: str) -> RuleFileError:
        """Return the fault that says what is wrong with a key, or with the whole entry."""
        line = self.node.line if key is None else self.node.line_of(key)
        return RuleFileError(self.file, line, reason if key is None else f"{key} {reason}")

    def allow(self, required: Iterable[str], optional: Iterable[str]) -> None:
        """Refuse unknown keys and missing ones."""
        required = tuple(required)
        known = {*required, *optional}
        for key in self.node:
            if key not in known:
                raise RuleFileError(self.file, self.node.line_of(key), f"不认识的项“{key}”")
        for key in required:
            if key not in self.node:
                raise self.fault(None, f"缺少“{key}”")

    def has(self, key: str) -> bool:
        """Tell whether a key is given with a value."""
        return self.node.get(key) is not None

    def text(self, key: str) -> str:
        """Return a text, trimmed; it must not be empty."""
        value = self.node.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "应当是文字，不能为空")
        return value.strip()

    def maybe_text(self, key: str) -> str:
        """Return a text, empty where the key is absent."""
        return self.text(key) if self.has(key) else ""

    def flag(self, key: str, *, default: bool) -> bool:
        """Return a yes or no."""
        value = self.node.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, "应当写 true 或 false")
        return value

    def whole(self, key: str) -> int:
        """Return a whole number that is not negative."""
        value = self.node.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(key, "应当是不小于 0 的整数")
        return value

    def one_of(self, key: str, words: Mapping[str, T]) -> T:
        """Return what a word stands for."""
        word = self.text(key)
        if word not in words:
            raise self.fault(key, f"“{word}”不在可选的写法里：{'、'.join(words)}")
        return words[word]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is absent."""
        value = self.node.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise self.fault(key, "应当是一列文字，如 [受理日期, 决定日期]")
        if len(set(value)) != len(value):
            raise self.fault(key, "里有一项写了两次")
        return tuple(value)

    def entry(self, key: str) -> Entry:
        """Return a nested mapping."""
        value = self.node.get(key)
        if not isinstance(value, Node):
            raise self.fault(key, "应当写成若干“项: 值”")
        return Entry(value, self.file)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return a list of mappings, empty where the key is absent."""
        value = self.node.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, Node) for each in value):
            raise self.fault(key, "应当是一列“项: 值”")
        return tuple(Entry(each, self.file) for each in value)

    def day(self, key: str) -> date:
        """Return a day written as 2026-06-15."""
        text = self.node.get(key)
        if isinstance(text, str) and _DAY.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        raise self.fault(key, f"“{text}”不是日期，请写成 2026-06-15")

    def maybe_day(self, key: str) -> date | None:
        """Return a day, None where the key is absent."""
        return self.day(key) if self.has(key) else None

    def amount(self, key: str) -> Amount:
        """Return a length of time."""
        try:
            return Amount.parse(self.text(key))
        except AmountError as error:
            raise self.fault(key, f"有误：{error}") from error

    def field(self, key: str) -> Field:
        """Return a column."""
        name = self.text(key)
        self.known(key, name)
        return Field(name)

    def known(self, key: str, name: str) -> None:
        """Refuse a column that is not in the registry of fields."""
        if name not in registry().fields:
            raise self.fault(key, f"里的“{name}”不是字段规范表里的栏目")

    def condition(self, key: str) -> Condition:
        """Return a condition."""
        return self._parsed(key, language.condition)

    def maybe_condition(self, key: str) -> Condition | None:
        """Return a condition, None where the key is absent."""
        return self.condition(key) if self.has(key) else None

    def term(self, key: str) -> Term:
        """Return a term, such as 决定日期 + 4日."""
        return self._parsed(key, language.term)

    def _parsed(self, key: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.text(key))
        except ConditionError as error:
            raise self.fault(key, str(error)) from error


def as_entry(value: Any, file: str) -> Entry:
    """Return the whole content of a file as an entry."""
    if not isinstance(value, Node):
        raise RuleFileError(file, 1, "应当写成若干“项: 值”")
    return Entry(value, file)
