"""Kept filters: the menu beside a filter line, with ready-made filters and those a person has kept by name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from ui import settings
from ui.theme import icon, theme
from ui.views.filterbox import FilterBox

KEY = "filters"
"""In the settings: kind → pairs of a name and a text."""


def kept(kind: str) -> list[tuple[str, str]]:
    """A person's own filters for a kind: (name, text)."""
    found = settings.get(KEY, {}).get(kind, [])
    pairs = found if isinstance(found, list) else []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) and part for part in pair)
    ]


def keep(kind: str, name: str, text: str) -> None:
    """Keep a filter; one of the same name gives way."""
    _write(kind, [*(pair for pair in kept(kind) if pair[0] != name), (name, text)])


def forget(kind: str, name: str) -> None:
    """Keep a filter no longer."""
    _write(kind, [pair for pair in kept(kind) if pair[0] != name])


def _write(kind: str, pairs: list[tuple[str, str]]) -> None:
    settings.put(KEY, {**settings.get(KEY, {}), kind: [list(pair) for pair in pairs]})


class KeptFilters(QToolButton):
    """The button whose menu offers filters for the rows of a box."""

    def __init__(self, box: FilterBox) -> None:
        super().__init__()
        self._box = box
        self._kind = box.model.kind
        self.setIcon(icon("filter"))
        side = theme().icon_size
        self.setIconSize(self.iconSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
        self.setToolTip("Filters: ready-made ones and your own")
        self.setAccessibleName("Filters")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self.renew)

    def renew(self) -> None:
        """Fill the menu with what there is now."""
        from dmdesk.filters import saved

        menu, box, own = self.menu(), self._box, kept(self._kind.name)
        menu.clear()
        for name, text in saved(self._kind, box.ctx.data):
            self._offer(menu, name, text)
        menu.addSeparator()
        for name, text in own:
            self._offer(menu, name, text)
        menu.addSeparator()
        words = box.text().strip()
        keeps = menu.addAction(icon("pin"), "Keep this filter…")
        keeps.setEnabled(bool(words) and not box.wrong and words not in {text for _, text in own})
        keeps.triggered.connect(self.keep)
        if own:
            doomed = menu.addMenu(icon("delete"), "Delete")
            for name, _ in own:
                entry = doomed.addAction(_plain(name))
                entry.triggered.connect(lambda _=False, name=name: self.forget(name))
        shows = menu.addAction(icon("help"), "What can be typed\tCtrl+Space")
        shows.triggered.connect(self._explain)
        if words:
            menu.addAction(icon("close"), "Show all rows\tEsc").triggered.connect(box.clear)

    def _offer(self, menu: QMenu, name: str, text: str) -> QAction:
        entry = menu.addAction(f"{_plain(name)}\t{_plain(text)}")
        entry.setCheckable(True)
        entry.setChecked(text == self._box.text().strip())
        entry.triggered.connect(lambda _=False: self.use(text))
        return entry

    def use(self, text: str) -> None:
        """Filter by this; chosen again, show all rows."""
        self._box.setText("" if text == self._box.text().strip() else text)
        self._box.setFocus()

    def keep(self) -> None:
        """Keep what stands in the line under a name."""
        text, box = self._box.text().strip(), self._box
        name = box.ctx.ask.text("Keep this filter", f"A name for “{text[:200]}”", text[:60])
        if name is not None and (name := " ".join(name.split())):
            keep(self._kind.name, name, text)
            box.ctx.said.emit(f"Kept the filter “{name}”; it stands in the menu beside the line.")

    def forget(self, name: str) -> None:
        """Delete an own filter, after asking: no undo brings it back."""
        if self._box.ctx.ask.confirm(f"Delete the filter “{name}”?", "Delete"):
            forget(self._kind.name, name)

    def _explain(self) -> None:
        self._box.setFocus()
        self._box.offer(asked=True)


def _plain(words: str) -> str:
    """Words in a menu as they are: neither a key to press nor a second column."""
    return words.replace("&", "&&").replace("\t", " ")
