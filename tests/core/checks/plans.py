"""Small plans for the tests of checks; a row's id is its kind and key, so that links can be written by hand."""

from typing import Any

from dmdesk import checks
from dmdesk.checks import Finding
from dmdesk.kinds import Entity, kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData


def row(kind: str, key: str, /, **values: Any) -> Entity:
    """A row of a kind known by its key."""
    declared = kinds()[kind]
    named = {declared.title: key} if declared.title and declared.title != declared.key else {}
    return declared.make({declared.key: key, **named, **values}, f"{kind} {key}")


def product(key: str, /, **values: Any) -> Entity:
    """A product with a manager and an owner, unless told otherwise."""
    return row("product", key, **{"managers": ["person ann"], "owners": ["person ann"], **values})


def joined(kind: str, id: str, /, **values: Any) -> Entity:
    """A row known by what it joins."""
    return kinds()[kind].make(values, id)


ANN = row("person", "ann", name="Ann Ito")
BEN = row("person", "ben", name="Ben Okri")
WBS = [
    row("wbs", "1.02C"),
    row("wbs", "1.02C.07", parent="wbs 1.02C"),
    row("wbs", "1.02C.07.04", parent="wbs 1.02C.07"),
]


def plan(*rows: Entity) -> PlanData:
    """A plan of these rows, two people and three WBS elements."""
    return PlanData.of([ANN, BEN, *WBS, *rows])


def found(data: PlanData, *codes: str) -> list[Finding]:
    """What the checks with these codes find; all checks without."""
    return checks.run(data, codes or None)


def words(data: PlanData, code: str) -> list[tuple[str, str]]:
    """(row id, words) of the findings of one check."""
    return [(finding.id, finding.words) for finding in found(data, code)]


def cured(data: PlanData, finding: Finding) -> PlanData:
    """The plan after the finding's fix."""
    assert finding.fix and finding.fix_title
    return preview(data, finding.fix)
