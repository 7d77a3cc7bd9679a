"""Read the letters of scanned pages inside a limited process of its own: bytes in, JSON lines out.

Run as a script, it imports nothing of the product; it needs the optional extra `ocr`. A line out
for each page asked for: `{"page", "picture", "lines"}`, the picture as base64 JPEG, a line as
`{"text", "score", "doubts"}`: its certainty from 0 to 1, and the places of characters that are
doubtful. The last line is `{"fault"}`.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGER_SIDE = 1700
"""Pixels of a page's longer side: A4 at some 145 dots an inch; larger reads no better, slower."""
JPEG_QUALITY = 50
CERTAIN_LINE = 0.9
CERTAIN_CHARACTER = 0.6
SAME_ROW = 0.5
INDENTED = 1.2
WIDE_GAP = 1.5
INDENT = "\u3000\u3000"
_HAN = r"\u3400-\u9fff"
_WIDE = str.maketrans("(),:;!?", "（），：；！？")
_NARROW_MARK = re.compile(
    rf"(?<=[{_HAN}《》（）“”，。；：])[(),:;!?]|[(),:;!?](?=[{_HAN}《》（）“”])"
)
_PAIRS = {"“": "”", "《": "》", "（": "）"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
_SIGNS = "，。；：、"
_PAGE_NUMBER = re.compile(r"[-—–一\s·]*\d{1,4}[-—–一\s·]*\Z")


@dataclass(frozen=True)
class Piece:
    """Letters found in one place: where it begins and ends, its height, and how certain each is."""

    text: str
    score: float
    begins: tuple[float, float]
    ends: tuple[float, float]
    height: float
    letters: tuple[float, ...] = ()

    @property
    def slope(self) -> float:
        """How much a line falls to the right: pages lie askew on the glass."""
        return (self.ends[1] - self.begins[1]) / max(1.0, self.ends[0] - self.begins[0])

    def left(self, slope: float) -> float:
        """Return the left edge as if the page lay straight."""
        return self.begins[0] + slope * self.begins[1]

    def right(self, slope: float) -> float:
        """Return the right edge as if the page lay straight."""
        return self.ends[0] + slope * self.ends[1]

    def down(self, slope: float) -> float:
        """Return how far down it stands as if the page lay straight."""
        across = (self.begins[0] + self.ends[0]) / 2
        return (self.begins[1] + self.ends[1]) / 2 - slope * across


def write_pages(  # pragma: no cover - runs in the child, and only where the extra is installed
    data: bytes, limits: Mapping[str, Any], out: TextIO
) -> None:
    """Write what stands on each page asked for, in `limits["numbers"]`, counted from 1."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - heavy, and only here
    from rapidocr import RapidOCR  # noqa: PLC0415 - the optional extra

    engine: Any = RapidOCR(params=_settings(limits))
    with PdfDocument(data) as document:
        for number in limits["numbers"]:
            page = document[number - 1]
            picture = page.render(scale=LONGER_SIDE / max(page.get_size())).to_pil().convert("RGB")
            found = engine(picture, return_word_box=True, return_single_char_box=True)
            lines = said(list(_pieces(found)))
            shown = io.BytesIO()
            picture.convert("L").save(shown, "JPEG", quality=JPEG_QUALITY)
            _line(
                {
                    "page": number,
                    "picture": base64.b64encode(shown.getvalue()).decode(),
                    "lines": lines,
                },
                out,
            )
    _line({"fault": None}, out)
    out.flush()


def _settings(limits: Mapping[str, Any]) -> dict[str, Any]:  # pragma: no cover - as above
    """Keep every line, however unsure: a line dropped in silence is worse than a doubtful one."""
    return {
        "Global.text_score": 0.0,
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": limits["threads"],
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }


def _pieces(found: Any) -> Iterator[Piece]:  # pragma: no cover - as above
    if found.txts is None:
        return
    for corners, text, score, letters in zip(
        found.boxes, found.txts, found.scores, found.word_results, strict=True
    ):
        begins, ends = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
        yield Piece(
            text=text,
            score=float(score),
            begins=(float(begins[0]), float(begins[1])),
            ends=(float(ends[0]), float(ends[1])),
            height=float(abs(corners[3][1] - corners[0][1])),
            letters=by_letter(text, letters),
        )


def by_letter(text: str, found: Sequence[Any]) -> tuple[float, ...]:
    """Return how certain each letter of a text is; spaces are not told of, and are certain."""
    told = [(str(one[0]), float(one[1])) for one in found]
    return tuple(told.pop(0)[1] if told and told[0][0] == letter else 1.0 for letter in text)


def said(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return the printed lines from top to bottom, each with its certainty and doubtful places.

    A line that begins further right than the others keeps two wide spaces: a paragraph begins.
    """
    wide = [one for one in pieces if one.ends[0] - one.begins[0] > 5 * one.height]
    slope = median(one.slope for one in wide) if wide else 0.0
    margin = min((one.left(slope) for one in wide), default=0.0)
    lines = [_line_of(row, slope, margin) for row in _rows(pieces, slope)]
    for place in _odd_signs([line["text"].strip() for line in lines]):
        lines[place]["certain"] = False
    return lines


def _odd_signs(lines: Sequence[str]) -> set[int]:
    """Return lines whose signs cannot be right: a pair that is not closed, an item before another.

    A pair may go on over the end of a line, and over the end of a page: there nothing is said.
    """
    odd: set[int] = set()
    opened: dict[str, int] = {}
    for place, line in enumerate(lines):
        for letter in line:
            if letter in _PAIRS:
                odd |= {opened[letter], place} if letter in opened else set()
                opened[letter] = place
            elif letter in _CLOSING and opened.pop(_CLOSING[letter], None) is None and place:
                odd.add(place)
        after = lines[place + 1] if place + 1 < len(lines) else ""
        if line.endswith("：") and _ITEM.match(line) and _ITEM.match(after):
            odd.add(place)
    return odd


def _rows(pieces: Sequence[Piece], slope: float) -> list[list[Piece]]:
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.down(slope)):
        last = found[-1] if found else []
        if last and abs(piece.down(slope) - last[-1].down(slope)) < SAME_ROW * piece.height:
            last.append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda one: one.left(slope)) for row in found]


def _line_of(row: Sequence[Piece], slope: float, margin: float) -> dict[str, Any]:
    first = row[0]
    text = INDENT if first.left(slope) - margin > INDENTED * first.height else ""
    doubts: list[int] = []
    for before, piece in zip((None, *row), row, strict=False):
        if before is not None and piece.left(slope) - before.right(slope) > WIDE_GAP * piece.height:
            text += "\u3000"
        doubts += [len(text) + place for place in _doubts(piece)]
        text += _NARROW_MARK.sub(lambda mark: mark[0].translate(_WIDE), piece.text)
    score = min(one.score for one in row)
    is_number = _PAGE_NUMBER.match(text.strip()) is not None
    return {
        "text": text,
        "score": round(score, 3),
        "doubts": [] if is_number else doubts,
        "certain": is_number or (score >= CERTAIN_LINE and not doubts),
    }


def _doubts(piece: Piece) -> list[int]:
    """Return the places of doubtful letters, digits and signs; brackets come wide or narrow."""
    return [
        place
        for place, (letter, certain) in enumerate(zip(piece.text, piece.letters, strict=True))
        if certain < CERTAIN_CHARACTER and (letter.isalnum() or letter in _SIGNS)
    ]


def _line(value: object, out: TextIO) -> None:  # pragma: no cover - as above
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _limit_process(limits: Mapping[str, Any]) -> None:  # pragma: no cover - runs in the child
    """Bound the memory and the time of this process for good, and let others go first."""
    if sys.platform != "win32":  # there the parent's wall clock is the only limit
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        os.nice(10)


if __name__ == "__main__":  # pragma: no cover - runs in the child
    given: Mapping[str, Any] = json.loads(sys.argv[1])
    _limit_process(given)
    lines_out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    write_pages(sys.stdin.buffer.read(), given, lines_out)
