"""A change record to be written down in every form: rows added, changed, moved and dropped, with who and why."""

from __future__ import annotations

from dmdesk import changes as c
from dmdesk.comparing import compare
from dmdesk.kinds import changed, kinds
from dmdesk.reading import PlanData
from dmdesk.record import Record
from dmdesk.store import Step
from tests.core.report.pdf import plan

NASTY = "=1+1 | *a* <b>_x_</b> [[key]] \\alpha $1 & 100 % {brace} ~ ^ #"


def row(kind, id, **values):
    return kinds()[kind].make(values, id)


def then() -> PlanData:
    return plan(
        row("revision", "v1", version="1.0", date="2004-06-23", description="Initial version", owner="JK"),
        row("revision", "v2", version="2.0", date="2015-03-11", description="New RFC process & more", owner="JK"),
        row("product", "dm", key="DM", name="Data Management", order="1"),
        row("product", "hdr", key="HDR", name="Header", parent="dm", order="1", managers=("ann",),
            description="The service serves headers to all."),
        row("product", "old", key="OLD", name=NASTY, parent="dm", order="2", note=NASTY),
        row("person", "ann", key="ann", name="Ann Ito"),
        row("person", "ben", key="ben", name="Ben Okri"),
        row("risk", "r", key="DM-T-001", name="Disks fail"),
        row("rfc", "rfc", key="RFC-358", name="Update"),
    )  # fmt: skip


def now() -> PlanData:
    data = then()
    hdr = data.get("product", "hdr")
    values = {
        "key": "HEADER",
        "description": "The service delivers headers to all.",
        "managers": ("ann", "ben"),
    }
    data.replace("product", "hdr", changed(hdr, values))
    data.replace("product", "old", None)
    data.replace("risk", "r", changed(data.get("risk", "r"), {"status": NASTY}))
    score = row("score", "s", risk="r", sort="current", date="2017-07-01", likelihood=3, note="judged anew")
    data.replace("score", "s", score)
    data.replace("person", "cy", row("person", "cy", key="cy", name="Cy Young"))
    return data


def history():
    old, new = then(), now()
    first = Step(
        1, "2017-07-04T10:00:00Z", "J. Swinbank", "Rename", "the key says it", "done", "0008", 1, "rfc"
    )
    second = Step(2, "2017-07-12T10:00:00Z", "W. O'Mullane", "More", "", "done", "0008", 2)
    made = c.difference(old, new)
    return [
        (first, [one for one in made if one.id == "hdr"]),
        (second, [one for one in made if one.id != "hdr"]),
    ]


def record(**more) -> Record:
    """The record of it."""
    return Record(compare(then(), now(), steps=history()), "3.0", "3.1", **more)
