"""How a report is written: parts, paragraphs, charts and tables, in a file the office may edit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers.documents.errors import DocumentError
from knowledge import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("layouts")
_TOP = frozenset({"name", "addressee", "parts", "annexes", "zeros", "lists"})
_PART = frozenset({"heading", "paragraphs", "charts", "tables"})
_EACH = frozenset({"each", "text"})


class LayoutError(DocumentError):
    """A layout cannot be used; says which file, where in it, and what to do."""

    def __init__(self, name: str, place: str, reason: str) -> None:
        super().__init__(
            f"报告写法 {name} 的{place}：{reason}。请改正，或移走这个文件，改用自带的写法"
        )


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; with `each` it is written once for every entry of that list."""

    text: str
    each: str = ""


@dataclass(frozen=True)
class PartLayout:
    """One headed part, with the charts and tables that stand in it by their keys."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    charts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A whole report; `file` is named in faults.

    `zeros`: lines of an annex in which nothing was counted are printed too.
    """

    file: str
    name: str
    parts: tuple[PartLayout, ...]
    addressee: str = ""
    annexes: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    zeros: bool = True


def load(kind: str, templates: Path | None) -> Layout:
    """Read the layout of a kind of report, the office's own before the shipped one.

    Raises:
        LayoutError, YamlError: it cannot be used.
    """
    file_name = f"{kind}.yaml"
    own = templates / file_name if templates is not None else None
    path = own if own is not None and own.is_file() else SHIPPED / file_name
    return _layout(path.name, strict_yaml.load(path))


def _layout(name: str, content: Any) -> Layout:
    top = _mapping(name, "开头", content, _TOP)
    parts = top.get("parts")
    if not isinstance(parts, list) or not parts:
        raise LayoutError(name, "parts", "应当是一个列表，至少有一个部分")
    return Layout(
        file=name,
        name=_text(name, "name", top.get("name")),
        addressee=_text(name, "addressee", top.get("addressee", "")),
        parts=tuple(_part(name, f"第{place}部分", one) for place, one in enumerate(parts, 1)),
        annexes=_texts(name, "annexes", top.get("annexes")),
        lists=_texts(name, "lists", top.get("lists")),
        zeros=_yes(name, "zeros", top.get("zeros", True)),
    )


def _part(name: str, place: str, content: Any) -> PartLayout:
    told = _mapping(name, place, content, _PART)
    paragraphs = told.get("paragraphs") or []
    if not isinstance(paragraphs, list):
        raise LayoutError(name, place, "paragraphs 应当是一个列表")
    return PartLayout(
        heading=_text(name, place, told.get("heading")),
        paragraphs=tuple(
            _paragraph(name, f"{place}第{number}段", one)
            for number, one in enumerate(paragraphs, 1)
        ),
        charts=_texts(name, place, told.get("charts")),
        tables=_texts(name, place, told.get("tables")),
    )


def _paragraph(name: str, place: str, content: Any) -> Paragraph:
    if isinstance(content, str):
        return Paragraph(content)
    told = _mapping(name, place, content, _EACH)
    each, text = _text(name, place, told.get("each")), _text(name, place, told.get("text"))
    return Paragraph(text, each)


def _mapping(name: str, place: str, content: Any, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise LayoutError(name, place, "应当写成“键: 值”")
    unknown = sorted(set(content) - known)
    if unknown:
        raise LayoutError(name, place, f"没有“{unknown[0]}”这个键")
    return content


def _text(name: str, place: str, content: Any) -> str:
    if not isinstance(content, str):
        raise LayoutError(name, place, "应当是文字")
    return content


def _yes(name: str, place: str, content: Any) -> bool:
    if not isinstance(content, bool):
        raise LayoutError(name, place, "应当是 true 或者 false")
    return content


def _texts(name: str, place: str, content: Any) -> tuple[str, ...]:
    if content is None:
        return ()
    if not isinstance(content, list) or not all(isinstance(one, str) for one in content):
        raise LayoutError(name, place, "应当是一列文字")
    return tuple(content)
