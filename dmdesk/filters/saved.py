"""Ready-made filters: what people most often look for, by kind, offered beside the filter line."""

from __future__ import annotations

from dmdesk import trees
from dmdesk.filters.tree import quoted
from dmdesk.kinds import Kind
from dmdesk.reading import PlanData

Saved = tuple[str, str]
"""A name for people, and the filter's text."""

MOST_CYCLES = 8
"""So many planning cycles are offered, the latest."""

_OF_KIND: dict[str, tuple[Saved, ...]] = {
    "product": (
        ("No owner", "no:owner"), ("No manager", "no:manager"), ("Unresolved WBS", "wbs:?"),
        ("No WBS element", "no:wbs -is:group"), ("Software without a repository", "kind:software no:repositories"),
        ("Nothing below", "is:leaf"),
    ),
    "wbs": (("No manager", "no:manager"), ("No lead institution", "no:institution"), ("No text", "no:dictionary")),
    "requirement": (("Untraced", "is:untraced"), ("No source", "no:source")),
    "milestone": (
        ("Overdue", "due<today no:done"), ("Open", "no:done"),
    ),
    "repository": (("Git repositories", "sort:git or no:sort"), ("JIRA components", "sort:jira")),
    "document": (("Not written", 'state:"not written"'), ("No owner", "no:owner")),
    "risk": (
        ("Open", "open:yes"), ("Candidates", "state:candidate"), ("Due for review", "due:yes"),
        ("Overdue", "overdue:yes"), ("Raised", "trend:raised"), ("No owner", "no:owner open:yes"),
    ),
    "action": (("Open", "-state:done -state:dropped"), ("Overdue", "due<today -state:done -state:dropped")),
    "rfc": (
        ("Undecided", "state:proposed or state:flagged or state:recommended"), ("May be adopted", "may_adopt:yes"),
        ("For the board", "state:flagged"), ("With open objections", "open_objections>0"),
        ("To be implemented", "state:adopted"),
    ),
    "objection": (("Open", "state:open"),),
    "boardaction": (("Open", "no:done"), ("Overdue", "due<today no:done")),
    "person": (("Left", "has:left"), ("Here", "no:left")),
    "appointment": (("Running", "no:end or end>=today"), ("Ended", "end<today")),
    "team": (("No manager", "no:manager"),),
}  # fmt: skip


def saved(kind: Kind, data: PlanData) -> list[Saved]:
    """The ready-made filters for a kind in this plan: (name, text)."""
    found = list(_OF_KIND.get(kind.name, ()))
    if kind.name == "risk":
        found += _risks(data)
    if any(field.target in ("person", "role") for field in kind.links) or kind.name in ("person", "role"):
        found.insert(0, ("Mine", "mine"))
    if kind.links and kind.name != "product":
        found.append(("Unresolved", "is:unresolved"))
    found.append(("With problems", "is:problem"))
    releases = [row.version for row in data.in_order("revision") if row.version and row.date]  # type: ignore[attr-defined]
    if releases:
        found.append((f"Changed since {releases[-1]}", f"changed>{quoted(releases[-1])}"))
    return found


def _risks(data: PlanData) -> list[Saved]:
    """Those for the highest zone of the scale, and for each planning cycle."""
    from dmdesk.risks.scale import scale_of

    highest = [zone.name for zone in scale_of(data).zones][-1:]
    cycles = sorted({row.cycle for row in data.rows("risk").values() if row.cycle}, key=trees.natural)  # type: ignore[attr-defined]
    return [
        *((name[:1].upper() + name[1:], f"level:{quoted(name)}") for name in highest),
        *((f"Cycle {cycle}", f"cycle={quoted(cycle)}") for cycle in cycles[-MOST_CYCLES:]),
    ]
