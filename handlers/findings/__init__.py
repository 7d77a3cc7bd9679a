"""The patrol and the life of what it finds."""
