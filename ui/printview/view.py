"""The pages of a print below one another: scrolled, zoomed, and drawn only where they are seen.

Pictures come from another thread; until one is there the page shows a small or an older one, so scrolling never waits.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from ui.printview.edition import Edition, moved
from ui.printview.keys import pressed
from ui.printview.layout import GAP, Layout
from ui.printview.marks import Marks
from ui.printview.pictures import Picture, Pictures, drawn, small_job, target
from ui.printview.pointing import Pointing
from ui.printview.worker import Job, Worker
from ui.theme import theme

STEP = 1.2
SMALLEST, LARGEST = 0.1, 8.0
POINT = 96 / 72
"""Pixels a point at 100 %."""
WHOLE = 9_000_000
"""Pages of more pixels are drawn only where they are seen."""
FIT_WIDTH, FIT_PAGE, FREE = "width", "page", ""
DIMMED = QColor(16, 24, 32, 70)


class PageView(QAbstractScrollArea):
    """Shows an edition. ``looked`` tells that another part is seen, ``zoomed`` that the scale is another.

    ``pointed`` and ``opened`` tell (page, y in points) of a click and a double click, ``menu`` (page, y, where) that a
    context menu is wanted; ``address`` that a link leads out.
    """

    looked = Signal()
    zoomed = Signal()
    pointed = Signal(int, float)
    opened = Signal(int, float)
    menu = Signal(int, float, QPoint)
    address = Signal(str)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.edition: Edition | None = None
        self.pictures = Pictures()
        self.marks = Marks()
        self.fit = FIT_WIDTH
        self.zoom = 1.0
        self.dim = False
        self.trail: list[tuple[int, float]] = []
        self.layout_ = Layout((), POINT)
        self._worker = worker
        self.pointing = Pointing(self)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        worker.done.connect(self._drawn, Qt.ConnectionType.QueuedConnection)
        self.setAccessibleName("Printed pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown

    def take(self, edition: Edition) -> None:
        """Show a new edition, with the same row of the plan at the top."""
        before, self.edition = self.edition, edition
        at, zoom = self.where(), self.zoom
        self.marks.clear_words()
        if before is not None:
            self.pictures.carry(before, edition)
        self.trail = [moved(before, edition, *place) for place in self.trail] if before else []
        self._arrange()
        if before is not None:
            self.go(*moved(before, edition, *at))
        self._ask()
        self.viewport().update()
        self.looked.emit()
        if self.zoom != zoom:
            self.zoomed.emit()

    def where(self) -> tuple[int, float]:
        """The page at the top of what is seen, and the height on it in points."""
        if not self.layout_.sizes:
            return 0, 0.0
        page, _, y = self.layout_.place(0, self.verticalScrollBar().value() + GAP)
        return page, y

    def go(self, page: int, y: float = 0.0, *, above: float = 0.0, centre: bool = False) -> None:
        """Bring a height of a page to the top, with so many pixels above it, or into the middle."""
        if self.edition is not None and 0 <= page < len(self.layout_.sizes):
            above = self.viewport().height() / 3 if centre else above + GAP
            self.verticalScrollBar().setValue(round(self.layout_.y(page, y) - above))

    def jump(self, page: int, y: float) -> None:
        """Go somewhere, and remember where that was from; ``back`` returns."""
        self.trail.append(self.where())
        self.go(page, max(0.0, y - 6))

    def back(self) -> None:
        """Return to where the last jump began."""
        if self.trail:
            self.go(*self.trail.pop())

    @property
    def page(self) -> int:
        """The page that takes most of what is seen."""
        top, high = self.verticalScrollBar().value(), self.viewport().height()
        return self.layout_.page_at(top + high / 2) if self.layout_.sizes else 0

    def reveal(self, page: int, top: float, bottom: float) -> None:
        """Scroll as little as is needed to show a stretch of a page."""
        upper, lower = self.layout_.y(page, top), self.layout_.y(page, bottom)
        seen, high = self.verticalScrollBar().value(), self.viewport().height()
        if upper < seen + GAP or lower > seen + high - GAP:
            self.go(page, top, centre=True)

    # -- zoom

    def set_fit(self, fit: str) -> None:
        """Fit the width or the whole page from now on."""
        self.fit = fit
        self._rescale()

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Show pages at a zoom (1 is 100 %); what is at ``around``, or in the middle, stays where it is."""
        self.fit = FREE
        self.zoom = max(SMALLEST, min(LARGEST, zoom))
        self._rescale(around)

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Zoom in or out."""
        self.set_zoom(self.zoom * factor, around)

    def _rescale(self, around: QPointF | None = None) -> None:
        wide, high = self.viewport().width(), self.viewport().height()
        fixed = around or QPointF(wide / 2, GAP if self.fit else high / 2)
        page, x, y = self.place(fixed) if self.layout_.sizes else (0, 0.0, 0.0)
        self._arrange()
        if self.layout_.sizes:
            left = self.layout_.rect(page).left() + x * self.layout_.scale - fixed.x()
            self.horizontalScrollBar().setValue(round(left))
            self.verticalScrollBar().setValue(round(self.layout_.y(page, y) - fixed.y()))
        self._scrolled()
        self.zoomed.emit()

    def _fitting(self) -> float:
        """The zoom at which the page in sight fits as it should."""
        sizes = self.edition.pdf.sizes if self.edition else ()
        if not sizes:
            return self.zoom
        room = self.viewport().size() - QSize(2 * GAP, 2 * GAP)
        wide = (
            max(size[0] for size in sizes)
            if self.fit == FIT_WIDTH
            else sizes[min(self.page, len(sizes) - 1)][0]
        )
        zoom = room.width() / (wide * POINT)
        if self.fit == FIT_PAGE:
            zoom = min(zoom, room.height() / (sizes[min(self.page, len(sizes) - 1)][1] * POINT))
        return max(SMALLEST, min(LARGEST, zoom))

    def _arrange(self) -> None:
        if self.fit:
            self.zoom = self._fitting()
        sizes = self.edition.pdf.sizes if self.edition else ()
        room = self.viewport().size()
        self.layout_ = Layout(sizes, self.zoom * POINT, room.width())
        for bar, whole, part in (
            (self.verticalScrollBar(), self.layout_.height, room.height()),
            (self.horizontalScrollBar(), self.layout_.width, room.width()),
        ):
            bar.setRange(0, max(0, round(whole) - part))
            bar.setPageStep(max(1, part - 4 * GAP))
            bar.setSingleStep(48)

    # -- pictures

    def _scrolled(self, *_: Any) -> None:
        self.viewport().update()
        self._asking.start()
        self.looked.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._asking.start()

    def shown_pages(self) -> range:
        """The pages that are seen, at least in part."""
        top = self.verticalScrollBar().value()
        return self.layout_.pages(top, top + self.viewport().height() - 1)

    def _ask(self) -> None:
        """Have drawn what is seen and not there yet; then the next pages, then small pictures around them."""
        self._asking.stop()
        edition = self.edition
        if edition is None or not self.isVisible():
            return
        seen, count = self.shown_pages(), len(edition.pdf.sizes)
        self.pictures.near = self.page
        beside = [page for page in (seen.stop, seen.start - 1, seen.stop + 1) if 0 <= page < count]
        jobs = [self._job(edition, page) for page in (*seen, *beside)]
        around = sorted(
            range(max(0, seen.start - 12), min(count, seen.stop + 24)), key=lambda n: abs(n - seen.start)
        )
        small = [small_job(edition, n) for n in around if not self.pictures.small_right(edition.number, n)]
        self._worker.put("pages", [job for job in jobs if job is not None])
        self._worker.put("small", small)

    def _job(self, edition: Edition, page: int) -> Job | None:
        ratio = self.devicePixelRatioF()
        scale = self.layout_.scale * ratio
        rect = self.layout_.rect(page)
        whole = QRect(0, 0, max(1, round(rect.width() * ratio)), max(1, round(rect.height() * ratio)))
        part = whole
        if whole.width() * whole.height() > WHOLE:
            shift = self._shift()
            view = QRectF(self.viewport().rect()).translated(shift).translated(-rect.topLeft())
            seen = QRectF(view.topLeft() * ratio, view.size() * ratio).toAlignedRect() & whole
            if seen.isEmpty():
                return None
            if self.pictures.right(edition.number, page, scale, seen):
                return None
            more = seen.height() // 2
            part = seen.adjusted(-seen.width() // 4, -more, seen.width() // 4, more) & whole
        if self.pictures.right(edition.number, page, scale, part):
            return None
        return partial(drawn, edition, page, scale, part)

    def _drawn(self, lane: str, picture: object) -> None:
        if (
            isinstance(picture, Picture)
            and self.edition is not None
            and picture.edition == self.edition.number
        ):
            self.pictures.put(picture)
            if picture.page in self.shown_pages():
                self.viewport().update()

    @property
    def settled(self) -> bool:
        """Whether all that is seen is shown as it should be."""
        edition = self.edition
        return edition is not None and not any(self._job(edition, page) for page in self.shown_pages())

    # -- painting

    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _in_column(self, at: QPointF) -> QPointF:
        return at + self._shift()

    def place(self, at: QPointF) -> tuple[int, float, float]:
        """(Page, x, y in points) of a point of the viewport."""
        return self.layout_.place(*self._in_column(at).toTuple())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = theme()
        painter.fillRect(self.viewport().rect(), look.color("bg.nav"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self.shown_pages() if self.edition else ():
            self._paint_page(painter, page)
        if self.hasFocus():
            painter.setPen(look.color("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        assert self.edition is not None
        rect = self.layout_.rect(page).translated(-self._shift())
        painter.fillRect(rect.adjusted(-1, -1, 1, 2), theme().color("line.strong"))
        painter.fillRect(rect, Qt.GlobalColor.white)
        picture = self.pictures.best(page)
        if picture is not None:
            painter.setClipRect(rect)
            self._paint_picture(painter, picture, rect, page)
            painter.setClipping(False)
        if self.dim and theme().dark:
            painter.fillRect(rect, DIMMED)
        self.marks.paint(painter, self.edition, page, rect.topLeft(), self.layout_.scale)

    def _paint_picture(self, painter: QPainter, picture: Picture, rect: QRectF, page: int) -> None:
        assert self.edition is not None
        small = self.pictures.small(page)
        points = self.edition.pdf.sizes[page]
        if small is not None and picture is not small and picture.image.size() != picture.part.size():
            painter.drawImage(target(small, rect, points), small.image)
        where = target(picture, rect, points)
        if abs(picture.scale - self.layout_.scale * self.devicePixelRatioF()) < 1e-9:
            picture.image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(where.topLeft(), picture.image)
        else:
            picture.image.setDevicePixelRatio(1)
            painter.drawImage(where, picture.image)

    # -- Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.edition is not None:
            at = self.where()
            self._arrange()
            self.go(*at)
            self.zoomed.emit()
        self._scrolled()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._asking.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: Any) -> bool:
        """Take Ctrl+C for the selected words before the window takes it for cells."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.matches(QKeySequence.StandardKey.Copy) and self.marks.selected:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.pointing.copy()
        elif not pressed(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointing.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointing.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.edition is not None:
            page, _, y = self.place(event.position())
            self.opened.emit(page, y)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.edition is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        spot = self.focus_point() if by_key else QPointF(event.pos())
        page, _, y = self.place(spot)
        self.menu.emit(page, y, self.viewport().mapToGlobal(spot.toPoint()))

    def focus_point(self) -> QPointF:
        """The point of the viewport that keys are about: the marked row if it is seen, else near the top."""
        place = self.marks.row
        rect = QRectF(self.viewport().rect())
        if place is not None:
            at = self.layout_.rect(place.page).topLeft() - self._shift()
            spot = at + QPointF(60, place.top + 4) * self.layout_.scale
            if rect.contains(spot):
                return spot
        return QPointF(rect.width() / 2, rect.height() / 5)
