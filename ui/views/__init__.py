"""Pages: a page for every kind, so that nothing in a plan is invisible; some are made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.kinds import kinds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context


def make_page(ctx: Context, kind: str) -> QWidget:
    """The page of a kind or matrix, with ``title``, ``reveal(id)``, ``shown()`` and ``focus_filter()``."""
    if kind == "plan":
        from ui.views.document import DocumentPage

        return DocumentPage(ctx)
    if kind == "review":
        from ui.minutes.page import ReviewsPage

        return ReviewsPage(ctx)
    if kind == "section":
        from ui.views.sections import SectionsPage

        return SectionsPage(ctx, kind)
    if kind == "wbs":
        from ui.views.wbs import WbsPage

        return WbsPage(ctx, kind)
    if kind == "risk":
        from ui.risks.register import RegisterPage

        return RegisterPage(ctx)
    if kind == "scale":
        from ui.scales.page import ScalesPage

        return ScalesPage(ctx)
    if kind == "drawing":
        from ui.views.drawing import DrawingPage

        return DrawingPage(ctx)
    if kind == "printview":
        from ui.printview.page import PrintPage

        return PrintPage(ctx)
    if kind not in kinds():
        from ui.views.matrix import MatrixPage

        return MatrixPage(ctx, kind)
    from ui.views.page import Page

    return Page(ctx, kind)
