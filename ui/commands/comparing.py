"""Comparing: what the working plan differs in from a baseline, the page that tells it, and taking parts of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.actions import action, with_plan
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.comparing import Pick
    from dmdesk.kinds import Entity, Field

PAGE = "compare"
BESIDE = "compare.beside"
"""The setting, and the action, that shows old and new side by side."""


@action(
    "compare.baseline", "Compare with the baseline", key="Ctrl+Shift+B", icon="compare", menu="Baselines",
    part="differ", when=with_plan,
)  # fmt: skip
def baseline(ctx: Context) -> None:
    """Show what differs between the last baseline and the working plan; on the page any other two can be chosen."""
    ctx.show(PAGE, ctx.since.version if ctx.since is not None else "")


def _in_front(ctx: Context) -> bool:
    return ctx.plan is not None and ctx.page_kind == PAGE


@action(
    "compare.next",
    "Next change",
    key="F5",
    icon="chevron-down",
    menu="Baselines",
    part="differ",
    when=_in_front,
)
def next_change(ctx: Context) -> None:
    """Go to the next item that differs."""
    ctx.wanted.emit("next change")


@action(
    "compare.previous", "Previous change", key="Shift+F5", icon="chevron-up", menu="Baselines", part="differ",
    when=_in_front,
)  # fmt: skip
def previous_change(ctx: Context) -> None:
    """Go to the item before that differs."""
    ctx.wanted.emit("previous change")


def is_beside(_: Context | None = None) -> bool:
    """Whether old and new values stand side by side."""
    from ui import settings

    return bool(settings.get(BESIDE, False))


@action(
    BESIDE, "Old and new side by side", key="Ctrl+Alt+B", icon="columns", menu="Baselines", part="differ",
    when=_in_front, checked=is_beside,
)  # fmt: skip
def beside(ctx: Context) -> None:
    """Show old and new values in two columns, or as one text in which changes are marked."""
    from ui import settings

    settings.put(BESIDE, not is_beside())
    ctx.wanted.emit("compare layout")


@action(
    "compare.export",
    "Export the change record…",
    icon="export",
    menu="Baselines",
    part="differ",
    when=_in_front,
)
def export(ctx: Context) -> None:
    """Write what is shown as a spreadsheet, CSV, Markdown, LaTeX, JSON, text or PDF."""
    ctx.wanted.emit("export changes")


@action(
    "compare.print", "Print the change record to PDF…", icon="print", menu="Baselines", part="differ",
    when=_in_front,
)  # fmt: skip
def print_record(ctx: Context) -> None:
    """Print what is shown into a PDF file, in the style of the plan."""
    ctx.wanted.emit("print changes")


@action(
    "compare.printer", "Print the change record to a printer…", icon="print", menu="Baselines", part="differ",
    when=_in_front,
)  # fmt: skip
def print_on_paper(ctx: Context) -> None:
    """Print what is shown on paper, in the style of the plan."""
    ctx.wanted.emit("print changes on paper")


# -- taking back


def _differing(ctx: Context) -> list[Entity]:
    """The selected rows that are not as they were in the last baseline."""
    from dmdesk.kinds import kind_of

    since = ctx.since
    if since is None or not ctx.writable:
        return []
    return [row for row in ctx.rows() if since.op(kind_of(row).name, row.id)]


def _field(ctx: Context) -> tuple[Entity, Field] | None:
    """The current row and column, where that is not what it was."""
    from dmdesk.kinds import kinds

    at, since, row = ctx.cells(), ctx.since, ctx.row()
    if at is None or since is None or row is None or not ctx.writable or not at.right:
        return None
    kind = kinds()[at.kind]
    name = at.right[0]
    if ctx.current[0] != at.kind or name not in kind or name not in since.fields(row, kind):
        return None
    return row, kind[name]


def _on_field(ctx: Context) -> bool:
    return _in_front(ctx) or _field(ctx) is not None


def _on_rows(ctx: Context) -> bool:
    return _in_front(ctx) or bool(_differing(ctx))


def _on_kind(ctx: Context) -> bool:
    from dmdesk.kinds import kinds

    known = ctx.since is not None and ctx.writable and ctx.page_kind in kinds()
    return _in_front(ctx) or (known and ctx.since is not None and ctx.since.any_of(ctx.page_kind))


def _version(ctx: Context) -> str:
    return ctx.since.version if ctx.since is not None else "the baseline"


def _field_words(ctx: Context) -> str:
    at = None if _in_front(ctx) else _field(ctx)
    return f"Revert {at[1].label} to {_version(ctx)}…" if at else "Revert the field…"


def _row_words(ctx: Context) -> str:
    from ui.models import moves

    rows = [] if _in_front(ctx) else _differing(ctx)
    return f"Revert {moves.several(ctx.data, rows)} to {_version(ctx)}…" if rows else "Revert the item…"


def _kind_words(ctx: Context) -> str:
    from dmdesk.kinds import kinds

    if _in_front(ctx) or ctx.page_kind not in kinds():
        return "Revert all of this kind…"
    return f"Revert all {kinds()[ctx.page_kind].plural} to {_version(ctx)}…"


@action(
    "revert.field", "Revert the field…", icon="restore", menu="Baselines", part="revert", when=_on_field,
    words=_field_words,
)  # fmt: skip
def revert_field(ctx: Context) -> None:
    """Give the current field the value that it had in the baseline, after showing what that would do."""
    from dmdesk.comparing import Pick
    from dmdesk.kinds import kind_of

    at = _field(ctx)
    if _in_front(ctx):
        ctx.wanted.emit("revert field")
    elif at is not None:
        _revert(ctx, [Pick(kind_of(at[0]).name, at[0].id, at[1].name)], _field_words(ctx))


@action(
    "revert.row", "Revert the item…", icon="restore", menu="Baselines", part="revert", when=_on_rows, words=_row_words
)  # fmt: skip
def revert_rows(ctx: Context) -> None:
    """Make the selected rows what they were in the baseline, with what belongs to them, after showing it."""
    from dmdesk.comparing import Pick
    from dmdesk.kinds import kind_of

    if _in_front(ctx):
        ctx.wanted.emit("revert row")
        return
    picks = [Pick(kind_of(row).name, row.id) for row in _differing(ctx)]
    if picks:
        _revert(ctx, picks, _row_words(ctx))


@action(
    "revert.kind", "Revert all of this kind…", icon="restore", menu="Baselines", part="revert", when=_on_kind,
    words=_kind_words,
)  # fmt: skip
def revert_kind(ctx: Context) -> None:
    """Make all rows of the page what they were in the baseline, those that are gone included, after showing it."""
    from dmdesk.comparing import Pick

    if _in_front(ctx):
        ctx.wanted.emit("revert kind")
    else:
        _revert(ctx, [Pick(ctx.page_kind)], _kind_words(ctx))


def _revert(ctx: Context, picks: list[Pick], title: str) -> None:
    from ui.compare.reverting import revert_to_baseline

    revert_to_baseline(ctx, picks, title.rstrip("…"))
