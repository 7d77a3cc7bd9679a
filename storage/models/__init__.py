"""The tables, one module per kind of record; importing them all fills the metadata."""
