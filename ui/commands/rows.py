"""The rows of a page: add, duplicate, delete and move them, each as one named step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dmdesk import changes as c
from dmdesk import places
from dmdesk.changes import Change
from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.reading import PlanData
from ui.actions import action, actions, on_row
from ui.commands.cells import clear, clear_words
from ui.context import Context
from ui.models import moves

NAME_IT = "edit title"
"""Said through ``Context.wanted``: the page in front edits the name of its current row."""


def kind_in_front(ctx: Context) -> Kind | None:
    """The kind of the page in front, if it is one whose rows can be added to."""
    if ctx.page_kind not in kinds() or kinds()[ctx.page_kind].single:
        return None
    return kinds()[ctx.page_kind]


def _can_add(ctx: Context) -> bool:
    return ctx.writable and kind_in_front(ctx) is not None


def _row(ctx: Context) -> Entity | None:
    """The current row, if it is on the page in front."""
    return ctx.row() if ctx.current[0] == ctx.page_kind else None


def _add_words(ctx: Context) -> str:
    kind, row = kind_in_front(ctx), _row(ctx)
    if kind is None:
        return "Add a row"
    label = _small(kind.label)
    return (
        f"Add {label}"
        if not _gathers(row)
        else f"Add {label} below {moves.short(ctx.data.title(row), 30)}"
        if kind.parent and row is not None
        else f"Add {label}"
    )


def _gathers(row: Entity | None) -> bool:
    """Whether new rows go below a row when nothing else is said: of risks only below headlines."""
    return row is None or kind_of(row).name != "risk" or bool(getattr(row, "headline", False))


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


@action(
    "row.add", "Add a row", key="Ins", icon="add", menu="Edit", part="rows", when=_can_add, words=_add_words
)
def add(ctx: Context) -> None:
    """Add a row: in a tree below the current one, else to the list."""
    kind, row = kind_in_front(ctx), _row(ctx)
    if kind is not None and not _gathers(row):
        add_sibling(ctx)
    elif kind is not None:
        _add(ctx, kind, row.id if kind.parent and row is not None else "", "" if kind.parent else row)


@action(
    "row.add-sibling", "Add beside it", key="Ctrl+Return; Ctrl+Enter", icon="add-sibling", menu="Edit", part="rows",
    when=_can_add,
)  # fmt: skip
def add_sibling(ctx: Context) -> None:
    """Add a row after the current one, at the same level."""
    kind, row = kind_in_front(ctx), _row(ctx)
    if kind is not None:
        _add(ctx, kind, places.above(ctx.data, kind, row) if row is not None else "", row)


def _add(ctx: Context, kind: Kind, parent: str, after: Entity | str | None) -> None:
    """Add a row below a parent, after one of its rows or at the end, and let the person name it."""
    beside = places.siblings(ctx.data, kind, parent)
    at = next((at + 1 for at, row in enumerate(beside) if row is after), len(beside))
    ranks, changes = places.room(kind, beside, at, 1)
    values: dict[str, object] = {kind.order: ranks[0]} if places.ranked(kind) else {}
    if kind.parent and parent:
        values[kind.parent] = parent
    if kind.key:
        like = beside[at - 1] if at else ctx.data.get(kind.name, parent) if parent else None
        values[kind.key] = next_key(
            ctx.data, kind, ctx.data.key(like) if like is not None else "", bool(beside)
        )
    if kind.title and kind.title != kind.key:
        values[kind.title] = f"New {_small(kind.label)}"
    if kind.name == "risk":
        from dmdesk.risks.making import starting

        values |= starting(ctx.data)
    row = kind.make(values)
    if ctx.step(f"Add {_small(kind.label)}", [*changes, c.add(row)]):
        ctx.show(kind.name, row.id)
        ctx.wanted.emit(NAME_IT)


def next_key(data: PlanData, kind: Kind, like: str, beside: bool = True) -> str:
    """A key that no row of the kind has, counted on from a neighbour's: 1.02C.03 → 1.02C.04, below it 1.02C.03.01."""
    taken = data.by_key(kind.name)
    if not beside and like and kind.name == "wbs":
        like = f"{like}.00"
    return places.next_key(taken, like)


@action(
    "row.duplicate", "Duplicate", key="Ctrl+Shift+D", icon="duplicate", menu="Edit", part="rows", when=on_row
)
def duplicate(ctx: Context) -> None:
    """Copy the selected rows, without what is below or part of them."""
    rows, changes, copies = ctx.rows(), list[Change](), list[Entity]()
    if len(rows) == 1 and kind_of(rows[0]).name == "risk":
        actions()["risk.clone"].run(ctx)
        return
    for row in rows:
        kind = kind_of(row)
        beside = places.siblings(ctx.data, kind, places.above(ctx.data, kind, row))
        ranks, room = places.room(
            kind, beside, next(at for at, other in enumerate(beside) if other.id == row.id) + 1, 1
        )
        values = {field.name: getattr(row, field.name) for field in kind.fields}
        if places.ranked(kind):
            values[kind.order] = ranks[0]
        if kind.key:
            values[kind.key] = _free(ctx.data, kind, str(values[kind.key]), copies)
        copies.append(kind.make(values))
        changes += [*room, c.add(copies[-1])]
        if room:
            break
    if copies and ctx.step(f"Duplicate {moves.several(ctx.data, rows[: len(copies)])}", changes):
        ctx.show(kind_of(copies[0]).name, copies[-1].id)


def _free(data: PlanData, kind: Kind, key: str, copies: Iterable[Entity]) -> str:
    taken = {*data.by_key(kind.name), *(str(getattr(copy, kind.key)) for copy in copies)}
    count = 2
    while f"{key}-{count}" in taken:
        count += 1
    return f"{key}-{count}"


def _delete_words(ctx: Context) -> str:
    at = ctx.cells()
    return clear_words(at) if at is not None and at.only else "Delete"


@action(
    "row.delete",
    "Delete",
    key="Del",
    icon="delete",
    menu="Edit",
    part="rows",
    when=on_row,
    words=_delete_words,
)
def delete(ctx: Context) -> None:
    """Clear the marked cells; without any, delete the selected rows with all that belongs to them."""
    at = ctx.cells()
    if at is not None and at.only:
        clear(ctx, at)
        return
    rows = ctx.rows()
    changes = c.drop_all(ctx.data, rows)
    along = goes_along(ctx.data, rows, changes)
    names = moves.several(ctx.data, rows)
    quoted = f"“{names}”" if len(rows) == 1 else names
    if not along or ctx.ask.confirm(f"Delete {quoted}?", "Delete", along):
        ctx.step(f"Delete {names}", changes)


def goes_along(data: PlanData, rows: Iterable[Entity], changes: Iterable[Change]) -> str:
    """What else a deletion deletes and clears, in a sentence; "" when nothing is."""
    own = {row.id for row in rows}
    dropped: Counter[str] = Counter()
    cleared = 0
    for change in changes:
        if change.op == c.DROP and change.id not in own:
            dropped[change.kind] += 1
        elif change.op == c.SET:
            cleared += sum(_fewer(old, new) for old, new in change.fields.values())
    parts = [
        _number(count, kinds()[kind], kind in {kind_of(row).name for row in rows})
        for kind, count in dropped.items()
    ]
    said = f"This deletes {' and '.join(filter(None, (', '.join(parts[:-1]), *parts[-1:])))}" if parts else ""
    links = f"{cleared} link{'s' if cleared > 1 else ''} to {'it' if len(own) == 1 else 'them'}"
    verb = "is cleared" if cleared == 1 else "are cleared"
    if said and cleared:
        return f"{said}; {links} {verb}."
    return f"{said}." if said else f"{links} {verb}." if cleared else ""


def _fewer(old: object, new: object) -> int:
    return len(old) - len(new) if isinstance(old, tuple) and isinstance(new, tuple) else 1


def _number(count: int, kind: Kind, below: bool) -> str:
    words = f"{count} {_small(kind.label if count == 1 else kind.plural)}"
    return f"{words} below it" if below and kind.parent else words


# -- moving


def _movable(ctx: Context) -> bool:
    kind = kind_in_front(ctx)
    return on_row(ctx) and kind is not None and places.ranked(kind)


def _in_tree(ctx: Context) -> bool:
    kind = kind_in_front(ctx)
    return on_row(ctx) and kind is not None and bool(kind.parent)


def _move(ctx: Context, kind: Kind, parent: str, before: str) -> None:
    title, changes = moves.moved(ctx.data, kind, ctx.rows(), parent, before)
    if changes and ctx.step(title, changes) and ctx.row() is not None:
        ctx.show(kind.name, ctx.current[1])


def _beside(ctx: Context) -> tuple[Kind, str, list[str], int, int]:
    """Kind, parent, the ids below it, and the first and last place of the selected rows among them."""
    rows = ctx.rows()
    kind = kind_of(rows[0])
    parent = places.above(ctx.data, kind, rows[0])
    ids = [row.id for row in places.siblings(ctx.data, kind, parent)]
    found = [ids.index(row.id) for row in rows if row.id in ids]
    return kind, parent, ids, min(found), max(found)


@action("row.up", "Move up", key="Alt+Up", icon="move-up", menu="Edit", part="move", when=_movable)
def up(ctx: Context) -> None:
    """Move the selected rows before the one above."""
    kind, parent, ids, first, _ = _beside(ctx)
    if first:
        _move(ctx, kind, parent, ids[first - 1])


@action("row.down", "Move down", key="Alt+Down", icon="move-down", menu="Edit", part="move", when=_movable)
def down(ctx: Context) -> None:
    """Move the selected rows behind the one below."""
    kind, parent, ids, _, last = _beside(ctx)
    if last + 1 < len(ids):
        _move(ctx, kind, parent, ids[last + 2] if last + 2 < len(ids) else "")


@action(
    "row.indent",
    "Move in",
    key="Ctrl+]; Alt+Shift+Right",
    icon="indent",
    menu="Edit",
    part="move",
    when=_in_tree,
)
def indent(ctx: Context) -> None:
    """Put the selected rows below the one above them."""
    kind, _, ids, first, _ = _beside(ctx)
    if first:
        _move(ctx, kind, ids[first - 1], "")


@action(
    "row.outdent",
    "Move out",
    key="Ctrl+[; Alt+Shift+Left",
    icon="outdent",
    menu="Edit",
    part="move",
    when=_in_tree,
)
def outdent(ctx: Context) -> None:
    """Put the selected rows behind the one they are below."""
    kind, parent, _, _, _ = _beside(ctx)
    above = ctx.data.get(kind.name, parent) if parent else None
    if above is not None:
        around = places.above(ctx.data, kind, above)
        ids = [row.id for row in places.siblings(ctx.data, kind, around)]
        after = ids.index(parent) + 1
        _move(ctx, kind, around, ids[after] if after < len(ids) else "")
