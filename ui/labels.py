"""Labels: words on the window, always shown as they are, whatever they look like."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.theme import theme


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
