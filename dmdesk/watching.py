"""Watching: what of a plan is read while something is made, so that it is made again only after an edit of that.

Nobody declares what a text, a table or a chapter depends on: it is seen. A derived value that the plan remembers counts
as the kinds, or fields, that it is remembered by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from dmdesk.keeping import Kept, Replaced
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData, placing

R = TypeVar("R")
V = TypeVar("V", bound=Kept)


class Reads:
    """What was read: kinds and fields, as ``PlanData.version`` names them, single rows, and rows looked up by key.

    ``all`` says that nobody can tell, so that any edit counts.
    """

    def __init__(self) -> None:
        self.all = False
        self.names: set[str] = set()
        self.rows: dict[tuple[str, str], Entity | None] = {}
        self.found: dict[tuple[str, str], Entity | None] = {}
        self._named: tuple[str, ...] = ()
        self._stamp: tuple[int, ...] = ()

    def further(self) -> Reads:
        """The same, to which more may come."""
        other = Reads()
        other.all, other.names = self.all, set(self.names)
        other.rows, other.found = dict(self.rows), dict(self.found)
        return other

    def close(self, data: PlanData) -> None:
        """Nothing more is read, and the plan is still as it was when it was read."""
        self.rows = {at: row for at, row in self.rows.items() if at[0] not in self.names}
        self._named = tuple(self.names)
        self._stamp = self._now(data)

    def _now(self, data: PlanData) -> tuple[int, ...]:
        return (data.mark() if self.all else 0, *data.version(*self._named))

    def hold(self, data: PlanData) -> bool:
        """Whether the plan says all of it as before."""
        return (
            self._now(data) == self._stamp
            and all(data.get(kind, id) is row for (kind, id), row in self.rows.items())
            and all(
                (data.find(kind, key) if kind else data.anywhere(key)) is row
                for (kind, key), row in self.found.items()
            )
        )


class Watched(PlanData):
    """A plan that notes what is read of it: the rows of another one, and all that this remembers.

    What is remembered may go on reading, so all that reads for one purpose should read the same watched plan.
    """

    _reads: Reads | None

    def __init__(self, data: PlanData) -> None:
        self.__dict__ = data.__dict__
        self._reads = None

    @contextmanager
    def noting(self, reads: Reads | None) -> Iterator[None]:
        """Note what is read meanwhile, there and nowhere else."""
        before, self._reads = self._reads, reads
        try:
            yield
        finally:
            self._reads = None
            if reads is not None:
                reads.close(self)
            self._reads = before

    def still(self, reads: Reads) -> bool:
        """Whether what was read is as it was."""
        with self.noting(None):
            return reads.hold(self)

    def _covered(self, names: Iterable[str], read: Callable[[], R]) -> R:
        """What a function reads, which some names stand for."""
        if self._reads is None:
            return read()
        self._reads.names.update(names)
        with self.noting(None):
            return read()

    def _unknown(self) -> None:
        if self._reads is not None:
            self._reads.all = True

    # -- what is read

    def rows(self, kind: str) -> dict[str, Entity]:
        if self._reads is not None:
            self._reads.names.add(kind)
        return super().rows(kind)

    def get(self, kind: str, id: str) -> Entity | None:
        row = super().rows(kind).get(id)
        if self._reads is not None:
            self._reads.rows[kind, id] = row
        return row

    def find(self, kind: str, key: str) -> Entity | None:
        row = self._covered((), partial(super().find, kind, key))
        if self._reads is not None:
            self._reads.found[kind, key] = row
        return row

    def anywhere(self, key: str) -> Entity | None:
        row = self._covered((), partial(super().anywhere, key))
        if self._reads is not None:
            self._reads.found["", key] = row
        return row

    def incoming(self, id: str) -> list[tuple[Entity, str]]:
        self._unknown()
        return super().incoming(id)

    def arrival(self, kind: str) -> Mapping[str, int]:
        return self._covered((kind,), partial(super().arrival, kind))

    def memo(self, name: str, of: tuple[str, ...], make: Callable[[], R], *, shape: bool = False) -> R:
        names = [one for kind in of for one in placing(kind)] if shape else of
        return self._covered(names, partial(super().memo, name, of, make, shape=shape))

    def kept(self, name: str, make: Callable[[], V], of: tuple[str, ...] = ()) -> V:
        if not of:
            self._unknown()
        return self._covered(of, partial(super().kept, name, make, of))

    def version(self, *names: str) -> tuple[int, ...]:
        return self._covered(names, partial(super().version, *names))

    def mark(self) -> int:
        self._unknown()
        return super().mark()

    def since(self, mark: int) -> list[Replaced] | None:
        self._unknown()
        return super().since(mark)
