"""A score as a chip: number, zone's name, colour and pattern, for forms and sheets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.theme import theme


class ScoreChip(QWidget):
    """Shows words on the ground of a zone."""

    def __init__(self, name: str = "Score") -> None:
        super().__init__()
        self._name, self.words = name, ""
        self._zone: Zone | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_score("", None)

    def show_score(self, words: str, zone: Zone | None) -> None:
        """Show a score in words, “—” for none."""
        self.words, self._zone = words or "—", zone
        self.setAccessibleName(f"{self._name}: {self.words if words else 'none'}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        self.setFont(look.font("strong"))
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + look.space(4), look.space(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        if self._zone is not None:
            tints.chip(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._zone, look.space(1))
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()
