"""Levels: a row of numbered boxes for one dimension of a score, the old level beside the new one.

A box of its own for each level is read from afar and typed with one key; the old one keeps a dashed frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import theme

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Levels(QWidget):
    """Levels 1 to n of a dimension, chosen by mouse, digits or arrow keys; Delete takes the level out."""

    chosen = Signal(object)
    """The level, or None."""

    def __init__(self, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = list(words)
        self.level: int | None = None
        self.old: int | None = None
        self.fixed = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_level(self, level: int | None, old: int | None, *, fixed: bool = False) -> None:
        """Show a level beside the old one; ``fixed``: it follows from others and cannot be chosen."""
        self.level, self.old, self.fixed = level, old, fixed
        self.setCursor(Qt.CursorShape.ArrowCursor if fixed else Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        words = self.in_words(level) + (f"; was {self.in_words(old)}" if old != level else "")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def in_words(self, level: int | None) -> str:
        """A level with its name."""
        return (
            self.words[level - 1]
            if level and level <= len(self.words)
            else "not judged"
            if not level
            else f"{level}"
        )

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(len(self.words) * look.space(6.5), look.space(6))

    def _box(self, level: int) -> QRectF:
        wide = self.width() / max(len(self.words), 1)
        return QRectF((level - 1) * wide, 0, wide, self.height()).adjusted(1, 1, -3, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = look.space(1)
        for level in range(1, len(self.words) + 1):
            box, now = self._box(level), level == self.level
            painter.setBrush(
                look.color("bg.accent" if now and not self.fixed else "bg.pressed" if now else "bg.field")
            )
            pen = QPen(look.color("bg.accent" if now and not self.fixed else "line.field"), 1)
            if level == self.old and not now:
                pen = QPen(look.color("text"), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(box, radius, radius)
            painter.setFont(look.font("strong" if now else "ui"))
            painter.setPen(
                look.color("text.on-accent" if now and not self.fixed else "text" if now else "text.muted")
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{level}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("text" if self.level else "focus"), 1.5))
            box = self._box(self.level or 1).adjusted(-0.5, -0.5, 0.5, 0.5)
            painter.drawRoundedRect(box, radius, radius)
        painter.end()

    def _at(self, point: QPointF) -> int:
        found = (level for level in range(1, len(self.words) + 1) if self._box(level).contains(point))
        return next(found, 0)

    def _choose(self, level: int | None) -> None:
        if not self.fixed and level != self.level:
            self.chosen.emit(level)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if level := self._at(event.position()):
            self._choose(level)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, most = Qt.Key(event.key()), len(self.words)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.fixed:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._choose(min(max((self.level or 0) + _STEPS[key], 1), most))
        elif event.text().isdigit() and 0 < int(event.text()) <= most:
            self._choose(int(event.text()))
        elif key == Qt.Key.Key_Delete:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            level = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.in_words(level) if level else "", self)
            return True
        return super().event(event)
