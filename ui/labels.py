"""Labels: words on the window, always shown as they are, whatever they look like."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import theme
from ui.words import tip


def plain(text: str, role: str = "", font: str = "") -> QLabel:
    """A label of plain text; ``role`` is one of the style sheet's, ``font`` one of the theme's."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if font:
        label.setFont(theme().font(font))
    if role:
        label.setProperty("role", role)
    return label


def banner() -> QLabel:
    """A band of plain text across the window, as many lines as it takes."""
    label = plain("")
    label.setObjectName("Banner")
    label.setWordWrap(True)
    label.setContentsMargins(theme().space(4), theme().space(1.5), theme().space(4), theme().space(1.5))
    return label


class Cut(QLabel):
    """A line of plain text that ends in … where there is no room, and is read whole in its tip."""

    def __init__(self, text: str, role: str = "", font: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setToolTip(tip(text))
        if font:
            self.setFont(theme().font(font))
        self._role = f"text.{role}" if role else "text"

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect().adjusted(max(self.indent(), 0), 0, 0, 0)
        painter.setPen(theme().color(self._role))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment() | Qt.TextFlag.TextSingleLine, words)
        painter.end()
