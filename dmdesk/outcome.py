"""What changes make of a plan, before they are made: the rows after them, and whether all would hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.trees import ancestors
from dmdesk.types import BadValue


def outcome(data: PlanData, changes: Iterable[Change]) -> dict[tuple[str, str], Entity | None]:
    """What the changes make of the rows they touch, without touching them; None stands for a dropped row.

    Raises:
        Conflict: an old value no longer stands.
        PlanError: a value does not fit its field.
    """
    after: dict[tuple[str, str], Entity | None] = {}
    for change in changes:
        at = (change.kind, change.id)
        try:
            after[at] = c.applied(after[at] if at in after else data.get(*at), change)
        except BadValue as error:
            raise PlanError(f"{error} Nothing was changed.") from None
    return after


def preview(data: PlanData, changes: Iterable[Change]) -> PlanData:
    """A copy of the plan in which the changes were made: what would be."""
    copy = data.copy()
    for (kind, id), row in outcome(data, changes).items():
        copy.replace(kind, id, row)
    return copy


def prove(data: PlanData, changes: list[Change], after: Mapping[tuple[str, str], Entity | None]) -> None:
    """Refuse changes after which a link would lead nowhere or a tree would bite its tail."""
    moved: dict[str, list[Entity]] = {}
    for change in changes:
        row = after[change.kind, change.id]
        if row is None:
            continue
        for field, target, link in c.links_in(change):
            held = after[target, link] if (target, link) in after else data.get(target, link)
            if held is None and link in _links(row, field):
                label = kinds()[change.kind][field].label
                raise PlanError(
                    f"“{label}” of “{data.title(row)}” would point at nothing; nothing was changed."
                )
        if kinds()[change.kind].parent in change.fields:
            moved.setdefault(change.kind, []).append(row)
    for kind, rows in moved.items():
        _refuse_circles(data, kind, rows, after)
    for (kind, id), now in after.items():
        if now is None and data.get(kind, id) is not None:
            _refuse_dangling(data, id, after)


def _refuse_circles(
    data: PlanData, kind: str, moved: list[Entity], after: Mapping[tuple[str, str], Entity | None]
) -> None:
    parent = kinds()[kind].parent
    rows = dict(data.rows(kind))
    rows.update((id, row) for (of, id), row in after.items() if of == kind and row is not None)
    for row in moved:
        if any(getattr(above, parent) == row.id for above in (row, *ancestors(rows, row.id, parent))):
            raise PlanError(f"“{data.title(row)}” cannot be moved below itself; nothing was changed.")


def _refuse_dangling(data: PlanData, gone: str, after: Mapping[tuple[str, str], Entity | None]) -> None:
    for source, field in data.incoming(gone):
        at = (kind_of(source).name, source.id)
        still = after.get(at, source)
        if still is not None and gone in _links(still, field):
            raise PlanError(
                f"“{data.title(source)}” still refers to what would be deleted; nothing was changed."
            )


def _links(row: Entity, field: str) -> tuple[str, ...]:
    value = getattr(row, field)
    return value if isinstance(value, tuple) else (value,)
