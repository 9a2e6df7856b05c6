"""Narrowing: the part of a comparison that somebody asked for, by kind, by who made it, by change request, by scope."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from dmdesk.comparing.history import rfc_of
from dmdesk.comparing.items import CHANGED, KEPT, Comparison, Item
from dmdesk.comparing.scope import within_scope
from dmdesk.errors import PlanError
from dmdesk.values import replace

if TYPE_CHECKING:
    from dmdesk.store import Step


def narrowed(
    comparison: Comparison, *, kinds: Collection[str] = (), by: str = "", rfc: str = "", wbs: str = "",
    institution: str = "", person: str = "", ids: Collection[tuple[str, str]] | None = None,
) -> Comparison:  # fmt: skip
    """What of a comparison fits all that is asked; nothing asked leaves it as it is.

    ``kinds``: names of kinds, parts of their rows included. ``by``: part of the name of who made a change. ``rfc``: the
    key of the change request it was made under, "none" for changes without one. ``wbs``, ``institution``, ``person``:
    keys of what rows belong to. ``ids``: (kind, id) of the rows that may stay, as a filter found them.

    Raises:
        PlanError: something that is asked for is in neither state.
    """
    if kinds:
        comparison = _of_kinds(comparison, kinds)
    if by:
        who = by.casefold()
        comparison = made(comparison, lambda step: who in step.who.casefold())
    if rfc:
        comparison = _under(comparison, rfc)
    for kind, key in (("wbs", wbs), ("institution", institution), ("person", person)):
        if key:
            comparison = within_scope(comparison, kind, key)
    if ids is not None:
        known = set(ids)
        comparison = comparison.kept(lambda item: item if (item.kind, item.id) in known else None)
    return comparison


def made(comparison: Comparison, fits: Callable[[Step], bool]) -> Comparison:
    """What was made by steps that fit: of changed rows those edits, and rows that such a step added or dropped."""

    def keep(item: Item) -> Item | None:
        if item.op == CHANGED:
            edits = tuple(edit for edit in item.edits if edit.made is not None and fits(edit.made))
            return replace(item, edits=edits) if edits else None
        return item if any(fits(step) for step in item.steps) else None

    return comparison.kept(keep)


def _under(comparison: Comparison, key: str) -> Comparison:
    """What was made under a change request."""
    if key.casefold() == "none":
        return made(comparison, lambda step: not rfc_of(step))
    rows = [row for data in (comparison.new, comparison.old) if (row := data.find("rfc", key)) is not None]
    if not rows:
        raise PlanError(f"There is no change request “{key}” in either plan.")
    ids = {row.id for row in rows}
    return made(comparison, lambda step: rfc_of(step) in ids)


def _of_kinds(comparison: Comparison, names: Collection[str]) -> Comparison:
    """The rows of some kinds, with their parts."""
    groups = []
    for group in comparison.groups:
        items = tuple(one for item in group.items for one in _fitting(item, names))
        if items:
            groups.append(replace(group, items=items))
    return replace(comparison, groups=tuple(groups))


def _fitting(item: Item, names: Collection[str]) -> tuple[Item, ...]:
    if item.kind in names:
        return (item,)
    parts = tuple(one for part in item.parts for one in _fitting(part, names))
    return (replace(item, op=KEPT, edits=(), steps=(), parts=parts),) if parts else ()
