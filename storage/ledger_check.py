"""Check a ledger entry by entry: the chain, the published heads, the texts beside it."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from storage.ledger_head import FIRST, Head, chained, salted

if TYPE_CHECKING:
    from collections.abc import Iterable

ERASED = "text_erased"
"""The act of an entry that says that a personal text is gone; its object is `ledger:NUMBER`."""
NO_TEXT = b'"text_hash":null}'
_RESTORED = b'{"act":"restored",'
_REMEMBERED = 1000
"""How far back an inserted run of entries is still told from the entries around it."""


@dataclass(frozen=True)
class Verdict:
    """What a check found: intact, or the first bad entry and what is wrong with it.

    `entries` counts the good ones, `head` is theirs. `bad` is where the fault shows, `since` the
    first entry that it may reach back to. `covered` entries are vouched for by a published head;
    `minutes` lie between the last of these and the last entry.
    """

    entries: int
    head: Head
    problem: str | None = None
    bad: int | None = None
    since: int | None = None
    covered: int = 0
    minutes: int = 0

    @property
    def ok(self) -> bool:
        """Tell whether the ledger is intact."""
        return self.problem is None


class TamperedError(Exception):
    """One entry is not what was written."""

    def __init__(self, bad: int, why: str, *, since: int | None = None) -> None:
        self.bad, self.why, self.since = bad, why, bad if since is None else since
        super().__init__(f"第 {bad} 条：{why}")


class Chain:
    """The entries so far, each held against the one before and against the published heads."""

    def __init__(self, published: Iterable[Head] = ()) -> None:
        self.size, self.hash, self.covered, self._restored = 0, FIRST.encode(), 0, 0
        self._heads: dict[int, set[str]] = {}
        for head in published:
            self._heads.setdefault(head.size, set()).add(head.hash)
        self.last = self._first = self._published = b""
        self._recent: deque[bytes] = deque([self.hash], _REMEMBERED)
        if 0 in self._heads:
            self._compare(0)

    def add(self, seq: int, previous: bytes, digest: bytes, body: bytes) -> None:
        """Take the next entry.

        Raises:
            TamperedError: this one, or the one before it, is not what was written.
        """
        here = self.size + 1
        # in place and not by a function: this runs a million times while a person waits
        found = sha256(b"%d\n%b\n%b" % (here, self.hash, body)).hexdigest().encode()
        if found != digest or seq != here or previous != self.hash:
            raise self._broken(seq, previous, digest, body)
        self.size, self.hash, self.last = here, digest, body
        self._recent.append(digest)
        if body.startswith(_RESTORED):
            self._restored = here
        if here in self._heads:
            self._compare(here)
        if here == 1:
            self._first = body

    def close(self) -> None:
        """Demand that nothing is missing at the end."""
        beyond = [size for size in self._heads if size > self.size]
        if not beyond:
            return
        for size in sorted(beyond):
            self._demand_one(size)
        most = max(beyond)
        why = f"缺失；已公布过流水共 {most} 条，现只有 {self.size} 条，尾部被删或整本被换"
        raise TamperedError(self.size + 1, why + self._look(most), since=self.covered + 1)

    def verdict(self, *faults: TamperedError | None) -> Verdict:
        """Sum up what was found; of several faults the one that reaches back furthest is told.

        In a ledger that was chained anew a text or a column gives way first, but only a published
        head tells how far back the rewriting may go.
        """
        fault = min((one for one in faults if one), key=lambda one: one.since, default=None)
        minutes = self._minutes()
        if fault is None:
            head = Head(self.size, self.hash.decode())
            return Verdict(self.size, head, covered=self.covered, minutes=minutes)
        good = max(min(fault.bad, fault.since) - 1, 0)
        named = f"第 {fault.bad} 条：{fault.why}"
        if fault.since < fault.bad:
            named += f"（改动在第 {fault.since} 条至第 {fault.bad} 条之间）"
        head = Head(self.size, self.hash.decode())
        return Verdict(good, head, named, fault.bad, fault.since, self.covered, minutes)

    def _compare(self, size: int) -> None:
        self._demand_one(size)
        digest = self.hash.decode()
        if not all(digest.startswith(digits) for digits in self._heads[size]):
            why = "与此前已公布的校验值不符" + self._look(size)
            raise TamperedError(size, why, since=self.covered + 1)
        self.covered, self._published = size, self.last

    def _demand_one(self, size: int) -> None:
        longest = max(self._heads[size], key=len)
        if not all(longest.startswith(digits) for digits in self._heads[size]):
            told = "、".join(sorted(self._heads[size]))
            why = f"公布过互相矛盾的校验值（{told}），有人见到的是另一本流水"
            raise TamperedError(size, why + self._look(size), since=size)

    def _look(self, size: int) -> str:
        """Say what else than a forger makes a head differ: a slip of the pen, or a restore."""
        if not 0 < self._restored <= size:
            return "；手工录入的校验值，请先与原件核对"
        entry = f"；第 {self._restored} 条登记了从备份恢复，"
        return entry + "恢复前公布的校验值，请用当时另存的原数据库核验"

    def _broken(self, seq: int, previous: bytes, digest: bytes, body: bytes) -> TamperedError:
        here = self.size + 1
        stranger = self._stranger(previous, digest, body)
        if stranger is not None:
            return TamperedError(stranger, "是插入的，后面的原有各条并不与它相扣")
        alone = previous != self.hash and _chained(here, previous, body) == digest
        if seq == here and alone and self.size > self.covered:
            return TamperedError(self.size, "改动过，后一条所记的校验值与它不符")
        if seq != here:
            return TamperedError(here, f"编号不连续（见到 {seq}）")
        if previous != self.hash:
            return TamperedError(here, "与前一条不相扣")
        return TamperedError(here, "内容与校验值不符")

    def _stranger(self, previous: bytes, digest: bytes, body: bytes) -> int | None:
        """Return where the last good entries stop, if this one follows an earlier one of them."""
        if previous == self.hash or previous not in self._recent or digest in self._recent:
            return None
        after = self.size - (len(self._recent) - 1 - self._recent.index(previous)) + 1
        fits = after > self.covered and _chained(after, previous, body) == digest
        return after if fits else None

    def _minutes(self) -> int:
        start = self._published or self._first
        if not start:
            return 0
        try:
            span = _moment(self.last) - _moment(start)
        except (ValueError, KeyError, TypeError):
            return 0
        return max(0, -int(-span.total_seconds() // 60))


def _chained(seq: int, previous: bytes, body: bytes) -> bytes:
    return chained(seq, previous.decode(), body).encode()


class Texts:
    """The personal texts beside the chain: each fits its hash, a missing one was erased.

    `fault` is the first thing found wrong beside the chain; the chain is read on to its end.
    """

    def __init__(self) -> None:
        self.fault: TamperedError | None = None
        self._missing: set[int] = set()
        self._there = bytearray(1)

    def add(self, seq: int, body: bytes, salt: str, text: str) -> None:
        """Hold an entry's text against the hash in its body.

        Raises:
            TamperedError: the text is not the one that was recorded.
        """
        # with a line end in it, a salt could swallow the first line of its text
        if "\n" in salt or salted(salt, text) != text_hash(body):
            raise TamperedError(seq, "旁存文字与校验值不符")
        self._there.append(1)

    def add_none(self, seq: int, body: bytes) -> None:
        """Note that there is no text beside an entry, which may itself tell of an erased one.

        Raises:
            TamperedError: the text it tells of is still there.
        """
        self._there.append(0)
        if not body.endswith(NO_TEXT) and text_hash(body) is not None:
            self._missing.add(seq)
        elif body.startswith(b'{"act":"text_erased"'):
            self._erase(seq, int(json.loads(body)["object"].partition(":")[2]))

    def close(self) -> None:
        """Demand that no text has vanished without an entry that says so."""
        if self.fault is not None:
            raise self.fault
        if self._missing:
            raise TamperedError(min(self._missing), "旁存文字不见了，流水中没有清除记录")

    def _erase(self, seq: int, erased: int) -> None:
        if 0 < erased < seq and self._there[erased]:
            raise TamperedError(erased, f"旁存文字仍在，而第 {seq} 条登记它已清除")
        self._missing.discard(erased)


def text_hash(body: bytes) -> str | None:
    """Return the hash of the personal text an entry was recorded with."""
    if body.endswith(NO_TEXT):
        return None
    if body[-80:-66] == b',"text_hash":"':
        return body[-66:-2].decode()
    found: str | None = json.loads(body)["text_hash"]
    return found


def _moment(body: bytes) -> datetime:
    content: dict[str, Any] = json.loads(body)
    return datetime.fromisoformat(content["moment"])


NOT_AN_ENTRY = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
"""What a hand that does not know the form leaves behind when it writes into a ledger."""


def report(verdict: Verdict) -> str:
    """Say a verdict in one sentence."""
    if verdict.ok:
        return f"流水完整：共 {verdict.entries} 条，末条校验值 {verdict.head.printed}"
    return f"流水有误：{verdict.problem}（此前 {verdict.entries} 条未见问题）"


def window(verdict: Verdict) -> str:
    """Say which entries no published head vouches for, in entries and minutes."""
    known = (
        f"至第 {verdict.covered} 条与公布的校验值一致"
        if verdict.covered
        else "未与公布的校验值核对"
    )
    apart = f"其后 {verdict.head.size - verdict.covered} 条、{verdict.minutes} 分钟"
    return f"{known}；{apart}没有公布的校验值可对照，这一段如被整体重算，无从发现"
