"""Points as handlers take them, opened when first asked, and the names of settings."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from knowledge.laws.model import OfficialText
    from knowledge.search.engine import Engine
    from knowledge.search.model import Answer, Point, Provision

_DAYS_KEPT = 3


def known_settings(own: Path | None = None) -> frozenset[str]:
    """Return the names of the office's own day counts that some rule uses."""
    # the rules bring their grammar and polars along: only commands that patrol pay for them
    from knowledge.rules.office_rules import load_office  # noqa: PLC0415

    return frozenset(load_office(own).settings)


class LateSearch:
    """The search over the points and a home's imported texts, opened at the first question.

    It is opened anew when the texts or aliases in the home have changed: an import while the bot
    runs is seen at the next question.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._home = home
        self._lock = Lock()
        self._opened: tuple[object, Engine] | None = None
        self._stored: list[OfficialText] | None = None
        self._of_days: dict[tuple[str, ...], Engine] = {}

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Return the best points for a question."""
        return self._search().ask(question, limit=limit)

    def on(self, day: date) -> Engine:
        """Return the search over the texts in force on a day, this one where they are the same.

        A search of another day is opened when first asked, and a few of them are kept.
        """
        from knowledge.laws import shelf  # noqa: PLC0415
        from knowledge.search.opening import load_search  # noqa: PLC0415

        newest = self._search()
        with self._lock:
            if self._stored is None:
                self._stored = shelf.texts(self._home) if self._home else []
            then, now = (
                tuple(f"{text.title}@{text.version}" for text in shelf.current(self._stored, one))
                for one in (day, None)
            )
            if then == now:
                return newest
            if then not in self._of_days:
                while len(self._of_days) >= _DAYS_KEPT:
                    self._of_days.pop(next(iter(self._of_days)))
                self._of_days[then] = load_search(self._home, day)
            return self._of_days[then]

    def point(self, key: str) -> Point | None:
        """Return the point with a key."""
        return self._search().point(key)

    def beside(self, key: str, step: int) -> Point | None:
        """Return the provision before or after the one a point rests on."""
        return self._search().beside(key, step)

    def provision(self, provision: Provision) -> Point | None:
        """Return the imported article a provision names, or a point that rests on it."""
        return self._search().provision(provision)

    def siblings(self, key: str) -> tuple[Point, ...]:
        """Return the other own-words points that rest on the same provision."""
        return self._search().siblings(key)

    def nearest(self, question: str, *, limit: int = 3) -> tuple[Point, ...]:
        """Return what comes nearest to a question, however unsure."""
        return self._search().nearest(question, limit=limit)

    def learn(self, key: str, words: str) -> bool:
        """Keep words in the home as a further way to ask for a point."""
        from knowledge.search import aliases  # noqa: PLC0415

        with self._lock:
            return self._home is not None and aliases.add(self._home, key, words)

    def forget(self, key: str, words: str) -> bool:
        """Forget words that were learnt for a point."""
        from knowledge.search import aliases  # noqa: PLC0415

        with self._lock:
            return self._home is not None and aliases.remove(self._home, key, words)

    def _search(self) -> Engine:
        from knowledge.search.opening import load_search, stamp  # noqa: PLC0415

        with self._lock:
            now = stamp(self._home) if self._home else ()
            if self._opened is None or self._opened[0] != now:
                self._opened = (now, load_search(self._home))
                self._stored = None
                self._of_days.clear()
            return self._opened[1]
