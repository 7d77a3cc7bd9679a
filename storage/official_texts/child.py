"""Read the text of one docx or pdf inside a limited process of its own: bytes in, JSON lines out.

Run as a script, it imports nothing of the product: a hostile file can end this process and no
other. Lines out: `{"page", "lines"}` for each page (a docx is one page), the last line is
`{"fault", "recognised"}`; `recognised` tells that letters were read from pictures.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ZIP, PDF = b"PK", b"%PDF-"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CHUNK = 1 << 20
FEWEST_CHARACTERS = 8
"""A page with fewer characters in its text layer is taken for a picture."""
SHARPNESS = 2.0


class FaultError(Exception):
    """What is wrong with the file, as the word the parent has a sentence for."""


def write_pages(data: bytes, limits: Mapping[str, int], out: TextIO) -> None:
    """Write the lines of a file page by page, and at the end what is wrong with it, if anything."""
    fault, recognised, left = None, False, limits["characters"]
    try:
        for number, (lines, read) in enumerate(_pages(data, limits), 1):
            recognised |= read
            left -= _line({"page": number, "lines": lines}, out)
            if left < 0:
                raise FaultError("too_big")  # noqa: TRY301 - the one place that answers faults
    except FaultError as found:
        fault = str(found)
    except MemoryError:  # pragma: no cover - only where limit_process has run: in the child
        fault = "too_big"
    _line({"fault": fault, "recognised": recognised}, out)
    out.flush()


def limit_process(limits: Mapping[str, int]) -> None:  # pragma: no cover - runs in the child
    """Bound the memory and the time of this process for good."""
    if sys.platform != "win32":  # there the parent's wall clock is the only limit
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _pages(data: bytes, limits: Mapping[str, int]) -> Iterator[tuple[list[str], bool]]:
    if data.startswith(ZIP):
        _check_archive(data, limits)
        yield _docx_lines(data), False
    elif data.startswith(PDF):
        yield from _pdf_pages(data, limits)
    elif data.startswith(OLE):
        raise FaultError("old_word")
    else:
        raise FaultError("not_text")


def _line(value: object, out: TextIO) -> int:
    return out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _check_archive(data: bytes, limits: Mapping[str, int]) -> None:
    """Refuse what is no plain document, and what unpacks to too much (sizes in headers lie)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise FaultError("encrypted")
        if "word/document.xml" not in {entry.filename for entry in entries}:
            raise FaultError("not_text")
        left = limits["unpacked"]
        for entry in entries:
            with archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise FaultError("too_big")


def _docx_lines(data: bytes) -> list[str]:
    from docx import Document  # noqa: PLC0415 - a pdf does not need it
    from docx.table import Table  # noqa: PLC0415

    lines: list[str] = []
    for part in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            lines += [_row(row.cells) for row in part.rows]
        else:
            lines += part.text.splitlines()
    return lines


def _row(cells: Any) -> str:
    """Say a row of a table in one line; a first cell with a number begins a numbered point."""
    texts: list[str] = []
    for cell in cells:
        text = re.sub(r"\s+", "", cell.text)
        if text and (not texts or texts[-1] != text):  # a merged cell comes once per column
            texts.append(text)
    if len(texts) > 1 and re.fullmatch(r"\d{1,3}", texts[0]):
        return f"{texts[0]}. " + "；".join(texts[1:])
    return "；".join(texts)


def _pdf_pages(data: bytes, limits: Mapping[str, int]) -> Iterator[tuple[list[str], bool]]:
    from pypdf import PdfReader  # noqa: PLC0415 - a docx does not need it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FaultError("encrypted")
        if len(reader.pages) > limits["pages"]:
            raise FaultError("too_big")
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except PyPdfError as error:
        raise FaultError("damaged") from error
    for number, lines in enumerate(pages):
        if sum(len(line.strip()) for line in lines) >= FEWEST_CHARACTERS:
            yield lines, False
        else:
            yield _recognised(data, number, limits), True


def _recognised(data: bytes, number: int, limits: Mapping[str, int]) -> list[str]:
    """Read the letters of a page that is a picture; needs the optional extra `ocr`."""
    if not limits["recognise"]:
        raise FaultError("scanned")
    import pypdfium2  # noqa: PLC0415 - heavy, and only for pictures
    from rapidocr import RapidOCR  # noqa: PLC0415 - the optional extra

    with pypdfium2.PdfDocument(data) as document:
        picture = document[number].render(scale=SHARPNESS).to_numpy()
    found = RapidOCR()(picture)
    return list(found.txts or ())


if __name__ == "__main__":  # pragma: no cover - runs in the child
    given: Mapping[str, int] = json.loads(sys.argv[1])
    limit_process(given)
    lines_out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    write_pages(sys.stdin.buffer.read(), given, lines_out)
