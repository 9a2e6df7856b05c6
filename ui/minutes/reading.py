"""Minutes on the screen: what a review said and changed, in the words that are printed, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from dmdesk.errors import PlanError
from dmdesk.model import RiskReview
from dmdesk.risks import reviewing, undoing
from dmdesk.risks.since import GROUPS, before, reviews, since
from ui.context import Context
from ui.labels import plain
from ui.minutes.blocktext import BlockText
from ui.theme import theme, themes

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Block

THROUGH = "Every risk has been looked at. Finish ends the review; Backspace goes back."
LEFT = "What is left was skipped. Choose a risk at the left, go back with Backspace, or finish."


class Minutes(QWidget):
    """One review to read. ``closed`` asks to leave it; it has that button in the meeting only."""

    closed = Signal()
    resumed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None, *, page: bool = False) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.review: RiskReview | None = None
        self.text = BlockText("Minutes of the review")
        self.compared = QComboBox()
        self.compared.setAccessibleName("Compared with the review of")
        self.print = QPushButton("Print minutes…")
        self.undo = QPushButton("Take back…")
        self.resume = QPushButton("Resume review…")
        self.leave = QPushButton("Close")
        self.remark = plain("", "muted")
        self.remark.setWordWrap(True)
        self._arrange(page)
        self.print.clicked.connect(self._print)
        self.undo.clicked.connect(self._offer)
        self.leave.clicked.connect(self.closed)
        self.resume.clicked.connect(self.resumed)
        self.compared.activated.connect(lambda _: self._write())
        self.text.picked.connect(self._go)
        themes().changed.connect(self._write)
        self._page = page

    def _arrange(self, page: bool) -> None:
        look = theme()
        row = QHBoxLayout()
        row.setSpacing(look.space(2))
        self._label = plain("Compared with", "muted")
        self._label.setBuddy(self.compared)
        for part in (self._label, self.compared):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.undo, self.resume, self.print, self.leave):
            row.addWidget(button)
        self.leave.setVisible(not page)
        self.resume.setVisible(False)
        self.leave.setProperty("primary", True)
        column = QVBoxLayout(self)
        edge = look.space(4)
        column.setContentsMargins(edge, look.space(3), edge, look.space(3))
        column.setSpacing(look.space(2))
        column.addWidget(self.remark)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def sizeHint(self) -> QSize:
        return QSize(theme().space(150), theme().space(120))

    # -- what is shown

    def show_review(self, review: RiskReview | None, *, ended: bool = True) -> None:
        """Show a review; of one that still runs how far it is."""
        same = review is not None and self.review is not None and review.id == self.review.id
        self.review = review
        if review is not None and not same:
            others = [row for row in reversed(reviews(self.ctx.data)) if row.id != review.id]
            self.compared.clear()
            for row in others:
                self.compared.addItem(row.key, row.id)
            last = before(self.ctx.data, review)
            self.compared.setCurrentIndex(self.compared.findData(last.id) if last else -1)
        for part in (self._label, self.compared):
            part.setVisible(self.compared.count() > 0 and ended)
        self.print.setEnabled(review is not None)
        self.undo.setEnabled(review is not None and self.ctx.writable)
        self.resume.setVisible(self._page and not ended and self.ctx.writable)
        left = reviewing.progress(self.ctx.data, review).left if review is not None else 0
        words = "This review still runs." if self._page else LEFT if left else THROUGH
        words = self._taken_back() if ended and review is not None else words if review is not None else ""
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self._write()

    def _taken_back(self) -> str:
        """Which risks stand as before the review although it had changed them; the minutes say what was said then."""
        plan, review, data = self.ctx.plan, self.review, self.ctx.data
        if plan is None or review is None:
            return ""
        rows = [data.get("risk", id) for id in undoing.taken_back_risks(plan, review)]
        names = ", ".join(data.key(row) for row in rows if row is not None)
        return f"What this review changed of {names} was taken back since." if names else ""

    def _write(self) -> None:
        review = self.review
        if review is None:
            self.text.clear()
            return
        self.text.show_blocks(f"{review.name} ({review.key})", self._blocks(review))

    def _blocks(self, review: RiskReview) -> Iterator[Block]:
        from dmdesk.manuscript.parts.minutes import minutes

        other = self.ctx.data.get("review", self.compared.currentData() or "")
        last = before(self.ctx.data, review)
        if isinstance(other, RiskReview) and (last is None or other.id != last.id):
            yield from self._comparison(other, review)
        yield from minutes(self.ctx.data, review)

    def _comparison(self, other: RiskReview, review: RiskReview) -> Iterator[Block]:
        """What became of the risks from the earlier of two reviews to the later, as a line for each group."""
        from dmdesk.manuscript.blocks import Facts, Paragraph, Run
        from dmdesk.manuscript.parts.minutes import GROUP_WORDS

        first, second = sorted((other, review), key=lambda row: (row.date, row.key))
        found = since(self.ctx.data, first, second)
        yield Paragraph((Run(f"From {first.key} to {second.key}"),), label=True)
        pairs = []
        for group in GROUPS:
            names = "; ".join(one.subject for one in found.of(group))
            if names:
                pairs.append((GROUP_WORDS[group], (Run(names),)))
        pairs.append(("As before", (Run(f"{found.unchanged:,}"),)))
        yield Facts(tuple(pairs))

    # -- what is done

    def _go(self, kind: str, id: str) -> None:
        if self._page:
            self.ctx.show(kind, id)

    def _print(self) -> None:
        if self.review is not None:
            from ui.minutes.printing import print_minutes

            print_minutes(self.ctx, self.review)

    def _offer(self) -> None:
        """Offer each risk that the review changed."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.undo.mapToGlobal(self.undo.rect().topLeft()) - menu.rect().bottomLeft())

    def menu(self) -> QMenu:
        """The risks whose changes can be taken back."""
        menu, plan, review = QMenu(self), self.ctx.plan, self.review
        if plan is None or review is None:
            return menu
        for id in undoing.changed_risks(plan, review):
            row = self.ctx.data.get("risk", id)
            name = (
                f"{self.ctx.data.key(row)} {self.ctx.data.title(row)}" if row else "A risk that was deleted"
            )
            menu.addAction(f"What it changed of {name}".replace("&", "&&")).triggered.connect(
                lambda _=False, id=id: self.take_back(id)
            )
        if menu.isEmpty():
            menu.addAction("It changed nothing that still stands").setEnabled(False)
        return menu

    def take_back(self, risk: str) -> None:
        """Take back what the review changed of a risk, as one step."""
        plan, review = self.ctx.plan, self.review
        if plan is None or review is None:
            return
        try:
            step = undoing.take_back(plan, review, risk)
        except PlanError as error:
            self.ctx.report(error)
            return
        self.ctx.said.emit(step.title if step else "All of it was taken back already.")
        now = self.ctx.data.get("review", review.id)
        self.show_review(now if isinstance(now, RiskReview) else None)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
