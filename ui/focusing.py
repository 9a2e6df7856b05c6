"""The way of the keyboard through the window: Tab goes on within a pane and then to the next one, as they are seen.

Qt's own chain is the order in which widgets were made, and pages are made when they are first visited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


def takes_focus(widget: QWidget) -> bool:
    """Whether Tab may stop at a widget."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    )


def inside(pane: QWidget) -> Iterator[QWidget]:
    """The widgets of a pane at which Tab stops, in their order."""
    at: QWidget | None = pane
    while at is not None:
        if takes_focus(at) and (at is pane or pane.isAncestorOf(at)):
            yield at
        at = at.nextInFocusChain()
        if at is pane:
            return


def move_on(panes: Sequence[QWidget], forward: bool) -> bool:
    """Put the focus on what follows, first or last where nothing has it; False when it stands in none of the panes."""
    now = QApplication.focusWidget()
    stops = list(dict.fromkeys(stop for pane in panes if pane.isVisible() for stop in inside(pane)))
    if not stops or (now is not None and now not in stops):
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    at = stops.index(now) if now is not None else -1 if forward else 0
    wanted = stops[(at + (1 if forward else -1)) % len(stops)]
    wanted.setFocus(reason)
    uncover(wanted)
    return True


def uncover(widget: QWidget) -> None:
    """Scroll whatever holds a widget so that it is seen."""
    above = widget.parentWidget()
    while above is not None:
        show = getattr(above, "ensureWidgetVisible", None)
        if isinstance(above, QAbstractScrollArea) and show is not None:
            show(widget)
        above = above.parentWidget()


def next_pane(panes: Sequence[QWidget]) -> None:
    """Put the focus into the pane after the one that has it."""
    seen = [pane for pane in panes if pane.isVisible()]
    focus = QApplication.focusWidget()
    held = (n for n, pane in enumerate(seen) if focus and (pane is focus or pane.isAncestorOf(focus)))
    target = seen[(next(held, -1) + 1) % len(seen)]
    target.setFocus(Qt.FocusReason.TabFocusReason)
    now = QApplication.focusWidget()
    if now is None or not (now is target or target.isAncestorOf(now)):
        first = next(inside(target), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def in_order(*widgets: QWidget) -> None:
    """Make Tab go through widgets in this order."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
