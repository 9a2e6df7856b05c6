"""Tints: how the zones of a scale look on the page, told apart by colour, by pattern and by a letter.

A scale's colours are made for paper and may be glaring, so cells are washed with them only as far as the text on them
keeps its contrast in both themes; whoever sees no colour reads the letter or the pattern.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from dmdesk.risks.scale import Scale, Zone
from ui.theme import theme

WASH, INK = 0.33, 0.62
"""How much of a zone's colour is in its ground, and in the strokes of its pattern."""
CALM = 0.7
"""How much of a colour's saturation is kept."""

_PATTERNS = {
    "dots": Qt.BrushStyle.Dense6Pattern,
    "lines": Qt.BrushStyle.HorPattern,
    "hatch": Qt.BrushStyle.BDiagPattern,
    "cross": Qt.BrushStyle.DiagCrossPattern,
    "solid": Qt.BrushStyle.Dense4Pattern,
}


def mixed(ground: QColor, ink: QColor, share: float) -> QColor:
    """A colour between two others."""
    parts = [(ground.red(), ink.red()), (ground.green(), ink.green()), (ground.blue(), ink.blue())]
    return QColor(*(round(one + (other - one) * share) for one, other in parts))


def colour(zone: Zone | None) -> QColor:
    """The colour a zone was given; grey where it has none, or none that can be read."""
    found = QColor(zone.colour) if zone else QColor()
    if not found.isValid():
        return theme().color("line.strong")
    return QColor.fromHslF(max(found.hslHueF(), 0.0), found.hslSaturationF() * CALM, found.lightnessF())


def wash(zone: Zone | None) -> QColor:
    """The ground of what stands in a zone."""
    look = theme()
    return mixed(look.color("bg.page"), colour(zone), WASH) if zone else look.color("bg.tile")


def stroke(zone: Zone | None) -> QColor:
    """The edge and the pattern of what stands in a zone."""
    look = theme()
    return mixed(look.color("bg.page"), mixed(colour(zone), look.color("text"), 0.25), INK)


def letters(zones: Sequence[Zone]) -> dict[str, str]:
    """A letter for each zone by name: the first that no zone before it has; a number where all are taken."""
    found: dict[str, str] = {}
    for zone in zones:
        free = (one for one in zone.name.upper() if one.isalnum() and one not in found.values())
        found[zone.name] = next(free, str(zone.rank + 1))
    return found


def letter(scale: Scale, zone: Zone | None) -> str:
    """The letter of a zone, "" for none."""
    return letters(scale.zones).get(zone.name, "") if zone else ""


def fill(painter: QPainter, rect: QRectF, zone: Zone | None, radius: float = 0) -> None:
    """Paint the ground of a zone with its pattern."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash(zone))
    painter.drawRoundedRect(rect, radius, radius)
    pattern = _PATTERNS.get(zone.mark) if zone else None
    if pattern is not None:
        ink = stroke(zone)
        ink.setAlphaF(0.3 if theme().dark else 0.4)
        painter.setBrush(QBrush(ink, pattern))
        painter.drawRoundedRect(rect, radius, radius)


def chip(painter: QPainter, rect: QRectF, zone: Zone | None, radius: float) -> None:
    """Paint the ground of a zone behind a word or two, with an edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, rect, zone, radius)
    painter.setPen(stroke(zone))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()
