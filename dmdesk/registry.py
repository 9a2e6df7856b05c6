"""The one registry shape: a frozen value per entry, found by its name, in the order of declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """What a registry can hold: anything with a name."""

    @property
    def name(self) -> str:
        """The entry's name, unique in its registry."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Entries by name; a name taken twice is a programming mistake and fails at import."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, T] = {}

    def add(self, entry: T) -> T:
        """Register the entry and hand it back.

        Raises:
            ValueError: the name is taken.
        """
        if entry.name in self._entries:
            raise ValueError(f"{self.what} {entry.name!r} is declared twice")
        self._entries[entry.name] = entry
        return entry

    def arrange(self, place: Callable[[T], int]) -> None:
        """Put the entries in the order of their places, whatever the order in which they were declared."""
        self._entries = {entry.name: entry for entry in sorted(self, key=place)}

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def names(self) -> tuple[str, ...]:
        """All names, in the order of declaration."""
        return tuple(self._entries)
