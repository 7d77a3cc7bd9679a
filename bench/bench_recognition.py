"""Reading scanned pages: seconds a page, errors in a thousand characters, lines marked as doubtful.

Pages are drawn from an invented text, turned and made grainy as a scanner does; needs `make ocr`.
"""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from knowledge.laws.parse import parse
from storage.official_texts import correction, pictures
from storage.official_texts.read import Scan, read
from tests.support.own_rules import ROOM_RULES
from tests.support.text_files import scanned_pages

TIMES = 2
_PAGE_NUMBER = re.compile(r"[\s\-—–一]*\d+[\s\-—–一]*")
QUALITIES = (("straight and clean", 0.0, 0.0), ("usual", 0.6, 12.0), ("poor", 1.2, 30.0))


def main() -> None:
    if not pictures.can_read():
        print("SKIPPED: the optional extra ocr is not installed (make ocr)")
        return
    pages = ROOM_RULES * TIMES
    meant = "".join(line.replace(" ", "") for page in pages for line in page)
    articles = len(parse("\n".join(line for page in ROOM_RULES for line in page), "").articles)
    for name, askew, noise in QUALITIES:
        with tempfile.TemporaryDirectory() as folder:
            path = scanned_pages(Path(folder) / "规定.pdf", pages, askew=askew, noise=noise)
            scan = read(path)
            assert isinstance(scan, Scan)
            kept = correction.begin(Path(folder), scan)
            began = time.perf_counter()
            while left := kept.left():
                some = left[: pictures.AT_ONCE]
                correction.keep(kept, pictures.read(scan.name, scan.data, some))
            seconds = (time.perf_counter() - began) / len(pages)
            lines = [
                line
                for number in kept.scanned
                for line in kept.lines(number)
                if not _PAGE_NUMBER.fullmatch(line)
            ]
            doubtful = sum(line.startswith(correction.DOUBTFUL) for line in lines)
            said = "".join(line.removeprefix(correction.DOUBTFUL) for line in lines)
            said = said.replace("\u3000", "").replace(" ", "")
            wrong = 1000 * Levenshtein.distance(said, meant) / len(meant)
            found = len(correction.text_of(kept).articles)
        print(
            f"{name}: {seconds:.1f} s a page, {wrong:.1f} errors in 1,000 characters, "
            f"{doubtful} of {len(lines)} lines doubtful, {found} of {articles} articles"
        )


if __name__ == "__main__":
    main()
