"""The officer's desk: outcomes, oral prompts, notices with their answers, objections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
TABLES = (
    "awaited_texts",
    "notices",
    "notice_items",
    "objections",
    "oral_prompts",
    "outcomes",
    "feedback_items",
)


def upgrade() -> None:
    """Make the tables; what was there before stays as it is."""
    _awaited_texts()
    _notices()
    _notice_items()
    _objections()
    _oral_prompts()
    _outcomes()
    _feedback_items()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _awaited_texts() -> None:
    op.create_table(
        "awaited_texts",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_awaited_texts_person_id_people"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_awaited_texts"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("grave", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("issued_at", Moment(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("pointer", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("received_how", sa.String(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("replied_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(8), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("instructed_by", sa.Integer(), nullable=True),
        sa.Column("instructed_at", Moment(), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["people.id"], name="fk_notices_approved_by_people"
        ),
        sa.ForeignKeyConstraint(["drafted_by"], ["people.id"], name="fk_notices_drafted_by_people"),
        sa.ForeignKeyConstraint(
            ["instructed_by"], ["people.id"], name="fk_notices_instructed_by_people"
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["people.id"], name="fk_notices_received_by_people"
        ),
        sa.ForeignKeyConstraint(["replied_by"], ["people.id"], name="fk_notices_replied_by_people"),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["people.id"], name="fk_notices_reviewed_by_people"
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["people.id"], name="fk_notices_signed_by_people"),
        sa.ForeignKeyConstraint(["voided_by"], ["people.id"], name="fk_notices_voided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("office", "number", name="uq_notices_office_number"),
        sa.UniqueConstraint("office", "year", "sequence", name="uq_notices_office_year_sequence"),
    )
    op.create_index("ix_notices_state", "notices", ["office", "state"])


def _notice_items() -> None:
    op.create_table(
        "notice_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("evidence_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_notice_items_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name="fk_notice_items_notice_id_notices"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notice_items"),
        sa.UniqueConstraint("notice_id", "finding_id", name="uq_notice_items_notice_id_finding_id"),
    )
    op.create_index("ix_notice_items_finding_id", "notice_items", ["finding_id"])
    op.create_index("ix_notice_items_notice_id", "notice_items", ["notice_id"])


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("provision", sa.Text(), nullable=True),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_objections_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"], ["people.id"], name="fk_objections_raised_by_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    op.create_index("ix_objections_finding_id", "objections", ["finding_id"])
    op.create_index("ix_objections_stage", "objections", ["office", "stage"])


def _oral_prompts() -> None:
    op.create_table(
        "oral_prompts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(4), nullable=False),
        sa.Column("prompted_at", Moment(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("prompter_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("registered_at", Moment(), nullable=True),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_oral_prompts_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(
            ["prompter_id"], ["people.id"], name="fk_oral_prompts_prompter_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["people.id"], name="fk_oral_prompts_recipient_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["people.id"], name="fk_oral_prompts_registered_by_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_oral_prompts"),
    )
    op.create_index("ix_oral_prompts_finding_id", "oral_prompts", ["finding_id"])
    op.create_index("ix_oral_prompts_office", "oral_prompts", ["office", "prompted_at"])


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("prosecutor", sa.String(), nullable=True),
        sa.Column("proposed", sa.String(20), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("decided", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name="fk_outcomes_decided_by_people"
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_outcomes_finding_id_findings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outcomes"),
    )
    op.create_index("ix_outcomes_finding_id", "outcomes", ["finding_id"])
    op.create_index("ix_outcomes_rule", "outcomes", ["office", "rule", "decided_at"])


def _feedback_items() -> None:
    op.create_table(
        "feedback_items",
        sa.Column("notice_item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conclusion", sa.String(4), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("proofs", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("unsupported", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name="fk_feedback_items_answered_by_people"
        ),
        sa.ForeignKeyConstraint(
            ["notice_item_id"],
            ["notice_items.id"],
            name="fk_feedback_items_notice_item_id_notice_items",
        ),
        sa.PrimaryKeyConstraint("notice_item_id", name="pk_feedback_items"),
    )
