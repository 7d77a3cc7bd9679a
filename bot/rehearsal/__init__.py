"""The coming days, played on a copy of the office: nothing leaves, nothing of the home changes."""
