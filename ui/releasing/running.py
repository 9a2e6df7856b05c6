"""What a release does in the background: prepared and printed on a copy of the plan, with nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dmdesk import releasing
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.releasing import Prepared, Wish
from dmdesk.store import Baseline
from ui.log import note
from ui.printing import making
from ui.tasks import Cancelled, Task

if TYPE_CHECKING:
    from dmdesk.checks import Finding
    from dmdesk.report import Printed

UNASKED = "not asked yet"
"""Stands for a reason that nobody gave, to learn what would stand in the way."""


@dataclass
class Made:
    """A release that is ready to be sealed; or what stands in its way without a reason, or a sentence."""

    prepared: Prepared | None = None
    printed: Printed | None = None
    groups: dict[str, list[Finding]] = field(default_factory=dict)
    wrong: str = ""


def made(task: Task, data: PlanData, known: Sequence[Baseline], wish: Wish) -> Made:
    """Prepare and print a release. Runs in a task."""
    from dmdesk.report import Stopped

    try:
        task.progress(0, 0, "Checking version " + wish.version)
        values = {name: getattr(wish, name) for name in Wish.__annotations__}
        prepared = releasing.prepare(data, known, Wish(**{**values, "accept": wish.accept or UNASKED}))
        if prepared.open and not wish.accept:
            return Made(groups=prepared.open)
        with making.turn(task.progress, lambda: task.cancelled):
            printed = releasing.print_of(prepared, task.progress, lambda: task.cancelled)
    except Stopped:
        task.progress()
        raise
    except PlanError as error:
        return Made(wrong=str(error))
    except Cancelled:
        raise
    except Exception as error:
        return Made(wrong=f"The release could not be prepared, and nothing was done; {note(error)}")
    return Made(prepared, printed)
