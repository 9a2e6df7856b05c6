"""Pages: a page for every kind, so that nothing in a plan is invisible; some are made by hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from dmdesk.kinds import kinds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context

BY_HAND = {
    "overview": ("ui.views.overview", "Overview"),
    "history": ("ui.history.page", "History"),
    "compare": ("ui.compare.page", "ComparePage"),
    "baselines": ("ui.baselines.page", "BaselinesPage"),
    "plan": ("ui.views.document", "DocumentPage"),
    "review": ("ui.minutes.page", "ReviewsPage"),
    "risk": ("ui.risks.register", "RegisterPage"),
    "rfc": ("ui.control.page", "RequestsPage"),
    "docket": ("ui.control.board.page", "MeetingsPage"),
    "scale": ("ui.scales.page", "ScalesPage"),
    "drawing": ("ui.views.drawing", "DrawingPage"),
    "printview": ("ui.printview.page", "PrintPage"),
}
"""Page → the module and class that make it; loaded when it is first shown."""

BY_HAND_OF_KIND = {
    "section": ("ui.views.sections", "SectionsPage"),
    "wbs": ("ui.views.wbs", "WbsPage"),
}
"""The same for pages that are told which kind they show."""


def make_page(ctx: Context, kind: str) -> QWidget:
    """The page of a kind or matrix, with ``title``, ``reveal(id)``, ``shown()`` and ``focus_filter()``."""
    if kind in BY_HAND:
        return cast("QWidget", _loaded(*BY_HAND[kind])(ctx))
    usual = ("ui.views.page", "Page") if kind in kinds() else ("ui.views.matrix", "MatrixPage")
    return cast("QWidget", _loaded(*BY_HAND_OF_KIND.get(kind, usual))(ctx, kind))


def _loaded(module: str, name: str) -> type:
    return cast("type", getattr(import_module(module), name))
