"""`fangyuan knowledge link`: which imported items stand behind the rules, and what is decided."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.home import Home
from bot.office import UNNAMED, open_office
from handlers.links import link_news, link_proposals
from handlers.links.provision_links import Decider
from knowledge import chinese
from knowledge.errors import KnowledgeError
from knowledge.laws import links, shelf
from storage import provision_links
from storage.provision_links import CONFIRMED, DECLINED, NAMELESS, ORPHANED, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.office import Office
    from handlers.links.link_proposals import Refreshed
    from knowledge.rules.rule import Rule
    from storage.models.provision_links import ProvisionLink
    from storage.transaction import Transaction

_SHOWN = 40
STANDING_WORDS = {CONFIRMED: "已确认", DECLINED: "不引用", ORPHANED: "失去依据"}
HOW_WORDS = {"number": "按条号", "words": "按文字"}


class UnknownLinkError(KnowledgeError):
    """A link was named that does not stand so."""

    def __init__(self, given: str, what: str) -> None:
        super().__init__(
            f"没有{what}的引用“{given}”，请先执行 fangyuan knowledge link 或 --list 查看编号"
        )


@dataclass(frozen=True)
class Wanted:
    """What is to be done with links, by their ids; with nothing wanted the proposals are shown."""

    confirm: tuple[str, ...] = ()
    decline: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    sure: bool = False
    list_all: bool = False


def run(home: Path, wanted: Wanted, *, now: datetime) -> None:
    """Bring the proposals up to date, then do what is wanted with them.

    Raises:
        UnknownLinkError: an id that stands otherwise, or not at all.
    """
    if not shelf.paths(home) and not Home(home).database.exists():
        print("尚未导入文本，无从引用。导入：fangyuan knowledge import 文件")
        return
    with _opened(home, now) as office, office.database.transaction(now) as tx:
        desk = _Desk(tx, name_of(office), office.rules())
        if wanted.list_all:
            desk.print_decided()
        elif wanted.sure or wanted.confirm or wanted.decline or wanted.undo:
            desk.decide(wanted)
        else:
            desk.print_proposals()


@contextmanager
def _opened(home: Path, now: datetime) -> Iterator[Office]:
    """Open the office with its links brought up to date with the texts and rules."""
    office = open_office(home)
    try:
        bring_up_to_date(office, now=now, tell=False)
        yield office
    finally:
        office.close()


def name_of(office: Office) -> str:
    """Return the office that links are kept under; one that is still nameless has none."""
    return NAMELESS if office.name == UNNAMED else office.name


def bring_up_to_date(office: Office, *, now: datetime, tell: bool) -> Refreshed:
    """Compare the texts with the rules and keep what was found; `tell`: the officers hear of it."""
    rules, root = office.rules(), office.home.root
    with office.database.reading() as session:
        if link_proposals.is_compared(session, name_of(office), root, rules):
            return link_proposals.NOTHING
    compared = link_proposals.compare(root, rules)
    with office.database.transaction(now) as tx:
        found = link_proposals.refresh(tx, name_of(office), rules, compared)
        if tell:
            link_news.announce(tx, office.name, rules, found)
    return found


def if_there_is_one(home: Path) -> Office | None:
    """Open the office of a home that has one: its links follow its texts."""
    known = Home(home)
    if known.config.exists() or known.database.exists():
        return open_office(home)
    return None


def after_import(office: Office, *, now: datetime) -> None:
    """Say after an import what is proposed, and which links lost their provision."""
    found = bring_up_to_date(office, now=now, tell=True)
    if found:
        rules = office.rules()
        print("\n".join(link_news.lines(rules, found)))
        print("也可在本机查看：fangyuan knowledge link")


@dataclass(frozen=True)
class _Desk:
    tx: Transaction
    office: str
    rules: Mapping[str, Rule]

    def print_proposals(self) -> None:
        """Print what is proposed, the surest first, then what lost its provision."""
        rows = self._standing(PROPOSED)
        for row in rows[:_SHOWN]:
            sure = "，把握大" if row.sure else ""
            why = f"，{links.FATE_WORDS[row.fate]}" if row.fate else ""  # type: ignore[index]
            print(f"{self._line(row)}（{HOW_WORDS[row.how]}{sure}{why}）")
        if len(rows) > _SHOWN:
            print(f"另有 {len(rows) - _SHOWN} 条，确认后再显示。")
        if rows:
            print(
                "以上为建议，请核对后确认：fangyuan knowledge link --confirm 编号；"
                "把握大的一并确认：--sure；不引用：--decline 编号"
            )
        else:
            print("没有待确认的引用。")
        self._print_lost()

    def print_decided(self) -> None:
        """Print every link that was decided on, and those without a provision."""
        rows = self._standing(CONFIRMED, DECLINED, ORPHANED)
        for row in rows:
            when = f" {row.decided_at:%Y-%m-%d}" if row.decided_at else ""
            print(f"{self._line(row)}（{STANDING_WORDS[row.standing]}{when}）")
        waiting = len(self._standing(PROPOSED))
        print(f"已处理 {len(rows)} 条，待确认 {waiting} 条。")
        self._print_lost()

    def decide(self, wanted: Wanted) -> None:
        """Confirm, decline or take back, all or nothing."""
        deciding = Decider(self.tx, self.office, self.rules)
        confirmed = self._named(wanted.confirm, "待确认", PROPOSED)
        if wanted.sure:
            confirmed += [
                one for one in self._standing(PROPOSED) if one.sure and one not in confirmed
            ]
        declined = self._named(wanted.decline, "待确认", PROPOSED)
        reopened = self._named(wanted.undo, "已确认或不引用", CONFIRMED, DECLINED)
        deciding.confirm(confirmed)
        for row in declined:
            deciding.decline(row)
        for row in reopened:
            deciding.reopen(row)
        said = [
            f"{words} {len(rows)} 条引用"
            for words, rows in (
                ("已确认", confirmed),
                ("不引用", declined),
                ("已取消", reopened),
            )
            if rows
        ]
        print(f"{'，'.join(said) or '没有需要处理的引用'}。")

    def _standing(self, *standings: str) -> list[ProvisionLink]:
        rows = provision_links.standing(self.tx.session, self.office, standings)
        return [one for one in rows if one.rule in self.rules]

    def _named(self, ids: Iterable[str], what: str, *standings: str) -> list[ProvisionLink]:
        known = {_id(one): one for one in self._standing(*standings)}
        for given in ids:
            if given not in known:
                raise UnknownLinkError(given, what)
        return [known[given] for given in dict.fromkeys(ids)]

    def _line(self, row: ProvisionLink) -> str:
        place = chinese.full_citation(row.document, row.article or "（无）")
        return f"{_id(row)}  {self.rules[row.rule].title} → {place}"

    def _print_lost(self) -> None:
        rows: Sequence[ProvisionLink] = self._standing(PROPOSED, ORPHANED)
        for row in rows:
            if row.fate and row.fate not in links.KEEPS_ITS_WORDS:
                print(f"失去依据的引用 {_id(row)}：{link_news.lost_line(self.rules, row)}")


def _id(row: ProvisionLink) -> str:
    return links.link_id(row.rule, row.document, row.article)
