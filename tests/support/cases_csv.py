"""The shipped sample cases, changed by a test: rows added, values replaced."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from knowledge.case_numbers import normalise
from tests.support.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAMPLE = ROOT / "bot" / "sample_office" / "sample_cases.csv"


def sample_with(
    target: Path,
    *added: Mapping[str, str],
    changed: Mapping[str, Mapping[str, str]] | None = None,
    without: tuple[str, ...] = (),
) -> Path:
    """Write the sample cases with changes, and return the file.

    Args:
        target: The file; a date in its name is the day of the export.
        added: Rows that are like the first one, save for these values.
        changed: New values for every row whose 部门受案号 ends with the key.
        without: Ends of 部门受案号 of rows to leave out.
    """
    rows = list(csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig"))))
    kept = [row for row in rows if not row["部门受案号"].endswith(without)] if without else rows
    for ending, values in (changed or {}).items():
        hit = [row for row in kept if row["部门受案号"].endswith(ending)]
        assert hit, f"no row of the sample ends with {ending}"
        for row in hit:
            row.update(values)
    kept += [{**rows[0], **one} for one in added]
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    return target


def cases_in_custody() -> set[str]:
    """Return the sample's cases with somebody detained or arrested."""
    rows = csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig")))
    held = [row["部门受案号"] for row in rows if row["强制措施"] in {"拘留", "逮捕"}]
    return {normalise(one) or one for one in held}
