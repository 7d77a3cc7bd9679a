"""The files an office at work has sent, in order, by the names they were sent under."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.messages import OutboxRow

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def sent(office: OfficeAtWork) -> list[tuple[str, Path]]:
    rows = office.read(
        lambda session: session.scalars(
            select(OutboxRow).where(OutboxRow.document.is_not(None)).order_by(OutboxRow.id)
        ).all()
    )
    return [(str(row.file_name), Path(str(row.document))) for row in rows]
