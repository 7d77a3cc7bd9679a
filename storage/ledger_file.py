"""The ledger as an export: one entry a line, the personal texts in a second file.

A line of the chain file holds the entry's columns to be read, `body`, the very text that the hash
covers, and `entries`, how many there are. A line that is exactly what would be written for its
body is told by its bytes; any other is read as JSON and held against its body column by column.
"""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from storage.errors import LedgerFileError, NotTheChainError
from storage.faults import cause
from storage.ledger_check import NOT_AN_ENTRY, Chain, TamperedError, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from storage.ledger_check import Verdict
    from storage.ledger_head import Head

_LINKS = ("sequence", "previous", "hash", "body", "entries")
_COLUMNS = ("moment", "actor", "act", "object", "data", "text_hash")
_BESIDE = {"sequence", "salt", "text"}
_HASH = 64
_OTHERS = {
    rb"PK\x03\x04": "表格或压缩文件",
    rb"FYBACKUP1": "加密的备份",
    rb'\{"sequence": ?\d+, ?"salt"': "旁存文字",
}
"""How files begin that the office also keeps, and that no forger would hand out as the chain."""


def line(seq: int, previous: str, digest: str, body: str, entries: int) -> str:
    """Return an entry as a line of the chain file, without its end."""
    # between the braces of a body stand its columns
    columns = body[1:-1]
    quoted = json.dumps(body, ensure_ascii=False)
    return (
        f'{{"sequence":{seq},{columns},"previous":"{previous}","hash":"{digest}",'
        f'"body":{quoted},"entries":{entries}}}'
    )


def text_line(seq: int, salt: str, text: str) -> str:
    """Return a personal text as a line of the second file, without its end."""
    return json.dumps({"sequence": seq, "salt": salt, "text": text}, ensure_ascii=False)


def verify_file(path: Path, published: Sequence[Head] = (), texts: Path | None = None) -> Verdict:
    """Check an exported ledger, and the texts exported with it, without any database.

    Raises:
        LedgerFileError: there is no such file, or it cannot be read.
        NotTheChainError: it is the workbook, a backup, or the texts.
    """
    chain, beside = Chain(), _Beside()
    try:
        chain = Chain(published)
        with path.open("rb") as file, texts.open("rb") if texts else nullcontext() as second:
            begins = file.read(40)
            for sign, kind in _OTHERS.items():
                if re.match(sign, begins):
                    raise NotTheChainError(path, kind)
            file.seek(0)
            if second is not None:
                beside.read(second)
            _check(file, chain, beside)
    except OSError as error:
        where = path if texts is None or error.filename == str(path) else texts
        raise LedgerFileError(where, cause(error)) from error
    except TamperedError as fault:
        return chain.verdict(fault, beside.fault)
    return chain.verdict()


class _Beside:
    """The texts file, read along with the chain: both are in the order of the entries."""

    def __init__(self) -> None:
        self.fault: TamperedError | None = None
        self._texts: Texts | None = None

    def read(self, lines: Iterable[bytes]) -> None:
        """Take the lines of the file."""
        self._texts = Texts()
        self._rows = self._read(lines)
        self._next = next(self._rows, None)

    def take(self, seq: int, body: bytes) -> None:
        """Hold the text of an entry, or that there is none, against it."""
        if self._texts is None or self.fault is not None:
            return
        try:
            if self._next is None or self._next[0] != seq:
                self._texts.add_none(seq, body)
                return
            _, salt, text = self._next
            self._next = next(self._rows, None)
            self._texts.add(seq, body, salt, text)
        except TamperedError as fault:
            self.fault = fault
        except NOT_AN_ENTRY:
            self.note(seq, "不是一条流水")

    def note(self, seq: int, why: str) -> None:
        """Note what is wrong with an entry beside the chain, if it is the first such thing."""
        self.fault = self.fault or TamperedError(seq, why)

    def close(self) -> None:
        """Demand that every text belongs to an entry, and none is missing."""
        if self.fault is not None:
            raise self.fault
        if self._texts is None:
            return
        if self._next is not None:
            raise TamperedError(max(self._next[0], 1), "旁存文字重复、次序颠倒，或并无这一条流水")
        self._texts.close()

    @staticmethod
    def _read(lines: Iterable[bytes]) -> Iterator[tuple[int, str, str]]:
        last = 0
        for read in lines:
            try:
                row = _object(read)
                found = _as_text(row)
            except NOT_AN_ENTRY as error:
                raise TamperedError(last + 1, "旁存文字这一行不是完整的 JSON") from error
            last = found[0]
            yield found


def _check(lines: Iterable[bytes], chain: Chain, beside: _Beside) -> None:
    entries: int | None = None
    for read in lines:
        here = chain.size + 1
        try:
            entries = _told(read) if entries is None else entries
            if not _take_as_written(read, chain, entries):
                _take_as_json(read, chain, entries, beside)
        except NOT_AN_ENTRY as error:
            raise TamperedError(here, "这一行不是一条完整的流水") from error
        beside.take(here, chain.last)
    chain.close()
    if chain.size != entries:
        raise TamperedError(
            chain.size + 1, f"文件不完整，应有 {entries or '至少一'} 条，实有 {chain.size} 条"
        )
    beside.close()


def _told(read: bytes) -> int:
    return int(_object(read)["entries"])


def _take_as_written(read: bytes, chain: Chain, entries: int) -> bool:
    """Take a line that is, byte for byte, what is written for its body."""
    seq, previous = chain.size + 1, chain.hash
    start = b'{"sequence":%d,' % seq
    middle = b',"previous":"%b","hash":"' % previous
    end = read.find(middle, len(start))
    if end < 0:
        return False
    columns = read[len(start) : end]
    digest = read[end + len(middle) : end + len(middle) + _HASH]
    quoted = columns.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    written = b'%b%b%b%b","body":"{%b}","entries":%d}\n' % (
        start,
        columns,
        middle,
        digest,
        quoted,
        entries,
    )
    if written != read or not columns.startswith(b'"act":"'):
        return False
    chain.add(seq, previous, digest, b"{%b}" % columns)
    return True


def _take_as_json(read: bytes, chain: Chain, entries: int, beside: _Beside) -> None:
    row = _object(read)
    here = chain.size + 1
    if type(row["sequence"]) is not int:
        raise TamperedError(here, "编号不是数字")
    body = row["body"].encode()
    chain.add(row["sequence"], row["previous"].encode(), row["hash"].encode(), body)
    content = json.loads(body)
    if row["entries"] != entries:
        beside.note(here, "entries 栏与首条不符")
    for name in {*row, *_COLUMNS}.difference(_LINKS):
        if name not in row or name not in content or _differ(row[name], content[name]):
            beside.note(here, f"{name} 栏与正文不符")


def _as_text(row: dict[str, Any]) -> tuple[int, str, str]:
    """Take a line of the texts as it is: 5 is not "5", and nothing stands beside the three."""
    salt, seq, text = (row[name] for name in sorted(row))
    if (type(seq), type(salt), type(text)) != (int, str, str) or set(row) != _BESIDE:
        raise TypeError(row)
    return seq, salt, text


def _differ(one: object, other: object) -> bool:
    # 1, 1.0 and true are equal to Python, not to a reader
    return json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True)


def _object(read: bytes) -> dict[str, Any]:
    row = json.loads(read, object_pairs_hook=_without_doubles)
    if not isinstance(row, dict):
        raise TypeError(read)
    return row


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        raise ValueError("a name stands twice")
    return row
