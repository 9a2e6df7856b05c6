"""Baselines: sealed versions of the plan, how they are made, opened, proven, and what they are called."""

from dmdesk.baselines.opening import data_of, named, text
from dmdesk.baselines.proving import sha256
from dmdesk.baselines.sealing import Terms, print_of, row, text_of
from dmdesk.baselines.versions import next_version, numbers, refuse

__all__ = [
    "Terms", "data_of", "named", "next_version", "numbers", "print_of", "refuse", "row", "sha256", "text", "text_of",
]  # fmt: skip
