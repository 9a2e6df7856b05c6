"""Risks: scales and scores, money and time, states and ids; the rules of the register, without window or paper."""
