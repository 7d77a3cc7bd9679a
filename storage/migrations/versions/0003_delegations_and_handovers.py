"""Stand-ins (AB角), cases handed over, the roster kept from chat, decisions item by item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
TABLES = ("delegations", "handovers")
# SQLite adds no constraint to a table that is there: ids of people stand without one
COLUMNS = (
    ("people", "listed", sa.JSON()),
    ("people", "assists_id", sa.Integer()),
    ("answers", "principal_id", sa.Integer()),
    ("notices", "on_behalf", sa.JSON()),
    ("objections", "group_id", sa.Integer()),
    ("objections", "raised_for", sa.Integer()),
    ("objections", "example", sa.JSON()),
    ("feedback_items", "outcome", sa.String(8)),
    ("feedback_items", "reviewed_by", sa.Integer()),
    ("feedback_items", "reviewed_for", sa.Integer()),
    ("feedback_items", "reviewed_at", Moment()),
    ("feedback_items", "follow_up_on", sa.Date()),
)


def upgrade() -> None:
    """Make the tables and columns; what was there before keeps its meaning."""
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    _delegations()
    _handovers()
    _fill()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)


def _to_people(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_as", sa.String(10), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to_people("delegations", "principal_id"),
        _to_people("delegations", "stand_in_id"),
        _to_people("delegations", "made_by"),
        _to_people("delegations", "ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
    )
    op.create_index("ix_delegations_principal_id", "delegations", ["principal_id"])
    op.create_index("ix_delegations_last", "delegations", ["office", "last"])


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("prosecutor", sa.String(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_as", sa.String(10), nullable=True),
        _to_people("handovers", "receiver_id"),
        _to_people("handovers", "made_by"),
        _to_people("handovers", "ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_case", "handovers", ["office", "case_no"])


def _fill() -> None:
    """Say of what was there before what the new columns say of it.

    Everybody was listed by the configuration until now (`{}`: as what, it did not keep), each
    objection stands alone, and a review was one for all problems of its notice.
    """
    op.execute("UPDATE people SET listed = '{}'")
    op.execute("UPDATE objections SET group_id = id")
    op.execute(
        "UPDATE feedback_items SET"
        " outcome = (SELECT n.outcome FROM notices n JOIN notice_items i ON i.notice_id = n.id"
        " WHERE i.id = feedback_items.notice_item_id),"
        " reviewed_by = (SELECT n.reviewed_by FROM notices n"
        " JOIN notice_items i ON i.notice_id = n.id"
        " WHERE i.id = feedback_items.notice_item_id),"
        " reviewed_at = (SELECT n.reviewed_at FROM notices n"
        " JOIN notice_items i ON i.notice_id = n.id"
        " WHERE i.id = feedback_items.notice_item_id)"
    )
