"""监督线索: what concerns a body outside the house."""
