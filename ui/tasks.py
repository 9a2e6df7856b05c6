"""Tasks: work that takes more than a blink, on a snapshot in another thread, with progress and cancel.

The live plan is used from the UI thread only; a task gets plain data, and its result comes back as a signal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from dmdesk.errors import PlanError


class Cancelled(Exception):
    """Raised inside a task's work, by its progress, after the person has cancelled it."""


class Task(QObject):
    """One piece of work under way."""

    progressed = Signal(int, int, str)
    """(done, total, words); total is 0 while it is not known."""
    ended = Signal(object, object)
    """(result, error): one of them is None, both after a cancel."""
    over = Signal(object, object, object)
    """(task, result, error) from its own thread, for ``Tasks``, which then lets it tell that it has ended."""

    def __init__(self, title: str, work: Callable[[Task], Any], quiet: bool) -> None:
        super().__init__()
        self.title = title
        self.quiet = quiet
        self.running = True
        self._work = work
        self._cancel = threading.Event()

    def progress(self, done: int = 0, total: int = 0, words: str = "") -> None:
        """Tell how far the work is; called by the work itself, often enough for cancel to be prompt.

        Raises:
            Cancelled: the person wants no more of it.
        """
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, total, words)

    def cancel(self) -> None:
        """Ask the work to stop at its next word of progress."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether the task was cancelled."""
        return self._cancel.is_set()

    def run(self) -> None:
        """Do the work and tell how it ended. Runs in the task's own thread."""
        result, error = None, None
        try:
            result = self._work(self)
        except Cancelled:
            pass
        except BaseException as caught:
            error = caught
        if self._cancel.is_set():
            result = error = None
        self.over.emit(self, result, error)


class Tasks(QObject):
    """All work under way in the background; errors are told by ``failed``, those of quiet tasks by ``mumble``."""

    started = Signal(object)

    def __init__(
        self, parent: QObject | None, failed: Callable[[str], None], mumble: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._failed = failed
        self._mumble = mumble
        self._running: list[tuple[Task, threading.Thread, Callable[[Any], object]]] = []

    def run(
        self, title: str, work: Callable[[Task], Any], done: Callable[[Any], object], *, quiet: bool = False
    ) -> Task:
        """Do ``work(task)`` in another thread and hand its result to ``done`` in this one.

        ``done`` is not called after an error, which is told as a sentence, nor after a cancel. A quiet task shows no
        progress, and its error is only mumbled.
        """
        task = Task(title, work, quiet)
        task.over.connect(self._end, Qt.ConnectionType.QueuedConnection)
        thread = threading.Thread(target=task.run, name=title, daemon=True)
        self._running.append((task, thread, done))
        self.started.emit(task)
        thread.start()
        return task

    def _end(self, task: Task, result: Any, error: BaseException | None) -> None:
        task.running = False
        done = next(done for one, _, done in self._running if one is task)
        self._running = [entry for entry in self._running if entry[0] is not task]
        tell = self._mumble if task.quiet else self._failed
        try:
            if isinstance(error, PlanError):
                tell(str(error))
            elif error is not None:
                from ui.log import note

                tell(f"“{task.title}” could not be finished; {note(error)}")
            elif not task.cancelled:
                done(result)
        finally:
            task.ended.emit(result, error)

    def stop(self, seconds: float = 2.0) -> None:
        """Cancel everything and wait a little for it to end."""
        for task, _, _ in self._running:
            task.cancel()
        for _, thread, _ in self._running:
            thread.join(seconds)
