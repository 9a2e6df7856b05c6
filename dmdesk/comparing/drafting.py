"""The draft mark: a release takes it off and puts it on again, which changes nothing of what the plan says."""

from __future__ import annotations

from dmdesk.kinds import changed
from dmdesk.reading import PlanData

MARK = "state"
"""The field of the plan that says whether it is a draft."""


def without_mark(old: PlanData, new: PlanData) -> PlanData:
    """The old state with the draft mark of the new one, for a record of what really changed since a baseline.

    The same object where nothing has to be put aside.
    """
    then, now = old.plan(), new.plan()
    if then is None or now is None or getattr(then, MARK) == getattr(now, MARK):
        return old
    marked = old.copy()
    marked.replace("plan", then.id, changed(then, {MARK: getattr(now, MARK)}))
    return marked
