"""A picture that is only looked at: a chart with a name and all it says in words, which can be reached by Tab."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


class Picture(QWidget):
    """A chart; those who do not see it are told it in words."""

    def __init__(self, name: str, high: float) -> None:
        super().__init__()
        self._high = high
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def say(self, words: str) -> None:
        """What the chart shows, in words."""
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().space(90), theme().space(self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(50), theme().space(self._high * 0.7))

    def frame(self, painter: QPainter) -> None:
        """Show that the keyboard is here."""
        if self.hasFocus():
            painter.setPen(QPen(theme().color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
