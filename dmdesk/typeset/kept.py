"""Layers of pages kept from one document for the next: what is drawn as it was before is not drawn again.

A preview is made anew after every edit, and an edit changes few pages; or it moves many, and changes only the numbers
at their feet. Layers are known by a value that holds all that decides how they look, but for where their links lead.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from dmdesk.typeset.images import forget


class Layer(NamedTuple):
    """A drawn layer: packed content, the objects of its links, the names of its pictures, and where its links lead."""

    content: bytes
    links: list[bytes]
    pictures: list[str]
    leads: Mapping[str, str]


class Kept:
    """The layers of the last document, and the canvas on which they were drawn: it knows which codes stand for letters.

    For documents without tags only, one after another.
    """

    def __init__(self) -> None:
        self.canvas: Any = None
        self.ground: object = object()
        """Stands for what all pages have in common; another one for each that differs from the one before."""
        self._common: object = None
        self._layers: dict[Hashable, Layer] = {}
        self._used: dict[Hashable, Layer] = {}

    def begin(self, common: object) -> None:
        """Begin a document. ``common``: what all its pages have in common, such as the words of their headers."""
        if common != self._common:
            self._common, self.ground = common, object()
        self._used = {}

    def layer(self, look: Hashable, targets: Mapping[str, str]) -> Layer | None:
        """The layer that looks so, with links that lead to the same targets; None where there is none yet."""
        found = self._layers.get(look)
        if found is None or any(targets[link] != target for link, target in found.leads.items()):
            return None
        self._used[look] = found
        return found

    def keep(self, look: Hashable, layer: Layer) -> None:
        """Keep a layer that was drawn."""
        self._layers[look] = self._used[look] = layer

    def end(self) -> None:
        """The document is whole: layers that it does not have, and pictures on none that is kept, are let go."""
        self._layers = self._used
        forget(self.canvas, {name for layer in self._used.values() for name in layer.pictures})
