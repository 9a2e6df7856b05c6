"""The risk register in print: its long tables and its figures, which the chapter puts in order."""
