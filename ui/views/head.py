"""The head of a page: its title over a line that sums it up, with room for tools beside; the same on every page."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from ui.labels import plain
from ui.theme import theme


def head(title: str, *, below: float = 3, apart: float = 2) -> tuple[QHBoxLayout, QLabel]:
    """(The head to put tools into, its summary line); ``below`` and ``apart`` are steps of the theme's space."""
    look = theme()
    line = QHBoxLayout()
    line.setContentsMargins(look.space(4.5), look.space(3.5), look.space(4), look.space(below))
    line.setSpacing(look.space(apart))
    words = QVBoxLayout()
    words.setSpacing(look.space(0.5))
    words.addWidget(plain(title, font="title"))
    summary = plain("", "muted")
    policy = summary.sizePolicy().Policy
    summary.setSizePolicy(policy.Ignored, policy.Fixed)
    words.addWidget(summary)
    line.addLayout(words, 1)
    return line, summary
