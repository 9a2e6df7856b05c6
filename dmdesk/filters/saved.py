"""Ready-made filters: what people most often look for, by kind, offered beside the filter line."""

from __future__ import annotations

from dmdesk.filters.tree import quoted
from dmdesk.kinds import Kind
from dmdesk.reading import PlanData

Saved = tuple[str, str]
"""A name for people, and the filter's text."""

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
    "person": (("Left", "has:left"), ("Here", "no:left")),
    "appointment": (("Running", "no:end or end>=today"), ("Ended", "end<today")),
    "team": (("No manager", "no:manager"),),
}  # fmt: skip


def saved(kind: Kind, data: PlanData) -> list[Saved]:
    """The ready-made filters for a kind in this plan: (name, text)."""
    found = list(_OF_KIND.get(kind.name, ()))
    if any(field.target in ("person", "role") for field in kind.links) or kind.name in ("person", "role"):
        found.insert(0, ("Mine", "mine"))
    if kind.links and kind.name != "product":
        found.append(("Unresolved", "is:unresolved"))
    found.append(("With problems", "is:problem"))
    releases = [row.version for row in data.in_order("revision") if row.version and row.date]  # type: ignore[attr-defined]
    if releases:
        found.append((f"Changed since {releases[-1]}", f"changed>{quoted(releases[-1])}"))
    return found
