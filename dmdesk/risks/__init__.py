"""Risks: what the plan may have to pay and to wait for, counted so that a review can see it move."""
