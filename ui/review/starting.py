"""The sheet that starts a review: its day, who is there, and which risks are looked at, with how many that are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QWidget

from dmdesk import filters
from dmdesk import types as t
from dmdesk.errors import PlanError
from dmdesk.filters.saved import saved
from dmdesk.kinds import kinds
from dmdesk.model import RiskReview
from dmdesk.risks import due, reviewing
from dmdesk.risks.since import reviews
from dmdesk.types import BadValue, many_lines
from ui.changesheet import over
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import editor
from ui.labels import plain
from ui.review.words import count
from ui.theme import theme

ALL, DUE = "", "due:yes"
OTHER = "…"


class StartSheet(Sheet):
    """The choices, as they were at the last review; ``begin`` is told the id of the review that was started."""

    def __init__(self, ctx: Context, begin: Callable[[str], object]) -> None:
        super().__init__("Start a risk review", "", over())
        self.ctx, self._begin = ctx, begin
        last = next(iter(reversed(reviews(ctx.data))), None)
        fields = kinds()["review"]
        self.day = editor(fields["date"], ctx, self)
        self.people = editor(fields["people"], ctx, self)
        self.others = QPlainTextEdit()
        self.others.setTabChangesFocus(True)
        self.others.setFixedHeight(theme().space(14))
        self.which = QComboBox()
        self.filter = editor(fields["scope"], ctx, self)
        self.counted = plain("", "muted")
        self.counted.setWordWrap(True)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self._fill(last)
        self._arrange()
        self.yes = self.end("Start review")
        self.setMinimumWidth(theme().space(140))
        self._count()

    def _fill(self, last: RiskReview | None) -> None:
        self.day.set_value(due.today())
        known = [id for id in (last.people if last else ()) if self.ctx.data.get("person", id) is not None]
        self.people.set_value(tuple(known), "type a name")
        self.others.setPlainText("\n".join(last.others) if last else "")
        self.which.addItem("All that are open, those due for review first", ALL)
        self.which.addItem("Only those due for review", DUE)
        for name, text in saved(kinds()["risk"], self.ctx.data):
            self.which.addItem(name, text)
        self.which.addItem("What fits a filter…", OTHER)
        self.filter.set_value("", "such as category:technical score>=15")

    def _arrange(self) -> None:
        look, body = theme(), QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(look.space(2.5))
        form.setHorizontalSpacing(look.space(4))
        for name, field in (
            ("Day", self.day), ("Present", self.people), ("Others present", self.others), ("Risks", self.which),
            ("", self.filter), ("", self.counted),
        ):  # fmt: skip
            form.addRow(name, field)
            field.setAccessibleName(name or field.accessibleName())
        self.filter.setAccessibleName("Filter of the risks")
        self.filter.setVisible(False)
        self._form = form
        self.put(body, "The review")
        self.column.addWidget(self.wrong)
        self.which.currentIndexChanged.connect(lambda _: self._count())
        for held in (self.day, self.filter):
            held.done.connect(self._count)
        for held in (self.day, self.people, self.filter):
            held.given_up.connect(self.reject)

    # -- which risks

    def scope(self) -> str:
        """The filter that chooses the risks; "" for all that are open."""
        chosen = str(self.which.currentData())
        return str(self.filter.value()) if chosen == OTHER else chosen

    def ids(self) -> list[str]:
        """The risks of the agenda in order.

        Raises:
            PlanError: the filter cannot be read.
            BadValue: the day is none.
        """
        day, scope, data = str(self.day.value()), self.scope().strip(), self.ctx.data
        if not scope:
            return reviewing.in_scope(data, None, day)
        found = filters.parse(scope, kinds()["risk"]).matches(data, self._facts())
        return reviewing.in_scope(data, [id for id in data.rows("risk") if id in found], day)

    def _facts(self) -> filters.Facts:
        plan = self.ctx.plan
        problems = {finding.id for finding in self.ctx.findings}
        return filters.Facts(plan.last_changes() if plan else {}, problems, differing=self.ctx.differing)

    def _count(self) -> None:
        self.filter.setVisible(self.which.currentData() == OTHER)
        try:
            day, ids = str(self.day.value()), self.ids()
        except (PlanError, BadValue) as error:
            self.counted.setText(str(error))
            return
        late = sum(due.is_review_overdue(self.ctx.data, self.ctx.data.rows("risk")[id], day) for id in ids)  # type: ignore[arg-type]
        words = f"{count(len(ids), 'risk')}" + (
            f", {late:,} of them overdue: these come first" if late else ""
        )
        self.counted.setText(
            words if ids else "No risk is to be looked at; choose others, or add some to the register."
        )

    # -- starting

    def accept(self) -> None:
        """Start the review as one step, or say what is in the way."""
        try:
            day, people = str(self.day.value()), tuple(self.people.value())
            others = t.WORDS.read(many_lines(self.others.toPlainText()))
            if not day:
                raise BadValue("A review has a day; write it as 2017-06-30.")
            lost = [words for link in people if (words := t.unresolved(link))]
            known = tuple(link for link in people if not t.unresolved(link))
            deed = reviewing.start(
                self.ctx.data,
                day,
                known,
                tuple(dict.fromkeys((*lost, *others))),
                self.ids(),
                self.scope().strip(),
            )
        except (PlanError, BadValue) as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        super().accept()
        if self.ctx.step(deed.title, deed.changes, deed.why):
            self._begin(deed.about)


class RunningSheet(Sheet):
    """A review runs already: resume it, or do something else."""

    def __init__(self, ctx: Context, review: RiskReview, begin: Callable[[str], object]) -> None:
        state = reviewing.progress(ctx.data, review)
        words = (
            f"The review of {review.key} is still running: {state.done} of {state.total} risks are reviewed."
        )
        super().__init__("A review is running", words, over())
        self._begin, self._review = begin, review.id
        self.end("Resume", "Not now")

    def accept(self) -> None:
        """Resume it."""
        super().accept()
        self._begin(self._review)
