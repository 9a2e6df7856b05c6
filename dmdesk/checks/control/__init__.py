"""Checks of change control: requests, objections, and the meetings of the board."""
