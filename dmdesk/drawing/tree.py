"""What is drawn: the chosen part of the product tree as a plain list, parents before their children.

The layout works on positions in this list, which keeps it free of plans, links and recursion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import trees
from dmdesk import types as t
from dmdesk.model import Product
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

SHAPES = ("left", "top", "mixed")
FITS = "fits"
PAPERS: Mapping[str, tuple[float, float]] = {
    "a4": (595.28, 841.89),
    "letter": (612.0, 792.0),
    "a3": (841.89, 1190.55),
    "tabloid": (792.0, 1224.0),
}
"""Named papers, upright, in points."""
MOST_MANAGERS = 24
"""Managers that get a letter of their own; whoever manages fewer products than these is one of the “others”."""


@frozen
class Options:
    """How to draw. ``below`` is the id of the product at the root, "" for all; ``depth`` counts levels below it.

    ``paper`` is "fits" (one sheet as large as needed) or one of ``PAPERS``; ``pages`` how many of those to fill,
    0 for as few as can be read. ``size`` stands for a paper: pages of that width and height without margins or title,
    as the print sets them.

    ``what`` is drawn: "tree", "organisation", "documents", "milestones", or "figure:KEY" for what a figure shows.
    """

    below: str = ""
    shape: str = "left"
    depth: int | None = None
    paper: str = FITS
    landscape: bool = False
    pages: int = 0
    wbs: bool = False
    repositories: bool = False
    managers: bool = False
    what: str = "tree"
    size: tuple[float, float] | None = None


class Node(NamedTuple):
    """A product to draw. ``above`` is its parent's place in the list, -1 for none; ``manager`` a place in the legend.

    ``hidden`` counts the products below it that the depth leaves out.
    """

    id: str
    key: str
    name: str
    above: int
    level: int
    group: bool
    hidden: int = 0
    codes: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    manager: int = -1


class Tree(NamedTuple):
    """The chosen part of the product tree, parents first, and the managers by whom it is coloured."""

    title: str
    nodes: tuple[Node, ...]
    managers: tuple[str, ...] = ()


def tree_of(data: PlanData, options: Options) -> Tree:
    """The part of a plan's product tree that the options choose."""
    products, children = data.all(Product), data.children_ids("product")
    top = products.get(options.below)
    walked = list(trees.walk(children, options.below, 1 if top else 0))
    if top:
        walked.insert(0, (0, top.id))
    shown = [(level, id) for level, id in walked if options.depth is None or level <= options.depth]
    managers, legend = _managers(data, shown, top) if options.managers else ([-1] * len(shown), ())
    hidden = _hidden(walked, options.depth)
    nodes: list[Node] = []
    path: list[int] = []
    for at, (level, id) in enumerate(shown):
        product = products[id]
        del path[level:]
        nodes.append(
            Node(
                id, product.key, product.name or product.key or "unnamed product", path[-1] if path else -1, level,
                product.kind == "group" or bool(children.get(id)), hidden.get(id, 0),
                tuple(_code(data, link) for link in product.wbs) if options.wbs else (),
                product.repositories if options.repositories else (), managers[at],
            )
        )  # fmt: skip
        path.append(at)
    only = top or (products[shown[0][1]] if len(children.get("", ())) == 1 else None)
    return Tree(_title(only, options), tuple(nodes), legend)


def _title(top: Product | None, options: Options) -> str:
    title = f"Product tree: {top.name or top.key}" if top else "Product tree"
    if options.depth is None:
        return title
    return f"{title}, {options.depth} level{'' if options.depth == 1 else 's'} down"


def _code(data: PlanData, link: str) -> str:
    typed = t.unresolved(link)
    return f"{typed} ?" if typed else data.link("wbs", link, data.key)


def _hidden(walked: list[tuple[int, str]], depth: int | None) -> dict[str, int]:
    """How many products the depth leaves out below each of the lowest that are shown."""
    found: dict[str, int] = {}
    last = ""
    for level, id in walked if depth is not None else ():
        if depth is not None and level > depth:
            found[last] = found.get(last, 0) + 1
        else:
            last = id
    return found


def _managers(
    data: PlanData, shown: list[tuple[int, str]], top: Product | None
) -> tuple[list[int], tuple[str, ...]]:
    """Who manages each product, by inheritance, as a place in the legend; those who manage most come first."""
    products = data.all(Product)
    path: list[tuple[str, ...]] = []
    held: list[str] = []
    for level, id in shown:
        del path[level:]
        above = path[-1] if path else trees.inherited(data, top, "managers")[0] if top else ()
        path.append(products[id].managers or above)
        held.append(" / ".join(data.link("person", link) for link in path[-1]))
    counts: dict[str, int] = {}
    for name in filter(None, held):
        counts[name] = counts.get(name, 0) + 1
    legend = sorted(counts, key=lambda name: -counts[name])
    if len(legend) > MOST_MANAGERS:
        legend[MOST_MANAGERS:] = ["others"]
    places = {name: place for place, name in enumerate(legend)}
    others = len(legend) - 1
    return [places.get(name, others) if name else -1 for name in held], tuple(legend)
