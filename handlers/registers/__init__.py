"""Log, register and printed lists, made from the ledger and the texts beside it."""
