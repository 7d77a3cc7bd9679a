"""Triggers that let the ledger only grow, on both engines.

They stop mistakes and bugs, not an administrator: that is what the chain and the published heads
are for. A migration that rebuilds the table `ledger` must create them again.
"""

from __future__ import annotations

SQLITE = (
    """
    CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END
    """,
    """
    CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END
    """,
    # INSERT OR REPLACE passes the two above where recursive triggers are off (measured)
    """
    CREATE TRIGGER ledger_next_only BEFORE INSERT ON ledger
    WHEN NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows by the next number'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$
    """,
    """
    CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE FUNCTION ledger_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger) THEN
        RAISE EXCEPTION 'the ledger only grows by the next number';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER ledger_next_only BEFORE INSERT ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_next()
    """,
)


def statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that guard the ledger on an engine."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL


def removals(dialect: str) -> tuple[str, ...]:
    """Return the statements that take the guards away, for undoing the first migration."""
    if dialect == "sqlite":
        return tuple(
            f"DROP TRIGGER ledger_{name}" for name in ("no_update", "no_delete", "next_only")
        )
    return (
        *(
            f"DROP TRIGGER ledger_{name} ON ledger"
            for name in ("no_change", "no_truncate", "next_only")
        ),
        "DROP FUNCTION ledger_refuse()",
        "DROP FUNCTION ledger_next()",
    )
