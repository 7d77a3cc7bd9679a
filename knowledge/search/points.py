"""The shipped points of knowledge/points: duties in our own words, each with its provision."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import strict_yaml
from knowledge.search.model import Point, Provision

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = Path(__file__).parent.parent / "points"
_ARTICLE = re.compile(r"第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?\Z")
_NEEDED = ("key", "title", "text", "document", "article", "questions", "aliases")
_KEYS = {*_NEEDED, "paragraph", "also", "rule"}
_PROVISION_KEYS = {"document", "article", "paragraph"}


def load_points(folder: Path = SHIPPED) -> tuple[Point, ...]:
    """Read every file of a folder.

    Raises:
        YamlError: a point without provision, an unknown or repeated key; names file and line.
    """
    points: dict[str, Point] = {}
    for path in sorted(folder.glob("*.yaml")):
        for node in _entries(strict_yaml.load(path), path.name):
            point = _point(node, path.name)
            if point.key in points:
                raise strict_yaml.YamlError(
                    path.name, node.line_of("key"), f"要点“{point.key}”写了两次"
                )
            points[point.key] = point
    return tuple(points.values())


def _entries(content: Any, name: str) -> Iterable[strict_yaml.Node]:
    if not isinstance(content, list):
        raise strict_yaml.YamlError(name, 1, "应当是要点的列表，每条以“- key:”开头")
    for entry in content:
        if not isinstance(entry, strict_yaml.Node):
            raise strict_yaml.YamlError(name, 1, f"“{entry}”不是要点，每条以“- key:”开头")
        yield entry


def _point(node: strict_yaml.Node, name: str) -> Point:
    _check_keys(node, name, needed=_NEEDED, known=_KEYS)
    provision = _provision(node, name)
    return Point(
        key=_text(node, "key", name),
        title=_text(node, "title", name),
        text=_text(node, "text", name),
        document=provision.document,
        article=provision.article,
        paragraph=provision.paragraph,
        rule=_text(node, "rule", name) if "rule" in node else None,
        questions=_lines(node, "questions", name),
        aliases=_lines(node, "aliases", name),
        also=_also(node, name),
    )


def _also(node: strict_yaml.Node, name: str) -> tuple[Provision, ...]:
    entries = node.get("also", [])
    if not isinstance(entries, list):
        raise strict_yaml.YamlError(name, node.line_of("also"), "“also”应当是依据的列表")
    provisions = []
    for entry in entries:
        if not isinstance(entry, strict_yaml.Node):
            raise strict_yaml.YamlError(name, node.line_of("also"), f"“{entry}”不是依据")
        _check_keys(entry, name, needed=("document", "article"), known=_PROVISION_KEYS)
        provisions.append(_provision(entry, name))
    return tuple(provisions)


def _provision(node: strict_yaml.Node, name: str) -> Provision:
    article = _text(node, "article", name)
    if not _ARTICLE.match(article):
        raise strict_yaml.YamlError(
            name, node.line_of("article"), f"条号“{article}”应写成“第二百八十二条”的样子"
        )
    paragraph = node.get("paragraph")
    if paragraph is not None and (not isinstance(paragraph, int) or paragraph < 1):
        raise strict_yaml.YamlError(name, node.line_of("paragraph"), "款应当是 1 以上的数字")
    return Provision(_text(node, "document", name), article, paragraph)


def _check_keys(
    node: strict_yaml.Node, name: str, *, needed: Iterable[str], known: set[str]
) -> None:
    for key in node:
        if key not in known:
            raise strict_yaml.YamlError(name, node.line_of(key), f"不认识的键“{key}”")
    for key in needed:
        if key not in node:
            missing = "缺少依据" if key in _PROVISION_KEYS else "缺少"
            raise strict_yaml.YamlError(name, node.line, f"要点{missing}“{key}”")


def _text(node: strict_yaml.Node, key: str, name: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise strict_yaml.YamlError(name, node.line_of(key), f"“{key}”应当是文字")
    return value


def _lines(node: strict_yaml.Node, key: str, name: str) -> tuple[str, ...]:
    value = node[key]
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise strict_yaml.YamlError(name, node.line_of(key), f"“{key}”应当是文字的列表")
    return tuple(value)
