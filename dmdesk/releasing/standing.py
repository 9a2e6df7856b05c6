"""What stands in the way of a release, and what is odd about it: asked before anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dmdesk import checks
from dmdesk.checks import Finding
from dmdesk.errors import PlanError
from dmdesk.model import ChangeRequest
from dmdesk.reading import PlanData
from dmdesk.store import Baseline


class InTheWay(PlanError):
    """Things stand in the way of a release, and nobody said why that is accepted; ``open`` holds them by group."""

    def __init__(self, message: str, open: dict[str, list[Finding]], data: PlanData) -> None:
        super().__init__(message)
        self.open, self.data = open, data


FAR = 366
"""Days between a date and the clock after which one of them is probably wrong."""

MOST = 1_000
"""Findings that are kept by name with a release that accepted them."""


def in_the_way(data: PlanData) -> dict[str, list[Finding]]:
    """What a reader of the release would stumble over, by group; errors among it."""
    return checks.in_the_way(checks.run(data, checks.codes_in_the_way()))


def counted(groups: Mapping[str, Sequence[Finding]]) -> str:
    """“3 things stand in the way (errors: 2, placeholders: 1)”."""
    count = sum(map(len, groups.values()))
    parts = ", ".join(f"{title.lower()}: {len(found):,}" for title, found in groups.items())
    return f"{count:,} {'thing stands' if count == 1 else 'things stand'} in the way ({parts})"


def accepted(data: PlanData, groups: Mapping[str, Sequence[Finding]], reason: str) -> str:
    """What is kept with a release that was sealed all the same: why, and what was open, a finding a line."""
    found = [one for group in groups.values() for one in group]
    lines = [f"{one.level} {one.code}: {_where(data, one)}: {one.words}" for one in found[:MOST]]
    more = [f"and {len(found) - MOST:,} more"] if len(found) > MOST else []
    return "\n".join([reason, *(" ".join(line.split()) for line in lines + more)])


def _where(data: PlanData, finding: Finding) -> str:
    row = data.get(finding.kind, finding.id)
    return f"{finding.kind} {data.key(row) or data.title(row)}" if row is not None else finding.kind


def warnings(
    data: PlanData, known: Sequence[Baseline], day: str, rfc: str, now: str, today: date
) -> list[str]:
    """What is odd about a release, in sentences; none of it keeps it from being made.

    ``day``: the date it is to bear; ``now``: the clock, UTC; ``today``: the day where the person is.
    """
    found = []
    last = known[-1] if known else None
    if last and now < last.at:
        found.append(
            f"This computer's clock says {now[:10]}, but {last.version} was sealed on {last.at[:10]}; check the clock. "
            "Both moments are kept."
        )
    if last and day < last.date:
        found.append(
            f"The release is dated {day}, before {last.version} ({last.date}), so the record will not end with it."
        )
    if abs((date.fromisoformat(day) - today).days) > FAR:
        found.append(
            f"The release is dated {day}, far from today's {today.isoformat()}; check the date and the clock."
        )
    request = data.all(ChangeRequest).get(rfc)
    if request and request.state not in ("adopted", "implemented"):
        found.append(
            f"{request.key}, which is to approve it, is {request.state or 'without a state'}, not adopted."
        )
    return found
