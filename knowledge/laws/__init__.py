"""Official texts that the office imports: reading them into articles, and keeping them at home."""
