"""The sentences of a report, figure by figure, from a second count of an exported ledger.

Every number that stands in a sentence is tied to a figure by the words beside it; what is left over
holds no digit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.recount import groups, share
from tests.support.recounted_phrases import ALWAYS, COMPARED, SAID

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.recounted_lists import RecountedLists
    from tests.support.recounted_papers import PaperTables
    from tests.support.recounted_spans import Span

Told = list[tuple[str, str]]
UNITS = {"watched": "件", "effective": "件", "problems": "个", "oral": "次", "notices": "份"}
LEAST_MONTHS = 2


class RecountedWords:
    """What the sentences of one report must say."""

    def __init__(self, now: PaperTables, lists: RecountedLists, span: Span) -> None:
        self.now, self.lists, self.span = now, lists, span
        self.then = now.other(*span.before.days)
        self.totals = now.totals()
        self.earlier = self.then.totals() if self.then else None
        self.classes = now.problems_of("categories")
        self.classes_then = self.then.problems_of("categories") if self.then else None

    def figure(self, key: str, totals: dict[str, float | None]) -> str:
        value = totals[key]
        if value is None:
            return "—"
        return f"{value:.1f}%" if key.endswith("_rate") else f"{value:g}"

    def value(self, key: str) -> str:
        """What must stand at a figure's place."""
        named: dict[str, Callable[[], str]] = {
            "title": lambda: self.span.title,
            "before": lambda: self.span.before.title,
            "range": lambda: self.span.written,
            "held": lambda: "、".join(self.held()),
            "pending": self.pending,
            "single": lambda: "；".join(one[0] for one in self.lists.rare()),
        }
        if key in named:
            return named[key]()
        how, _, of = key.rpartition(" ")
        if how == "change":
            return self.change(of)
        if how == "then":
            return self.figure(of, self.earlier or {})
        if how == "group":
            return str(self.now.watched_by("groups")[of])
        if how in ("class", "class share", "class then"):
            return self.of_class(how, of)
        return self.figure(key, self.totals)

    def of_class(self, how: str, name: str) -> str:
        many = self.classes[name]
        if how == "class then":
            return str(self.classes_then[name]) if self.classes_then is not None else "?"
        return f"{share(many, self.classes.total())}%" if how == "class share" else str(many)

    def change(self, key: str) -> str:
        now, then = self.totals[key] or 0, (self.earlier or {})[key] or 0
        if now == then:
            return "持平"
        return f"{'增加' if now > then else '减少'}{abs(now - then):g}{UNITS[key]}"

    def held(self) -> list[str]:
        """The campaigns that were started in the range and not given up by its end."""
        cancelled = {self.now.number(line) for line in self.now.until("campaign_cancelled")}
        started = [self.now.number(line) for line in self.now.now("campaign_started")]
        return [one for one in started if one not in cancelled]

    def pending(self) -> str:
        department = getattr(self.now, "department", None)
        told = self.now.pending()
        if told is None:
            return "—"
        return str(told.get(department, 0) if department else sum(told.values()))

    def moved(self, *, up: bool) -> list[str]:
        """The classes with more, or with fewer, problems than in the range before."""
        then = self.classes_then
        if then is None:
            return []
        names = sorted({*self.classes, *then})
        by = {name: self.classes[name] - then[name] for name in names}
        return [name for name in names if (by[name] > 0 if up else by[name] < 0)]

    def classes_chart(self) -> str:
        """What the chart of classes says to who cannot see it; empty: there is none."""
        then = self.classes_then
        names = [name for name in sorted({*self.classes, *(then or ())}) if name != "未归类"]
        told = []
        for name in names[:10]:
            before = f"，{self.span.before.title}{then[name]}" if then is not None else ""
            told.append(f"{name}：{self.span.title}{self.classes[name]}{before}")
        return f"柱状图：问题类别（个）。{'；'.join(told)}。" if told else ""

    def trend_chart(self) -> str:
        """The same of the chart of handling times, from two months on."""
        months = [(month, cell) for month, (cell,) in self.now.handled_in(self.span).items()]
        told = [f"{month[2:]}：平均办理天数{cell:g}" for month, cell in months[::-1] if cell]
        if len(told) < LEAST_MONTHS:
            return ""
        return f"折线图：一审公诉平均办理天数（天）。{'；'.join(told)}。"

    def said(self, paragraph: str) -> tuple[Told, str]:
        """The figures of a paragraph with their places' keys, and what is left of it."""
        told: Told = []
        for pattern, keys in (*self.of_names(), *SAID):

            def take(found: re.Match[str], keys: tuple[str, ...] = keys) -> str:
                told.extend(zip(keys, found.groups(), strict=True))
                return "；"

            paragraph = re.sub(pattern, take, paragraph)
        return told, paragraph

    def of_names(self) -> list[tuple[str, tuple[str, ...]]]:
        """The patterns of sentences that name rows of a table."""
        rows = [*(str(group["name"]) for group in groups()), "未归类"]
        found: list[tuple[str, tuple[str, ...]]] = [
            (rf"(?<=[中、]){re.escape(name)}(\d+)件", (f"group {name}",)) for name in rows
        ]
        for name in {*self.classes, *(self.classes_then or ())}:
            plain, now = re.escape(name), f"class {name}"
            found.append((rf"{plain}类(\d+)个，占([\d.]+%)", (now, f"class share {name}")))
            found.append((rf"{plain}（(\d+)→(\d+)）", (f"class then {name}", now)))
        return found

    def demanded(self, kind: str) -> set[str]:
        """The keys of the figures that a report of a kind must tell, so far as there are any."""
        found = set(ALWAYS[kind])
        if self.then is not None:
            found |= {f"change {key}" for key in COMPARED[kind]}
        if kind in ("monthly", "yearly") and self.held():
            found.add("held")
        if kind in ("monthly", "department") and self.lists.rare():
            found.add("single")
        if kind == "monthly":
            found |= {f"class {name}" for name, many in self.classes.items() if many}
            found |= {"false_overdue"} if self.totals["false_overdue"] else set()
        if kind == "quarterly":
            moved = (*self.moved(up=True), *self.moved(up=False))
            found |= {f"class {name}" for name in moved}
        return found
