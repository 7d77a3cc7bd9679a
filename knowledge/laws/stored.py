"""A text as it is kept in the home: to JSON and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knowledge.laws.faults import DamagedShelfError
from knowledge.laws.model import Article, OfficialText, Paragraph

if TYPE_CHECKING:
    from pathlib import Path


def written(text: OfficialText) -> str:
    """Return a text as JSON."""
    content = {
        "title": text.title,
        "version": text.version,
        "gaps": text.gaps,
        "repeated": text.repeated,
        "remarks": text.remarks,
        "source": text.source,
        "standing": text.standing,
        "articles": [
            {
                "number": one.number,
                "branch": one.branch,
                "headings": one.headings,
                "paragraphs": [{"text": p.text, "items": p.items} for p in one.paragraphs],
                **({"mark": one.mark} if one.mark else {}),
            }
            for one in text.articles
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def read(path: Path) -> OfficialText:
    """Read a text back.

    Raises:
        DamagedShelfError: it is not as it was written.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return OfficialText(
            title=str(content["title"]),
            version=str(content["version"]),
            articles=tuple(_article(one) for one in content["articles"]),
            gaps=tuple(content["gaps"]),
            repeated=tuple(content["repeated"]),
            remarks=tuple(content.get("remarks", ())),
            source=str(content.get("source", "")),
            standing=str(content.get("standing", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedShelfError(path.name) from error


def _article(content: dict[str, Any]) -> Article:
    return Article(
        number=int(content["number"]),
        branch=int(content["branch"]),
        headings=tuple(content["headings"]),
        paragraphs=tuple(
            Paragraph(str(one["text"]), tuple(one["items"])) for one in content["paragraphs"]
        ),
        mark=str(content.get("mark", "")),
    )
