"""Colours of zones: words keep their contrast on each, on paper and in both themes, and the ready scales use them."""

import pytest
from PySide6.QtGui import QColor

from dmdesk.risks.ready import READY
from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.scales.swatches import COLOURS, name_of, next_free
from ui.theme import theme, themes


def luminance(colour: QColor) -> float:
    parts = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in colour.getRgbF()[:3]
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", COLOURS)
def test_black_on_paper_can_be_read(name):
    assert contrast(QColor("black"), QColor(COLOURS[name])) >= 4.5


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("name", COLOURS)
def test_words_on_the_screen_can_be_read(empty, name, choice):
    before = themes().choice
    themes().choose(choice)
    try:
        wash = tints.wash(Zone("z", 0, COLOURS[name], "none"))
        assert contrast(theme().color("text"), wash) >= 4.5
    finally:
        themes().choose(before)


def test_the_ready_scales_have_colours_that_can_be_chosen():
    assert {zone.colour for scale in READY.values() for zone in scale.zones} <= set(COLOURS.values())


def test_a_colour_of_somebody_elses_keeps_its_number():
    assert name_of("#00B050") == "green"
    assert name_of("#123456") == "#123456"


def test_a_new_zone_gets_a_colour_that_is_free():
    taken = [Zone(name, 0, colour, "none") for name, colour in list(COLOURS.items())[:2]]
    assert next_free(taken) == COLOURS["yellow"]
