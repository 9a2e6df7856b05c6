"""Drawings of a risk register: the heat map, what drives the exposure, and how surely it stays below an amount."""
