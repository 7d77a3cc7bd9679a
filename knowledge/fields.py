"""The registry of card fields: names, types, synonyms, codes, derivations and case types.

Everything is read from fields.yaml. `when` of a derivation stays text: the language of the rules
reads it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from knowledge import strict_yaml
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldType = Literal["text", "date", "datetime", "bool", "int", "number", "code", "list"]
Level = Literal["case", "person"]

CASE_NO = "部门受案号"
UNIFIED_NO = "统一受案号"
PERSON_NO = "嫌疑人编号"
CASE_TYPE = "案件类别"
OFFICE = "承办单位"
ACCEPTED = "受理日期"
NUMBERS = frozenset({CASE_NO, UNIFIED_NO, PERSON_NO})
BOOLEAN_CODES = "是否类"

_FILE = Path(__file__).with_name("fields.yaml")
_SPACE = re.compile(r"\s+")


class FieldRegistryError(KnowledgeError):
    """fields.yaml contradicts itself."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"字段规范表 fields.yaml 有误：{fault}。请改正后重试。")


@dataclass(frozen=True)
class Field:
    """One canonical column; `values` are the codes seen, not a closed list."""

    zh: str
    en: str
    type: FieldType
    level: Level
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseType:
    """A kind of case and the stages of the rules it belongs to."""

    name: str
    stages: tuple[str, ...]
    juvenile: bool
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One way to fill a field that is blank: another field, a value or a date expression.

    `value` 空 means "known not to have happened yet". `step` is the sentence for the explanation.
    `source` says in words where the value comes from, where no condition can say it.
    """

    step: str
    field: str | None = None
    value: str | int | None = None
    expr: str | None = None
    when: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Derivation:
    """How a field that no export fills is derived: the first source that holds is taken."""

    field: str
    sources: tuple[Source, ...]
    note: str | None = None
    mask: str | None = None


@dataclass(frozen=True)
class PersonReport:
    """A statistics report of one row per person, known by its header set."""

    report: str
    case_type: str
    stage: str
    identify: tuple[str, ...]
    never_has: tuple[str, ...]


@dataclass(frozen=True)
class Registry:
    """All that is known of fields, with look-ups by heading, by name and by code."""

    fields: Mapping[str, Field]
    case_types: Mapping[str, CaseType]
    derivations: Mapping[str, Derivation]
    person_reports: tuple[PersonReport, ...]
    code_map: Mapping[str, Mapping[str, str]]
    _headings: Mapping[str, str] = field(repr=False)
    _case_types: Mapping[str, CaseType] = field(repr=False)

    def canonical(self, heading: str) -> str | None:
        """Return the canonical name of a heading as exported, None when it is unknown."""
        return self._headings.get(heading_key(heading))

    def field(self, name: str) -> Field:
        """Return the field of a canonical name.

        Raises:
            FieldRegistryError: there is no such field.
        """
        try:
            return self.fields[name]
        except KeyError:
            raise FieldRegistryError(f"没有字段“{name}”") from None

    def case_type(self, text: str) -> CaseType | None:
        """Return the case type a cell of 案件类别 names, by its name or a synonym."""
        return self._case_types.get(heading_key(text))

    def codes(self, name: str) -> Mapping[str, str]:
        """Return what the code map replaces in a field; yes/no fields share one entry."""
        if self.fields[name].type == "bool":
            return self.code_map[BOOLEAN_CODES]
        return self.code_map.get(name, {})


def heading_key(text: str) -> str:
    """Return a heading in the form headings are compared in: one width, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


@cache
def registry() -> Registry:
    """Return the registry of fields.yaml, read once per process."""
    return load(_FILE)


def load(path: Path) -> Registry:
    """Read a registry and check that no name, synonym or reference contradicts another."""
    data = strict_yaml.load(path)
    fields = {entry["zh"]: _field(entry) for entry in data["fields"]}
    case_types = {entry["name"]: _case_type(entry) for entry in data["case_types"]}
    derivations = {entry["field"]: _derivation(entry) for entry in data["derived"]}
    reports = tuple(_person_report(entry) for entry in data["person_reports"])
    headings = _by_synonym({name: entry.aliases for name, entry in fields.items()}, "列名")
    types = _by_synonym({name: entry.aliases for name, entry in case_types.items()}, "案件类别")
    _check(fields, len(data["fields"]), derivations)
    return Registry(
        fields=fields,
        case_types=case_types,
        derivations=derivations,
        person_reports=reports,
        code_map=data["code_map"],
        _headings=headings,
        _case_types={key: case_types[name] for key, name in types.items()},
    )


def _field(entry: Mapping[str, Any]) -> Field:
    if entry["type"] not in get_args(FieldType) or entry["level"] not in get_args(Level):
        raise FieldRegistryError(f"“{entry['zh']}”的 type 或 level 不认识")
    return Field(
        zh=entry["zh"],
        en=entry["en"],
        type=entry["type"],
        level=entry["level"],
        aliases=tuple(entry["aliases"]),
        values=tuple(entry.get("values", ())),
    )


def _case_type(entry: Mapping[str, Any]) -> CaseType:
    return CaseType(
        name=entry["name"],
        stages=tuple(entry["stages"]),
        juvenile=entry["juvenile"],
        aliases=tuple(entry["aliases"]),
    )


def _derivation(entry: Mapping[str, Any]) -> Derivation:
    return Derivation(
        field=entry["field"],
        sources=tuple(Source(**source) for source in entry["from"]),
        note=entry.get("note"),
        mask=entry.get("mask"),
    )


def _person_report(entry: Mapping[str, Any]) -> PersonReport:
    return PersonReport(
        report=entry["report"],
        case_type=entry["case_type"],
        stage=entry["stage"],
        identify=tuple(entry["identify"]),
        never_has=tuple(entry["never_has"]),
    )


def _by_synonym(names: Mapping[str, tuple[str, ...]], what: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, aliases in names.items():
        for text in (name, *aliases):
            if found.setdefault(heading_key(text), name) != name:
                raise FieldRegistryError(f"{what}“{text}”有两个去处")
    return found


def _check(fields: Mapping[str, Field], listed: int, derivations: Mapping[str, Derivation]) -> None:
    if len(fields) != listed:
        raise FieldRegistryError("同一字段写了两次")
    if len({entry.en for entry in fields.values()}) != listed:
        raise FieldRegistryError("两个字段用了同一英文名")
    for derivation in derivations.values():
        for name in (derivation.field, *(source.field for source in derivation.sources)):
            if name is not None and name not in fields:
                raise FieldRegistryError(f"推导用到的字段“{name}”不存在")
