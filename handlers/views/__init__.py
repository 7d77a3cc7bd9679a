"""What a person asks to see of his own work."""
