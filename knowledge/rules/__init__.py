"""Monitoring rules: their language, the loader of the catalogue, the patrol, the explanation."""
