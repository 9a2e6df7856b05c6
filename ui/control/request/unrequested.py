"""What was changed without a request: the steps since the last baseline, to assign to the request they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QPushButton, QVBoxLayout, QWidget

from dmdesk import working as work
from dmdesk.control.requests import requests
from dmdesk.control.workingset import net
from dmdesk.errors import PlanError
from dmdesk.working import Unrequested
from ui.context import Context
from ui.control.differences import Differences
from ui.dialogs import lines
from ui.labels import plain
from ui.theme import theme
from ui.times import when
from ui.views.summaries import counted


class WithoutRequest(QWidget):
    """The steps, and what the chosen ones changed."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.found: list[Unrequested] = []
        self.words = plain("", "muted")
        self.words.setWordWrap(True)
        self.list: QListView = lines([])
        self.list.setAccessibleName("Steps without a change request")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table = Differences(ctx, "What the chosen steps changed")
        self.assign = QPushButton("Assign to a change request…")
        self.assign.setProperty("primary", True)
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(3))
        column.setSpacing(look.space(2))
        column.addWidget(plain("Changes without a request", font="title"))
        column.addWidget(self.words)
        column.addWidget(self.list, 2)
        column.addWidget(self.table, 3)
        column.addWidget(self.assign, 0, Qt.AlignmentFlag.AlignLeft)
        self.assign.clicked.connect(self._assign)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._chosen_anew())

    def show_steps(self, found: Sequence[Unrequested]) -> None:
        """Show these steps, all of them chosen."""
        if [one.step for one in found] == [one.step for one in self.found]:
            return
        self.found = list(found)
        self.words.setText(
            f"{counted(len(found), 'step has', 'steps have')} changed what was baselined under no request, or one "
            "that was deleted. Choose those that belong to one, and assign them; what they changed stays as it is."
            if found
            else "Every change since the last baseline was made under a change request."
        )
        model = self.list.model()
        model.setStringList([self._line(one) for one in found])  # type: ignore[attr-defined]
        self.list.selectAll()
        if found:
            self.list.selectionModel().setCurrentIndex(
                model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self._chosen_anew()

    def _line(self, one: Unrequested) -> str:
        plan = self.ctx.plan
        gone = work.key_of(plan, one.step.rfc) if plan is not None and one.step.rfc else ""
        return "   ".join(filter(None, (when(one.step.at), one.step.title, one.step.who, gone)))

    @property
    def chosen(self) -> list[Unrequested]:
        """The chosen steps."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.found[row] for row in rows if row < len(self.found)]

    def _chosen_anew(self) -> None:
        chosen = self.chosen
        self.assign.setEnabled(bool(chosen) and self.ctx.writable)
        changes = net(change for one in reversed(chosen) for change in one.changes)
        self.table.show_changes(changes, [one.step for one in chosen])

    def _assign(self) -> None:
        plan, chosen = self.ctx.plan, self.chosen
        found = [*requests(self.ctx.data)]
        if plan is None:
            return
        if not found:
            self.ctx.report("There is no change request yet; propose one first.")
            return
        at = self.ctx.ask.choose(
            "Assign to a change request", f"{counted(len(chosen), 'step', 'steps')} chosen.",
            [f"{row.key}  {row.name} ({row.state})" for row in found], "Assign",
        )  # fmt: skip
        if at is None:
            return
        try:
            work.assign(plan, [one.step for one in chosen], found[at].id)
        except PlanError as error:
            self.ctx.report(error)
            return
        self.ctx.said.emit(f"{counted(len(chosen), 'step', 'steps')} assigned to {found[at].key}")
