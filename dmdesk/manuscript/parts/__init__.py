"""Parts made from the plan's rows: what ``{{name}}`` in a section stands for.

Each is a function from plan data to blocks, declared once with its name, its help and what it may be about. The long
tables (products, WBS dictionary, trace matrices …) are only named here; each form of output sets them in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dmdesk.manuscript.blocks import Block
from dmdesk.registry import Registry
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

Make = Callable[..., Iterator[Block]]
"""Blocks from a ``PlanData`` and the row the part is about; parts of change control take ``work`` too."""


@frozen
class Part:
    """A part: its name, what it holds, the kind of row it is about ("" for none), and whether it must name one.

    One that is set by each form of output itself has no ``make``.
    """

    name: str
    title: str
    help: str
    about: str = ""
    single: bool = False
    make: Make | None = None


PARTS: Registry[Part] = Registry("part")


def part(
    name: str, title: str, help: str, *, about: str = "", single: bool = False
) -> Callable[[Make], Make]:
    """Declare the decorated function as a part made of blocks."""

    def declare(make: Make) -> Make:
        PARTS.add(Part(name, title, help, about, single, make))
        return make

    return declare


for _name, _title, _help in (
    ("products", "Product list", "All products with their WBS, people and packages."),
    ("wbs", "WBS dictionary", "All WBS elements with their dictionary texts and products."),
    ("trace-down", "Traceability down", "Each requirement with those above it that it follows from."),
    ("trace-up", "Traceability up", "Each requirement with those below it that follow from it."),
    ("references", "References", "The works the plan cites."),
    ("acronyms", "Acronyms", "The acronyms the plan uses."),
    ("datasheets", "Product datasheets", "A datasheet for each product."),
    (
        "risks",
        "Risk register",
        "The risk register: what it may cost, threats, opportunities, heat map, responses, draws.",
    ),
):
    PARTS.add(Part(_name, _title, _help))
PARTS.add(Part("figure", "Figure", "A figure with its caption.", about="figure", single=True))


def parts() -> Registry[Part]:
    """All parts by name."""
    from dmdesk.manuscript.parts import (  # noqa: F401  (importing them declares them)
        control,
        lists,
        minutes,
        organisation,
        risks,
    )

    return PARTS


UNFILLED = "it stands where nothing is filled in"
"""What is wrong with a place in a text that stands in a part itself, which may ask for the part again."""


def problem(data: PlanData, name: str, about: str) -> str:
    """What is wrong with a place ``{{name about}}``, as a clause, or "" where it can be filled in."""
    known = parts()
    if name not in known:
        return "there is no such part"
    one = known[name]
    if about and not one.about:
        return "this part is about the whole plan and takes no key"
    if one.single and not about:
        return f"it should name the {one.about} it is about"
    if about and data.find(one.about, about) is None:
        return f"it names no {one.about} of this plan"
    return ""
