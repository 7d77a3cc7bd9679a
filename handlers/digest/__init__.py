"""What everybody is told each morning."""
