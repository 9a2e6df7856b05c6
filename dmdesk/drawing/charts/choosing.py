"""What is drawn: each thing that can be, by name, and what a figure of the plan shows.

A plan without it is told in a sentence that says what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.drawing.tree import Options, tree_of
from dmdesk.errors import PlanError
from dmdesk.model import Figure
from dmdesk.values import replace

if TYPE_CHECKING:
    from dmdesk.drawing.sheet import Drawing
    from dmdesk.reading import PlanData

FIGURE = "figure:"
WHATS = {
    "tree": "Product tree",
    "organisation": "Organisation chart",
    "documents": "Document tree",
    "milestones": "Milestones",
}
"""What can be drawn of any plan, besides its figures of blocks."""
DRAWN_AS = {
    "product tree": "tree", "organisation chart": "organisation", "document tree": "documents",
    "milestones": "milestones",
}  # fmt: skip
"""What a figure is drawn from, by the value of its field."""
KINDS = {
    "tree": ("product",),
    "organisation": ("role", "team", "group"),
    "documents": ("document",),
    "milestones": ("milestone",),
}
"""The kinds of which a plan must have rows for something to be drawn."""
READS = {
    "tree": ("plan", "product", "wbs", "person"),
    "organisation": (
        "plan", "role", "appointment", "person", "team", "institution", "group", "membership", "wbs",
        "product.key", "product.parent", "product.order", "product.owners", "product.wbs",
    ),
    "documents": ("plan", "document"),
    "milestones": ("plan", "milestone"),
}  # fmt: skip
"""The kinds, and where it matters the fields (see ``PlanData.version``), that each drawing says something of."""
_NOTHING = {
    "tree": "This plan has no products yet, so there is no product tree to draw.",
    "organisation": "This plan has no roles, teams or groups yet, so there is no organisation chart to draw.",
    "documents": "This plan has no documents yet, so there is no document tree to draw.",
    "milestones": "This plan has no milestones yet, so there is no time line to draw.",
}


def figure_named(data: PlanData, key: str) -> Figure:
    """The figure with a key.

    Raises:
        PlanError: there is none.
    """
    row = data.find("figure", key)
    if not isinstance(row, Figure):
        known = ", ".join(data.key(one) for one in data.in_order("figure")) or "none yet"
        raise PlanError(f"There is no figure “{key}” in this plan; its figures are: {known}.")
    return row


def reads(figure: Figure) -> tuple[str, ...]:
    """The kinds and fields that what a figure shows is drawn from."""
    return ("figure", *READS.get(DRAWN_AS.get(figure.drawing, ""), ()))


def missing(data: PlanData, what: str) -> str:
    """The sentence that says why there is nothing to draw, or ""."""
    return "" if any(data.rows(kind) for kind in KINDS[what]) else _NOTHING[what]


def chosen(data: PlanData, options: Options) -> Drawing:
    """What the options ask for, drawn.

    Raises:
        PlanError: there is nothing to draw, or no such thing to draw.
    """
    what = options.what
    if what.startswith(FIGURE):
        return shown(data, figure_named(data, what.removeprefix(FIGURE)), options)
    if what not in WHATS:
        raise PlanError(f"“{what}” cannot be drawn; choose from {', '.join(WHATS)} or figure:KEY.")
    if told := missing(data, what):
        raise PlanError(told)
    return _draw(data, what, options)


def shown(data: PlanData, figure: Figure, options: Options) -> Drawing:
    """What a figure shows, drawn.

    Raises:
        PlanError: there is nothing to draw.
    """
    if figure.drawing == "blocks":
        from dmdesk.drawing.charts.blocks import blocks

        return blocks(figure.blocks, figure.caption, options)
    if figure.drawing not in DRAWN_AS:
        why = "it is a picture" if figure.drawing else "its field “Drawn from” is empty"
        raise PlanError(f"The figure “{figure.key}” is not drawn from the plan: {why}.")
    return chosen(data, replace(options, what=DRAWN_AS[figure.drawing]))


def described(data: PlanData, figure: Figure, made: Drawing) -> str:
    """What a figure shows, in words made from the data, for those who cannot see it."""
    from dmdesk.drawing.charts import blocks, documents, milestones, organisation

    if figure.drawing == "blocks":
        return blocks.described(figure.blocks)
    if figure.drawing == "product tree":
        count = len({box.id for box in made.boxes})
        return f"{made.title}: {count} product{'s'[: count != 1]}."
    tell = {
        "organisation chart": organisation.described, "document tree": documents.described,
        "milestones": milestones.described,
    }.get(figure.drawing)  # fmt: skip
    return tell(data) if tell else figure.caption


def _draw(data: PlanData, what: str, options: Options) -> Drawing:
    if what == "organisation":
        from dmdesk.drawing.charts.organisation import organisation

        return organisation(data, options)
    if what == "documents":
        from dmdesk.drawing.charts.documents import documents

        return documents(data, options)
    if what == "milestones":
        from dmdesk.drawing.charts.milestones import milestones

        return milestones(data, options)
    from dmdesk.drawing.layout import layout

    return layout(tree_of(data, options), options)
