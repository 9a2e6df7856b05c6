"""The panel beside the pages: the outline of the document, or its pages in small."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabWidget,
    QWidget,
)

from ui.models.rows import Index
from ui.printview.outline import Outline
from ui.printview.pictures import small_job
from ui.printview.view import PageView
from ui.printview.worker import Worker
from ui.theme import theme

REST = 60
"""Milliseconds of rest after which the panel shows where one is."""


class _Pages(QAbstractListModel):
    """One row for each page."""

    def __init__(self, view: PageView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self._count = 0

    def renew(self) -> None:
        edition = self.view.edition
        count = len(edition.pdf.sizes) if edition else 0
        if count != self._count:
            self.beginResetModel()
            self._count = count
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        edition = self.view.edition
        if edition is None or index.row() >= len(edition.pdf.labels):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return edition.pdf.labels[index.row()]
        return (
            f"Page {edition.pdf.labels[index.row()]}" if role == Qt.ItemDataRole.AccessibleTextRole else None
        )


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().space(20), theme().space(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, view = theme(), index.model().view  # type: ignore[attr-defined]
        edition = view.edition
        if edition is None or index.row() >= len(edition.pdf.sizes):
            return
        painter.save()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        wide, high = edition.pdf.sizes[index.row()]
        room: QRect = option.rect.adjusted(look.space(3), look.space(2), -look.space(3), -look.space(6))
        scale = min(room.width() / wide, room.height() / high)
        size = QSize(round(wide * scale), round(high * scale))
        paper = QRect(
            room.center().x() - size.width() // 2, room.bottom() - size.height(), size.width(), size.height()
        )
        painter.fillRect(paper.adjusted(-1, -1, 1, 1), look.color("focus" if current else "line.strong"))
        if current:
            painter.fillRect(paper.adjusted(-2, -2, 2, 2), look.color("focus"))
        painter.fillRect(paper, Qt.GlobalColor.white)
        picture = view.pictures.small(index.row())
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(paper), picture.image)
        painter.setFont(look.font("strong" if current else "small"))
        painter.setPen(look.color("text" if current else "text.muted"))
        words = QRect(
            option.rect.left(), paper.bottom() + look.space(0.5), option.rect.width(), look.space(5)
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, edition.pdf.labels[index.row()])
        painter.restore()


class Thumbnails(QListView):
    """The pages in small; those that are seen are drawn. ``picked`` tells the page that is wanted."""

    picked = Signal(int, float)

    def __init__(self, view: PageView, worker: Worker) -> None:
        super().__init__()
        self._view = view
        self._worker = worker
        self._pages = _Pages(view, self)
        self._following = False
        self.setModel(self._pages)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Pages of the print")
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._asked)
        self.selectionModel().currentChanged.connect(self._moved)
        worker.done.connect(self._drawn, Qt.ConnectionType.QueuedConnection)

    def renew(self) -> None:
        """Show the pages of the edition shown now."""
        self._pages.renew()
        self.viewport().update()
        self._soon.start()

    def follow(self, page: int) -> None:
        """Mark the page in sight."""
        if page != self.currentIndex().row() and page < self._pages.rowCount():
            self._following = True
            self.setCurrentIndex(self._pages.index(page))
            self._following = False

    def _moved(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._following and current.isValid():
            self.picked.emit(current.row(), 0.0)

    def _asked(self, *_: int) -> None:
        self._soon.start()

    def _ask(self) -> None:
        edition = self._view.edition
        if edition is None or not self.isVisible():
            return
        first = max(self.indexAt(self.viewport().rect().topLeft()).row(), 0)
        last = first + self.viewport().height() // max(1, self.sizeHintForRow(0)) + 2
        pages = range(first, min(last, len(edition.pdf.sizes)))
        wanted = [page for page in pages if not self._view.pictures.small_right(edition.number, page)]
        self._worker.put("thumbs", [small_job(edition, page) for page in wanted])

    def _drawn(self, lane: str, picture: Any) -> None:
        if lane in ("thumbs", "small") and self.isVisible():
            self.update(self._pages.index(picture.page))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._soon.start()


class Side(QTabWidget):
    """Outline and pages. ``picked`` tells where one wants to go."""

    picked = Signal(int, float)

    def __init__(self, view: PageView, worker: Worker) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        self.setStyleSheet(f"QTabWidget::tab-bar {{ left: {theme().space(3)}px; }}")
        self.outline = Outline()
        self.thumbnails = Thumbnails(view, worker)
        self.addTab(self.outline, "Outline")
        self.addTab(self.thumbnails, "Pages")
        self.setMinimumWidth(theme().space(36))
        self.outline.picked.connect(self.picked)
        self.thumbnails.picked.connect(self.picked)
        self._view = view
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._follow)

    def renew(self) -> None:
        """Show the edition shown now."""
        if self._view.edition is not None:
            self.outline.take(self._view.edition.printed.bookmarks)
            self.thumbnails.renew()

    def follow(self) -> None:
        """Mark where one is, once one stays there for a moment."""
        self._resting.start()

    def _follow(self) -> None:
        if self.isVisible() and self._view.edition is not None:
            self.outline.follow(*self._view.where())
            self.thumbnails.follow(self._view.page)
