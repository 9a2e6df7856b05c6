"""Swatches: the colours that zones are chosen from, all of which black words on paper keep their contrast on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dmdesk.risks.scale import Zone

COLOURS: Mapping[str, str] = {
    "green": "#00b050", "light green": "#a9d18e", "yellow": "#ffff00", "amber": "#ffc000", "orange": "#ed7d31",
    "red": "#ff0000", "rose": "#ff9c9c", "purple": "#b88ce0", "blue": "#5b9bd5", "grey": "#a6a6a6",
}  # fmt: skip
"""Colours by name; the greens, yellow and red are those that the sources of the ready scales print."""


def name_of(colour: str) -> str:
    """The name of a colour; itself where it is none of ours."""
    return next((name for name, own in COLOURS.items() if own == colour.casefold()), colour)


def next_free(zones: Iterable[Zone]) -> str:
    """A colour that no zone has yet."""
    taken = {zone.colour.casefold() for zone in zones}
    return next((colour for colour in COLOURS.values() if colour not in taken), COLOURS["grey"])
