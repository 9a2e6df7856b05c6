"""The inspector: everything about the current row, or about several, beside the page: details, links and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from dmdesk.changes import add, drop_all
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.plan import Event
from ui import about, working
from ui.actions import actions, perform
from ui.context import NAME_IT, Context
from ui.datasheet import DatasheetView, sheet_of
from ui.findingbox import FindingBox
from ui.form import Form, plain_label
from ui.heading import Heading
from ui.models import moves
from ui.models.derived import kind_icon
from ui.models.since import in_short
from ui.theme import icon, theme, themes
from ui.views.lines import REMARK, Line, Lines
from ui.views.summaries import small

LATER = 120
"""Milliseconds after which links and history are counted, so that walking through rows stays quick."""

if TYPE_CHECKING:
    from ui.compare.wasline import WasLine
    from ui.history.ofrow import RowHistory
    from ui.risks.parts import RiskParts

MOST_FINDINGS = 4

LINKS, HISTORY, SHEET = 1, 2, 3
"""Places of the tabs behind the details."""


class Inspector(QWidget):
    """Details, links and history of what is selected."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.rows: list[Entity] = []
        self.forms: dict[str, Form] = {}
        self.form: Form | None = None
        self.parts: RiskParts | None = None
        self.lock: QLabel | None = None
        self.setObjectName("Inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(theme().space(62))
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.renew)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self.count)
        ctx.selected.connect(self._selected)
        ctx.changed.connect(self._heard)
        ctx.opened.connect(self._opened)
        ctx.found.connect(self._findings)
        ctx.compared.connect(self._compared)
        ctx.working.connect(self._soon.start)
        themes().changed.connect(self._findings)
        self.renew()

    # -- arrangement

    def _build(self) -> None:
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space(3.5), 0, 0)
        column.setSpacing(look.space(1))
        self.title = Heading("title")
        self.crumb = plain_label("", "muted")
        for part in (self.title, self.crumb):
            part.setContentsMargins(look.space(4), 0, look.space(4), 0)
            column.addWidget(part)
        self.crumb.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {look.space(3)}px; }}")
        self.details = self._details()
        self.links = Lines("Links")
        self.history: RowHistory | None = None
        self._past = QWidget()
        QVBoxLayout(self._past).setContentsMargins(0, 0, 0, 0)
        self.tabs.addTab(self.details, "Details")
        self.tabs.addTab(self._with_adder(), "Links")
        self.tabs.addTab(self._past, "History")
        self.sheet = DatasheetView(self.ctx)
        self.tabs.addTab(self.sheet, "Datasheet")
        self.tabs.currentChanged.connect(self._show_sheet)
        self.tabs.currentChanged.connect(self._show_history)
        column.addWidget(self.tabs, 1)
        column.addStretch(0)
        self.links.picked.connect(self.ctx.show)
        self.links.unwanted.connect(self._take_away)

    def _details(self) -> QScrollArea:
        look = theme()
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(4))
        self._column.setSpacing(look.space(3))
        self.was: WasLine | None = None
        self._found = QVBoxLayout()
        self._found.setSpacing(look.space(1.5))
        self._column.addLayout(self._found)
        area.setWidget(inside)
        return area

    def _with_adder(self) -> QWidget:
        made, look = QWidget(), theme()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, look.space(1), 0, look.space(2))
        column.addWidget(self.links, 1)
        self.adder = QPushButton("Add…")
        self.adder.setIcon(icon("add"))
        menu = QMenu(self.adder)
        self.adder.setMenu(menu)
        line = QHBoxLayout()
        line.setContentsMargins(look.space(4), 0, look.space(4), 0)
        line.addWidget(self.adder)
        self.handover = QPushButton("Reassign or leave…")
        self.handover.setIcon(icon("person"))
        self.handover.setToolTip("Hand over what this person holds, as one step")
        self.handover.clicked.connect(lambda: perform(actions()["person.leaves"], self.ctx))
        line.addWidget(self.handover)
        line.addStretch(1)
        column.addLayout(line)
        return made

    # -- what it shows

    def _opened(self) -> None:
        for form in self.forms.values():
            form.rows = []
        self.rows = []
        self.renew()

    def _selected(self, *_: str) -> None:
        self._soon.start()

    def _heard(self, event: Event) -> None:
        self._soon.start() if not self.isVisible() else self.renew()

    def renew(self) -> None:
        """Show what is selected now."""
        self._soon.stop()
        rows = self.ctx.rows()
        current = self.ctx.row()
        if len(rows) < 2 or current not in rows:
            rows = [current] if current is not None else []
        if self.form is not None and [row.id for row in rows] != [row.id for row in self.rows]:
            self.form.finish()
            rows = [now for row in rows if (now := self.ctx.data.get(kind_of(row).name, row.id)) is not None]
            self.details.verticalScrollBar().setValue(0)
        self.rows = rows
        self.tabs.setVisible(bool(rows))
        self._head(rows)
        self._show_form(rows)
        self._findings()
        self._later.start()

    def _head(self, rows: list[Entity]) -> None:
        if not rows:
            self.title.setText("")
            self.crumb.setText("Select a row to see its details." if self.ctx.plan else "")
        elif len(rows) == 1:
            self.title.setText(self.ctx.data.title(rows[0]))
            self.crumb.setText(about.breadcrumb(self.ctx.data, rows[0]))
        else:
            self.title.setText(f"{len(rows):,} {small(kind_of(rows[0]).plural)}")
            self.crumb.setText("What is entered here is set for all of them.")
        self._show_lock(kind_of(rows[0]).name if rows else "")

    def _show_lock(self, kind: str) -> None:
        """Say that rows of a kind are locked, before somebody types in vain."""
        words = ""
        if kind and working.has_lock(self.ctx):
            from ui.control.locked import says

            words = says(self.ctx, kind)
        if words and self.lock is None:
            self.lock = plain_label("", "warning", "small")
            self.lock.setContentsMargins(theme().space(4), 0, theme().space(4), 0)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(2, self.lock)
        if self.lock is not None:
            self.lock.setText(words)
            self.lock.setVisible(bool(words))

    def _show_form(self, rows: list[Entity]) -> None:
        wanted = kind_of(rows[0]).name if rows else ""
        if wanted and wanted not in self.forms:
            form = self.forms[wanted] = Form(self.ctx, wanted)
            self._column.addWidget(form, 1)
        for name, form in self.forms.items():
            form.setVisible(name == wanted)
        self._show_parts(rows[0] if wanted == "risk" and len(rows) == 1 else None)
        self.form = self.forms.get(wanted)
        if self.form is not None:
            self.form.load(rows)
        self._show_was()

    def _compared(self) -> None:
        """Say anew what is not as it was in the last baseline."""
        self._show_was()
        if self.form is not None and self.form.rows:
            self.form.show_was()

    def _show_was(self) -> None:
        """Say at the top what became of the row since the last baseline."""
        row = self.rows[0] if len(self.rows) == 1 else None
        was = in_short(self.ctx.since, kind_of(row), row) if row is not None else None
        if was is not None and self.was is None:
            from ui.compare.wasline import WasLine

            self.was = WasLine(self.ctx)
            self._column.insertWidget(0, self.was)
        if self.was is not None:
            self.was.setVisible(was is not None)
            if row is not None and was is not None:
                self.was.tell(row, was)

    def _show_parts(self, risk: Entity | None) -> None:
        """Show what follows for a risk above its form."""
        if risk is not None and self.parts is None:
            from ui.risks.parts import RiskParts

            self.parts = RiskParts(self.ctx)
            self._column.insertWidget(self._column.indexOf(self._found) + 1, self.parts)
        if self.parts is not None:
            self.parts.setVisible(risk is not None)
            if risk is not None:
                self.parts.show_risk(risk)  # type: ignore[arg-type]

    def _findings(self, *_: object) -> None:
        while (item := self._found.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        if self.form is None or len(self.rows) != 1:
            return
        row = self.rows[0]
        here = [
            finding
            for finding in self.ctx.findings
            if finding.id == row.id and finding.kind == kind_of(row).name and not finding.accepted
        ]
        self.form.mark([finding for finding in here if finding.field in self.form.places])
        self._show_sheet()
        for finding in here[:MOST_FINDINGS]:
            self._found.addWidget(FindingBox(self.ctx, finding))
        if len(here) > MOST_FINDINGS:
            more = f"… and {len(here) - MOST_FINDINGS:,} more in the list of problems (F8)"
            self._found.addWidget(plain_label(more, "muted", "small"))

    def count(self) -> None:
        """Fill the links and the history, and say on the tabs how many there are."""
        self._later.stop()
        row = self.rows[0] if len(self.rows) == 1 else None
        links = about.links(self.ctx.data, row) if row is not None else []
        steps = self.ctx.plan.history_of(row) if row is not None and self.ctx.plan else []
        self.links.show_lines(links or [Line(REMARK, "Nothing is linked with this yet.")])
        number = about.count(links)
        self.tabs.setTabText(LINKS, f"Links {number}" if number else "Links")
        self.tabs.setTabText(HISTORY, f"History {len(steps)}" if steps else "History")
        self._offer(kind_of(row) if row is not None else None)
        is_product = row is not None and kind_of(row).name == "product"
        if not is_product and self.tabs.currentIndex() == SHEET:
            self.tabs.setCurrentIndex(0)
        self.tabs.setTabVisible(SHEET, is_product)
        self._show_sheet()
        self._show_history()

    def _show_sheet(self, *_: object) -> None:
        """Fill the datasheet while it can be seen; making it costs a look into the history."""
        if self.tabs.currentIndex() == SHEET and len(self.rows) == 1:
            self.sheet.text.show_sheet(sheet_of(self.ctx, self.rows[0]))

    def _show_history(self, *_: object) -> None:
        """Fill the history while it can be seen; what shows it is loaded when it is first asked for."""
        if self.tabs.currentIndex() != HISTORY:
            return
        if self.history is None:
            from ui.history.ofrow import RowHistory

            self.history = RowHistory(self.ctx)
            layout = self._past.layout()
            assert layout is not None
            layout.addWidget(self.history)
        row = self.rows[0] if len(self.rows) == 1 else None
        self.history.show_row(row, self.ctx.plan.history_of(row) if row is not None and self.ctx.plan else [])

    # -- adding and removing parts

    def _offer(self, kind: Kind | None) -> None:
        menu = self.adder.menu()
        menu.clear()
        offered = about.parts(kind) if kind is not None else []
        for part, field in offered:
            words = f"{part.label} ({field.label.lower()})"
            menu.addAction(icon(kind_icon(part.name)), words).triggered.connect(
                lambda _=False, part=part, field=field: self._add_part(part, field)
            )
        self.adder.setVisible(bool(offered) and self.ctx.writable)
        self.handover.setVisible(kind is not None and kind.name == "person" and self.ctx.writable)

    def _add_part(self, part: Kind, field: Field) -> None:
        row = part.make({field.name: self.rows[0].id})
        if self.ctx.step(
            f"Add {small(part.label)} to {moves.short(self.ctx.data.title(self.rows[0]))}", [add(row)]
        ):
            self.ctx.show(part.name, row.id)
            self.ctx.wanted.emit(NAME_IT)

    def _take_away(self, kind: str, id: str) -> None:
        """Delete a row that is part of the current one; other links are taken away where they stand."""
        part = self.ctx.data.get(kind, id)
        if part is None or not self.rows or not self.ctx.writable:
            return
        if not any(field.part for field in kinds()[kind].links):
            self.ctx.said.emit(f"Remove this link in the details of “{self.ctx.data.title(part)}”.")
            return
        self.ctx.step(f"Remove {self.ctx.data.title(part)}", drop_all(self.ctx.data, [part]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        action = actions()["view.in-print"]
        if action.when(self.ctx):
            menu = QMenu(self)
            menu.addAction(action.text(self.ctx)).triggered.connect(lambda: perform(action, self.ctx))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(event.globalPos())

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field of the form."""
        self.tabs.setCurrentIndex(0)
        if self.form is not None:
            self.form.focus_on(name)
