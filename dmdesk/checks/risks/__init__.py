"""Checks of the risk register and its scales: what reviewers of registers find in them, found before they do."""
