"""Words for what a comparison says: links by title, moves by place, texts with what was added and removed in them."""

from __future__ import annotations

from typing import Any

from dmdesk import types as t
from dmdesk.comparing import outline
from dmdesk.comparing.items import CHANGED, KEPT, MOVED, PLACED, RENUMBERED, Comparison, Edit, Item
from dmdesk.comparing.within import ADDED, REMOVED, Run, items_within, within
from dmdesk.kinds import Entity, Field, kind_of, kinds
from dmdesk.reading import PlanData


def plain(data: PlanData, field: Field, value: Any) -> Any:
    """A value as JSON has it: links by title, unresolved words marked, several as a list; pictures in words."""
    if not field.type.typed:
        return field.type.show(value)
    if not field.target:
        return list(value) if isinstance(value, tuple) else value
    if isinstance(value, tuple):
        return [_link(data, field, link) for link in value]
    return _link(data, field, value) if value else ""


def _link(data: PlanData, field: Field, link: str) -> str:
    return link if t.unresolved(link) else data.link(field.target, link)


def shown(data: PlanData, field: Field, value: Any) -> str:
    """A value as text: several texts a line each, "" for nothing."""
    if value == field.type.empty:
        return ""
    if isinstance(value, tuple):
        return "\n".join(plain(data, field, value))
    return str(plain(data, field, value) if field.target else field.type.show(value))


def name_of(data: PlanData, row: Entity) -> str:
    """Key and title of a row."""
    title = data.title(row)
    key = data.key(row) if kind_of(row).key else ""
    return f"{key} “{title}”" if key and key != title else title


def part_name(comparison: Comparison, item: Item) -> str:
    """What tells a part from others of what it belongs to: its title, or what it joins beside that."""
    kind, data = kinds()[item.kind], comparison.new if item.new is not None else comparison.old
    if kind.title:
        return data.title(item.row)
    names = (name for name in kind.identity if name != outline.owner_field(kind))
    parts = (shown(data, kind[name], getattr(item.row, name)) for name in names)
    return ", ".join(part for part in parts if part)


def item_name(comparison: Comparison, item: Item) -> str:
    """Key and title of an item as it is now, or as it was."""
    return name_of(comparison.new if item.new is not None else comparison.old, item.row)


def what(item: Item) -> str:
    """What became of an item, in a word or two: “added”, “renumbered, moved”, “changed”; "" for a kept one."""
    if item.op != CHANGED:
        return "" if item.op == KEPT else item.op
    found = [word for word, holds in ((RENUMBERED, item.renumbered), (MOVED, item.moved)) if holds]
    if not found or any(edit.how not in (MOVED, PLACED, RENUMBERED) for edit in item.edits):
        found.append(CHANGED)
    return ", ".join(found)


def told(comparison: Comparison, item: Item, edit: Edit) -> tuple[str, str]:
    """An edit in words: what it was and what it is, each "" for nothing."""
    if edit.how == PLACED:
        old, new = edit.after
        return _after(comparison.old, item.kind, old), _after(comparison.new, item.kind, new)
    field = kinds()[item.kind][edit.field]
    pair = shown(comparison.old, field, edit.old), shown(comparison.new, field, edit.new)
    if edit.how == MOVED and item.op == CHANGED:
        return pair[0] or TOP, pair[1] or TOP
    return pair


TOP = "(top)"
"""What stands for the place above all others of a tree."""


def _after(data: PlanData, kind: str, id: str) -> str:
    row = data.get(kind, id)
    return "first" if row is None else f"after {data.title(row)}"


def label(item: Item, edit: Edit) -> str:
    """What an edited field is called."""
    return kinds()[item.kind][edit.field].label


def runs(comparison: Comparison, item: Item, edit: Edit) -> tuple[Run, ...]:
    """What of a value is the same, was removed and added: words of a text, members of a list, else the whole value."""
    field = kinds()[item.kind][edit.field]
    if is_list(field):
        old, new = plain(comparison.old, field, edit.old), plain(comparison.new, field, edit.new)
        return items_within(tuple(old), tuple(new))
    before, now = told(comparison, item, edit)
    if before and now and is_text(field):
        return within(before, now)
    whole = (Run(REMOVED, before), Run(ADDED, now))
    return tuple(run for run in whole if run.text)


def is_text(field: Field) -> bool:
    """Whether a field holds sentences, in which single words are worth marking."""
    return field.type in (t.PROSE, t.LINE, t.ITEMS)


def is_list(field: Field) -> bool:
    """Whether the runs of a field are members of a list, each told as a whole."""
    return isinstance(field.type, t.Many_) and not is_text(field)
