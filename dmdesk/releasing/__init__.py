"""Releasing: from what stands in the way of a version to its sealed text, its PDF, and the draft that begins after it.

Nothing is written before all is made: the version is prepared and printed from what the plan would be, one transaction
seals it, and only then is the PDF put in its place. Until then one may leave, and nothing was done.
"""

from dmdesk.releasing.describing import proposed
from dmdesk.releasing.flow import Prepared, Wish, finish, prepare, print_of
from dmdesk.releasing.reprinting import reprint
from dmdesk.releasing.standing import InTheWay, in_the_way, warnings

__all__ = [
    "InTheWay", "Prepared", "Wish", "finish", "in_the_way", "prepare", "print_of", "proposed", "reprint", "warnings",
]  # fmt: skip
