"""Printing anew in the background: soon after each step, the newest state only, one after another in one thread.

The thread has a copy of the plan of its own, which is brought up to date between prints, and keeps the pages it has
drawn, so that what was done for the last print serves the next.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dmdesk.errors import PlanError
from dmdesk.kinds import Entity
from dmdesk.plan import Event
from ui.context import Context
from ui.printing import making
from ui.printview.edition import Edition
from ui.printview.pdf import Pdf
from ui.printview.worker import Worker

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report.kept import Kept

PAUSE = 5
"""Milliseconds after a step until printing begins, so that several steps at once are one print."""

NIMBLE = 0.0005
"""Seconds after which printing lets the window have its turn; a step asks for many."""

Row = tuple[str, str, Entity | None]


class Reprint(QObject):
    """Keeps a print true. ``printed`` tells an ``Edition``, ``failed`` a sentence, ``began`` that one is under way."""

    printed = Signal(object)
    failed = Signal(str)
    began = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._worker = Worker("print")
        self._worker.done.connect(self._done, Qt.ConnectionType.QueuedConnection)
        self._numbers = count(1)
        self._cancel = threading.Event()
        self._copy: PlanData | None = None
        self._kept: Kept | None = None
        self._behind: deque[Row] = deque()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.start)
        self._asked = 0
        self._paper = ""
        ctx.changed.connect(self._heard)
        self.destroyed.connect(self._worker.stop)
        self.destroyed.connect(self._cancel.set)

    def newest(self, edition: Edition) -> bool:
        """Whether an edition is of the plan as it is now."""
        return edition.number == self._asked and not self._timer.isActive()

    @property
    def outdated(self) -> bool:
        """Whether another paper has been chosen since printing began."""
        return self._paper != making.paper()

    def _heard(self, event: Event) -> None:
        if self._ctx.plan is None:
            return
        if self._copy is not None:
            for change in event.changes:
                self._behind.append((change.kind, change.id, self._ctx.plan.data.get(change.kind, change.id)))
        self._cancel.set()
        self._timer.start()

    def start(self) -> None:
        """Print the plan as it is now."""
        plan = self._ctx.plan
        self._timer.stop()
        if plan is None:
            return
        self._cancel.set()
        self._cancel = threading.Event()
        if self._copy is None or self._kept is None:
            from dmdesk.report.kept import Kept

            self._copy, self._kept = plan.snapshot(), Kept()
            self._behind.clear()
        self._asked = next(self._numbers)
        self._paper = making.paper()
        self.began.emit()
        job = partial(_printed, self._asked, self._copy, self._kept, self._behind, self._cancel, self._paper)
        self._worker.put("print", [job])

    def stop(self) -> None:
        """Print no more: the plan is closed, or nobody looks."""
        self._timer.stop()
        self._cancel.set()
        self._worker.put("print", [])

    def _done(self, _: str, result: tuple[int, Edition | str]) -> None:
        number, made = result
        if number != self._asked:
            if isinstance(made, Edition):
                made.pdf.close()
        elif isinstance(made, Edition):
            self.printed.emit(made)
        else:
            self.failed.emit(made)


def _printed(
    number: int, data: PlanData, kept: Kept, behind: deque[Row], cancel: threading.Event, on: str
) -> tuple[int, Edition | str] | None:
    """An edition, a sentence why there is none, or None when it is not wanted any more. Runs in the worker's thread."""
    from dmdesk.report import Options, Stopped

    usual = sys.getswitchinterval()
    sys.setswitchinterval(NIMBLE)
    try:
        while behind:
            data.replace(*behind.popleft())
        options = Options(paper=on, embed=False, tagged=False)
        printed = making.made(data, options, cancelled=cancel.is_set, kept=kept)
        return number, Edition(number, Pdf(printed.pdf), printed)
    except Stopped:
        return None
    except PlanError as error:
        return number, str(error)
    except Exception as error:
        from ui.log import note

        return number, f"The plan could not be printed; {note(error)}"
    finally:
        sys.setswitchinterval(usual)
