"""A small plan under change control, for tests of its rules."""

from datetime import UTC, datetime

from dmdesk.kinds import kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData

BEGUN = "2017-07-03T18:00Z"  # a Monday


def at(text):
    """A moment in UTC, from “2017-07-06 18:00”."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(kind, id, /, **values):
    return kinds()[kind].make(values, id)


def request(**values):
    """An ordinary request of Monday evening that nothing but the clock keeps from being adopted."""
    usual = {
        "key": "RFC-1", "name": "Rename the archive", "state": "proposed", "proposed": BEGUN, "proposer": "ann",
        "assignee": "ann", "tickets": ("DM-1",),
    }  # fmt: skip
    return row("rfc", "RFC", **{**usual, **values})


def people():
    yield from (
        row("person", id, key=id, name=id.capitalize()) for id in ("ann", "ben", "cleo", "dan", "eve")
    )
    yield from (
        row("role", id.upper(), key=id.upper(), name=f"Role of {id}") for id in ("ann", "ben", "cleo")
    )
    for id in ("ann", "ben", "cleo"):
        yield row("appointment", f"{id}-holds", role=id.upper(), person=id)
        yield row("membership", f"{id}-sits", group="CCB", role=id.upper(), position="chair" * (id == "ann"))
    yield row("group", "CCB", key="CCB", name="Change Control Board", kind="board", chair="ANN")


def plan(*rows, **settings):
    """A plan with a board of three, its settings, and the given rows."""
    settings = {"handle": "DMTN-1", "control_authority": "CCB", **settings}
    return PlanData.of([row("plan", "PLAN", **settings), *people(), *rows])


def after(data, changes):
    """The plan after the changes."""
    return preview(data, changes)


def now_in(data):
    """The request as it stands."""
    return data.rows("rfc")["RFC"]
