"""The manuscript: what the printed plan says, as plain values that know no paper.

Prose and the parts generated from the plan's rows become the same few blocks here, so that the PDF and the LaTeX
form say the same words, and a new form needs to know nothing but blocks.
"""
