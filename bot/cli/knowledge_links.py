"""`fangyuan knowledge link`: propose links from rules to imported provisions, and confirm them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.errors import KnowledgeError
from knowledge.laws import links, shelf
from knowledge.rules.loader import load_catalogue
from knowledge.search.opening import load_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from knowledge.laws.links import Link
    from knowledge.laws.model import Article, OfficialText
    from knowledge.rules.rule import Rule
    from knowledge.search.model import Search

_SHOWN = 40


class UnknownLinkError(KnowledgeError):
    """A link was confirmed that is not among the proposed ones."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"没有待确认的关联“{given}”，请先执行 fangyuan knowledge link 查看，再用其中的编号确认"
        )


@dataclass(frozen=True)
class Proposal:
    """A link, how it was found (按条号, 按文字), and the title of its rule."""

    link: Link
    title: str
    found: str


def run(home: Path, confirmed: Sequence[str]) -> None:
    """Print what is proposed; with ids keep those links; always name the orphans.

    Raises:
        UnknownLinkError: an id that was not proposed.
    """
    texts = shelf.current(shelf.texts(home))
    if not texts:
        print("尚未导入文本，无从关联。导入：fangyuan knowledge import 文件")
        return
    open_ones = {one.link.id: one for one in proposals(home, texts)}
    if confirmed:
        _confirm(home, open_ones, confirmed)
    else:
        _show(list(open_ones.values()))
    print_orphans(home, texts)


def print_orphans(home: Path, texts: Sequence[OfficialText]) -> None:
    """Name the confirmed links whose provision is gone or has changed."""
    for one, why in links.orphans(links.confirmed(home), texts):
        place = chinese.full_citation(one.document, one.article, None)
        print(f"请重新核对关联 {one.id}：{place}，{why}")


def proposals(home: Path, texts: Sequence[OfficialText]) -> Iterator[Proposal]:
    """Find provisions for every rule: those it cites by number, then the best by its words."""
    known = {(one.id, one.seen) for one in links.confirmed(home)}
    search = load_search(home)
    for rule in load_catalogue().rules:
        for proposal in (*_by_number(rule, texts), *_by_words(rule, texts, search)):
            if (proposal.link.id, proposal.link.seen) not in known:
                yield proposal


def _by_number(rule: Rule, texts: Sequence[OfficialText]) -> Iterator[Proposal]:
    places = _places(texts)
    for cited in rule.citations:
        found = places.get((cited.document, cited.article))
        if found is not None:
            yield Proposal(links.link(rule.id, *found), rule.title, "按条号")


def _by_words(rule: Rule, texts: Sequence[OfficialText], search: Search) -> Iterator[Proposal]:
    """Only texts that the rule does not cite itself: the numbers stand for the others."""
    cited = {one.document for one in rule.citations}
    others = [text for text in texts if text.title not in cited]
    places = _places(others)
    if not others:
        return
    answer = search.ask(rule.title, limit=10)
    for result in answer.results if answer.certain else ():
        found = places.get((result.point.document, result.point.article))
        if found is not None:
            yield Proposal(links.link(rule.id, *found), rule.title, "按文字")
            return


def _places(
    texts: Iterable[OfficialText],
) -> Mapping[tuple[str, str], tuple[OfficialText, Article]]:
    return {(text.title, one.label): (text, one) for text in texts for one in text.articles}


def _confirm(home: Path, proposed: Mapping[str, Proposal], ids: Iterable[str]) -> None:
    chosen = []
    for given in ids:
        if given not in proposed:
            raise UnknownLinkError(given)
        chosen.append(proposed[given].link)
    links.confirm(home, chosen)
    print(f"已确认 {len(chosen)} 条关联。")


def _show(proposed: Sequence[Proposal]) -> None:
    for one in proposed[:_SHOWN]:
        place = chinese.full_citation(one.link.document, one.link.article, None)
        print(f"{one.link.id}  {one.title} → {place}（{one.found}）")
    if len(proposed) > _SHOWN:
        print(f"另有 {len(proposed) - _SHOWN} 条，确认后再显示。")
    if proposed:
        print("以上为建议，请核对后确认：fangyuan knowledge link --yes 编号")
    else:
        print("没有新的关联建议。")
