"""The theme: colours by what they mean, fonts and sizes that follow the system's, light and dark.

Widgets ask for roles and steps, never for a colour or a number of pixels, so both themes and every font size come
from two short TOML files and one style sheet.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from dmdesk import folders
from ui import icons

RESOURCES = Path(__file__).parent.parent / "resources"
CHOICES = ("system", "light", "dark")
OVERRIDE = "DMDESK_THEME"
"""Environment variable that decides the theme ("light", "dark") whatever the system and the settings say."""

_ENTRY = re.compile(r'^"?([a-z.-]+)"? = "([^"]+)"$', re.MULTILINE)
"""A line of a theme's file. They are TOML, but to import what reads any TOML takes longer than all else."""

_FONTS = {
    "ui": ("Inter-Regular", "Inter-SemiBold"),
    "medium": ("Inter-Medium",),
    "mono": ("Inconsolata-Regular",),
}
_SCALES = {"title": 1.4, "big": 1.7, "small": 0.92, "heading": 0.86, "mono": 1.04}
_WEIGHTS = {"title": QFont.Weight.DemiBold, "big": QFont.Weight.DemiBold, "strong": QFont.Weight.DemiBold,
            "heading": QFont.Weight.DemiBold, "medium": QFont.Weight.Medium}  # fmt: skip


class Theme:
    """One set of colours, with the fonts and sizes of this application.

    Colour roles stand in ``resources/themes/*.toml``. Font roles: ui, medium, strong, small, heading (small capitals
    over a group), title, big, mono.
    """

    def __init__(self, name: str, factor: float = 1) -> None:
        self.name = name
        self.factor = factor
        self.dark = name == "dark"
        self._colors = read_colors(name)
        self._fonts: dict[str, QFont] = {}
        self._unit = 0.0

    def color(self, role: str) -> QColor:
        """The colour of a role.

        Raises:
            KeyError: there is no such role.
        """
        return QColor(self._colors[role])

    def font(self, role: str = "ui") -> QFont:
        """The font of a role."""
        font = self._fonts.get(role)
        if font is None:
            font = self._fonts[role] = _font(role, self.factor)
        return QFont(font)

    def space(self, steps: float = 1) -> int:
        """A distance in pixels: one step is a quarter of a line, about 4 pixels."""
        if not self._unit:
            self._unit = QFontMetrics(self.font()).height() / 4
        return round(steps * self._unit)

    @property
    def row(self) -> int:
        """The height of a row in a list, tree or table, in pixels."""
        return self.space(6.25)

    @property
    def icon_size(self) -> int:
        """The side of an icon beside text, in pixels."""
        return self.space(4.25)


class Themes(QObject):
    """The theme in use; ``changed`` is emitted after another took its place."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.factor = 1.0
        self.choice = os.environ.get(OVERRIDE) or str(folders.settings().get("theme", "system"))
        load_fonts("ui")
        app.setStyle("Fusion")
        app.setFont(_font("ui"))
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Use "light", "dark" or whatever the "system" has, now and at later starts."""
        self.choice = choice
        folders.save_settings({**folders.settings(), "theme": choice})
        self._apply()
        self.changed.emit()

    def enlarge(self, factor: float) -> None:
        """Make everything so many times as large as usual, as for a projector; 1 is as usual."""
        if factor != self.factor:
            self.factor = factor
            self._app.setFont(_font("ui", factor))
            self._apply()
            self.changed.emit()

    def _follow(self) -> None:
        if self.choice not in ("light", "dark"):
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        global _theme
        name = self.choice
        if name not in ("light", "dark"):
            scheme = self._app.styleHints().colorScheme()
            name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        _theme = Theme(name, self.factor)
        self._app.setPalette(palette(_theme))
        self._app.setStyleSheet(style_sheet(_theme))


_theme: Theme | None = None
_themes: Themes | None = None


def start(app: QApplication) -> Themes:
    """Give the application its look; call once, before the first widget."""
    global _themes
    if _themes is None or _themes.parent() is not app:
        _themes = Themes(app)
    return _themes


def themes() -> Themes:
    """What tells that the theme has changed, and lets it be chosen."""
    app = QApplication.instance()
    assert isinstance(app, QApplication), "the application comes before its theme"
    return start(app)


def theme() -> Theme:
    """The theme in use."""
    if _theme is None:
        themes()
    assert _theme is not None
    return _theme


def icon(name: str, role: str = "icon") -> QIcon:
    """The icon of that meaning (``resources/icons``) in a role's colour; it follows the theme and stays crisp."""

    def color(mode: QIcon.Mode) -> QColor:
        return theme().color("text.disabled" if mode == QIcon.Mode.Disabled else role)

    return icons.drawn(name, color)


def read_colors(name: str) -> dict[str, str]:
    """Role → colour, as ``#rrggbb``, of the theme of that name."""
    base, _, roles = (RESOURCES / "themes" / f"{name}.toml").read_text("utf-8").partition("[roles]")
    colors = dict(_ENTRY.findall(base))
    return {role: colors[color] for role, color in _ENTRY.findall(roles)}


def fill(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Fill a rectangle, as ``fillRect`` does; for what a first picture waits for, since PySide sets up all there is of
    gradients before it fills with a colour.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@lru_cache
def load_fonts(group: str) -> tuple[str, ...]:
    """Load shipped fonts; the families that could be loaded, so that the system's can stand in for others."""
    families: list[str] = []
    for name in _FONTS[group]:
        id = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{name}.ttf"))
        families += QFontDatabase.applicationFontFamilies(id) if id >= 0 else []
    return tuple(dict.fromkeys(families))


def _font(role: str, factor: float = 1) -> QFont:
    mono = role == "mono"
    system = QFontDatabase.systemFont(
        QFontDatabase.SystemFont.FixedFont if mono else QFontDatabase.SystemFont.GeneralFont
    )
    font = QFont(system)
    families = load_fonts(role if role in _FONTS else "ui")
    if families:
        font.setFamilies([*families, system.family()])
    font.setPointSizeF(_points() * _SCALES.get(role, 1) * factor)
    font.setWeight(_WEIGHTS.get(role, QFont.Weight.Normal))
    return font


def _points() -> float:
    """The system's own text size, but not so small that codes are hard to read."""
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return max(general.pointSizeF(), 9.75)


def palette(theme: Theme) -> QPalette:
    """Qt's palette in the theme's colours, for what the style itself draws."""
    made = QPalette()
    role, color = QPalette.ColorRole, theme.color
    for at, name in {
        role.Window: "bg.page", role.WindowText: "text", role.Base: "bg.page", role.AlternateBase: "bg.stripe",
        role.Text: "text", role.Button: "bg.field", role.ButtonText: "text", role.BrightText: "text.error",
        role.Highlight: "bg.selected", role.HighlightedText: "text.selected", role.Link: "text.link",
        role.LinkVisited: "text.link", role.ToolTipBase: "bg.tip", role.ToolTipText: "text.on-tip",
        role.PlaceholderText: "text.placeholder", role.Light: "bg.page", role.Midlight: "line",
        role.Mid: "line.strong", role.Dark: "line.strong", role.Shadow: "line.strong", role.Accent: "focus",
    }.items():  # fmt: skip
        made.setColor(at, color(name))
    for at in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, at, color("text.disabled"))
    return made


def style_sheet(theme: Theme) -> str:
    """The one style sheet: ``@role`` stands for a colour, ``@@name`` for a picture, ``$2`` for two steps of space."""
    folder = RESOURCES / "themes"
    text = re.sub(r"/\*.*?\*/", "", (folder / "window.qss").read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"@@([a-z-]+)", lambda hit: (folder / f"{hit[1]}.svg").as_posix(), text)
    text = re.sub(r"\$(\d+(?:\.\d+)?)", lambda hit: f"{theme.space(float(hit[1]))}px", text)
    return re.sub(r"@([a-z][a-z.-]*[a-z])", lambda hit: theme.color(hit[1]).name(), text)
