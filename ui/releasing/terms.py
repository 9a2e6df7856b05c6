"""The second step: version, date, owner and approval; what cannot be is said under its field while it is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from dmdesk import baselines, releasing
from dmdesk import types as t
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest
from dmdesk.releasing import Wish
from dmdesk.sealedplan import now
from ui.context import Context
from ui.editors import DayEditor
from ui.releasing.stage import Stage, say
from ui.theme import theme

ADOPTED = ("adopted", "implemented")


class TermsStage(Stage):
    """What is said of the version."""

    title = "Version"

    def __init__(self, ctx: Context, wish: Wish) -> None:
        super().__init__()
        self._ctx = ctx
        self.version = QLineEdit(wish.version)
        self.version.setAccessibleName("Version")
        self.refused = self.note("", "error")
        self.day = DayEditor(kinds()["revision"]["date"], ctx, self, False)
        self.day.set_value(wish.date)
        self.undated = self.note("", "error")
        self.owner = QLineEdit(wish.owner)
        self.owner.setAccessibleName("Owner")
        self.owner.setPlaceholderText("Who answers for the release, as the change record prints it")
        self.approval = self._approval(wish.rfc)
        self.odd = self.note("", "warning")
        self._arrange()
        self.version.textChanged.connect(self._look)
        self.day.line.textChanged.connect(self._look)
        self.approval.currentTextChanged.connect(self._look)
        self.owner.textChanged.connect(self._look)
        self._look()

    def _arrange(self) -> None:
        look = theme()
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(look.space(2.5))
        form.setHorizontalSpacing(look.space(4))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field, below in (
            ("Version", self.version, self.refused), ("Date", self.day, self.undated),
            ("Owner", self.owner, None), ("Approved by", self.approval, None),
        ):  # fmt: skip
            form.addRow(name, _above(field, below) if below else field)
        self.column.addWidget(body)
        self.column.addWidget(self.odd)
        self.column.addStretch(1)

    def _approval(self, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName("Approved by")
        line = box.lineEdit()
        assert line is not None
        line.setPlaceholderText("A change request of the plan, or the words that name another approval")
        requests = sorted(
            self._ctx.data.all(ChangeRequest).values(), key=lambda one: one.state not in ADOPTED
        )
        box.addItem("", "")
        for row in requests:
            box.addItem(f"{row.key} {row.name} ({row.state or 'without a state'})", row.id)
        at = box.findData(chosen)
        box.setCurrentIndex(max(at, 0))
        if at < 0:
            box.setEditText(chosen)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        return box

    def _rfc(self) -> str:
        """The id of the change request, or the words that were typed."""
        words = self.approval.currentText().strip()
        at = self.approval.findText(words)
        return str(self.approval.itemData(at)) if at >= 0 else words

    def _look(self, *_: object) -> None:
        say(self.refused, self._why_not())
        say(self.undated, self._why_undated())
        odd: list[str] = []
        if not self.undated.text():
            day = str(t.DAY.clean(self.day.line.text()))
            odd = releasing.warnings(
                self._ctx.data, self._ctx.baselines(), day, self._rfc(), now(), date.today()
            )
        say(self.odd, "\n".join(odd))
        self.edited.emit()

    def _why_not(self) -> str:
        version = self.version.text().strip()
        if not version:
            return "A release needs a version, such as 3.1."
        try:
            baselines.refuse(version, self._ctx.baselines(), self._ctx.data)
        except PlanError as error:
            return str(error)
        return ""

    def _why_undated(self) -> str:
        try:
            return "" if t.DAY.clean(self.day.line.text()) else "A release needs a date, such as 2017-06-30."
        except t.BadValue as error:
            return str(error)

    def ready(self) -> bool:
        return not self.refused.text() and not self.undated.text()

    def typed(self) -> dict[str, str]:
        return {
            "version": self.version.text().strip(), "date": self.day.line.text().strip(),
            "owner": self.owner.text().strip(), "rfc": self._rfc(),
        }  # fmt: skip

    def shown(self) -> None:
        self.version.setFocus()
        self.version.selectAll()


def _above(field: QWidget, below: QWidget) -> QWidget:
    """A field with what is said of it under it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().space(0.5))
    column.addWidget(field)
    column.addWidget(below)
    return made
