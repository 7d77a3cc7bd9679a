"""Cases looked at by hand."""
