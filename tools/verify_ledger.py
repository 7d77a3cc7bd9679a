"""核验留痕流水：一个文件，只用 Python 自带的库（3.9 以上），不需要也不使用方圆的程序。

用法：python3 verify_ledger.py 流水 [--texts 旁存文字] [--head 条数:校验值]… [--heads 文件]…
流水可以是 SQLite 数据库、导出的流水（JSON 行）。退出码：0 完整，1 有误，2 用法或文件不可用。
"""  # noqa: D415, INP001 - a script that is handed out; its help is for the auditor

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
from collections import deque
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Iterator, NoReturn  # noqa: UP035 - one block of imports less

OTHER = re.compile(rb'PK\x03\x04|FYBACKUP1|\{"sequence": ?\d+, ?"salt"')
HEAD = re.compile(r"(?!0+\D)(\d{1,18})\s*(?:[:：]|号，校验值)\s*([0-9a-fA-F]{16,64})(?!\w)")
EXPORTED = re.compile(r'"sequence": ?(\d+),.*"hash": ?"([0-9a-f]{64})"')
NO_TEXT, SLIP = b'"text_hash":null}', "；手工录入的校验值，请先与原件核对"
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
NONE, LINKS = ("", 0, ""), ("sequence", "previous", "hash", "body", "entries")
QUERY = """SELECT l.seq, l.previous, l.hash, l.body, l.moment, l.act, l.object, t.salt, t.text
FROM ledger l LEFT JOIN ledger_texts t ON t.seq = l.seq ORDER BY l.seq"""
KEPT = "SELECT size, hash FROM ledger_head WHERE id = 1"
STRAY = "SELECT MIN(seq) FROM ledger_texts WHERE seq NOT IN (SELECT seq FROM ledger)"


class BadError(Exception):
    """The first bad entry, what is wrong there, and how far back the change may reach."""

    def __init__(self, place: int, why: str, since: int = 0) -> None:
        self.since = min(since or place, place)
        reach = f"（改动在第 {since} 条至第 {place} 条之间）" if self.since < place else ""
        super().__init__(f"第 {place} 条：{why}{reach}")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"用法有误：{message}。运行 {self.prog} --help 查看用法\n")


class Check:
    """The state of a check: how far the chain is sound, and how far a published head vouches."""

    def __init__(self, heads: dict[int, list[str]], *, with_texts: bool) -> None:
        self.heads, self.with_texts = heads, with_texts
        self.size, self.hash, self.covered = 0, b"0" * 64, 0
        self.first = self.last = self.vouched = b""
        self.near, self.texts, self.lost = deque([self.hash], 1000), bytearray(1), set[int]()
        self.fault: BadError | None = None

    def run(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Go through the rows; of several faults the one that reaches back furthest is raised."""
        try:
            self.walk(rows)
            self.finish()
        except BadError as bad:
            raise min((bad, self.fault or bad), key=lambda one: one.since) from None

    def walk(self, rows: Iterator[tuple[Any, ...]]) -> None:
        """Follow the chain; what is wrong beside it is kept, for a head may tell of more."""
        self.compare()
        # number, hash before, own hash, hashed bytes, what its columns get wrong, salt, text
        for seq, previous, digest, body, wrong, salt, text in rows:
            place = self.size + 1
            try:
                own = sha256(b"%d\n%b\n%b" % (place, self.hash, body)).hexdigest().encode()
                if own != digest or seq != place or previous != self.hash:
                    raise self.broken(seq, previous, digest, body)
                self.size, self.hash, self.last = place, digest, body
                self.near.append(digest)
                self.first = self.first or body
            except UNREADABLE as error:
                raise BadError(place, "不是一条完整的流水") from error
            if place in self.heads:
                self.compare()
            if wrong and not self.fault:
                self.fault = BadError(place, wrong)
            try:
                if self.with_texts and not self.fault:
                    self.fault = self.beside(place, body, salt, text)
            except UNREADABLE:
                self.fault = BadError(place, "不是一条完整的流水")

    def compare(self) -> None:
        """Hold the entry reached against the heads published for it."""
        for digits in self.contradicting(self.size):
            if not self.hash.decode().startswith(digits):
                raise BadError(self.size, f"与此前已公布的校验值不符{SLIP}", self.covered + 1)
            self.covered, self.vouched = self.size, self.last

    def contradicting(self, size: int) -> list[str]:
        """Return the heads published for a size, having made sure that they agree."""
        given = sorted(self.heads.get(size, ()), key=len)
        if not all(given[-1].startswith(digits) for digits in given):
            raise BadError(size, f"公布过互相矛盾的校验值（{given}），有人见到的是另一本流水{SLIP}")
        return given

    def broken(self, seq: object, previous: bytes, digest: bytes, body: bytes) -> BadError:
        """Tell which entry is the bad one where two do not fit together."""
        place = self.size + 1
        if previous in self.near and previous != self.hash and digest not in self.near:
            after = self.size - len(self.near) + 2 + self.near.index(previous)
            if after > self.covered and hashed(after, previous, body) == digest:
                return BadError(after, "是插入的，后面的原有各条并不与它相扣")
        alone = previous != self.hash and hashed(place, previous, body) == digest
        if seq == place and alone and self.size > self.covered:
            return BadError(self.size, "改动过，后一条所记的校验值与它不符")
        why = "与前一条不相扣" if previous != self.hash else "内容与校验值不符"
        return BadError(place, why if seq == place else f"编号不连续（见到 {seq!r}）")

    def beside(self, place: int, body: bytes, salt: Any, text: Any) -> BadError | None:
        """Hold the personal text beside an entry against the hash that the entry carries."""
        none, at = body.endswith(NO_TEXT), body[-80:-66] == b',"text_hash":"'
        meant = None if none else body[-66:-2].decode() if at else json.loads(body)["text_hash"]
        self.texts.append(text is not None)
        # unreadable where the salt has two lines: it would swallow the first one of the text
        if text is not None and sha256(b"%b\n%b" % (*salt.split(b"\n"), text)).hexdigest() != meant:
            return BadError(place, "旁存文字与校验值不符")
        if text is None and meant is not None:
            self.lost.add(place)
        if body.startswith(b'{"act":"text_erased"'):
            gone = int(json.loads(body)["object"].split(":")[1])
            if 0 < gone < place and self.texts[gone]:
                return BadError(gone, f"旁存文字仍在，而第 {place} 条登记它已清除")
            self.lost.discard(gone)
        return None

    def finish(self) -> None:
        """Demand that nothing is missing at the end, neither entries nor texts."""
        beyond = sorted(size for size in self.heads if size > self.size)
        if beyond and all(map(self.contradicting, beyond)):
            why = f"缺失；已公布过流水共 {beyond[-1]} 条，现只有 {self.size} 条，尾部被删或整本被换"
            raise BadError(self.size + 1, why + SLIP, self.covered + 1)
        if self.fault:
            raise self.fault
        if self.lost:
            raise BadError(min(self.lost), "旁存文字不见了，流水中没有清除记录")

    def window(self) -> str:
        """Say for which entries no published head vouches, in entries and minutes."""
        try:
            ends = [json.loads(one)["moment"] for one in (self.vouched or self.first, self.last)]
            past = datetime.fromisoformat(ends[0]) - datetime.fromisoformat(ends[1])
        except UNREADABLE:
            past = timedelta()
        minutes = max(0, -int(past.total_seconds() // 60))
        known = "至第 {} 条与公布的校验值一致" if self.covered else "未与公布的校验值核对"
        apart = f"其后 {self.size - self.covered} 条、{minutes} 分钟没有公布的校验值可对照"
        return f"{known.format(self.covered)}；{apart}，这一段如被整体重算，无从发现"


def hashed(seq: int, previous: bytes, body: bytes) -> bytes:
    """Return the hash of an entry."""
    return sha256(b"%d\n%b\n%b" % (seq, previous, body)).hexdigest().encode()


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object in which a name stands twice: two readers would see two things."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError(pairs)
    return dict(pairs)


def database_rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the entries of a database, having held the searchable columns against the body."""
    hours, shown, local = dict[bytes, bytes](), b"", b""
    for seq, previous, digest, body, moment, act, thing, salt, text in connection.execute(QUERY):
        wrong = None
        try:
            if moment != shown:
                if moment[:13] not in hours:
                    utc = datetime.strptime(moment[:13].decode(), "%Y-%m-%d %H")  # noqa: DTZ007
                    hours[moment[:13]] = f"{utc + timedelta(hours=8):%Y-%m-%dT%H}".encode()
                shown, rest = moment, moment[13:].replace(b".000000", b"")
                local = hours[moment[:13]] + rest + b"+08:00"
            end = b',"moment":"%b","object":"%b","text_hash":' % (local, thing)
            cut = -5 if body.endswith(b":null}") else -67
            fits = body.startswith(b'{"act":"%b","actor":"' % act) and body.endswith(end, 0, cut)
            if not fits or b'"' in act or b'"' in thing:
                said, own = json.loads(body), {"act": act, "object": thing, "moment": local}
                wrong = next((f"{n} 栏与正文不符" for n in own if said[n] != own[n].decode()), None)
        except UNREADABLE:
            wrong = "正文或栏目无法读取"
        yield seq, previous, digest, body, wrong, salt, text


def export_rows(path: Path, beside: Path | None) -> Iterator[tuple[Any, ...]]:
    """Yield the entries of an export, with the texts that were exported along with it."""
    count, told, waiting, taken = 0, None, ..., True
    with path.open("rb") as file, (beside or path).open("rb") as second:
        read = json.JSONDecoder(object_pairs_hook=once).decode
        texts = map(read, map(bytes.decode, second if beside else ()))
        for count, line in enumerate(file, 1):
            try:
                seq, previous, digest, body, wrong, entries = as_written(line) or as_json(line)
                waiting = next(texts, ...) if taken else waiting
                salt, at, text = map(waiting.get, sorted(waiting)) if waiting is not ... else NONE
                taken = not at ^ seq
                salt, text = (one.encode() if taken else None for one in (salt, text))
            except UNREADABLE as error:
                raise BadError(count, "这一行或其旁存文字不完整") from error
            wrong = "entries 栏与首条不符" if entries != (told := told or entries) else wrong
            yield seq, previous, digest, body, wrong, salt, text
        left = beside and second.read(1) and count if taken or waiting is ... else max(at, 1)
    if left:
        raise BadError(left, "旁存文字重复、次序颠倒，或并无这一条流水")
    if count != told:
        raise BadError(count + 1, f"文件不完整，应有 {told or '至少一'} 条，实有 {count} 条")


def as_written(line: bytes) -> tuple[int, bytes, bytes, bytes, None, int] | None:
    """Read a line that is byte for byte what is written for its body; None for any other."""
    comma, at, end = line.find(b","), line.rfind(b',"previous":"'), line.rfind(b":")
    seq, inner, many = line[12:comma], line[comma + 1 : at], line[end + 1 : -2]
    previous, digest = line[at + 13 : at + 77], line[at + 87 : at + 151]
    quoted = inner.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    form = b'{"sequence":%b,%b,"previous":"%b","hash":"%b","body":"{%b}","entries":%b}\n'
    written = form % (seq, inner, previous, digest, quoted, many)
    if written != line or not (inner.startswith(b'"act":"') and seq.isdigit() and many.isdigit()):
        return None
    return int(seq), previous, digest, b"{%b}" % inner, None, int(many)


def as_json(line: bytes) -> tuple[Any, bytes, bytes, bytes, str | None, int]:
    """Read a line of any spelling and hold its columns against the body."""
    row = json.loads(line, object_pairs_hook=once)
    seq, previous, digest, body, total = map(row.pop, LINKS)
    content = json.loads(body)
    wrong = None if type(seq) is type(total) is int else "编号或条数不是整数"
    for name in sorted({*row, *content}):
        if json.dumps(row[name], sort_keys=True) != json.dumps(content[name], sort_keys=True):
            wrong = f"{name} 栏与正文不符"
    return seq, previous.encode(), digest.encode(), body.encode(), wrong, total


def read_heads(parser: _Parser, given: argparse.Namespace) -> dict[int, list[str]]:
    """Gather heads from the command line, from files of heads and from earlier exports."""
    heads: dict[int, list[str]] = {}
    sources = [(str(one), one.read_text("utf-8", errors="replace")) for one in given.heads]
    for name, text in [(words, words) for words in given.head] + sources:
        read = [(EXPORTED if line[:1] == "{" else HEAD).search(line) for line in text.split("\n")]
        for one in filter(None, read):
            heads.setdefault(int(one[1]), []).append(one[2].lower())
        if not any(read):
            parser.error(f"{name} 里没有可用的校验值，应如 318:0a1b2c3d4e5f6071（至少 16 位）")
    return heads


def check_database(path: Path, check: Check) -> None:
    """Check a SQLite file without changing it."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.text_factory = bytes
        connection.execute("BEGIN")
        check.run(database_rows(connection))
        size, digest = connection.execute(KEPT).fetchone() or (-1, b"")
        if (size, digest) != (check.size, check.hash):
            place = check.size if size == check.size else min(max(size, 0), check.size) + 1
            raise BadError(max(place, 1), "末条与登记的条数或校验值不符，尾部可能被删改")
        if stray := connection.execute(STRAY).fetchone()[0]:
            raise BadError(stray, "并不存在，却有旁存文字")


def main(arguments: list[str]) -> int:
    """Check what is named on the command line and say what was found."""
    parser = _Parser(prog="verify_ledger.py", description="核验留痕流水")
    parser.add_argument("ledger", type=Path, metavar="流水", help="SQLite 数据库，或导出的流水")
    parser.add_argument("--texts", type=Path, help="随流水导出的旁存文字")
    parser.add_argument("--head", action="append", default=[], help="公布过的 条数:校验值")
    parser.add_argument("--heads", action="append", default=[], type=Path, help="存有校验值的文件")
    given = parser.parse_args(arguments)
    try:
        with given.ledger.open("rb") as file:
            begins = file.read(40)
        if OTHER.match(begins):
            parser.error(f"{given.ledger} 是表格、备份或旁存文字，请给出导出的流水或数据库")
        stored = begins.startswith(b"SQLite format 3\0")
        check = Check(read_heads(parser, given), with_texts=stored or bool(given.texts))
        if stored:
            check_database(given.ledger, check)
        else:
            check.run(export_rows(given.ledger, given.texts))
    except (OSError, sqlite3.Error) as error:
        parser.exit(2, f"无法核验：{error}\n")
    except BadError as bad:
        sys.stdout.write(f"流水有误：{bad}（此前 {bad.since - 1} 条未见问题）\n")
        return 1
    head = f"{check.size}:{check.hash.decode()}"
    sys.stdout.write(f"{check.window()}\n流水完整：共 {check.size} 条，末条校验值 {head}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
