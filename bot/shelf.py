"""Rules and points as handlers take them: the rules read once, the points when first asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from knowledge.rules.model import Rule
    from knowledge.search.model import Answer, Point, Search


def rules_of() -> Mapping[str, Rule]:
    """Return the shipped rules by their ids."""
    # the rules bring their grammar and polars along: only commands that patrol pay for them
    from knowledge.rules.loader import load_catalogue  # noqa: PLC0415

    return load_catalogue().by_id()


def known_settings() -> frozenset[str]:
    """Return the names of the office's own day counts that some rule uses."""
    from knowledge.rules.loader import load_catalogue  # noqa: PLC0415

    return frozenset(load_catalogue().settings)


class LateSearch:
    """The search over the points and a home's imported texts, opened at the first question."""

    def __init__(self, home: Path | None = None) -> None:
        self._home = home

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Return the best points for a question."""
        return self._search.ask(question, limit=limit)

    def point(self, key: str) -> Point | None:
        """Return the point with a key."""
        return self._search.point(key)

    @cached_property
    def _search(self) -> Search:
        from knowledge.search.opening import load_search  # noqa: PLC0415

        return load_search(self._home)
