"""Rescaling: what an edited or another scale makes of the rows that keep it, and of the scores that were given by it.

All of it is changes, so that a person sees what becomes of each risk before it does, and undo takes back one step.
"""
