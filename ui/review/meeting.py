"""The meeting: a review on the whole screen, large enough for a projector, kept by one person at the keys.

Esc leaves it at any time: everything is in the plan already, and a running review is resumed where it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from dmdesk.risks import reviewing
from dmdesk.risks.deeds import rate
from ui.context import Context
from ui.minutes.reading import Minutes
from ui.review import asking
from ui.review.agenda import Agenda
from ui.review.desk import Desk
from ui.review.keys import Keys
from ui.review.session import Session
from ui.theme import theme, themes

LEAST, MOST = 1.0, 1.6
WIDE, HIGH = 1240, 740
"""A page of this size, in pixels, is shown at the usual size of type; larger ones larger."""


def factor_for(width: int, height: int) -> float:
    """How much larger than usual everything is on a page of that size, in steps of a tenth."""
    return round(min(max(min(width / WIDE, height / HIGH), LEAST), MOST) * 10) / 10


class Meeting(QWidget):
    """The window of a review that runs."""

    def __init__(
        self, ctx: Context, review: str, parent: QWidget | None = None, behind: QSize | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.ctx = ctx
        self.session = Session(ctx, review, self)
        self.setWindowTitle("Risk review — dmdesk")
        self.setObjectName("Meeting")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Risk review")
        self.setMinimumSize(900, 560)
        self.setAutoFillBackground(True)
        self._fit = QTimer(self, singleShot=True, interval=200)
        self._fit.timeout.connect(self._rescale)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._page: QWidget | None = None
        self._behind = behind
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build()
        self._keys()
        self.session.turned.connect(self._turned)
        self.session.renewed.connect(self.renew)
        self.session.finished.connect(self.renew)
        self.session.ended.connect(self.close)
        themes().changed.connect(self._rebuild)

    # -- arrangement

    def _build(self) -> None:
        """Make all parts, at the present size of type."""
        look, page = theme(), QWidget()
        self._page = page
        self.agenda = Agenda(self.session)
        self._share()
        self.desk = Desk(self.session)
        self.keys = Keys(self.session)
        self.minutes = Minutes(self.ctx)
        self.stack = QStackedLayout()
        work = QWidget()
        column = QVBoxLayout(work)
        edge = look.space(5)
        column.setContentsMargins(edge, look.space(4), edge, look.space(3.5))
        column.setSpacing(look.space(3))
        column.addWidget(self.desk, 1)
        column.addWidget(self.keys)
        self.stack.addWidget(work)
        self.stack.addWidget(self.minutes)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.agenda)
        row.addLayout(self.stack, 1)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(page)
        self._connect()
        self.renew()

    def _share(self) -> None:
        """Give the agenda its part of the width."""
        look = theme()
        wide = min(look.space(84), max(round(self.width() * 0.21), look.space(48)))
        if wide != self.agenda.width():
            self.agenda.setFixedWidth(wide)
            self.agenda.renew()

    def _connect(self) -> None:
        session, desk = self.session, self.desk
        self.agenda.finish.connect(self.finish)
        self.keys.pressed.connect(self.press)
        self.minutes.closed.connect(self.close)
        self.minutes.text.picked.connect(self._show)
        desk.scores.rated.connect(lambda dimension, level: session.do(rate, {dimension: level}))
        desk.talk.leave.connect(self.setFocus)
        desk.talk.wanted.connect(self._decide)

    def _keys(self) -> None:
        ctrl = {
            "Ctrl+Return": lambda: self.press("next"), "Ctrl+Enter": lambda: self.press("next"), "F11": self._full,
            "Ctrl+Z": self._travel(self.ctx.undo), "Ctrl+Shift+Z": self._travel(self.ctx.redo),
            "Ctrl+Y": self._travel(self.ctx.redo),
        }  # fmt: skip
        for key, run in ctrl.items():
            QShortcut(QKeySequence(key), self).activated.connect(run)

    def _travel(self, way: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            self.write()
            way()

        return run

    def _rescale(self) -> None:
        themes().enlarge(factor_for(self.width(), self.height()))

    def _rebuild(self) -> None:
        """Make everything anew after the theme or its size has changed."""
        if self._page is not None:
            self.write()
            self._page.hide()
            self._page.deleteLater()
            self._build()

    # -- what is shown

    def _tick(self) -> None:
        self.agenda.tick()

    def renew(self) -> None:
        """Show the review as it stands."""
        review = self.session.review
        if review is None:
            return
        over = review.state != reviewing.RUNNING or (not self.session.shown and not self.session.item)
        self.agenda.renew()
        self.keys.renew()
        self.stack.setCurrentIndex(1 if over else 0)
        if over:
            self.minutes.show_review(review, ended=review.state != reviewing.RUNNING)
        else:
            self.desk.renew()

    def _turned(self) -> None:
        self.renew()
        self.setFocus()
        self.desk.to_top()

    # -- what is done

    def write(self) -> bool:
        """Write what is being typed; False when some of it does not fit its field."""
        noted = self.desk.talk.write()
        return self.desk.amounts.write() and noted

    def _decide(self, name: str) -> None:
        if name == "escalate":
            asking.escalate(self.session)
        elif name == "realise":
            asking.realised(self.session)
        else:
            asking.close(self.session, {"retire": "retired", "deprecate": "deprecated"}.get(name, ""))

    def press(self, name: str) -> None:
        """Do what a key or button of the meeting stands for."""
        review = self.session.review
        if review is None or review.state != reviewing.RUNNING or not self.write():
            return
        session = self.session
        ways: dict[str, Callable[[], object]] = {
            "next": lambda: session.go_on(reviewing.through), "skip": lambda: session.go_on(reviewing.skip),
            "back": session.back, "jump": lambda: asking.jump(session), "action": lambda: asking.action(session),
            "escalate": lambda: asking.escalate(session), "close": lambda: asking.close(session),
            "realised": lambda: asking.realised(session),
        }  # fmt: skip
        if session.item is None and name == "next":
            self.finish()
        elif session.item is not None or name in ("back", "jump"):
            ways[name]()

    def finish(self) -> None:
        """End the review, after a question where risks are left."""
        review = self.session.review
        if review is None or not self.write() or review.state != reviewing.RUNNING:
            return
        left = reviewing.progress(self.ctx.data, review).left
        words = (
            f"{left} risk{'s are' if left != 1 else ' is'} not reviewed and will be noted as skipped."
            if left
            else ""
        )
        if left and not self.ctx.ask.confirm("Finish the review?", "Finish", words):
            return
        self.session.finish()

    # -- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the meeting, from whatever does not take text."""
        name = self.keys.named(event)
        if name:
            self.press(name)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show(self, kind: str, id: str) -> None:
        """Leave for the row that a link of the minutes leads to."""
        if self.close():
            self.ctx.show(kind, id)

    def _full(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
        self._fit.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.desk.talk.write()

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._second.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave: whatever is typed is written, and the window behind is as large as it was."""
        lost = "What stands in one field does not fit, or could not be written, and will be lost."
        if not self.write() and not self.ctx.ask.confirm("Leave the review?", "Leave", lost):
            event.ignore()
            return
        self._second.stop()
        self._fit.stop()
        self.session.leave()
        themes().changed.disconnect(self._rebuild)
        themes().enlarge(1)
        behind = self.parentWidget()
        if behind is not None and self._behind and not behind.isMaximized() and not behind.isFullScreen():
            behind.resize(self._behind)
        super().closeEvent(event)
        self.deleteLater()


def open_meeting(ctx: Context, review: str, parent: QWidget | None = None) -> Meeting:
    """Show the meeting on the whole screen."""
    behind = parent.size() if parent is not None else None
    if parent is not None:
        screen = parent.screen().size()
        themes().enlarge(factor_for(screen.width(), screen.height()))
    meeting = Meeting(ctx, review, parent, behind)
    meeting.showFullScreen()
    meeting.setFocus()
    return meeting
