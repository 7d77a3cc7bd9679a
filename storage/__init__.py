"""Records of the office: models, migrations, ledger, inbox, outbox, exports read in."""
