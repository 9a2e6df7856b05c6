"""A worker: one thread that does jobs in lanes, the most pressing lane first, and ends when there is nothing to do.

A lane's jobs are replaced as a whole, so what has scrolled out of sight is never done. Results come back as a signal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

Job = Callable[[], Any]


class Worker(QObject):
    """Does jobs of the lanes given, the first lane first; ``done`` tells (lane, result) of those that have one."""

    done = Signal(str, object)

    def __init__(self, *lanes: str) -> None:
        super().__init__()
        self._lanes: dict[str, list[Job]] = {lane: [] for lane in lanes}
        self._lock = threading.Lock()
        self._working = False
        self._stopped = False

    def put(self, lane: str, jobs: Iterable[Job]) -> None:
        """Do these jobs, in this order, instead of what waits in the lane."""
        with self._lock:
            self._lanes[lane] = list(jobs)
            if self._working or self._stopped or not self._lanes[lane]:
                return
            self._working = True
        threading.Thread(target=self._work, name="Preview", daemon=True).start()

    def stop(self, *_: object) -> None:
        """Do nothing more; the job under way ends by itself, and its result is dropped."""
        with self._lock:
            self._stopped = True
            for jobs in self._lanes.values():
                jobs.clear()

    @property
    def idle(self) -> bool:
        """Whether there is nothing under way."""
        return not self._working

    def _work(self) -> None:
        while True:
            with self._lock:
                lane = next((lane for lane, jobs in self._lanes.items() if jobs), "")
                if not lane:
                    self._working = False
                    return
                job = self._lanes[lane].pop(0)
            self._do(lane, job)

    def _do(self, lane: str, job: Job) -> None:
        try:
            result = job()
            if result is not None and not self._stopped:
                self.done.emit(lane, result)
        except Exception as error:
            from ui.log import note

            if not self._stopped:
                note(error)
