"""Fonts and icons: free to ship, usable where they are used, and none missing."""

import re
import xml.etree.ElementTree as ET

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from tests.house.tree import ROOT, name, sources

FONTS = sorted((ROOT / "resources/fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources/icons").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"

# An icon is asked for as icon="add", icon("add") or "icon": "add".
ICON_ASKED_FOR = re.compile(r"""\bicon(?:=|\(|"?:\s*)\s*"([a-z][a-z0-9-]*)\"""")


def test_every_font_family_and_the_icons_have_their_licence_beside_them():
    families = {path.stem.split("-")[0] for path in FONTS}
    assert families == {
        path.stem.removeprefix("LICENSE-") for path in (ROOT / "resources/fonts").glob("LICENSE-*")
    }
    assert (ROOT / "resources/icons/LICENSE.txt").is_file()


def test_every_font_is_described():
    text = (ROOT / "resources/fonts/README.md").read_text(encoding="utf-8")
    assert [path.stem for path in FONTS if path.stem.split("-")[0] not in text] == []


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_has_the_outlines_that_printing_needs(path):
    font = TTFontFile(str(path))
    assert "glyf" in font.table
    assert len(font.charToGlyph) > 800


def test_every_icon_is_drawn_in_the_same_box_and_in_the_colour_of_the_theme():
    for path in ICONS:
        root = ET.parse(path).getroot()
        drawn = (root.tag, root.get("viewBox"), root.get("stroke"), root.get("fill"))
        assert drawn == (f"{SVG}svg", "0 0 24 24", "currentColor", "none"), path.name


def test_every_icon_is_described():
    text = (ROOT / "resources/icons/README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(.+?)` \|", text, re.MULTILINE)) == sorted(path.stem for path in ICONS)


def test_every_icon_that_is_asked_for_exists():
    known = {path.stem for path in ICONS}
    missing = {
        f"{name(path)}: {icon}"
        for path in sources("dmdesk", "ui")
        for icon in ICON_ASKED_FOR.findall(path.read_text(encoding="utf-8"))
        if icon not in known
    }
    assert missing == set()
