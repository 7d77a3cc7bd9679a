"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.ledger_guards import removals, statements
from storage.models.base import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
TABLES = (
    "accepted_values",
    "binding_tries",
    "buttons",
    "cards",
    "due_jobs",
    "inbox",
    "ledger",
    "ledger_head",
    "ledger_texts",
    "listed_rows",
    "outbox",
    "people",
    "settings",
    "snapshots",
    "digests",
    "findings",
    "invites",
    "snapshot_files",
    "answers",
    "digest_places",
)


def upgrade() -> None:
    """Make every table, the head of an empty ledger and the triggers that guard it."""
    _accepted_values()
    _binding_tries()
    _buttons()
    _cards()
    _due_jobs()
    _inbox()
    _ledger()
    _ledger_head()
    _ledger_texts()
    _listed_rows()
    _outbox()
    _people()
    _settings()
    _snapshots()
    _digests()
    _findings()
    _invites()
    _snapshot_files()
    _answers()
    _digest_places()
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
    first = sa.text("INSERT INTO ledger_head (id, size, hash) VALUES (1, 0, :first)")
    op.execute(first.bindparams(first="0" * 64))


def downgrade() -> None:
    """Drop every table."""
    for statement in removals(op.get_bind().dialect.name):
        op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def _accepted_values() -> None:
    op.create_table(
        "accepted_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_hash", sa.String(64), nullable=False),
        sa.Column("accepted_at", Moment(), nullable=False),
        *_texts("office", "case_no", "person_no", "rule", "reason", "accepted_by"),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_values"),
        sa.UniqueConstraint(
            "office",
            "case_no",
            "person_no",
            "rule",
            "evidence_hash",
            name="uq_accepted_values_office_case_no_person_no_rule_evidence_hash",
        ),
    )


def _binding_tries() -> None:
    op.create_table(
        "binding_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("tried_at", Moment(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        *_texts("account"),
        sa.PrimaryKeyConstraint("id", name="pk_binding_tries"),
    )
    op.create_index("ix_binding_tries_account", "binding_tries", ["account"])


def _buttons() -> None:
    op.create_table(
        "buttons",
        sa.Column("token", sa.String(40), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_entry", sa.Integer(), nullable=True),
        *_texts("object"),
        *_texts("used_by", nullable=True),
        sa.PrimaryKeyConstraint("token", name="pk_buttons"),
    )


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        *_texts("office", "case_no", "person_no"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint(
            "office", "case_no", "person_no", name="uq_cards_office_case_no_person_no"
        ),
    )


def _due_jobs() -> None:
    op.create_table(
        "due_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        *_texts("job", "key"),
        sa.PrimaryKeyConstraint("id", name="pk_due_jobs"),
        sa.UniqueConstraint("job", "key", name="uq_due_jobs_job_key"),
    )
    op.create_index("ix_due_jobs_open", "due_jobs", ["done_at", "due_at"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        *_texts("chat"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("door", "update_id", name="uq_inbox_door_update_id"),
    )
    op.create_index("ix_inbox_open", "inbox", ["state", "door", "chat", "id"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("moment", Moment(), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        *_texts("object"),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
    )
    op.create_index("ix_ledger_act", "ledger", ["act"])
    op.create_index("ix_ledger_moment", "ledger", ["moment"])
    op.create_index("ix_ledger_object", "ledger", ["object"])


def _ledger_head() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )


def _ledger_texts() -> None:
    op.create_table(
        "ledger_texts",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger_texts"),
    )


def _listed_rows() -> None:
    op.create_table(
        "listed_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        *_texts("office"),
        sa.PrimaryKeyConstraint("id", name="pk_listed_rows"),
    )
    op.create_index("ix_listed_rows_office", "listed_rows", ["office"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("repeat_of", sa.Integer(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        *_texts("chat", "purpose"),
        *_texts("document", "file_name", "press_id", "dedup_key", "worker", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("dedup_key", name="uq_outbox_dedup_key"),
    )
    op.create_index("ix_outbox_message", "outbox", ["door", "chat", "message_id"])
    op.create_index("ix_outbox_state", "outbox", ["state", "id"])
    op.create_index("ix_outbox_target", "outbox", ["door", "chat", "target"])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("door", sa.String(20), nullable=True),
        sa.Column("bound_at", Moment(), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        *_texts("office", "department", "name"),
        *_texts("account", "chat", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint(
            "office", "department", "name", name="uq_people_office_department_name"
        ),
    )
    op.create_index("ix_people_account", "people", ["door", "account"], unique=True)


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("office", "name", name="pk_settings"),
    )


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("cards_before", sa.LargeBinary(), nullable=True),
        sa.Column("effects", sa.JSON(), nullable=False),
        *_texts("office", "imported_by"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_digests_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
    op.create_index("ix_digests_person_id", "digests", ["person_id"])


def _findings() -> None:
    open_ = sa.text("state != 'closed'")
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("hit_state", sa.String(12), nullable=False),
        sa.Column("release", sa.String(10), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("custody", sa.Boolean(), nullable=False),
        sa.Column("custody_end", sa.Date(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("to_head", sa.Boolean(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("shelved", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("released_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("date_change", sa.JSON(), nullable=True),
        sa.Column("vanished", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_texts(
            "office",
            "number",
            "case_no",
            "person_no",
            "rule",
            "occurrence",
            "item",
            "title",
            "fact",
            "plain_fact",
            "ask",
        ),
        *_texts(
            "case_name",
            "case_type",
            "suspect",
            "prosecutor",
            "assistant",
            "department",
            "released_by",
            "shown_as",
            "closed_as",
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["snapshots.id"], name="fk_findings_made_by_snapshots"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint(
            "office",
            "case_no",
            "person_no",
            "rule",
            "occurrence",
            name="uq_findings_office_case_no_person_no_rule_occurrence",
        ),
        sa.UniqueConstraint("office", "number", name="uq_findings_office_number"),
    )
    op.create_index(
        "ix_findings_open", "findings", ["office", "id"], sqlite_where=open_, postgresql_where=open_
    )


def _invites() -> None:
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_invites_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
    )


def _snapshot_files() -> None:
    op.create_table(
        "snapshot_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        *_texts("name", "sha256"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name="fk_snapshot_files_snapshot_id_snapshots"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot_files"),
    )
    op.create_index("ix_snapshot_files_sha256", "snapshot_files", ["sha256"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        *_texts("chat"),
        *_texts("field", "value", "state_before", "reviewed_by", nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_answers_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_answers_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_finding_id", "answers", ["finding_id"])
    op.create_index("ix_answers_message", "answers", ["door", "chat", "message_id"])


def _digest_places() -> None:
    op.create_table(
        "digest_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name="fk_digest_places_finding_id_findings"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_digest_places_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_digest_places"),
    )
    op.create_index("ix_digest_places_person", "digest_places", ["person_id", "digest"])
