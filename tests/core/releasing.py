"""Small plans that can be released: a document with a title, a product, and nothing that stands in the way."""

from __future__ import annotations

from pathlib import Path

from dmdesk import changes as c
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from dmdesk.releasing import Wish
from tests.core import rows

DAY = "2017-06-30"


def made(path: Path) -> Plan:
    """The plan, open for writing."""
    plan = Plan.open(rows.empty_file(path))
    told = {
        "handle": "LDM-294",
        "title": "The plan",
        "version": "2.0",
        "state": "draft",
        "abstract": "Short.",
    }
    begin = {
        "plan": told,
        "person": {"key": "wom", "name": "William"},
        "product": {"key": "DM", "name": "Data Management", "managers": ("wom",)},
        "rfc": {"key": "RFC-358", "name": "Correct the managers", "state": "adopted"},
    }
    plan.step("Begin", [c.add(kinds()[name].make(values, name_of(name))) for name, values in begin.items()])
    return plan


def name_of(kind: str) -> str:
    """The id of the row of that kind."""
    return {"plan": "doc", "person": "wom", "product": "dm", "rfc": "rfc358"}[kind]


def rename(plan: Plan, name: str, **more: str) -> None:
    """A step of work."""
    plan.step(f"Rename to {name}", [c.put(plan.data.rows("product")["dm"], {"name": name})], **more)


def wish(version: str = "3.0", **more: str) -> Wish:
    """What is released."""
    return Wish(**{"version": version, "date": DAY, "description": "What changed", "owner": "WOM", **more})
