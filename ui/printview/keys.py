"""The keys of the pages: scroll, turn, zoom, walk from row to row, and go to a row's place in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from ui.printview.view import PageView

LINE = 48
KEYS = """Page Up, Page Down, Space: a screen up or down
Ctrl+Page Up, Ctrl+Page Down: a page up or down
+ and -: larger and smaller; 1: 100 %
0: the whole page; W: fit the width
Ctrl+Up, Ctrl+Down: from row to row
Enter: go to the row in the plan
Ctrl+F: search; F3, Shift+F3: next and previous hit
Ctrl+A, Ctrl+C: select the words of the page, copy
Backspace: back after a link"""


def pressed(view: PageView, event: QKeyEvent) -> bool:
    """Do what a key means; False when it means nothing here."""
    key, ways = event.key(), Qt.Key
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if control:
        return _with_control(view, key)
    bar = view.verticalScrollBar()
    if key in (ways.Key_Return, ways.Key_Enter):
        page, _, y = view.place(view.focus_point())
        view.opened.emit(page, y)
    elif key == ways.Key_Backspace and view.trail:
        view.back()
    elif key == ways.Key_Space:
        away = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        bar.setValue(bar.value() + away * bar.pageStep())
    elif key in (ways.Key_Home, ways.Key_End):
        bar.setValue(bar.maximum() if key == ways.Key_End else 0)
    elif key in (ways.Key_Up, ways.Key_Down):
        bar.setValue(bar.value() + (LINE if key == ways.Key_Down else -LINE))
    else:
        return _zoomed(view, key)
    return True


def _zoomed(view: PageView, key: int) -> bool:
    from ui.printview.view import FIT_PAGE, FIT_WIDTH, STEP

    ways = Qt.Key
    if key in (ways.Key_Plus, ways.Key_Equal):
        view.zoom_by(STEP, view.focus_point() if view.marks.row else None)
    elif key == ways.Key_Minus:
        view.zoom_by(1 / STEP, view.focus_point() if view.marks.row else None)
    elif key == ways.Key_0:
        view.set_fit(FIT_PAGE)
    elif key == ways.Key_1:
        view.set_zoom(1.0)
    elif key == ways.Key_W:
        view.set_fit(FIT_WIDTH)
    else:
        return False
    return True


def _with_control(view: PageView, key: int) -> bool:
    ways = Qt.Key
    if key in (ways.Key_PageUp, ways.Key_PageDown):
        view.go(view.where()[0] + (1 if key == ways.Key_PageDown else -1))
    elif key in (ways.Key_Home, ways.Key_End):
        bar = view.verticalScrollBar()
        bar.setValue(bar.maximum() if key == ways.Key_End else 0)
    elif key in (ways.Key_Up, ways.Key_Down):
        _step(view, 1 if key == ways.Key_Down else -1)
    elif key == ways.Key_A:
        view.pointing.select_page()
    elif key in (ways.Key_Plus, ways.Key_Equal, ways.Key_Minus, ways.Key_0):
        return _zoomed(view, key)
    else:
        return False
    return True


def _step(view: PageView, away: int) -> None:
    """Point at the row printed after or before the marked one, or at the first in sight."""
    edition = view.edition
    if edition is None or not edition.printed.places:
        return
    places, here = edition.printed.places, view.marks.row
    if here in places:
        at = places.index(here) + away
    else:
        page, y = view.where()
        at = next(
            (n for n, one in enumerate(places) if (one.page, one.top) >= (page, y - 2)), len(places) - 1
        )
    place = places[max(0, min(at, len(places) - 1))]
    view.pointed.emit(place.page, place.top + 0.01)
    view.reveal(place.page, place.top, place.bottom)
