"""Groups and business lines (条线) that cases are counted under; the office may have its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import chinese, strict_yaml
from knowledge.errors import KnowledgeError
from knowledge.fields import heading_key, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHIPPED = Path(__file__).with_name("business_lines.yaml")
UNSORTED = "未归类"
"""The group and line of a case that fits none: it is never guessed."""
NOT_FILLED = "未填"
"""The row of cases whose card names no type or no department."""
_LINE_KEYS = frozenset({"name", "case_types", "departments"})


class BusinessLinesError(KnowledgeError):
    """The file of groups and lines cannot be used."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"业务条线 {name} 第 {line} 行：{reason}。请改正后重新运行")


@dataclass(frozen=True)
class Line:
    """One business line; without `departments` those of every department belong to it."""

    name: str
    group: str
    case_types: tuple[str, ...]
    departments: tuple[str, ...] = ()

    def fits(self, case_type: str, department: str) -> bool:
        """Tell whether a case belongs here, by its type's comparable form and its department."""
        if not (self.case_types or self.departments):
            return False
        of_type = not self.case_types or case_type in self.case_types
        return of_type and (not self.departments or department in self.departments)


@dataclass(frozen=True)
class BusinessLines:
    """Groups and lines in their fixed order, and the fixed order of departments."""

    groups: tuple[str, ...]
    lines: tuple[Line, ...]
    departments: tuple[str, ...] = ()

    @cached_property
    def _known(self) -> dict[tuple[str | None, str | None], tuple[str, str]]:
        return {}

    def of(self, case_type: str | None, department: str | None) -> tuple[str, str]:
        """Return group and line of a case; the first line that fits, else 未归类 twice."""
        key = (case_type, department)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(case_type, department)
        return found

    def _find(self, case_type: str | None, department: str | None) -> tuple[str, str]:
        type_key = _type_key(case_type) if case_type else ""
        for line in self.lines:
            if line.fits(type_key, department or ""):
                return line.group, line.name
        return UNSORTED, UNSORTED

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Return departments in the fixed order: as listed, then by the number in their names."""
        listed = {name: place for place, name in enumerate(self.departments)}

        def rank(name: str) -> tuple[int, int, int, str]:
            place = listed.get(name, len(listed))
            numbered = next((at for at, sign in enumerate(name) if chinese.number(sign)), None)
            value = None if numbered is None else chinese.number(name[numbered])
            return (place, name == NOT_FILLED, value or 99, name)

        return sorted(set(names), key=rank)


def case_type_name(case_type: str | None) -> str:
    """Return the one name of a case type however it is written; an unknown one as it stands."""
    if not case_type:
        return NOT_FILLED
    known = registry().case_type(case_type)
    return known.name if known else case_type


def case_types_in_order(names: Iterable[str]) -> list[str]:
    """Return case types in the order of the registry, unknown ones after them."""
    places = {name: place for place, name in enumerate(registry().case_types)}
    return sorted(set(names), key=lambda name: (places.get(name, len(places)), name))


def load(own: Path | None = None) -> BusinessLines:
    """Read the office's own file where it is there, else the shipped one.

    Raises:
        BusinessLinesError, YamlError: the file cannot be used.
    """
    if own is not None and own.exists():
        return _read(own)
    return shipped()


@cache
def shipped() -> BusinessLines:
    """Return the lines that come with the product."""
    return _read(SHIPPED)


def _read(path: Path) -> BusinessLines:
    content = strict_yaml.load(path)
    if not isinstance(content, strict_yaml.Node) or set(content) - {"groups", "departments"}:
        raise BusinessLinesError(path.name, 1, "只写 groups 和 departments 两项")
    groups = content.get("groups")
    if not isinstance(groups, list) or not groups:
        raise BusinessLinesError(path.name, 1, "缺少 groups 一项")
    lines = tuple(line for group in groups for line in _lines(path.name, group))
    _refuse_twice(path.name, [group.line for group in groups], lines)
    departments = _texts(path.name, content, "departments")
    return BusinessLines(tuple(str(group["name"]) for group in groups), lines, departments)


def _lines(name: str, group: Any) -> Iterator[Line]:
    if not isinstance(group, strict_yaml.Node) or set(group) != {"name", "lines"}:
        raise BusinessLinesError(name, getattr(group, "line", 1), "每组只写 name 和 lines")
    if not isinstance(group["lines"], list):
        raise BusinessLinesError(name, group.line_of("lines"), "lines 应当是一个列表")
    for entry in group["lines"]:
        if not isinstance(entry, strict_yaml.Node) or not {"name"} <= set(entry) <= _LINE_KEYS:
            where = getattr(entry, "line", group.line)
            raise BusinessLinesError(name, where, "每条线只写 name、case_types、departments")
        types = tuple(_type_key(one) for one in _texts(name, entry, "case_types"))
        departments = _texts(name, entry, "departments")
        yield Line(str(entry["name"]), str(group["name"]), types, departments)


def _texts(name: str, entry: strict_yaml.Node, key: str) -> tuple[str, ...]:
    found = entry.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BusinessLinesError(name, entry.line_of(key), f"{key} 应当是一列文字")
    return tuple(found)


def _refuse_twice(name: str, at: list[int], lines: tuple[Line, ...]) -> None:
    taken: dict[str, str] = {}
    for line in lines:
        for one in () if line.departments else line.case_types:
            before = taken.setdefault(one, line.name)
            if before != line.name:
                raise BusinessLinesError(name, at[0], f"“{one}”同时写在{before}和{line.name}")


def _type_key(case_type: str) -> str:
    return heading_key(case_type_name(case_type))
