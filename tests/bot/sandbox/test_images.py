"""Width and height read from the first bytes of a picture."""

from __future__ import annotations

import struct

import pytest

from bot.sandbox.images import dimensions
from tests.support.sandbox import PNG

JPEG = (
    b"\xff\xd8"
    b"\xff\xe0\x00\x04ab"  # a segment that says nothing of the size
    b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 200, 300)
)
PICTURES = [
    (PNG, (300, 200)),
    (b"GIF89a" + struct.pack("<HH", 300, 200), (300, 200)),
    (b"RIFF\0\0\0\0WEBPVP8 ", (512, 512)),
    (JPEG + b"\0\0", (300, 200)),
    (b"\xff\xd8\xff\xe0\x00\x04ab", None),
    (b"%PDF-1.7", None),
    (b"", None),
]


@pytest.mark.parametrize(("content", "size"), PICTURES)
def test_a_picture_tells_its_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(content) == size
