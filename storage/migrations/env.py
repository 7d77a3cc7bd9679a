"""Alembic's entry: runs migrations on the connection it is given."""

from __future__ import annotations

import importlib
import pkgutil

from alembic import context

import storage.models
from storage.models.base import Base

for module in pkgutil.iter_modules(storage.models.__path__):
    importlib.import_module(f"storage.models.{module.name}")

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    transaction_per_migration=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
