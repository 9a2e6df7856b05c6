"""What a release is proposed to be: the next version, today, and in a line what was done since the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dmdesk.baselines import next_version
from dmdesk.changes import Change
from dmdesk.control.workingset import CONTROL
from dmdesk.model import ChangeRequest, Revision
from dmdesk.reading import PlanData
from dmdesk.releasing.flow import Wish
from dmdesk.store import DONE, Baseline, Step

LONGEST = 400
"""Characters of a proposed description; it is one line of the change record."""


def proposed(
    data: PlanData, known: Sequence[Baseline], steps: Iterable[Step], today: date,
    changes_of: Callable[[Step], Iterable[Change]] = lambda _: (),
) -> Wish:  # fmt: skip
    """The release that a person may start from; ``steps`` is the history in any order.

    ``changes_of`` tells what a step changed: those that only kept records of change control are not described.
    """
    since = known[-1].step if known else 0
    done = sorted((one for one in steps if one.id > since and one.state == DONE), key=lambda one: one.id)
    done = [one for one in done if not _is_record(changes_of(one))]
    requests = list(dict.fromkeys(step.rfc for step in done if data.get("rfc", step.rfc)))
    return Wish(
        next_version(known, data),
        today.isoformat(),
        description(data, done),
        _owner(data, known),
        requests[-1] if len(requests) == 1 else "",
    )


def description(data: PlanData, steps: Sequence[Step]) -> str:
    """What the steps did, in one line: the change requests they were made under, then the titles of all others."""
    requests = data.all(ChangeRequest)
    told = [
        f"{requests[one.rfc].key}: {requests[one.rfc].name}" if one.rfc in requests else one.title
        for one in sorted(steps, key=lambda one: one.rfc not in requests)
    ]
    parts, length = list(dict.fromkeys(told)), 0
    shown: list[str] = []
    for part in parts:
        length += len(part) + 2
        if shown and length > LONGEST:
            return f"{'; '.join(shown)}; and {len(parts) - len(shown):,} more"
        shown.append(part)
    return "; ".join(shown)


def _is_record(changes: Iterable[Change]) -> bool:
    kinds = {change.kind for change in changes}
    return bool(kinds) and kinds <= {*CONTROL, "acceptance"}


def _owner(data: PlanData, known: Sequence[Baseline]) -> str:
    """Who answered for the release before."""
    record = [row.owner for row in data.in_order("revision") if isinstance(row, Revision)]
    return (known[-1].owner if known else "") or (record[-1] if record else "")
