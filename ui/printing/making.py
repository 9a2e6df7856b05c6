"""Making a print: one at a time, however many ask, since what prints keeps what it worked out for the next time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from ui import settings

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report import Options, Printed
    from dmdesk.report.kept import Kept

_ONE = threading.Lock()
PATIENCE = 0.05
PAPERS = {"letter": "Letter", "a4": "A4"}
LETTER_LANDS = {"US", "CA", "MX", "CL", "CO", "CR", "GT", "PA", "PH", "PR", "SV", "VE", "DO", "NI"}


def made(
    data: PlanData,
    options: Options,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    kept: Kept | None = None,
) -> Printed:
    """Print as ``report.make`` does, after whatever is being printed now.

    Raises:
        PlanError: it cannot be printed.
        Stopped: ``cancelled`` said so.
    """
    from dmdesk import report

    with turn(progress, cancelled):
        return report.make(data, options, progress, cancelled, kept)


@contextmanager
def turn(
    progress: Callable[[int, int, str], None] | None = None, cancelled: Callable[[], bool] | None = None
) -> Iterator[None]:
    """Wait until nobody else prints, and keep others waiting meanwhile.

    Raises:
        Stopped: ``cancelled`` said so.
    """
    from dmdesk.report import Stopped

    while not _ONE.acquire(timeout=PATIENCE):
        if progress:
            progress(0, 100, "Waiting for another print")
        if cancelled and cancelled():
            raise Stopped("Printing was stopped; nothing was written.")
    try:
        yield
    finally:
        _ONE.release()


def paper() -> str:
    """The paper chosen last, or the one that is usual where the person lives."""
    chosen = settings.get("print.paper", "")
    if chosen in PAPERS:
        return str(chosen)
    land = QLocale.territoryToCode(QLocale.system().territory())
    return "letter" if land in LETTER_LANDS or not land.isalpha() else "a4"
