"""Classes and repetitions of findings, 已核对 taken back, links from rules to imported texts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.models.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
TABLES = ("provision_links",)
ORDINARY = "ordinary"


def upgrade() -> None:
    """Make the table and the columns; findings there were before are ordinary first ones."""
    for table, column in _columns():
        op.add_column(table, column)
    op.create_index("ix_findings_person", "findings", ["office", "person_no", "rule"])
    _provision_links()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("provision_links")
    op.drop_index("ix_findings_person", "findings")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)


def _columns() -> list[tuple[str, sa.Column[Any]]]:
    return [
        ("findings", _counted("problem_class", sa.String(16), ORDINARY)),
        ("findings", _counted("recurred", sa.Integer(), "0")),
        ("findings", _counted("repeats", sa.Integer(), "0")),
        ("findings", sa.Column("first_number", sa.String(), nullable=True)),
        ("findings", sa.Column("after_notice", sa.String(), nullable=True)),
        ("findings", sa.Column("moved_on", sa.Date(), nullable=True)),
        ("outcomes", _counted("problem_class", sa.String(16), ORDINARY)),
        ("accepted_values", sa.Column("withdrawn_at", Moment(), nullable=True)),
        ("accepted_values", sa.Column("withdrawn_by", sa.String(), nullable=True)),
    ]


def _counted(name: str, kind: sa.types.TypeEngine[Any], before: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=before)


def _provision_links() -> None:
    op.create_table(
        "provision_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("version", sa.String(10), nullable=False),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("seen", sa.String(16), nullable=True),
        sa.Column("standing", sa.String(10), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("fate", sa.String(10), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name="fk_provision_links_decided_by_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_provision_links"),
        sa.UniqueConstraint(
            "office", "rule", "document", name="uq_provision_links_office_rule_document"
        ),
    )
