"""Chapters: each is a function from plain plan data to parts of the print, found in one registry.

``chapter`` declares one; the module that declares it is imported below, and nothing else needs to know of it. What the
manuscript makes of blocks can be printed by itself as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.manuscript.parts import Part as Generated
from dmdesk.manuscript.parts import parts
from dmdesk.registry import Registry
from dmdesk.report.parts import Part
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData

Make = Callable[..., Iterator[Part]]
"""Parts from a ``PlanData``; chapters that let ``choose`` take ``of`` and ``findings`` too, see ``report.Options``."""


@frozen
class Chapter:
    """A chapter: its name on the command line, its heading, its place, how it lies, and what yields its parts.

    One that is ``asked`` for is printed only when it is named or a section holds its place; one that lets ``choose`` is
    about chosen products. One about rows of the kind it ``needs`` is left out of a whole print when there are none,
    unless a section holds its place. ``caption`` stands above its table; one that is ``numbered`` captions its tables
    itself and is given the ``numbers`` to count them with. One that is ``generated`` is made of blocks, of the row it
    is ``about`` where it is about one.
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
    numbered: bool = False
    generated: Generated | None = None
    about: Entity | None = None


CHAPTERS: Registry[Chapter] = Registry("chapter")
MOST_NAMED = 12
"""Keys that are named when one that is not there was asked for."""
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
    numbered: bool = False,
) -> Callable[[Make], Make]:
    """Declare the decorated function as a chapter."""

    def declare(make: Make) -> Make:
        CHAPTERS.add(Chapter(name, title, order, make, landscape, asked, choose, needs, caption, numbered))
        return make

    return declare


def chapters() -> list[Chapter]:
    """All chapters in the order in which they are printed."""
    from dmdesk.report.chapters import datasheets, lists, products, risks, trace, wbs  # noqa: F401  (declares them)

    for at, one in enumerate(parts()):
        if one.make and not one.single and one.name not in CHAPTERS:
            needs = ALWAYS.get(one.name, "")
            CHAPTERS.add(
                Chapter(one.name, one.title, 200 + at, None, asked=not needs, needs=needs, generated=one)
            )
    return sorted(CHAPTERS, key=lambda one: one.order)


def about_one(data: PlanData, name: str) -> Chapter | None:
    """The chapter that a name such as ``review:2017-09-25`` stands for: a part about the one row with that key.

    Raises:
        PlanError: the plan has no such row; the sentence names those it has.
    """
    part_name, _, key = name.partition(":")
    one = next((each for each in parts() if each.name == part_name and each.single and each.make), None)
    if one is None:
        return None
    row = data.find(one.about, key) if key else None
    if row is None:
        known = [data.key(each) for each in data.in_order(one.about)]
        few = ", ".join(known[-MOST_NAMED:]) + (
            f" and {len(known) - MOST_NAMED:,} more" if len(known) > MOST_NAMED else ""
        )
        label = kinds()[one.about].label.lower()
        plural = kinds()[one.about].plural.lower()
        has = f"its {plural} are {few}" if known else f"it has no {plural} yet"
        wrong = (
            f"There is no {label} “{key}” in this plan"
            if key
            else f"Say which {label} to print, as {part_name}:KEY"
        )
        raise PlanError(f"{wrong}; {has}.")
    title = f"{one.title}: {data.title(row)}"
    key = data.key(row)
    if key and key not in title:
        title = f"{title} ({key})"
    return Chapter(name, title, 300, None, asked=True, generated=one, about=row)
