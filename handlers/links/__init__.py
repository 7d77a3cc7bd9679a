"""Which imported text stands behind a rule."""
