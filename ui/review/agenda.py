"""The agenda at the left of the meeting: how far it is, every risk with what became of it, and the time."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QProgressBar,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdesk.model import Reviewed
from dmdesk.risks import reviewing
from dmdesk.risks.book import scored
from dmdesk.risks.scale import scale_of
from ui.labels import plain
from ui.models.rows import Index
from ui.review.session import Session
from ui.review.words import clock, count
from ui.risks import tints
from ui.theme import icon, theme

NO_INDEX = QModelIndex()
_OWN_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class _Items(QAbstractListModel):
    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.items: list[Reviewed] = []

    def read(self) -> None:
        """Take the agenda as it stands."""
        items = self._session.agenda()
        if [item.id for item in items] != [item.id for item in self.items]:
            self.beginResetModel()
            self.items = items
            self.endResetModel()
        else:
            self.items = items
            self.dataChanged.emit(self.index(0), self.index(max(len(items) - 1, 0)))

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item, review, data = self.items[index.row()], self._session.review, self._session.ctx.data
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            late = (
                ["overdue"]
                if review and item.state != "reviewed" and reviewing.is_overdue(data, review, item)
                else []
            )
            return ", ".join([item.subject, *late, item.state])
        return None


class _Painter(QStyledItemDelegate):
    """A patch with the zone's letter, id and title; at the right what became of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().space(20), theme().space(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, item = theme(), index.data(Qt.ItemDataRole.UserRole)
        if item is None:
            return
        data, shown = self._session.ctx.data, item.id == self._session.shown
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = option.rect.adjusted(look.space(2), 1, -look.space(2), -1)
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if shown or hovered or focused:
            painter.setPen(look.color("focus") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.nav.current" if shown else "bg.pressed" if hovered else "bg.nav"))
            painter.drawRoundedRect(band, look.space(1.5), look.space(1.5))
        self._patch(painter, band, item)
        room = band.adjusted(look.space(9), 0, -look.space(2), 0)
        picture = {"reviewed": ("check", "text.ok"), "skipped": ("chevron-down", "text.muted")}.get(
            item.state
        )
        late = item.state != "reviewed" and self._late(item)
        if picture or late:
            side = look.icon_size
            at = QRect(room.right() - side, room.center().y() - side // 2 + 1, side, side)
            icon(*(picture or ("warning", "text.warning"))).paint(painter, at)
            room.setRight(room.right() - side - look.space(1))
        risk = reviewing.risk_of(data, item)
        key, title = (data.key(risk), data.title(risk)) if risk else ("", f"{item.subject} (deleted)")
        faded = item.state == "reviewed" and not shown
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text.muted" if faded else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, middle, key)
        used = painter.fontMetrics().horizontalAdvance(key) + look.space(2) if key else 0
        painter.setFont(look.font())
        painter.setPen(look.color("text.muted" if not shown else "text"))
        words = painter.fontMetrics().elidedText(
            title, Qt.TextElideMode.ElideRight, max(room.width() - used, 0)
        )
        painter.drawText(room.adjusted(used, 0, 0, 0), middle, words)
        painter.restore()

    def _late(self, item: Reviewed) -> bool:
        review = self._session.review
        return review is not None and reviewing.is_overdue(self._session.ctx.data, review, item)

    def _patch(self, painter: QPainter, band: QRect, item: Reviewed) -> None:
        """The zone of the risk by colour, pattern and letter."""
        look, data = theme(), self._session.ctx.data
        zone = scored(data, item.risk).zone if reviewing.risk_of(data, item) else None
        side = look.space(4.5)
        box = QRect(band.left() + look.space(2), band.center().y() - side // 2 + 1, side, side)
        tints.fill(painter, box.toRectF(), zone, look.space(1))
        painter.setFont(look.font("heading"))
        painter.setPen(look.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tints.letter(scale_of(data), zone))


class _List(QListView):
    """Arrow keys walk, Enter or a click looks at a risk; all other keys are those of the meeting."""

    picked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentIndex().data(Qt.ItemDataRole.UserRole)
            if item is not None:
                self.picked.emit(item.id)
        elif event.key() in _OWN_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()


class Agenda(QWidget):
    """The panel. ``finish`` asks to end the review."""

    finish = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName("Navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.who = plain("", "muted", "small")
        self.far = plain("", "muted", "small")
        self.time = plain("", "muted", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the review")
        self.model = _Items(session, self)
        self.list = _List()
        self.end = QPushButton("Finish…")
        self._set_up()
        self._arrange()

    def _set_up(self) -> None:
        self.list.setObjectName("Navigation")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(self.session, self.list))
        self.list.setAccessibleName("Agenda")
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.session.look_at(self.model.items[index.row()].id))
        self.list.picked.connect(self.session.look_at)
        self.end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end.clicked.connect(self.finish)

    def _arrange(self) -> None:
        look = theme()
        head = QVBoxLayout()
        head.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(2))
        head.setSpacing(look.space(1.5))
        head.addWidget(plain("Risk review", font="title"))
        self.far.setWordWrap(True)
        for part in (self.who, self.bar, self.far):
            part.setMinimumWidth(1)
            head.addWidget(part)
        foot = QVBoxLayout()
        foot.setContentsMargins(look.space(4), look.space(2), look.space(4), look.space(4))
        foot.setSpacing(look.space(2))
        foot.addWidget(self.time)
        foot.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def renew(self) -> None:
        """Show the agenda as it stands."""
        review, data = self.session.review, self.session.ctx.data
        if review is None:
            return
        people = [data.title(row) for id in review.people if (row := data.get("person", id)) is not None]
        who = " · ".join([review.key, ", ".join([*people, *review.others])]).strip(" ·")
        self.who.setText(
            self.who.fontMetrics().elidedText(
                who, Qt.TextElideMode.ElideRight, self.width() - theme().space(8)
            )
        )
        self.who.setToolTip(f"<p>{html.escape(who)}</p>")
        state = reviewing.progress(data, review)
        self.bar.setRange(0, max(state.total, 1))
        self.bar.setValue(state.done)
        words = [f"{state.done} of {state.total} reviewed"]
        words += [f"{state.overdue} overdue first"] if state.overdue else []
        words += [f"{state.skipped} skipped"] if state.skipped else []
        self.far.setText(" · ".join(words))
        self.bar.setAccessibleDescription(count(state.done, "risk") + f" of {state.total} reviewed")
        self.model.read()
        at = next((at for at, item in enumerate(self.model.items) if item.id == self.session.shown), -1)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at))
            self.list.scrollTo(self.model.index(at))
        self.end.setProperty("primary", state.left == 0)
        self.end.style().unpolish(self.end)
        self.end.style().polish(self.end)
        self.end.setVisible(review.state == reviewing.RUNNING)
        self.tick()

    def tick(self) -> None:
        """Show the time."""
        here = f" · this risk {clock(self.session.seconds_of_risk())}" if self.session.item else ""
        self.time.setText(f"{clock(self.session.seconds_of_all())}{here}")
