"""Garbage: rings of unused objects are looked for by a timer of the window's thread, never by a task's.

Python looks for them in whichever thread happens to make an object at the time. What it frees may hold widgets, and
Qt lets nobody but the window's own thread free those.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks; a look that finds little made since costs nothing."""


class Collector(QObject):
    """Looks for garbage from now on, as often as Python itself would, and while it lives Python does not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    @staticmethod
    def look() -> None:
        """Collect the oldest generation of which more has gathered than Python's own bounds allow."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
