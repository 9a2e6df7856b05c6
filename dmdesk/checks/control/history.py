"""What only the history can tell of a plan's changes; ``dmdesk.working`` finds it, for these are no checks of rows.

They are declared here so that they have codes, levels and words like all others, and can be accepted.
"""

from __future__ import annotations

from dmdesk.checks.finding import CHECKS, NOTE, WARNING, Check

NO_REQUEST = CHECKS.add(
    Check(
        "history.no-request",
        WARNING,
        "Something baselined that was changed under no change request since, in a plan whose lock asks for one.",
    )
)
LOST_REQUEST = CHECKS.add(
    Check("history.lost-request", NOTE, "Steps made under a change request that is no longer in the plan.")
)
CODES = frozenset((NO_REQUEST.code, LOST_REQUEST.code))
