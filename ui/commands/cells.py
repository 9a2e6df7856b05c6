"""The cells of a page: copy, paste, fill down, set and clear, each one undoable step for however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmdesk.changes import Change, put
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.naming import renamed
from ui.actions import action
from ui.context import Cells, Context
from ui.models import moves
from ui.views.summaries import counted, small

if TYPE_CHECKING:
    from dmdesk.exchange import table
    from dmdesk.exchange.cells import Cells as Texts

SORT = "sort"
"""Said through ``Context.wanted``: the page in front sorts by its current column."""


def _has_cells(ctx: Context) -> bool:
    found = ctx.cells()
    return found is not None and bool(found.ids)


def _can_paste(ctx: Context) -> bool:
    return ctx.writable and ctx.cells() is not None


def _can_fill(ctx: Context) -> bool:
    found = ctx.cells()
    return ctx.writable and found is not None and len(found.ids) > 1


@action("cells.copy", "Copy", key="Ctrl+C", icon="copy", menu="Edit", part="cells", when=_has_cells)
def copy(ctx: Context) -> None:
    """Copy the marked cells, or the selected rows with all their columns, for a spreadsheet or another place here."""
    from ui import clipboard

    at = ctx.cells()
    if at is not None:
        number = clipboard.copy(ctx.data, at)
        ctx.said.emit(f"Copied {counted(number, 'cell', 'cells')} of {counted(len(at.ids), 'row', 'rows')}")


# -- pasting


@action("cells.paste", "Paste", key="Ctrl+V", icon="paste", menu="Edit", part="cells", when=_can_paste)
def paste(ctx: Context) -> None:
    """Paste cells of a spreadsheet from the current cell on; more than one change is shown first."""
    from dmdesk.checks.naming import named
    from dmdesk.exchange import table
    from dmdesk.exchange.cells import cells
    from ui import clipboard

    text, html, own = clipboard.taken()
    at, texts = ctx.cells(), cells(text, html)
    if at is None or not texts:
        ctx.said.emit("There is nothing to paste.")
        return
    ids, columns, texts = target(at, texts, own)
    kind = kinds()[at.kind]
    done = table.paste(ctx.data, kind, ids, columns, texts, named)
    if not done.changes and not done.refused:
        ctx.said.emit("These cells hold this already.")
    elif len(done.changes) == 1 and not done.refused:
        _pasted(ctx, kind, done)
    else:
        _preview(ctx, kind, done)


def target(at: Cells, texts: Texts, own: Sequence[str] = ()) -> tuple[Sequence[str], Sequence[str], Texts]:
    """The rows and columns to paste on, and the cells, repeated where more is selected than was copied.

    Whole rows that were copied here (``own``: kind and columns) go into their own columns.
    """
    from dmdesk.exchange.table import tiled

    wide = max(map(len, texts))
    texts = tiled(texts, len(at.ids), len(at.columns) if at.only else wide)
    ids = at.ids if len(texts) <= len(at.ids) else at.below[: len(texts)]
    columns = own[1:] if not at.only and own and own[0] == at.kind and len(own) > wide else at.right
    return ids, columns, texts


def _pasted(ctx: Context, kind: Kind, done: table.Paste) -> None:
    rows = [row for change in done.changes if (row := ctx.data.get(kind.name, change.id)) is not None]
    new = counted(len(done.new), f"new {small(kind.label)}", f"new {small(kind.plural)}") if done.new else ""
    into = f"Paste into {moves.several(ctx.data, rows)}" if rows else "Paste"
    if ctx.step(
        f"{into} and {new}" if rows and new else f"Paste {new}" if new else into, _recorded(done.changes)
    ):
        ctx.said.emit(f"Pasted into {counted(len(done.changes), 'row', 'rows')}")
        if done.new:
            ctx.show(kind.name, done.new[0])


def _preview(ctx: Context, kind: Kind, done: table.Paste) -> None:
    from dmdesk.plan import preview
    from ui.changelist import Item, items
    from ui.changesheet import ChangeSheet, opened
    from ui.models.cells import full_name

    after = preview(ctx.data, done.changes)
    shown = items(ctx.data, after, done.changes)
    for refused in done.refused:
        row = ctx.data.get(kind.name, refused.id) or after.get(kind.name, refused.id)
        name = full_name(ctx.data, row) if row is not None else "Not added"
        shown.append(Item(name, kind[refused.field].label, "", refused.text, refused.why))
    shown.sort(key=lambda item: not item.why)
    parts = [
        counted(len(done.changes) - len(done.new), "row changes", "rows change"),
        counted(len(done.new), "row is new", "rows are new") if done.new else "",
        counted(done.overwritten, "value is replaced", "values are replaced") if done.overwritten else "",
    ]
    misfits = counted(len(done.refused), "value does not fit and is", "values do not fit and are")
    remark = f"{misfits} left out; the reason stands at each." if done.refused else ""
    sheet = ChangeSheet(
        "Paste", f"{' · '.join(filter(None, parts))}.", shown, remark,
        "Paste the rest" if done.refused else "Paste", lambda: _pasted(ctx, kind, done),
    )  # fmt: skip
    opened(sheet)
    sheet.tell_effect(ctx, done.changes)


# -- filling, setting, clearing


def fields(at: Cells, columns: Sequence[str]) -> list[Field]:
    """The fields among the columns that may be the same in several rows; keys may not."""
    kind = kinds()[at.kind]
    return [kind[name] for name in columns if name in kind and name != kind.key]


def _rows(ctx: Context, at: Cells) -> list[Entity]:
    return [row for id in at.ids if (row := ctx.data.get(at.kind, id)) is not None]


def _fill_words(ctx: Context) -> str:
    at = ctx.cells()
    found = fields(at, at.columns if at.only else at.right[:1]) if at is not None else []
    return f"Fill down {found[0].label}" if len(found) == 1 else "Fill down"


@action(
    "cells.fill", "Fill down", key="Ctrl+D", icon="move-down", menu="Edit", part="cells", when=_can_fill,
    words=_fill_words,
)  # fmt: skip
def fill(ctx: Context) -> None:
    """Give the rows below the first one its values: in the marked cells, or in the current column of selected rows."""
    at = ctx.cells()
    if at is None:
        return
    some = fields(at, at.columns if at.only else at.right[:1])
    if not some:
        ctx.said.emit("This column is not filled down: each row has a value of its own.")
        return
    first, *rest = _rows(ctx, at)
    values = {field.name: getattr(first, field.name) for field in some}
    _put(ctx, rest, values, f"Fill down {_named(some)} to {moves.several(ctx.data, rest)}")


def _named(some: Sequence[Field]) -> str:
    return some[0].label.lower() if len(some) == 1 else f"{len(some)} columns"


def _put(ctx: Context, rows: Sequence[Entity], values: dict[str, Any], title: str) -> None:
    changes = [put(row, renamed(row, values)) for row in rows]
    changes = [change for change in changes if change.fields]
    if not changes:
        ctx.said.emit("These cells hold this already.")
    elif ctx.step(title, _recorded(changes)):
        ctx.said.emit(title)


def _can_set(ctx: Context) -> bool:
    at = ctx.cells()
    return ctx.writable and at is not None and bool(at.ids) and bool(fields(at, at.right[:1]))


def _set_words(ctx: Context) -> str:
    at = ctx.cells()
    if at is None or not _can_set(ctx):
        return "Set the column…"
    of = f" of {len(at.ids):,} rows" if len(at.ids) > 1 else ""
    return f"Set {fields(at, at.right[:1])[0].label}{of}…"


@action(
    "cells.set", "Set the column…", icon="edit", menu="Edit", part="cells", when=_can_set, words=_set_words
)
def set_column(ctx: Context) -> None:
    """Give all selected rows the same value in the current column."""
    from ui.changesheet import SetSheet, opened

    at = ctx.cells()
    if at is None:
        return
    (field,), rows = fields(at, at.right[:1]), _rows(ctx, at)
    whom = moves.several(ctx.data, rows)
    title = f"Set {field.label.lower()} of {whom}"
    sheet = SetSheet(
        ctx, field, rows, f"For {whom}.", lambda value: _put(ctx, rows, {field.name: value}, title)
    )
    opened(sheet)


def _can_replace(ctx: Context) -> bool:
    at = ctx.cells()
    return ctx.writable and at is not None and bool(at.ids)


@action(
    "cells.replace",
    "Find and replace…",
    key="Ctrl+H",
    icon="search",
    menu="Edit",
    part="cells",
    when=_can_replace,
)
def replace(ctx: Context) -> None:
    """Replace words in a column: of the selected rows or, with only one selected, of all rows that are shown."""
    from ui.changesheet import opened
    from ui.replacesheet import ReplaceSheet

    at = ctx.cells()
    if at is None:
        return
    kind = kinds()[at.kind]
    ids = at.ids if len(at.ids) > 1 else at.shown
    rows = [row for id in ids if (row := ctx.data.get(at.kind, id)) is not None]
    some = [kind[name] for name in at.seen if name in kind]

    def accept(field: Field, changes: list[Change]) -> None:
        title = f"Replace in {field.label.lower()} of {counted(len(changes), kind.label, kind.plural)}"
        if ctx.step(title, _recorded(changes)):
            ctx.said.emit(title)

    if some and rows:
        opened(ReplaceSheet(ctx, rows, some, at.right[0] if at.right else "", accept))


def _can_sort(ctx: Context) -> bool:
    at = ctx.cells()
    return at is not None and not kinds()[at.kind].parent


def _sort_words(ctx: Context) -> str:
    at = ctx.cells()
    name = at.right[0] if at is not None and at.right else ""
    kind = kinds()[at.kind] if at is not None else None
    return f"Sort by {kind[name].label}" if kind and name in kind else "Sort by the column"


@action(
    "cells.sort", "Sort by the column", key="Alt+S", icon="sort", menu="Edit", part="cells", when=_can_sort,
    words=_sort_words,
)  # fmt: skip
def sort(ctx: Context) -> None:
    """Sort by the current column: rising, falling, then in the plan's own order again."""
    ctx.wanted.emit(SORT)


def clear_words(at: Cells) -> str:
    """What clearing the marked cells is called."""
    return f"Clear {counted(len(at.ids) * len(at.columns), 'cell', 'cells')}"


def clear(ctx: Context, at: Cells) -> None:
    """Empty the marked cells; names and keys, which every row must have, stay."""
    kind = kinds()[at.kind]
    some = [kind[name] for name in at.columns if name in kind]
    kept = [field.label for field in some if field.required]
    free = [field for field in some if not field.required]
    if kept:
        ctx.said.emit(
            f"{' and '.join(kept)} cannot be empty and stay{'s' if len(kept) == 1 else ''} as they are."
        )
    if free:
        rows = _rows(ctx, at)
        values = {field.name: field.type.empty for field in free}
        _put(ctx, rows, values, f"Clear {_named(free)} of {moves.several(ctx.data, rows)}")


def _recorded(changes: Sequence[Change]) -> list[Change]:
    """The changes; where they set states of risks, with the moves that are kept of them."""
    if not any(change.kind == "risk" and "state" in change.fields for change in changes):
        return list(changes)
    from dmdesk.risks.due import today
    from dmdesk.risks.states import with_moves

    return with_moves(changes, today())
