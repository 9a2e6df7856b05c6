"""Marked text: words that were removed struck through, words that were added underlined, in colours of the theme.

The marks are read without their colours; a text is laid out once for each width.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from dmdesk.comparing import Run
from dmdesk.comparing.within import ADDED, REMOVED, SAME
from ui.theme import theme

BREAK = "\u2028"
"""What a text layout takes for the end of a line."""


class Marked:
    """Runs laid out in a width, in pixels; ``height`` is what they take."""

    def __init__(self, runs: Iterable[Run], width: int, role: str = "text", *, struck: bool = False) -> None:
        look = theme()
        text, formats = "", []
        for run in runs:
            words = run.text.replace("\r", "").replace("\n", BREAK)
            if run.what != SAME and words:
                formats.append(_range(len(_utf16(text)), len(_utf16(words)), run.what))
            text += words
        font = look.font()
        font.setStrikeOut(struck)
        self._ink: QColor = look.color(role)
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(formats)
        self._layout.beginLayout()
        top = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 20))
            line.setPosition(QPointF(0, top))
            top += line.height()
        self._layout.endLayout()
        self.height = round(top)

    def draw(self, painter: QPainter, left: int, top: int) -> None:
        """Draw the text."""
        painter.setPen(self._ink)
        self._layout.draw(painter, QPointF(left, top))


def _range(start: int, length: int, what: str) -> QTextLayout.FormatRange:
    look, made, form = theme(), QTextLayout.FormatRange(), QTextCharFormat()
    if what == REMOVED:
        form.setFontStrikeOut(True)
        form.setForeground(look.color("text.error"))
        form.setBackground(look.color("bg.error"))
    elif what == ADDED:
        form.setFontUnderline(True)
        form.setFontWeight(QFont.Weight.Medium)
        form.setForeground(look.color("text.ok"))
        form.setBackground(look.color("bg.ok"))
    made.start, made.length, made.format = start, length, form
    return made


def _utf16(text: str) -> str:
    """The text with a letter for each of those that Qt counts."""
    return text if text.isascii() else "".join("xx" if ord(sign) > 0xFFFF else "x" for sign in text)
