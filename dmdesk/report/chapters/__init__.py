"""Chapters: each is a function from plain plan data to parts of the print, found in one registry.

``chapter`` declares one; the module that declares it is imported below, and nothing else needs to know of it. What the
manuscript makes of blocks can be printed by itself as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dmdesk.manuscript.parts import Part as Generated
from dmdesk.manuscript.parts import parts
from dmdesk.registry import Registry
from dmdesk.report.parts import Part

Make = Callable[..., Iterator[Part]]
"""Parts from a ``PlanData``; chapters that let ``choose`` take ``of`` and ``findings`` too, see ``report.Options``."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name on the command line, its heading, its place, how it lies, and what yields its parts.

    One that is ``asked`` for is printed only when it is named or a section holds its place; one that lets ``choose`` is
    about chosen products. One about rows of the kind it ``needs`` is left out of a whole print when there are none,
    unless a section holds its place. ``caption`` stands above its table. One that is ``generated`` is made of blocks.
    """

    name: str
    title: str
    order: int
    make: Make | None
    landscape: bool = False
    asked: bool = False
    choose: bool = False
    needs: str = ""
    caption: str = ""
    generated: Generated | None = None


CHAPTERS: Registry[Chapter] = Registry("chapter")
ALWAYS = {"requirements": "requirement", "accepted": "acceptance"}
"""Parts made of blocks that a whole print has when there are rows of the kind, though no section asks for them."""


def chapter(
    name: str,
    title: str,
    *,
    order: int,
    landscape: bool = False,
    asked: bool = False,
    choose: bool = False,
    needs: str = "",
    caption: str = "",
) -> Callable[[Make], Make]:
    """Declare the decorated function as a chapter."""

    def declare(make: Make) -> Make:
        CHAPTERS.add(Chapter(name, title, order, make, landscape, asked, choose, needs, caption))
        return make

    return declare


def chapters() -> list[Chapter]:
    """All chapters in the order in which they are printed."""
    from dmdesk.report.chapters import datasheets, lists, products, trace, wbs  # noqa: F401  (importing them declares them)

    for at, one in enumerate(parts()):
        if one.make and not one.single and one.name not in CHAPTERS:
            needs = ALWAYS.get(one.name, "")
            CHAPTERS.add(
                Chapter(one.name, one.title, 200 + at, None, asked=not needs, needs=needs, generated=one)
            )
    return sorted(CHAPTERS, key=lambda one: one.order)
