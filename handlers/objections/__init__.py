"""异议 through officer, case head and chief."""
