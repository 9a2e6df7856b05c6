"""The grids of two kinds: mark a cell, edit it, show only gaps, copy, and go to what stands at the edges.

The page in front does the work, since it alone knows which cell is meant; it hears of it through the context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.kinds import kinds
from ui.actions import action
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.matrices import Relation

MARK, EDIT, ROW, COLUMN, ROW_GAPS, COLUMN_GAPS, COPY = (
    f"matrix {what}" for what in ("mark", "edit", "row", "column", "row gaps", "column gaps", "copy")
)
"""Said through ``Context.wanted``; the matrix in front does it."""


def in_front(ctx: Context) -> Relation | None:
    """The relation whose page is in front; matrices are loaded only when the page could be one."""
    if ctx.plan is None or ctx.page_kind in ("", "overview", "history") or ctx.page_kind in kinds():
        return None
    from dmdesk.matrices import RELATIONS

    return next((relation for relation in RELATIONS if relation.name == ctx.page_kind), None)


def _on_matrix(ctx: Context) -> bool:
    return in_front(ctx) is not None


def _can_mark(ctx: Context) -> bool:
    return ctx.writable and _on_matrix(ctx)


def _can_edit(ctx: Context) -> bool:
    relation = in_front(ctx)
    return ctx.writable and relation is not None and bool(relation.field)


def _edit_words(ctx: Context) -> str:
    relation = in_front(ctx)
    if relation is None or not relation.field:
        return "Edit in the grid"
    return f"Edit {kinds()[relation.of[0]][relation.field].label.lower()}"


def _gap_words(at: int) -> str:
    return ("Only rows without any mark", "Only columns without any mark")[at]


def _words_of_gaps(ctx: Context, at: int) -> str:
    relation = in_front(ctx)
    return f"Only {kinds()[relation.of[at]].plural} {relation.gap_words[at]}" if relation else _gap_words(at)


@action("matrix.mark", "Mark the cell of the grid", icon="check", menu="Edit", part="matrix", when=_can_mark)
def mark(ctx: Context) -> None:
    """Link what crosses in the current cell of the grid, or take the link away, as Space does."""
    ctx.wanted.emit(MARK)


@action(
    "matrix.edit",
    "Edit in the grid",
    icon="edit",
    menu="Edit",
    part="matrix",
    when=_can_edit,
    words=_edit_words,
)
def edit(ctx: Context) -> None:
    """Edit what stands beside the mark, such as the control account manager, as Enter does."""
    ctx.wanted.emit(EDIT)


@action(
    "matrix.row-gaps", "Only rows without any mark", icon="filter", menu="Edit", part="matrix", when=_on_matrix,
    words=lambda ctx: _words_of_gaps(ctx, 0),
)  # fmt: skip
def row_gaps(ctx: Context) -> None:
    """Show only the rows of the grid that lack the other kind, or all again."""
    ctx.wanted.emit(ROW_GAPS)


@action(
    "matrix.column-gaps", "Only columns without any mark", icon="filter", menu="Edit", part="matrix",
    when=_on_matrix, words=lambda ctx: _words_of_gaps(ctx, 1),
)  # fmt: skip
def column_gaps(ctx: Context) -> None:
    """Show only the columns of the grid that lack the other kind, or all again."""
    ctx.wanted.emit(COLUMN_GAPS)


@action(
    "matrix.copy",
    "Copy the grid",
    key="Ctrl+Shift+C",
    icon="copy",
    menu="Edit",
    part="matrix",
    when=_on_matrix,
)
def copy(ctx: Context) -> None:
    """Copy all that the grid shows, for a spreadsheet."""
    ctx.wanted.emit(COPY)


def _edge_words(ctx: Context, at: int) -> str:
    relation = in_front(ctx)
    label = kinds()[relation.of[at]].label if relation else ("row", "column")[at]
    return f"Go to this {label if label[:2].isupper() else label.lower()}"


@action(
    "matrix.row", "Go to the row's page", icon="list", menu="View", part="matrix", when=_on_matrix,
    words=lambda ctx: _edge_words(ctx, 0),
)  # fmt: skip
def go_to_row(ctx: Context) -> None:
    """Show what the current row of the grid stands for on its own page."""
    ctx.wanted.emit(ROW)


@action(
    "matrix.column", "Go to the column's page", icon="list", menu="View", part="matrix", when=_on_matrix,
    words=lambda ctx: _edge_words(ctx, 1),
)  # fmt: skip
def go_to_column(ctx: Context) -> None:
    """Show what the current column of the grid stands for on its own page."""
    ctx.wanted.emit(COLUMN)
