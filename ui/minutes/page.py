"""The page of the reviews: each that was held, newest first, with its minutes to read, to compare and to print."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dmdesk.model import RiskReview
from dmdesk.plan import Event
from dmdesk.risks import reviewing
from dmdesk.risks.since import reviews
from dmdesk.risks.undoing import OWN
from ui.actions import actions, perform
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.minutes.reading import Minutes
from ui.review.words import count
from ui.theme import theme
from ui.views.head import head
from ui.views.lines import ROW, Line, Lines


class ReviewsPage(QWidget):
    """The reviews at the left, the minutes of the current one at the right."""

    title = "Risk reviews"
    page_actions: tuple[str, ...] = ("risk.review", "risk.resume")

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.lines = Lines("Reviews, newest first")
        self.minutes = Minutes(ctx, page=True)
        self.start = QPushButton("Start risk review…")
        self.stack = QStackedWidget()
        self.nothing = plain(
            "No review has been held yet. Start one (Ctrl+Shift+R): it goes through the risks one by one.",
            "muted",
        )
        self._stale = True
        self._arrange()
        in_order(self.start, self.lines)
        self.lines.picked.connect(lambda _, id: self._pick(id))
        self.lines.selectionModel().currentChanged.connect(self._moved)
        self.minutes.resumed.connect(lambda: perform(actions()["risk.resume"], ctx))
        self.start.clicked.connect(lambda: perform(actions()["risk.review"], ctx))
        ctx.changed.connect(self._changed)

    def _arrange(self) -> None:
        top, self.summary = head(self.title, below=2, apart=1)
        top.addWidget(self.start)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.lines)
        split.addWidget(self.minutes)
        split.setStretchFactor(1, 1)
        split.setSizes([theme().space(58), theme().space(200)])
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.stack.addWidget(split)
        self.stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        assert isinstance(top, QHBoxLayout)
        column.addLayout(top)
        column.addWidget(self.stack, 1)

    def shown(self) -> None:
        """Show the reviews as they stand."""
        self._stale = False
        data, rows = self.ctx.data, list(reversed(reviews(self.ctx.data)))
        self.summary.setText(count(len(rows), "review"))
        self.stack.setCurrentIndex(0 if rows else 1)
        self.setFocusProxy(self.lines if rows else self.start)
        self.lines.show_lines([self._line(row) for row in rows])
        held = self.minutes.review
        now = data.get("review", held.id) if held is not None else None
        self._show(now if isinstance(now, RiskReview) else rows[0] if rows else None)

    def _line(self, row: RiskReview) -> Line:
        state = reviewing.progress(self.ctx.data, row)
        aside = "running" if row.state == reviewing.RUNNING else f"{state.done} of {state.total}"
        return Line(ROW, f"{row.key}  {row.name}", "meeting", aside, "review", row.id)

    def _show(self, row: RiskReview | None) -> None:
        self.minutes.show_review(row, ended=row is None or row.state != reviewing.RUNNING)
        if row is not None:
            self.ctx.select("review", row.id)
            at = next((at for at, line in enumerate(self.lines.lines) if line.id == row.id), -1)
            self.lines.setCurrentIndex(self.lines.model().index(at, 0))

    def _pick(self, id: str) -> None:
        row = self.ctx.data.get("review", id)
        if isinstance(row, RiskReview) and (self.minutes.review is None or self.minutes.review.id != id):
            self._show(row)

    def _moved(self, current: object, _: object) -> None:
        line = current.data(Qt.ItemDataRole.UserRole) if self.isVisible() else None  # type: ignore[attr-defined]
        if line is not None:
            self._pick(line.id)

    def _changed(self, event: Event) -> None:
        if self.isVisible() and any(
            change.kind in (*OWN, "risk", "score", "move", "action") for change in event.changes
        ):
            self.shown()

    def reveal(self, id: str) -> None:
        """Show the minutes of a review."""
        if self._stale:
            self.shown()
        self._pick(id)

    def focus_filter(self) -> None:
        """There is no filter; the list of reviews takes the cursor."""
        self.setFocus()
