"""Check a ledger, from the database or from an exported file.

This file needs nothing but Python's own library: an auditor may take it alone and run
`python ledger_check.py ledger.jsonl [SIZE:HASH …]` on a machine that has never seen the product.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIRST = "0" * 64
"""The hash before the first entry."""
ERASED = "text_erased"
"""The act of an entry that says that a personal text is gone; its object is `ledger:NUMBER`."""
PRINTED_DIGITS = 16
_PRINTED = re.compile(r"[0-9a-fA-F]{8,64}")
_LINKS = ("sequence", "previous", "hash", "body")
_COLUMNS = ("moment", "actor", "act", "object", "data", "text_hash")
_BESIDE = ("entries", "text", "salt")


@dataclass(frozen=True)
class Head:
    """How many entries there are and the last hash; published so that nothing can be cut off."""

    size: int
    hash: str

    @property
    def printed(self) -> str:
        """The head as it stands in messages and page footers: size and first hex digits."""
        return f"{self.size}:{self.hash[:PRINTED_DIGITS]}"

    @classmethod
    def parse(cls, text: str) -> Head | None:
        """Read a printed head; None where this is none."""
        size, colon, digits = text.strip().partition(":")
        known = colon and size.isdecimal() and _PRINTED.fullmatch(digits)
        return cls(int(size), digits.lower()) if known else None


@dataclass(frozen=True)
class Verdict:
    """What a check found: intact, or the first bad entry and what is wrong with it.

    `entries` counts the good ones before the fault, `head` is theirs.
    """

    entries: int
    head: Head
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the ledger is intact."""
        return self.problem is None


class TamperedError(Exception):
    """One entry is not what was written."""


def chained(seq: int, previous: str, body: str) -> str:
    """Return an entry's hash: over its number, the hash before, and the stored bytes."""
    return hashlib.sha256(f"{seq}\n{previous}\n{body}".encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return the hash of a personal text under its salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


class _Chain:
    """The good entries so far."""

    def __init__(self, published: Iterable[Head]) -> None:
        self.size, self.hash = 0, FIRST
        self.without_text: set[int] = set()
        self._heads: dict[int, list[str]] = {}
        for head in published:
            self._heads.setdefault(head.size, []).append(head.hash)

    def add(self, row: Mapping[str, Any], *, texts: bool) -> None:
        """Take the next entry, or refuse it."""
        seq = self.size + 1
        content = _content(row, seq, self.hash)
        if texts:
            self._check_text(seq, row, content)
        if not all(str(row["hash"]).startswith(digits) for digits in self._heads.pop(seq, ())):
            raise TamperedError("与此前已公布的校验值不符")
        self.size, self.hash = seq, str(row["hash"])

    def close(self) -> None:
        """Demand that nothing is missing at the end."""
        self._heads.pop(0, None)
        if self._heads:
            raise TamperedError(
                f"已公布过流水共 {max(self._heads)} 条，现只有 {self.size} 条，尾部被删"
            )
        if self.without_text:
            seq = min(self.without_text)
            raise TamperedError(f"第 {seq} 条的旁存文字不见了，流水中没有清除记录")

    def _check_text(self, seq: int, row: Mapping[str, Any], content: Mapping[str, Any]) -> None:
        if row["text"] is not None and salted(row["salt"], row["text"]) != content["text_hash"]:
            raise TamperedError("旁存文字与校验值不符")
        if row["text"] is None and content["text_hash"] is not None:
            self.without_text.add(seq)
        if content["act"] == ERASED:
            self.without_text.discard(int(str(content["object"]).partition(":")[2]))


def check(
    rows: Iterable[Mapping[str, Any]], published: Iterable[Head] = (), *, texts: bool = False
) -> Verdict:
    """Check entries in order: numbers without a gap, hashes, columns, and published heads.

    `texts` tells that rows carry the personal text and its salt: each must fit its hash, and a
    missing one must have been erased by an entry that says so.
    """
    chain = _Chain(published)
    try:
        for row in rows:
            chain.add(row, texts=texts)
    except TamperedError as fault:
        return _verdict(chain, f"第 {chain.size + 1} 条：{fault}")
    # what a hand that does not know the form has left in a line
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return _verdict(chain, f"第 {chain.size + 1} 条：不是一条流水")
    try:
        chain.close()
    except TamperedError as fault:
        return _verdict(chain, str(fault))
    return _verdict(chain, None)


def _verdict(chain: _Chain, problem: str | None) -> Verdict:
    return Verdict(chain.size, Head(chain.size, chain.hash), problem)


def _content(row: Mapping[str, Any], seq: int, previous: str) -> Mapping[str, Any]:
    absent = [name for name in _LINKS if name not in row]
    if absent:
        raise TamperedError(f"缺少 {absent[0]}")
    if row["sequence"] != seq:
        raise TamperedError(f"编号不连续（见到 {row['sequence']}）")
    if row["previous"] != previous:
        raise TamperedError("与前一条不相扣")
    if row["hash"] != chained(seq, previous, str(row["body"])):
        raise TamperedError("内容与校验值不符")
    content: Mapping[str, Any] = json.loads(row["body"])
    for name, value in row.items():
        if name not in _LINKS and name not in _BESIDE and value != content.get(name):
            raise TamperedError(f"{name} 栏与正文不符")
    return content


def verify_file(path: Path, published: Sequence[Head] = ()) -> Verdict:
    """Check an exported ledger, without any database.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return check(_whole(_rows(file)), published)


def _rows(lines: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TamperedError("这一行不是完整的 JSON") from error
        if not isinstance(row, dict):
            raise TamperedError("这一行不是一条流水")
        yield row


def _whole(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Each line says how many the export has: a file cut short, or emptied, is seen."""
    count, expected = 0, None
    for row in rows:
        count += 1
        expected = row.get("entries", expected)
        yield _with_every_column(row)
    if count != expected:
        raise TamperedError(f"文件不完整，应有 {expected or '至少一'} 条，实有 {count} 条")


def _with_every_column(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A column taken out of a line counts as changed."""
    return {**dict.fromkeys(_COLUMNS), **row}


def report(verdict: Verdict) -> str:
    """Say a verdict in one sentence."""
    if verdict.ok:
        return f"流水完整：共 {verdict.entries} 条，末条校验值 {verdict.head.printed}"
    return f"流水有误：{verdict.problem}（此前 {verdict.entries} 条完好）"


def main(arguments: Sequence[str]) -> int:
    """Check a file against heads printed elsewhere; 0 intact, 1 not."""
    heads = [Head.parse(argument) for argument in arguments[1:]]
    verdict = verify_file(Path(arguments[0]), [head for head in heads if head is not None])
    sys.stdout.write(report(verdict) + "\n")
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
