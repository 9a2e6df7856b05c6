"""Charts: drawings of other parts of a plan than the product tree, in the same boxes, lines and words.

Each reads the plan into plain values and puts them on a board, which knows pages; no chart knows a file format.
"""
