"""Differences between two lists of shown rows, told to Qt as rows that come, go or move.

Views keep selection, editors and scroll position through these; where most rows change, one reset costs less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from ui.models.rows import RowsModel

MOST = 40
"""More separate stretches than this are told as one reset."""

Span = tuple[int, int]
"""First and last place of a stretch of rows."""


def spans(places: list[int]) -> list[Span]:
    """Rising places as stretches without gaps."""
    found: list[Span] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def rotation(old: list[str], new: list[str]) -> tuple[int, int, int] | None:
    """(first, last, before) of the one stretch whose move makes the new order of the old, None if it takes more.

    ``before`` is the place, in the old order, that the stretch comes to stand before.
    """
    first = next((at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b), len(old))
    if first == len(old):
        return None
    last = len(old) - next(
        at for at, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=True)) if a != b
    )
    a, b = old[first:last], new[first:last]
    cut = a.index(b[0])
    if a[cut:] + a[:cut] != b:
        return None
    return (first, first + cut - 1, last) if cut <= len(a) - cut else (first + cut, last - 1, first)


def become(model: RowsModel, now: list[str]) -> None:
    """Make ``now`` the shown rows of the model and tell its views."""
    old = model.shown
    stay, had = set(now), set(old)
    gone = spans([at for at, id in enumerate(old) if id not in stay])
    came = spans([at for at, id in enumerate(now) if id not in had])
    left = [id for id in old if id in stay]
    kept = [id for id in now if id in had]
    turn = rotation(left, kept) if left != kept else None
    if len(gone) + len(came) > MOST or (left != kept and turn is None):
        model.beginResetModel()
        model.put_shown(now)
        model.endResetModel()
        return
    _remove(model, gone)
    if turn:
        root = QModelIndex()
        model.beginMoveRows(root, turn[0], turn[1], root, turn[2])
        model.put_shown(kept)
        model.endMoveRows()
    _insert(model, came, now)


def _remove(model: RowsModel, gone: list[Span]) -> None:
    for first, last in reversed(gone):
        model.beginRemoveRows(QModelIndex(), first, last)
        model.put_shown(model.shown[:first] + model.shown[last + 1 :])
        model.endRemoveRows()


def _insert(model: RowsModel, came: list[Span], now: list[str]) -> None:
    for first, last in came:
        model.beginInsertRows(QModelIndex(), first, last)
        model.put_shown(model.shown[:first] + now[first : last + 1] + model.shown[first:])
        model.endInsertRows()
