"""Chapters: each is a function from plain plan data to parts of the print, found in one registry.

``chapter`` declares one; the module that declares it is imported below, and nothing else needs to know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dmdesk.registry import Registry
from dmdesk.report.parts import Part

Make = Callable[..., Iterator[Part]]
"""Parts from a ``PlanData``; chapters that are ``asked`` for take ``of`` and ``findings`` too, see ``report.build``."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its name on the command line, its heading, its place, how it lies, and what yields its parts.

    One that is ``asked`` for is printed only when it is named, and is about chosen products. One about rows of the kind
    it ``needs`` is left out of a whole print when there are none, unless a section holds its place.
    """

    name: str
    title: str
    order: int
    make: Make
    landscape: bool = False
    asked: bool = False
    needs: str = ""


CHAPTERS: Registry[Chapter] = Registry("chapter")


def chapter(
    name: str, title: str, *, order: int, landscape: bool = False, asked: bool = False, needs: str = ""
) -> Callable[[Make], Make]:
    """Declare the decorated function as a chapter."""

    def declare(make: Make) -> Make:
        CHAPTERS.add(Chapter(name, title, order, make, landscape, asked, needs))
        return make

    return declare


def chapters() -> list[Chapter]:
    """All chapters in the order in which they are printed."""
    from dmdesk.report.chapters import datasheets, lists, products, trace, wbs  # noqa: F401  (importing them declares them)

    return sorted(CHAPTERS, key=lambda one: one.order)
