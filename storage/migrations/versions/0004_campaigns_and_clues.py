"""专项监控, 监督线索, looking at cases by hand; where a finding is from and whom it concerns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.models.base import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
TABLES = (
    "campaigns",
    "campaign_cases",
    "campaign_findings",
    "case_looks",
    "clues",
    "finding_pictures",
    "problem_drafts",
)
COLUMNS = ("source", "campaign", "concerns")


def upgrade() -> None:
    """Make the tables; findings there were before came from the daily patrol."""
    source = sa.Column("source", sa.String(12), nullable=False, server_default="规则巡查")
    op.add_column("findings", source)
    op.add_column("findings", sa.Column("campaign", sa.String(), nullable=True))
    op.add_column("findings", sa.Column("concerns", sa.String(8), nullable=True))
    _campaigns()
    _campaign_cases()
    _campaign_findings()
    _case_looks()
    _clues()
    _finding_pictures()
    _problem_drafts()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for column in reversed(COLUMNS):
        op.drop_column("findings", column)


def _to_people(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("case_types", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(4), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("sample", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", Moment(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("data_day", sa.Date(), nullable=True),
        sa.Column("not_evaluated", sa.JSON(), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to_people("campaigns", "drafted_by"),
        _to_people("campaigns", "ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("office", "number", name="uq_campaigns_office_number"),
        sa.UniqueConstraint("office", "year", "sequence", name="uq_campaigns_office_year_sequence"),
    )


def _campaign_cases() -> None:
    op.create_table(
        "campaign_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("case_type", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("prosecutor", sa.String(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("looked_at", Moment(), nullable=True),
        sa.Column("looked_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_cases_campaign_id_campaigns"
        ),
        _to_people("campaign_cases", "looked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_cases"),
        sa.UniqueConstraint("campaign_id", "case_no", name="uq_campaign_cases_campaign_id_case_no"),
    )


def _campaign_findings() -> None:
    op.create_table(
        "campaign_findings",
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_findings_campaign_id_campaigns"
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_campaign_findings_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["campaign_cases.id"], name="fk_campaign_findings_case_id_campaign_cases"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "finding_id", name="pk_campaign_findings"),
    )
    op.create_index("ix_campaign_findings_finding_id", "campaign_findings", ["finding_id"])


def _case_looks() -> None:
    op.create_table(
        "case_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("looked_at", Moment(), nullable=False),
        sa.Column("looked_by", sa.Integer(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("campaign", sa.String(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        _to_people("case_looks", "looked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_looks"),
    )
    op.create_index("ix_case_looks_case", "case_looks", ["office", "case_no"])


def _clues() -> None:
    op.create_table(
        "clues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(8), nullable=False),
        sa.Column("line", sa.String(8), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("forwarded_by", sa.Integer(), nullable=False),
        sa.Column("forwarded_at", Moment(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("received_at", Moment(), nullable=True),
        sa.Column("result", sa.String(12), nullable=True),
        sa.Column("result_note", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_clues_finding_id_findings"
        ),
        _to_people("clues", "forwarded_by"),
        _to_people("clues", "received_by"),
        _to_people("clues", "settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_clues"),
        sa.UniqueConstraint("office", "number", name="uq_clues_office_number"),
        sa.UniqueConstraint("office", "year", "sequence", name="uq_clues_office_year_sequence"),
    )
    op.create_index("ix_clues_finding_id", "clues", ["finding_id"])
    op.create_index("ix_clues_state", "clues", ["office", "state"])


def _finding_pictures() -> None:
    op.create_table(
        "finding_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_finding_pictures_finding_id_findings"
        ),
        _to_people("finding_pictures", "added_by"),
        sa.PrimaryKeyConstraint("id", name="pk_finding_pictures"),
    )
    op.create_index("ix_finding_pictures_finding_id", "finding_pictures", ["finding_id"])


def _problem_drafts() -> None:
    op.create_table(
        "problem_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("campaign_case_id", sa.Integer(), nullable=True),
        sa.Column("checkpoint", sa.String(60), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("severity", sa.String(8), nullable=True),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        _to_people("problem_drafts", "person_id"),
        sa.ForeignKeyConstraint(
            ["campaign_case_id"],
            ["campaign_cases.id"],
            name="fk_problem_drafts_campaign_case_id_campaign_cases",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_problem_drafts"),
    )
