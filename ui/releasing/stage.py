"""A step of the release: a page of the sheet that says whether one may go on, and keeps what is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dmdesk.releasing import Wish
from ui.labels import plain
from ui.theme import theme


class Stage(QWidget):
    """One step. ``edited``: something was typed or chosen, and perhaps one may go on now or no longer."""

    edited = Signal()
    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().space(2.5))

    def ready(self) -> bool:
        """Whether one may go on."""
        return True

    def typed(self) -> dict[str, str]:
        """What was typed here, by the fields of ``Wish``."""
        return {}

    def shown(self) -> None:
        """The step came to the front."""

    def note(self, words: str = "", role: str = "muted") -> QLabel:
        """A label of several lines, hidden while it says nothing."""
        label = plain(words, role)
        label.setWordWrap(True)
        if not words:
            label.hide()
        return label


def say(label: QLabel, words: str) -> None:
    """Let a label say something; with nothing to say it is hidden."""
    label.setText(words)
    label.setVisible(bool(words))


def wished(wish: Wish, stages: list[Stage]) -> Wish:
    """A wish with what was typed in all steps."""
    values = {name: getattr(wish, name) for name in Wish.__annotations__}
    for stage in stages:
        values |= stage.typed()
    return Wish(**values)
