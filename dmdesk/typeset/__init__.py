"""Typesetting: fonts, lines of text and the pen that draws them; print and drawings are both made with it."""
