"""Where things stand in a comparison: the parts of a plan with their kinds, and what belongs under what.

The parts are those of the window's navigation; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dmdesk import types as t
from dmdesk.kinds import Entity, Kind, kind_of, kinds

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Plan", ("plan", "section", "figure", "revision")),
    ("Structure", ("product", "wbs", "milestone", "repository", "document", "interface")),
    ("People", ("institution", "person", "role", "appointment", "team", "group", "membership", "meeting")),
    ("Risks", ("risk", "response", "action", "draw", "review", "scale", "category")),
    ("Change control", ("rfc", "docket", "objection", "boardaction")),
    ("Requirements", ("requirement", "trace")),
    ("Reference", ("reference", "acronym", "acceptance")),
)
"""The parts of a plan and the kinds in each, in order."""

MORE = "More"
"""The part of kinds that no part names."""


@cache
def places() -> Mapping[str, tuple[int, str]]:
    """Kind → (place, part) of every kind; one that no part names follows what it is part of, or stands last."""
    named = [(kind, part) for part, names in PARTS for kind in names if kind in kinds()]
    known = {kind for kind, _ in named}
    follow: dict[str, list[str]] = {}
    rest: list[str] = []
    for kind in kinds():
        if kind.name not in known:
            owner = owner_field(kind)
            home = follow.setdefault(kind[owner].target, []) if owner else rest
            home.append(kind.name)
    order = [(one, part) for kind, part in named for one in (kind, *follow.get(kind, ()))]
    order += [(one, MORE) for kind in rest for one in (kind, *follow.get(kind, ()))]
    return {kind: (at, part) for at, (kind, part) in enumerate(order)}


@cache
def owner_field(kind: Kind) -> str:
    """The field that says what a row is part of, "" when rows of the kind stand for themselves."""
    return next((field.name for field in kind.fields if field.part), "")


def owner_of(row: Entity) -> tuple[str, str] | None:
    """(kind, id) of the row that this one is part of; None when it stands for itself, or its link leads nowhere."""
    kind = kind_of(row)
    name = owner_field(kind)
    if not name:
        return None
    link = getattr(row, name)
    return (kind[name].target, link) if link and not t.unresolved(link) else None
