"""A plan file with a few risks, and a review that is begun on it, for tests of the meeting."""

from dmdesk.changes import add
from dmdesk.plan import Plan
from dmdesk.risks import reviewing
from tests.core.risks import register
from tests.core.risks.register import row
from tests.core.rows import empty_file

DAY = "2017-09-25"


def rows():
    """A is an overdue high threat, B one of the middle below the headline H, C a low candidate, D is retired."""
    return [
        row("plan", "plan", title="Plan"),
        row("person", "ann", key="ann", name="Ann Ito"),
        register.risk("A", key="DM-T-001", owner="ann", cost_min=100, cost_likely=200, cost_max=900,
                      next_review="2017-09-01"),
        register.risk("B", key="DM-T-002", parent="H", cost_likely=50),
        register.risk("C", key="DM-T-003", state="candidate"),
        register.risk("D", key="DM-T-004", state="retired"),
        register.risk("H", key="DM-T-009", headline=True, owner="ann"),
        register.score("A", 4, 4, "2017-06-01"),
        register.score("B", 3, 3, "2017-09-01"),
        register.score("C", 1, 2, sort="initial"),
        row("response", "R", risk="A", name="Train deputies", strategy="mitigate", state="active"),
        row("action", "T", risk="A", response="R", name="Name deputies", order="5", state="open"),
    ]  # fmt: skip


def file(folder, *more):
    """The plan on disk."""
    plan = Plan.open(empty_file(folder / "risks.dmplan"))
    plan.step("Fill", [add(one) for one in (*rows(), *more)])
    return plan


def do(plan, deed):
    """Make the step of a deed."""
    return plan.step(deed.title, deed.changes, deed.why)


def begin(plan, date=DAY, **more):
    """Start a review; the review as it stands in the plan."""
    deed = reviewing.start(plan.data, date, **more)
    do(plan, deed)
    return plan.data.rows("review")[deed.about]


def item(plan, review, risk):
    """The item of a risk on the agenda."""
    return next(one for one in reviewing.agenda(plan.data, review.id) if one.risk == risk)
