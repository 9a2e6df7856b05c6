"""The desk: the draft that the editor works on, what was typed and does not fit, and the edits to take back.

Every part of the editor reads and writes here and knows no other part; nothing here touches the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from dmdesk.risks.rescaling import drafting
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.scale import Scale
from dmdesk.risks.scale_faults import Fault, faults
from dmdesk.values import replace


class Place(NamedTuple):
    """Where a value stands, as faults say it."""

    part: str
    at: tuple[object, ...]
    field: str


class Desk(QObject):
    """The draft of one scale. ``base`` is the scale as the plan has it."""

    changed = Signal()
    """The draft, or what is wrong with it, changed."""

    def __init__(self, scale: Scale, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = scale
        self.draft: Draft = drafting.begun(scale)
        self.read_only = False
        self._typed: dict[Place, tuple[str, str]] = {}
        self._past: list[Draft] = []
        self._future: list[Draft] = []
        self._faults: tuple[Scale, list[Fault]] | None = None

    @property
    def scale(self) -> Scale:
        """The scale as it is edited."""
        return self.draft.scale

    @property
    def dirty(self) -> bool:
        """Whether anything differs from the plan, or does not fit."""
        return bool(self._typed) or self.scale != self.base or self.draft.moved or bool(self.draft.names)

    def begin(self, scale: Scale) -> None:
        """Work on another scale."""
        self.base, self.draft = scale, drafting.begun(scale)
        self._typed.clear()
        self._past.clear()
        self._future.clear()
        self.changed.emit()

    def rebase(self, scale: Scale) -> None:
        """The plan's scale changed while it was edited: the edits stay, and levels are those of the same number."""
        self.base = scale
        own = replace(self.scale, id=scale.id)
        self.draft = Draft(own, _clipped(own.height, scale.height), _clipped(own.width, scale.width), {})
        self._past.clear()
        self._future.clear()
        self.changed.emit()

    # -- editing

    def edit(self, draft: Draft) -> None:
        """Go on with another draft, which can be taken back."""
        if draft == self.draft or self.read_only:
            return
        if draft.likelihoods != self.draft.likelihoods or draft.impacts != self.draft.impacts:
            self._typed.clear()
        self._past.append(self.draft)
        self._future.clear()
        self.draft = draft
        self.changed.emit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Edits within are taken back as one."""
        first = len(self._past)
        yield
        del self._past[first + 1 :]

    def undo(self) -> None:
        """Take the last edit back."""
        self._travel(self._past, self._future)

    def redo(self) -> None:
        """Make the last edit that was taken back again."""
        self._travel(self._future, self._past)

    def _travel(self, away: list[Draft], back: list[Draft]) -> None:
        self._typed.clear()
        if away:
            back.append(self.draft)
            self.draft = away.pop()
        self.changed.emit()

    @property
    def undoable(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._past) or bool(self._typed)

    @property
    def redoable(self) -> bool:
        """Whether there is an edit to make again."""
        return bool(self._future)

    # -- what does not fit

    def refuse(self, place: Place, typed: str, sentence: str) -> None:
        """Keep words that make no value, with what is wrong about them, until they are mended."""
        self._typed[place] = typed, sentence
        self.changed.emit()

    def accept(self, place: Place) -> None:
        """Something that fits was typed there."""
        if self._typed.pop(place, None) is not None:
            self.changed.emit()

    def typed(self, place: Place) -> str | None:
        """The words that stand at a place and make no value."""
        found = self._typed.get(place)
        return found[0] if found else None

    def faults(self) -> list[Fault]:
        """All that is wrong: first the words that make no value."""
        if self._faults is None or self._faults[0] is not self.scale:
            self._faults = self.scale, faults(self.scale)
        return [*(Fault(words, *place) for place, (_, words) in self._typed.items()), *self._faults[1]]

    def graves(self) -> list[Fault]:
        """What keeps the draft from being applied."""
        return [fault for fault in self.faults() if fault.grave]

    def fault_at(self, places: Iterable[Place]) -> Fault | None:
        """The worst that is wrong at some places."""
        wanted = set(places)
        found = [fault for fault in self.faults() if Place(fault.part, fault.at, fault.field) in wanted]
        return next((fault for fault in found if fault.grave), found[0] if found else None)


def _clipped(number: int, most: int) -> tuple[int, ...]:
    return tuple(level if level <= most else 0 for level in range(1, number + 1))
