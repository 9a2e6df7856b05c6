"""Errors that reach a person: one sentence that says what happened to what, and what to do."""


class PlanError(Exception):
    """Something a person can understand and act on; its message is shown as it is."""


class Locked(PlanError):
    """What was baselined is changed only in a draft, or under a change request."""


class Conflict(PlanError):
    """A change was made against a value that no longer stands."""
