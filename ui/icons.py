"""Icons: line drawings coloured by the theme and drawn for the size and screen they appear on.

One SVG serves light and dark, any size and any DPI, so there is one file for each meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

FOLDER = Path(__file__).parent.parent / "resources" / "icons"


class _Drawn(QIconEngine):
    """An icon engine that colours the SVG at the moment it draws."""

    def __init__(self, name: str, color: Callable[[QIcon.Mode], QColor]) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, _pixels(painter)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return drawing(
            self._name, self._color(mode).name(QColor.NameFormat.HexArgb), size.width(), size.height()
        )

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(self.pixmap(size * scale, mode, state))
        pixmap.setDevicePixelRatio(scale)
        return pixmap


def _pixels(painter: QPainter) -> float:
    """Device pixels a unit of the painter's device. The device itself is not asked for: PySide would look for its class
    among all classes of widgets and set each of them up, which every start would pay for.
    """
    unit = painter.worldTransform().m11()
    return painter.deviceTransform().m11() / unit if unit else 1.0


@lru_cache(maxsize=1024)
def drawing(name: str, color: str, width: int, height: int) -> QPixmap:
    """The icon as a picture of so many device pixels, in a colour like ``#ff102030`` (alpha first)."""
    from PySide6.QtSvg import QSvgRenderer

    svg = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", f"#{color[3:]}")
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(int(color[1:3], 16) / 255)
    side = min(width, height)
    box = QRectF((width - side) / 2, (height - side) / 2, side, side)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, box)
    painter.end()
    return pixmap


def drawn(name: str, color: Callable[[QIcon.Mode], QColor]) -> QIcon:
    """The icon of that meaning; ``color`` is asked each time it is drawn, so it follows the theme.

    A copy is given: to PySide, the icon that an engine was made for is its parent, and where both are garbage at once
    the engine may be freed first and again with the icon. To a copy it is Qt's alone.
    """
    return QIcon(QIcon(_Drawn(name, color)))
