"""A telling plan under change control: requests and meetings in which each check of them finds something."""

from typing import Any

from dmdesk.kinds import Entity, kinds
from tests.core.checks.plans import joined, plan, row

PROPOSED = "2017-06-05T12:00Z"


def rfc(key: str, /, **values: Any) -> Entity:
    """A request of June 2017 that one checks nothing of, unless told otherwise."""
    usual = {
        "name": f"Proposal {key}", "state": "proposed", "proposed": PROPOSED, "proposer": "person ann",
        "assignee": "person ann", "tickets": ("DM-1",),
    }  # fmt: skip
    return row("rfc", key, **{**usual, **values})


def move(of: str, at: str, state: str, before: str = "proposed", **values: Any) -> Entity:
    """A move of a request."""
    given = {"rfc": f"rfc {of}", "at": at, "state": state, "before": before, **values}
    return kinds()["rfcmove"].make(given, f"move {of} {at} {state}")


def objection(of: str, name: str, /, **values: Any) -> Entity:
    """An open objection to a request."""
    given = {"rfc": f"rfc {of}", "name": name, "state": "open", "raised": "2017-06-06T12:00Z", **values}
    return kinds()["objection"].make(given, f"objection {name}")


def docket(key: str, /, **values: Any) -> Entity:
    """A meeting of the board that was held in June 2017."""
    usual = {"name": f"Meeting {key}", "group": "group CCB", "at": "2017-06-20T16:00Z", "state": "held"}
    return row("docket", key, **{**usual, **values})


def item(of: str, subject: str, /, **values: Any) -> Entity:
    """An item of a meeting, about the request of that key."""
    given = {"docket": f"docket {of}", "subject": subject, "rfc": f"rfc {subject}", **values}
    return kinds()["docketitem"].make(given, f"item {of} {subject}")


BOARD = [
    row("plan", "LDM-0", title="A plan", control_authority="group CCB", flagged=("New packages",)),
    row("document", "LDM-9", name="A controlled document"),
    row("document", "DMTN-1", name="A note", level="technical note"),
    row("section", "s"),
    row("role", "CH", name="Chair"),
    row("role", "MB", name="Member"),
    joined("appointment", "a1", role="role CH", person="person ann"),
    joined("appointment", "a2", role="role MB", person="person ben", start="2000-01-01"),
    joined("appointment", "a3", role="role MB", person="person cid", scope="SQuaRE", capacity="deputy"),
    row("group", "CCB", name="Change Control Board", kind="board", chair="role CH"),
    row("group", "H", name="Another group", chair="role MB"),
    row("person", "cid", name="Cid Vale"),
    joined(
        "membership", "m1", group="group CCB", role="role MB", position="member", note="The one of SQuaRE"
    ),
    joined("membership", "m2", group="group CCB", note="Somebody outside"),
]

REQUESTS = [
    rfc("RFC-1", proposer="", assignee="", planned_end="2017-06-06T12:00Z"),
    rfc("RFC-2", proposed="", proposer="", planned_end="9990-01-01T00:00Z"),
    move("RFC-2", "2017-06-05T12:00Z", "proposed", "", who="person ben"),
    rfc("RFC-3", planned_end="2017-01-01T00:00Z", name="Add new packages", weight="major"),
    rfc("RFC-4", documents=("document LDM-9",)),
    rfc("RFC-5", state="flagged", documents=("document LDM-9", "document DMTN-1")),
    move("RFC-5", "2017-06-06T12:00Z", "flagged"),
    rfc("RFC-6", state="adopted", tickets=(), proposed="2016-01-01T00:00Z", conclusion=""),
    move("RFC-6", "2016-01-05T12:00Z", "adopted", reason="Nobody objected"),
    move("RFC-6", "2015-01-05T12:00Z", "flagged"),
    objection("RFC-6", "Too costly"),
    rfc("RFC-7", state="implemented", sort="LCR", conclusion="So be it"),
    move("RFC-7", "9990-01-05T12:00Z", "adopted"),
    objection("RFC-7", "Too late", state="answered", answerer="person ben"),
]

MEETINGS = [
    docket("D-1", present=("person ann",), others=("Zoe",)),
    item("D-1", "RFC-5", decision="recommend", manner="consensus", place=1),
    item("D-1", "RFC-4", place=2),
    item("D-1", "RFC-1", decision="return", manner="vote", place=3),
    docket("D-2", state="planned", group=""),
    item("D-2", "RFC-5", decision="defer", manner="project manager"),
    joined("boardaction", "b1", docket="docket D-1", name="Cost it", rfc="rfc RFC-5", due="2017-07-01"),
]


def telling_control():
    """The plan with all of them."""
    return plan(*BOARD, *REQUESTS, *MEETINGS)
