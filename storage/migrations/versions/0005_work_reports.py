"""Work reports on their way from draft to archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
TABLES = ("work_reports",)


def upgrade() -> None:
    """Make the table; what was there before stays as it is."""
    op.create_table(
        "work_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("pointer", sa.String(), nullable=True),
        sa.Column("book", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["people.id"], name=op.f(f"fk_work_reports_{column}_people")
            )
            for column in ("drafted_by", "checked_by", "signed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_reports")),
    )
    op.create_index("ix_work_reports_state", "work_reports", ["office", "state"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("work_reports")
