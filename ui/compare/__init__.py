"""Comparing: the page that tells two states of the plan apart, what the working plan differs in, and taking it back."""
