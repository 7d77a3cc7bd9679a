"""Questions on rules and their answers."""
