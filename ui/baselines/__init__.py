"""Baselines on the screen: the sealed versions of the plan, what is known of each, and what can be done with it."""
