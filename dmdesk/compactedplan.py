"""What an open plan knows of compacting its history; ``compacting`` does it, and is loaded when asked."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.store import Extent, Store

if TYPE_CHECKING:
    from dmdesk.compacting import Boundary, Done


class CompactedPlan:
    """The beginning of the history of an open plan file, and how it is removed."""

    path: Path
    _store: Store

    @abstractmethod
    def _writable(self) -> None:
        """Refuse to write what may only be read."""

    @abstractmethod
    def _renewed(self) -> None:
        """Look anew at what can be undone, and tell everybody."""

    def boundary(self, words: str = "") -> Boundary:
        """Up to where ``compact`` is meant to go; see ``compacting.boundary``."""
        from dmdesk import compacting

        return compacting.boundary(self._store, words)

    def extent(self, upto: Boundary) -> Extent:
        """How much ``compact`` would remove; it raises the same where nothing would go."""
        from dmdesk import compacting

        return compacting.extent(self._store, upto)

    def compact(self, upto: Boundary) -> Done:
        """Remove the history up to a step for good, after a copy of the whole file was kept; undo never goes below.

        Raises:
            PlanError: nothing would go, the copy or the plan cannot be written; nothing was removed.
        """
        from dmdesk import compacting

        self._writable()
        done = compacting.compact(self.path, self._store, upto)
        self._renewed()
        return done
