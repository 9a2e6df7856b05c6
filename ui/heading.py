"""Headings of a limited height: a text of any length in at most so many lines, the whole of it in the tip."""

from __future__ import annotations

import html

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import theme

MOST = 10_000
"""Characters of a tip; more than a screen holds helps nobody."""


class Heading(QLabel):
    """A wrapped text of plain words, cut with … behind its last line."""

    def __init__(self, font: str = "title", lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme().font(font))
        self.setWordWrap(True)
        self.setMinimumWidth(1)

    def setText(self, text: str) -> None:
        """Show a text; its line breaks are blanks."""
        super().setText(" ".join(text.split()))
        self.setAccessibleName(self.text())
        self._tell()

    def shown(self) -> list[str]:
        """The lines as they are drawn."""
        return self._broken(self._room())[0]

    def whole(self) -> bool:
        """Whether all of the text is shown."""
        return self._broken(self._room())[1]

    def _room(self) -> int:
        margins = self.contentsMargins()
        return max(self.width() - margins.left() - margins.right(), 1)

    def _broken(self, wide: int) -> tuple[list[str], bool]:
        text, lines = self.text(), list[str]()
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                layout.endLayout()
                return lines, True
            line.setLineWidth(wide)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if len(lines) + 1 == self.lines and end < len(text):
                rest = text[start : start + 2 * line.textLength() + 20]
                lines.append(self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, wide))
                layout.endLayout()
                return lines, False
            lines.append(text[start:end].rstrip())

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        wide = max(width - margins.left() - margins.right(), 1)
        lines = max(len(self._broken(wide)[0]), 1)
        return lines * self.fontMetrics().lineSpacing() + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return QSize(theme().space(40), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        tip = "" if self.whole() else f"<p>{html.escape(self.text()[:MOST])}</p>"
        if tip != self.toolTip():
            self.setToolTip(tip)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        inner, high = self.contentsRect(), self.fontMetrics().lineSpacing()
        for at, line in enumerate(self.shown()):
            where = QRect(inner.left(), inner.top() + at * high, inner.width(), high)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
        painter.end()
