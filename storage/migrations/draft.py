"""Draft the next migration from the difference between the classes and the migrations so far.

Used by engineers: `python -m storage.migrations.draft "what changed"`; read the draft before use.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory

from storage.database import Database, sqlite_url
from storage.migrations.runner import configuration
from storage.schema import VERSIONS


def draft(message: str, *, into: Path = VERSIONS) -> Path:
    """Write the next file under `versions/`, or into another folder, and return its path."""
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "draft.sqlite"))
        database.migrate()
        with database.engine.begin() as connection:
            config = configuration(connection)
            config.set_main_option("path_separator", "os")
            config.set_main_option("version_locations", os.pathsep.join({str(VERSIONS), str(into)}))
            newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
            following = f"{int(newest) + 1:04d}"
            script = command.revision(
                config, message, autogenerate=True, version_path=into, rev_id=following
            )
        database.close()
    if script is None or isinstance(script, list):
        raise RuntimeError(f"expected one migration, got {script}")
    return Path(script.path)


if __name__ == "__main__":
    sys.stdout.write(f"{draft(' '.join(sys.argv[1:]))}\n")
