"""From facts to what a template sees: Chinese names, safe text, nothing that is not allowed."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers.documents.chart_facts import Chart
from handlers.documents.citing import cite, cite_all, written_day
from handlers.documents.errors import FactMissingError
from handlers.documents.naming import naming_of
from handlers.documents.plain_text import for_template, has_forbidden
from handlers.findings.case_reference import MINOR
from knowledge import chinese
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field
    from typing import Any, NoReturn

    from _typeshed import DataclassInstance

    from handlers.desk import Clearance
    from handlers.documents.naming import Naming

REPLACED = "原文中有文档不能保存的控制字符，已用可见的符号代替。"


class AbsentFieldError(Exception):
    """A template prints a field that is empty in these facts."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Absent:
    """An empty optional field: false to {% if %}, nothing to {% for %}, an error to print."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Absent:
        return self

    def __next__(self) -> NoReturn:
        raise StopIteration

    def __len__(self) -> int:
        return 0

    def __html__(self) -> NoReturn:
        raise AbsentFieldError(self.name)

    __str__ = __html__


def build(
    facts: DataclassInstance, clearance: Clearance, drawn: Callable[[Chart], object]
) -> dict[str, object]:
    """Return what the template of these facts may use, by Chinese name.

    On an internet door only the fields that may be seen there exist at all, so that no template,
    however edited, can print the others. `drawn` turns a chart into what stands in the text.

    Raises:
        FactMissingError: a field that the paper must carry is empty.
    """
    builder = _Builder(
        title=str(getattr(facts, "document_title", type(facts).__name__)),
        clearance=clearance,
        draft=bool(getattr(facts, "draft", False)),
        drawn=drawn,
    )
    context = builder.of(facts, place="", hidden=False)
    context["草稿"] = builder.draft
    context["替代说明"] = for_template(REPLACED) if builder.replaced else Absent("替代说明")
    return context


@dataclass
class _Builder:
    title: str
    clearance: Clearance
    draft: bool
    drawn: Callable[[Chart], object]
    replaced: bool = False

    def of(self, facts: DataclassInstance, *, place: str, hidden: bool) -> dict[str, object]:
        hidden = hidden or bool(getattr(facts, "hides_names", False))
        covered = hidden and bool(getattr(facts, "is_personal", True))
        context: dict[str, object] = {}
        for one in fields(facts):
            naming = naming_of(one)
            if naming is None or (self.clearance == "internet" and not naming.internet):
                continue
            value = self._present(facts, one, naming, place)
            if covered and naming.personal and not isinstance(value, Absent):
                value = MINOR
            context[naming.name] = self._shown(value, f"{place}{naming.name}", hidden=hidden)
        return context

    def _present(
        self, facts: DataclassInstance, one: Field[Any], naming: Naming, place: str
    ) -> object:
        value = getattr(facts, one.name)
        if value is not None and value != () and not (isinstance(value, str) and not value.strip()):
            return value
        if naming.optional:
            return Absent(f"{place}{naming.name}")
        if self.draft and naming.draft is not None:
            return naming.draft
        raise FactMissingError(self.title, f"{place}{naming.name}")

    def _shown(self, value: object, name: str, *, hidden: bool) -> object:
        if isinstance(value, Absent | bool):
            return value
        if isinstance(value, tuple):
            return self._list(value, name, hidden=hidden)
        if isinstance(value, Chart):
            return self.drawn(value)
        if is_dataclass(value) and not isinstance(value, Citation | type):
            return self.of(value, place=f"{name}的", hidden=hidden)
        text = _text(value)
        self.replaced = self.replaced or has_forbidden(text)
        return for_template(text)

    def _list(self, values: tuple[object, ...], name: str, *, hidden: bool) -> object:
        citations = tuple(one for one in values if isinstance(one, Citation))
        if citations:
            return for_template(cite_all(citations))
        shown: list[object] = []
        for place, value in enumerate(values, start=1):
            here = f"{name}第{place}项"
            one = self._shown(value, here, hidden=hidden)
            if isinstance(one, dict):
                one |= {"序号": place, "汉字序号": chinese.numeral(place)}
            elif isinstance(one, str) and not one.strip():
                raise FactMissingError(self.title, here)
            shown.append(one)
        return shown


def _text(value: object) -> str:
    if isinstance(value, Citation):
        return cite(value)
    return written_day(value) if isinstance(value, date) else str(value)
