"""What a query runs in, named here so that the rooms above need not know the library."""

from __future__ import annotations

from sqlalchemy.orm import Session

__all__ = ["Session"]
