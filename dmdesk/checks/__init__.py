"""Checks: everything worth looking at in a plan, as findings with words and, where there are some, fixes.

Whoever shows findings calls ``run_again`` after each step, which asks again only what the step may have
changed. Fixes, acceptances and previews ("what would this do") work on the same findings.
"""

from dmdesk.checks.accepting import accept, matching, open_ones
from dmdesk.checks.finding import ACCEPTED, ERROR, LEVELS, NOTE, WARNING, Check, Finding, Fix
from dmdesk.checks.mending import Effect, effect, fix_all, ways
from dmdesk.checks.printing import codes_in_the_way, in_the_way
from dmdesk.checks.running import checks, needed_by, run, run_again, touched_by

__all__ = [
    "ACCEPTED", "ERROR", "LEVELS", "NOTE", "WARNING", "Check", "Effect", "Finding", "Fix", "accept", "checks",
    "codes_in_the_way", "effect", "fix_all", "in_the_way", "matching", "needed_by", "open_ones", "run", "run_again",
    "touched_by", "ways",
]  # fmt: skip
