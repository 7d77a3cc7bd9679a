"""Official texts handed in as files: read in a limited child process, then parsed into articles."""
