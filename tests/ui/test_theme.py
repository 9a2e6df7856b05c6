"""The themes: complete, alike, and readable."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.house.tree import ROOT, sources
from ui import settings, theme
from ui.theme import RESOURCES, Theme, icon, read_colors, style_sheet

NAMES = ("light", "dark")
GROUNDS = {
    "text": ("bg.page", "bg.bar", "bg.nav", "bg.nav.current", "bg.field", "bg.hover", "bg.selected", "bg.stripe",
             "bg.popup", "bg.pressed", "bg.tile", "bg.warning"),
    "text.muted": ("bg.page", "bg.bar", "bg.nav", "bg.field", "bg.hover", "bg.selected", "bg.popup", "bg.tile"),
    "text.faint": ("bg.page", "bg.hover", "bg.selected"),
    "text.placeholder": ("bg.field", "bg.search"),
    "text.link": ("bg.page", "bg.hover", "bg.selected"),
    "text.accent": ("bg.page",),
    "text.error": ("bg.page", "bg.bar", "bg.error", "bg.hover", "bg.selected"),
    "text.warning": ("bg.page", "bg.bar", "bg.warning", "bg.hover", "bg.selected"),
    "text.info": ("bg.page", "bg.hover"),
    "text.ok": ("bg.page", "bg.ok", "bg.bar"),
    "text.on-accent": ("bg.accent", "bg.accent.hover", "bg.accent.pressed"),
    "text.on-tip": ("bg.tip",),
    "text.selected": ("bg.selected",),
    "text.chip": ("bg.chip",),
    "text.draft": ("bg.draft",),
}  # fmt: skip


def luminance(color: QColor) -> float:
    """Relative luminance by WCAG 2."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio by WCAG 2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_text_has_aa_contrast_on_every_ground_it_stands_on(name: str) -> None:
    look = Theme(name)
    weak = {
        (text, ground): round(contrast(look.color(text), look.color(ground)), 2)
        for text, grounds in GROUNDS.items()
        for ground in grounds
        if contrast(look.color(text), look.color(ground)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_mark_of_focus_can_be_seen(name: str) -> None:
    look = Theme(name)
    for ground in ("bg.page", "bg.nav", "bg.field", "bg.selected"):
        assert contrast(look.color("focus"), look.color(ground)) >= 3, ground


def test_both_themes_have_the_same_roles() -> None:
    assert read_colors("light").keys() == read_colors("dark").keys()


def test_every_role_that_is_asked_for_exists() -> None:
    known = read_colors("light").keys()
    asked = re.compile(r"""\.color\(\s*"([^"]+)"|icon\([^()]*,\s*"([^"]+)"\)""")
    for path in sources("ui"):
        for one, two in asked.findall(path.read_text("utf-8")):
            assert (one or two) in known, f"{path.name}: {one or two}"


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_is_filled_in_and_names_only_files_that_exist(name: str, qapp: QApplication) -> None:
    sheet = style_sheet(Theme(name))
    assert "@" not in sheet
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_an_icon_takes_the_colour_of_its_role_and_follows_the_theme(qapp: QApplication) -> None:
    themes = theme.start(qapp)
    asked = icon("add", "text")
    for name in NAMES:
        themes.choose(name)
        image = asked.pixmap(QSize(24, 24)).toImage()
        middle = image.pixelColor(12, 12)
        assert middle.name() == theme.theme().color("text").name()
    themes.choose("system")


def test_an_icon_is_drawn_for_the_pixels_it_gets(qapp: QApplication) -> None:
    theme.start(qapp)
    assert icon("product").pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_the_choice_of_theme_is_remembered(qapp: QApplication) -> None:
    themes = theme.start(qapp)
    themes.choose("dark")
    assert settings.get("theme", "") == "dark"
    assert theme.theme().dark
    themes.choose("light")
    assert not theme.theme().dark
    themes.choose("system")


def test_the_fonts_are_the_ones_we_ship(qapp: QApplication) -> None:
    theme.start(qapp)
    assert qapp.font().family() == "Inter"
    assert theme.theme().font("mono").families()[0] == "Inconsolata"
    assert theme.theme().font("title").pointSizeF() > theme.theme().font("ui").pointSizeF()


@pytest.mark.parametrize("name", NAMES)
def test_theme_files_are_read_as_the_toml_they_are(name: str) -> None:
    found = tomllib.loads((RESOURCES / "themes" / f"{name}.toml").read_text("utf-8"))
    assert read_colors(name) == {role: found["base"][color] for role, color in found["roles"].items()}


def test_every_theme_file_stands_beside_its_pictures() -> None:
    assert {path.stem for path in (RESOURCES / "themes").glob("*.toml")} == set(NAMES)


RING = """
import gc
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from ui import icons

app = QApplication([])
gc.disable()
for _ in range(20):
    ring = {"icon": icons.drawn("lock", lambda mode: QColor("red"))}
    ring["icon"].pixmap(QSize(16, 16))
    ring["ring"] = ring
    del ring
    gc.collect()
print("all gone")
"""


def test_icons_in_a_ring_of_garbage_are_freed_once():
    ended = subprocess.run(
        [sys.executable, "-c", RING], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (ended.stdout, ended.returncode) == ("all gone\n", 0)
