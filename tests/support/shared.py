"""Reference material beside the checkout; a test that needs it skips loudly where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared_folder(*parts: str) -> Path:
    """Return a path below the shared material, or skip the test saying what is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"SKIPPED LOUDLY: {path} is not here; this check needs the shared material")
    return path
