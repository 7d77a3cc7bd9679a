"""Facts and rules as data, and pure functions from facts to decisions."""
