"""Read what a prosecutor answers in ordinary words: which item, which intent, which value."""
