"""Columns: which are shown, how wide and in which order; fitted to the room at first, remembered afterwards."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu, QTableView

from ui import layouts, settings
from ui.models.rows import RowsModel
from ui.theme import theme
from ui.views.frozen import Frozen

LEAST = 0.7
"""Columns give way to this share of their usual width before a page scrolls sideways."""


class Columns(QObject):
    """The columns of one grid."""

    def __init__(self, grid: QTableView, model: RowsModel, frozen: Frozen) -> None:
        super().__init__(grid)
        self._grid, self._model, self._frozen = grid, model, frozen
        self._name = f"columns.{model.kind.name}"
        self.own = False
        """Whether a person has arranged the columns, so that nobody else may."""
        self._dragging = False
        self._later = QTimer(self, singleShot=True, interval=400)
        self._later.timeout.connect(self.remember)
        header = grid.horizontalHeader()
        if not self._recall():
            self._usual()
        header.sectionMoved.connect(self.changed)
        header.sectionResized.connect(self._resized)
        header.customContextMenuRequested.connect(lambda at: self.menu().popup(header.mapToGlobal(at)))
        header.viewport().installEventFilter(self)
        self._note_seen()

    def _note_seen(self) -> None:
        """Tell the model which columns are hidden."""
        columns = enumerate(self._model.columns)
        self._model.seen = frozenset(name for at, name in columns if not self._grid.isColumnHidden(at))

    def _usual(self) -> None:
        first = layouts.columns(self._model.kind.name)
        for at, name in enumerate(self._model.columns):
            self._grid.setColumnHidden(at, name not in first)

    def _recall(self) -> bool:
        kept = settings.get(self._name, {})
        self._frozen.on = bool(kept.get("frozen", True))
        if kept.get("names") != list(self._model.columns):
            return False
        state = QByteArray.fromBase64(str(kept.get("state", "")).encode("ascii", "ignore"))
        self.own = self._grid.horizontalHeader().restoreState(state)
        self._grid.horizontalHeader().setSortIndicatorShown(False)
        return self.own

    def _resized(self, at: int, *_: int) -> None:
        """Only an edge dragged in the header counts; the last column follows the window by itself."""
        if self._dragging:
            self.changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note from when to when the mouse drags in the header."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            self._dragging = event.type() == QEvent.Type.MouseButtonPress
        return False

    def changed(self, *_: int) -> None:
        """Note that a person has arranged the columns."""
        self.own = True
        self._note_seen()
        self._later.start()

    def remember(self) -> None:
        """Keep widths, order and choice of columns for the next time."""
        self._later.stop()
        state = settings.packed(self._grid.horizontalHeader().saveState())
        settings.put(
            self._name, {"names": list(self._model.columns), "state": state, "frozen": self._frozen.on}
        )

    def fit(self) -> None:
        """Give each column its usual width; where room is short all but the first give way, the last one most."""
        seen = [at for at in range(len(self._model.columns)) if not self._grid.isColumnHidden(at)]
        wide = {at: self.usual_width(at) for at in seen}
        last = seen[-1]
        bar = self._grid.verticalScrollBar()
        room = self._grid.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        if sum(wide.values()) > room and len(seen) > 1:
            wide[last] = max(room - sum(wide.values()) + wide[last], theme().space(24))
        middle = sum(width for at, width in wide.items() if at not in (0, last))
        if sum(wide.values()) > room and middle:
            share = max((room - wide[0] - wide[last]) / middle, LEAST)
            wide = {at: width if at in (0, last) else int(width * share) for at, width in wide.items()}
        if sum(wide.values()) > room:
            wide[0] = max(room - sum(wide.values()) + wide[0], min(theme().space(64), wide[0]))
        for at, width in wide.items():
            self._grid.setColumnWidth(at, width)

    def usual_width(self, at: int) -> int:
        """The width of a column in pixels when nothing else is asked for; its heading fits."""
        name = self._model.columns[at]
        letters = layouts.width(self._model.kind.name, name) * self._grid.fontMetrics().averageCharWidth()
        heading = str(self._model.headerData(at, Qt.Orientation.Horizontal))
        return max(letters, self._grid.fontMetrics().horizontalAdvance(heading)) + theme().space(6)

    def menu(self) -> QMenu:
        """The menu that chooses columns."""
        menu = QMenu(self._grid)
        for at in range(len(self._model.columns)):
            label = str(self._model.headerData(at, Qt.Orientation.Horizontal)).replace("&", "&&")
            entry = menu.addAction(label)
            entry.setCheckable(True)
            entry.setChecked(not self._grid.isColumnHidden(at))
            entry.setEnabled(at > 0)
            entry.toggled.connect(lambda on, at=at: self.show(at, on))
        menu.addSeparator()
        freeze = menu.addAction("Keep the first column in view")
        freeze.setCheckable(True)
        freeze.setChecked(self._frozen.on)
        freeze.toggled.connect(self.freeze)
        menu.addAction("Usual columns").triggered.connect(self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def show(self, at: int, shown: bool) -> None:
        """Show or hide a column."""
        self._grid.setColumnHidden(at, not shown)
        if shown and self._grid.columnWidth(at) < theme().space(12):
            self._grid.setColumnWidth(at, self.usual_width(at))
        self.changed()

    def freeze(self, on: bool) -> None:
        """Whether the first column stays in view while the others scroll."""
        self._frozen.on = on
        self._grid.viewport().update()
        self._grid.horizontalHeader().viewport().update()
        self.remember()

    def reset(self) -> None:
        """Go back to the columns, order and widths that the page came with."""
        header = self._grid.horizontalHeader()
        for at in range(len(self._model.columns)):
            header.moveSection(header.visualIndex(at), at)
        self._usual()
        self._note_seen()
        self.fit()
        self.remember()
        self.own = False
