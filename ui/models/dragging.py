"""Dragging: rows that are on their way from one place to another, as Qt's mime data."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QMimeData

from dmdesk.kinds import Kind
from dmdesk.reading import PlanData

MIME = "application/x-dmdesk-rows"


def packed(data: PlanData, kind: Kind, ids: Iterable[str]) -> QMimeData:
    """Rows as they are dragged; for other programs, their titles."""
    ids, held = list(ids), QMimeData()
    held.setData(MIME, "\n".join([kind.name, *ids]).encode())
    held.setText("\n".join(data.title(data.rows(kind.name)[id]) for id in ids))
    return held


def dragged(held: QMimeData | None, kind: Kind, there: Collection[str]) -> list[str]:
    """The ids of the rows that are being dragged, in order; none if they are not of this kind and plan."""
    if held is None or not held.hasFormat(MIME):
        return []
    name, *ids = bytes(held.data(MIME).data()).decode().split("\n")
    return [id for id in ids if id in there] if name == kind.name else []
