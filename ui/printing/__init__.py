"""Printing: what stands in the way, what is printed and how, to a file or to a printer."""
