"""The script that draws the shipped templates; the office edits the docx files, not this."""
