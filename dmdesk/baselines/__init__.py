"""Baselines: sealed versions of the plan, how they are made, opened, proven, and what they are called."""

from dmdesk.baselines.comparing import apart
from dmdesk.baselines.opening import data_of, named, text
from dmdesk.baselines.proving import sha256
from dmdesk.baselines.sealing import Terms, print_of, row, text_of
from dmdesk.baselines.verdict import Flaw, Verdict
from dmdesk.baselines.verifying import recovered, verify
from dmdesk.baselines.versions import next_version, numbers, refuse

__all__ = [
    "Flaw", "Terms", "Verdict", "apart", "data_of", "named", "next_version", "numbers", "print_of", "recovered",
    "refuse", "row",
    "sha256", "text", "text_of", "verify",
]  # fmt: skip
