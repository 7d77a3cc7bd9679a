"""Export files of the case system, read in a limited child process and turned into sheets."""
