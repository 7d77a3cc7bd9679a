"""A picture of a printed page, where LibreOffice is installed; the office may do without."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

PROGRAMS = ("soffice", "libreoffice")
TIME_LIMIT_SECONDS = 90
DOTS_PER_INCH = 110
POINTS_PER_INCH = 72
FONTS = Path(__file__).parent / "fonts.conf"
ABSENT = "本机没有安装 LibreOffice，不能生成页面图片，请直接打开 docx 文件"
TOO_SLOW = (
    f"LibreOffice 在 {TIME_LIMIT_SECONDS} 秒内没有完成，不能生成页面图片，请直接打开 docx 文件"
)
FAILED = "LibreOffice 没有转换成功，不能生成页面图片，请直接打开 docx 文件"


@dataclass(frozen=True)
class PagePicture:
    """A page as png, or the reason why there is none."""

    png: bytes | None
    reason: str = ""
    pages: int = 0


def is_available() -> bool:
    """Tell whether pages can be pictured on this machine."""
    return _program() is not None


def picture(document: bytes, page: int = 1) -> bytes | None:
    """Return a page of a docx or xlsx as png; None where LibreOffice cannot be used."""
    return photograph(document, page).png


def photograph(document: bytes, page: int = 1, *, ending: str = "docx") -> PagePicture:
    """Return a page of a document as png, or the reason why not."""
    made = portable(document, ending=ending)
    return PagePicture(None, made) if isinstance(made, str) else page_of(made, page)


def page_of(portable_document: bytes, page: int = 1) -> PagePicture:
    """Return a page of a pdf as png, so that several pages need one conversion only."""
    with pypdfium2.PdfDocument(portable_document) as pages:
        count = len(pages)
        if not 1 <= page <= count:
            return PagePicture(None, f"文书共 {count} 页，没有第 {page} 页", count)
        bitmap = pages[page - 1].render(scale=DOTS_PER_INCH / POINTS_PER_INCH)
        written = BytesIO()
        bitmap.to_pil().save(written, format="PNG", optimize=True)
        return PagePicture(written.getvalue(), pages=count)


def portable(document: bytes, *, ending: str = "docx") -> bytes | str:
    """Return a document as pdf, or the reason why LibreOffice did not make one."""
    program = _program()
    if program is None:
        return ABSENT
    with TemporaryDirectory(prefix="fangyuan-page-") as folder:
        source = Path(folder) / f"page.{ending}"
        source.write_bytes(document)
        reason = _convert(program, source)
        result = source.with_suffix(".pdf")
        if reason or not result.is_file():
            return reason or FAILED
        return result.read_bytes()


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _convert(program: str, source: Path) -> str:
    folder = source.parent
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
    ]
    with subprocess.Popen(  # noqa: S603 - a program of this machine; the file is our own
        command,
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)} if FONTS.is_file() else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            child.wait(TIME_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            _end(child)
            return TOO_SLOW
    return "" if child.returncode == 0 else FAILED


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started: LibreOffice's launcher starts another process."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
