"""Official texts, imported from the officer's chat."""
