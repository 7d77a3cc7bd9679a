"""Counting from the ledger: facts, statistics, the daily log and the register."""
