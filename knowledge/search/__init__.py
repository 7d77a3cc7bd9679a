"""Find the point that answers a question."""
