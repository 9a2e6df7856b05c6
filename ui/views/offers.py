"""Offers: a list below a line of what may be typed there, which never takes the cursor away from the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QWidget

from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
MOST = 9
"""So many offers are seen at once."""

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Offer(NamedTuple):
    """``text`` may take the place of what stands from ``start`` to ``end``; ``help`` says what it is."""

    text: str
    help: str
    start: int
    end: int


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.offers[index.row()].text
        return self.offers[index.row()].help if role == Qt.ItemDataRole.AccessibleDescriptionRole else None

    def show(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = list(offers)
        self.endResetModel()


class _Delegate(QStyledItemDelegate):
    """What would be typed, and at the right what it means."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        return QSize(theme().space(40), theme().row)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        look, model = theme(), index.model()
        assert isinstance(model, _Model)
        offer, rect = model.offers[index.row()], option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, look.color("bg.selected" if chosen else "bg.hover"))
        room = rect.adjusted(look.space(2), 0, -look.space(2), 0)
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(offer.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, words)
        rest = room.adjusted(metrics.horizontalAdvance(words) + look.space(4), 0, 0, 0)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(
            rest,
            _RIGHT,
            painter.fontMetrics().elidedText(offer.help, Qt.TextElideMode.ElideRight, rest.width()),
        )
        painter.restore()


class Offers(QListView):
    """The list. Whoever has the cursor hands it the keys."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("Offers")
        self.setAccessibleName("What may be typed here")
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(self._model.offers[index.row()]))
        self.hide()

    @property
    def offers(self) -> list[Offer]:
        """What is offered."""
        return self._model.offers

    def show_below(self, line: QWidget, offers: Sequence[Offer], at: QPoint | None = None) -> None:
        """Show these below a line or a point of it, none of them chosen yet."""
        look = theme()
        self.setStyleSheet(
            f"#Offers {{ background: {look.color('bg.popup').name()}; padding: {look.space(0.5)}px;"
            f" border: 1px solid {look.color('line.strong').name()}; border-radius: {look.space(1.5)}px; }}"
        )
        self._model.show(offers)
        self.place_below(line, at)
        self.show()
        self.raise_()

    def place_below(self, line: QWidget, at: QPoint | None = None) -> None:
        """Stand below a line, or at a point of it, inside the window."""
        look, room = theme(), self._window
        words, helps = QFontMetrics(look.font()), QFontMetrics(look.font("small"))
        wide = max(
            (
                words.horizontalAdvance(offer.text) + helps.horizontalAdvance(offer.help)
                for offer in self.offers
            ),
            default=0,
        )
        wide = min(max(wide + look.space(12), line.width() if at is None else 0), look.space(120))
        high = look.row * min(len(self.offers), MOST) + look.space(1) + 2
        corner = line.mapTo(room, at if at is not None else line.rect().bottomLeft())
        left = max(min(corner.x(), room.width() - wide - look.space(1)), 0)
        top = corner.y() + look.space(0.5)
        if top + high > room.height():
            high = max(room.height() - top, look.row + look.space(1) + 2)
        self.setGeometry(left, top, min(wide, room.width()), high)

    def key(self, event: QKeyEvent) -> bool:
        """Up and Down choose, Enter takes what is chosen, Escape closes; whether the key was used up."""
        row, last = self.currentIndex().row(), len(self.offers) - 1
        if event.key() == Qt.Key.Key_Down:
            self.choose(min(row + 1, last))
        elif event.key() == Qt.Key.Key_Up and row >= 0:
            self.choose(row - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            return self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def choose(self, row: int) -> None:
        """Choose an offer; -1 for none."""
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def take(self) -> bool:
        """Choose the current offer, or the first."""
        if self.offers:
            self.chosen.emit(self.offers[max(self.currentIndex().row(), 0)])
        return True
