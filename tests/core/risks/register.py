"""A small register to ask things of."""

from dmdesk.kinds import kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData


def row(sort, id="", /, **values):
    """A row of that kind."""
    return kinds()[sort].make(values, id)


def risk(id, **values):
    """An active threat unless said otherwise."""
    return row("risk", id, **{"key": id, "name": f"Risk {id}", "kind": "threat", "state": "active", **values})


def score(of, likelihood, impact, date="", sort="current", **more):
    """A score with an overall impact."""
    values = {"risk": of, "sort": sort, "date": date, "likelihood": likelihood, "overall": impact, **more}
    return row("score", f"{of}-{sort}-{date}", **values)


def plan_with(data=None, changes=(), *rows):
    """A plan with a plan row, other rows, and changes made."""
    data = data or PlanData.of([row("plan", "plan", title="Plan"), *rows])
    return preview(data, changes)


def plan(*rows):
    """A plan of a plan row and others."""
    return plan_with(None, (), *rows)
