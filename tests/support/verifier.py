"""The stand-alone verifier, called in this process; and what a verifier found, to be compared."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.ledger_check import report, window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.ledger_check import Verdict
    from storage.ledger_head import Head

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "verify_ledger.py"
_PLACE = re.compile(r"第 (\d+) 条：")
_REACH = re.compile(r"改动在第 (\d+) 条至第 (\d+) 条之间")
_WINDOW = re.compile(r"其后 (\d+) 条、(\d+) 分钟")


@dataclass(frozen=True)
class Finding:
    """What a verifier says, read from its words."""

    bad: int | None
    since: int | None
    open_entries: int | None = None
    minutes: int | None = None

    @classmethod
    def of(cls, verdict: Verdict) -> Finding:
        """Read the product's words."""
        return cls.read(window(verdict) if verdict.ok else report(verdict))

    @classmethod
    def read(cls, words: str) -> Finding:
        """Read the words of either verifier."""
        place, reach, window_ = (one.search(words) for one in (_PLACE, _REACH, _WINDOW))
        if place:
            return cls(int(place[1]), int(reach[1] if reach else place[1]))
        assert window_, words
        return cls(None, None, int(window_[1]), int(window_[2]))


class _Verifier:
    def __init__(self) -> None:
        spec = importlib.util.spec_from_file_location("verify_ledger", SCRIPT)
        assert spec is not None
        assert spec.loader is not None
        self.module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)

    def database(self, path: Path, heads: Sequence[Head] = ()) -> Finding:
        return self._found(heads, lambda check: self.module.check_database(path, check), texts=True)

    def export(self, path: Path, heads: Sequence[Head] = (), texts: Path | None = None) -> Finding:
        return self._found(
            heads,
            lambda check: check.run(self.module.export_rows(path, texts)),
            texts=texts is not None,
        )

    def _found(self, heads: Sequence[Head], run: Callable[[Any], None], *, texts: bool) -> Finding:
        given: dict[int, list[str]] = {}
        for head in heads:
            given.setdefault(head.size, []).append(head.hash)
        check = self.module.Check(given, with_texts=texts)
        try:
            run(check)
        except self.module.BadError as bad:
            return Finding.read(str(bad))
        return Finding.read(check.window())


verifier = _Verifier()
