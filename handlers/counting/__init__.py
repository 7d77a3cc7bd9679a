"""What the ledger says, counted: every figure carries the entries and cases it counts."""
