"""The head of a page: its title over a line that sums it up, with room for tools beside; the same on every page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolTip, QVBoxLayout

from ui.labels import plain
from ui.theme import theme
from ui.words import tip


class Summary(QLabel):
    """The line below a title, ending in … where there is no room; its tip, unless it has one, is all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        wide, metrics = self.contentsRect().width(), self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) <= wide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(theme().color("text.muted"))
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            if cut and isinstance(event, QHelpEvent):
                QToolTip.showText(event.globalPos(), tip(self.text()), self)
                return True
        return super().event(event)


def head(title: str, *, below: float = 3, apart: float = 2) -> tuple[QHBoxLayout, QLabel]:
    """(The head to put tools into, its summary line); ``below`` and ``apart`` are steps of the theme's space."""
    look = theme()
    line = QHBoxLayout()
    line.setContentsMargins(look.space(4.5), look.space(3.5), look.space(4), look.space(below))
    line.setSpacing(look.space(apart))
    words = QVBoxLayout()
    words.setSpacing(look.space(0.5))
    words.addWidget(plain(title, font="title"))
    summary = Summary()
    words.addWidget(summary)
    line.addLayout(words, 1)
    return line, summary
