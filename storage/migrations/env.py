"""Alembic's entry: runs migrations in the transaction of the connection it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from storage.models import every_table
from storage.models.base import Moment

if TYPE_CHECKING:
    from typing import Any, Literal


def _as_written(kind: str, item: Any, autogenerating: Any) -> str | Literal[False]:
    """Draft a moment's column as `Moment()`, as the migrations import it."""
    del autogenerating
    return "Moment()" if kind == "type" and isinstance(item, Moment) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=every_table(),
    compare_type=True,
    render_item=_as_written,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
