"""Tell the kind of a sheet by its headings, never by its file name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knowledge.fields import CASE_TYPE, OFFICE, PERSON_NO, heading_key

if TYPE_CHECKING:
    from knowledge.cards import SheetKind
    from knowledge.fields import PersonReport, Registry
    from storage.exports.header import Header

_ERRORS = frozenset({"错误明细", "规则编号", "冲突说明"})
_DOCUMENT = "文书类别"
_DOCUMENTS = frozenset({"不公开原因", "公开状态"})
_OF_CARDS = frozenset({PERSON_NO, "受理日期", "决定日期", "到期日期"})


class Kind(NamedTuple):
    """What a sheet is; `report` only where its header set leaves no doubt."""

    name: SheetKind
    report: str | None = None


def tell_kind(header: Header, registry: Registry) -> Kind:
    """Return the kind of a sheet from its columns."""
    names = header.headings().keys()
    if names & _ERRORS:
        return Kind("error_list")
    if _DOCUMENT in names or (names & _DOCUMENTS and not names & _OF_CARDS):
        return Kind("publication_list")
    written = {heading_key(column.heading) for column in header.columns}
    reports = [each for each in registry.person_reports if _fits(each, written)]
    if len(reports) == 1:
        return Kind("person_report", reports[0].report)
    if PERSON_NO in names and not names & {CASE_TYPE, OFFICE}:
        return Kind("person_report")
    return Kind("case_list")


def _fits(report: PersonReport, written: set[str]) -> bool:
    needed = {heading_key(heading) for heading in report.identify}
    never = {heading_key(heading) for heading in report.never_has}
    return needed <= written and not never & written
