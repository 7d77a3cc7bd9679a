"""Exports and lists of problems: shown first, then taken in."""
