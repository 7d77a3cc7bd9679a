"""Links from rules to imported provisions: proposed, confirmed by the officer, kept in the home."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from knowledge.laws import shelf
from knowledge.laws.faults import DamagedShelfError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from knowledge.laws.model import Article, OfficialText

_FILE = "links.json"


@dataclass(frozen=True)
class Link:
    """A rule rests on an imported provision; `seen` marks the text that was confirmed."""

    rule: str
    document: str
    article: str
    seen: str

    @property
    def id(self) -> str:
        """Return what the officer types to confirm: the rule and four characters."""
        place = hashlib.sha256(f"{self.document}{self.article}".encode()).hexdigest()
        return f"{self.rule}:{place[:4]}"


def link(rule: str, text: OfficialText, article: Article) -> Link:
    """Make a link to an article as it stands now."""
    return Link(rule, text.title, article.label, _digest(article))


def confirmed(home: Path) -> tuple[Link, ...]:
    """Return the links that an officer has confirmed.

    Raises:
        DamagedShelfError: the file in the home cannot be read back.
    """
    path = shelf.folder(home) / _FILE
    if not path.is_file():
        return ()
    try:
        return tuple(Link(**one) for one in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedShelfError(path.name) from error


def confirm(home: Path, new: Iterable[Link]) -> None:
    """Keep links; one to the same provision again takes the place of the earlier one."""
    kept = {one.id: one for one in (*confirmed(home), *new)}
    path = shelf.folder(home) / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    content = [asdict(one) for one in kept.values()]
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - atomic on one file system, and named so


def orphans(links: Iterable[Link], texts: Sequence[OfficialText]) -> list[tuple[Link, str]]:
    """Return the links whose provision is gone or reads otherwise now, each with the reason."""
    there = {(text.title, one.label): _digest(one) for text in texts for one in text.articles}
    found: list[tuple[Link, str]] = []
    for one in links:
        now = there.get((one.document, one.article))
        if now is None:
            found.append((one, "条文已不存在"))
        elif now != one.seen:
            found.append((one, "条文内容已变化"))
    return found


def _digest(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()[:16]
