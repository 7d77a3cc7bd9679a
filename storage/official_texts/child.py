"""Read the text of one docx or pdf inside a limited process of its own: bytes in, JSON lines out.

Run as a script, it imports nothing of the product: a hostile file can end this process and no
other. Lines out: `{"page", "lines"}` for each page (a docx is one page), the last line is
`{"fault", "pictures"}`; `pictures` are the numbers of pages without a text layer.
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
"""A page with fewer characters in its text layer, and anything drawn on it, is a picture."""
STAMPED = 40
"""A page that one picture covers may bear so many characters that a scanner put there."""
COVERS = 0.5
LOOKED_AT = 0.25
"""Scale at which a page is looked at: enough to tell paper from ink."""
INK = 200


class FaultError(Exception):
    """What is wrong with the file, as the word the parent has a sentence for."""


def write_pages(data: bytes, limits: Mapping[str, int], out: TextIO) -> None:
    """Write the lines of a file page by page, and at the end what is wrong with it, if anything."""
    fault, left = None, limits["characters"]
    pictures: list[int] = []
    try:
        for number, (lines, is_picture) in enumerate(_pages(data, limits), 1):
            pictures += [number] if is_picture else []
            left -= _line({"page": number, "lines": lines}, out)
            if left < 0:
                raise FaultError("too_big")  # noqa: TRY301 - the one place that answers faults
    except FaultError as found:
        fault = str(found)
    except MemoryError:  # pragma: no cover - only where limit_process has run: in the child
        fault = "too_big"
    _line({"fault": fault, "pictures": pictures}, out)
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
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FaultError("encrypted")
        if len(reader.pages) > limits["pages"]:
            raise FaultError("too_big")
        pages = [page.extract_text().splitlines() for page in reader.pages]
        with PdfDocument(data) as document:
            for number, lines in enumerate(pages):
                is_picture = _is_picture(document, number, lines)
                yield ([] if is_picture else lines), is_picture
    except (PyPdfError, PdfiumError) as error:
        raise FaultError("damaged") from error


def _is_picture(document: Any, number: int, lines: list[str]) -> bool:
    """Tell a scanned page from one with a text layer, and from an empty one."""
    characters = sum(len(line.strip()) for line in lines)
    if characters >= STAMPED:
        return False
    page = document[number]
    if characters < FEWEST_CHARACTERS:
        return bool(page.render(scale=LOOKED_AT, grayscale=True).to_numpy().min() < INK)
    width, height = page.get_size()
    return any(
        (right - left) * (top - bottom) > COVERS * width * height
        for left, bottom, right, top in _pictures_of(page)
    )


def _pictures_of(page: Any) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # noqa: PLC0415

    for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        yield one.get_bounds()


if __name__ == "__main__":  # pragma: no cover - runs in the child
    given: Mapping[str, int] = json.loads(sys.argv[1])
    limit_process(given)
    lines_out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    write_pages(sys.stdin.buffer.read(), given, lines_out)
