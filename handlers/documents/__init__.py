"""Documents as they are printed and sealed: facts in, docx, xlsx and pictures out."""
