"""Risks in the window: the heat map and other pictures of the register, and what people do with a risk."""
