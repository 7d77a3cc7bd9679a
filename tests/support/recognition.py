"""Whether letters can be read from pictures here; where they must be, their absence fails."""

from __future__ import annotations

import os

import pytest
from matplotlib.font_manager import get_font_names

from storage.official_texts import pictures
from tests.support.text_files import CJK_FONTS


@pytest.fixture
def recognition() -> None:
    """Skip, with the reason, where the optional extra ocr or a Chinese font is missing."""
    missing = []
    if not pictures.can_read():
        missing.append("the optional extra ocr is not installed (make ocr)")
    if not set(CJK_FONTS) & set(get_font_names()):
        missing.append("no Chinese font on this machine to make a page with")
    if not missing:
        return
    if os.environ.get("FANGYUAN_REQUIRE_OCR"):
        pytest.fail("; ".join(missing))
    pytest.skip("; ".join(missing))
