"""The problems panel: every finding of the checks, a click away from its row and, often, from its cure.

Findings can be cured in a way of one's choice, all alike, or accepted with a reason (``ui/commands/mending.py``).
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk.kinds import kinds
from ui.actions import ACTIONS, perform
from ui.context import Context
from ui.findinglist import ICONS, LEVELS, FindingPainter, Findings
from ui.labels import plain
from ui.theme import icon, theme

if TYPE_CHECKING:
    from dmdesk.checks import Finding, Fix

Index = QModelIndex | QPersistentModelIndex


class _View(QListView):
    """The list: a click or Enter goes to the row; a click on the fix shows what it does, or offers all there are."""

    narrowed = Signal(tuple)
    """Only findings of a code or kind are to be seen."""

    def __init__(self, ctx: Context, model: Findings) -> None:
        super().__init__()
        self._ctx = ctx
        self.painter = FindingPainter(self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Problems")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._go)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.selectionModel().currentChanged.connect(self._note)

    def _note(self, current: Index, _: Index = QModelIndex()) -> None:  # noqa: B008
        self._ctx.finding = current.data(Qt.ItemDataRole.UserRole) if current.isValid() else None

    def _go(self, index: Index) -> None:
        finding = index.data(Qt.ItemDataRole.UserRole)
        if finding is not None:
            self._ctx.show(finding.kind, finding.id)

    def _offer(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu(index).popup(self.viewport().mapToGlobal(at))

    def menu(self, index: Index) -> QMenu:
        """What can be done about a finding, and which others are to be seen."""
        finding: Finding = index.data(Qt.ItemDataRole.UserRole)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_fixes(menu, finding)
        menu.addSeparator()
        for name in ("problem.alike", "problem.accept", "problem.reopen"):
            if ACTIONS[name].when(self._ctx):
                menu.addAction(ACTIONS[name].label).triggered.connect(
                    partial(perform, ACTIONS[name], self._ctx)
                )
        menu.addSeparator()
        kind = kinds()[finding.kind]
        for words, only in (
            (f"Show only {finding.code}", ("code", finding.code)),
            (f"Show only {kind.plural}", ("kind", finding.kind)),
        ):
            menu.addAction(words).triggered.connect(partial(self.narrowed.emit, only))
        return menu

    def _add_fixes(self, menu: QMenu, finding: Finding) -> None:
        for fix in finding.fixes if self._ctx.writable else ():
            entry = menu.addAction(fix.title.replace("&", "&&"))
            entry.triggered.connect(partial(self._cure, finding, fix))

    def _cure(self, finding: Finding, fix: Fix, _: bool = False) -> None:
        from ui.commands.mending import cure_shown

        cure_shown(self._ctx, finding, fix)

    def over_fix(self, at: QPoint) -> bool:
        """Whether a place in the list is on the link of a fix."""
        index = self.indexAt(at)
        return index.isValid() and self.painter.parts(self.visualRect(index), index)[3].contains(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.over_fix(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._note(index)
        if self.over_fix(at) and len(index.data(Qt.ItemDataRole.UserRole).fixes) > 1:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._add_fixes(menu, index.data(Qt.ItemDataRole.UserRole))
            menu.popup(event.globalPosition().toPoint())
        elif self.over_fix(at):
            perform(ACTIONS["problem.fix"], self._ctx)
        else:
            self._go(index)


class Problems(QWidget):
    """The panel: how many of each level, switches for the levels, and the list."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("Problems")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ctx = ctx
        self.model = Findings(ctx, self)
        self.view = _View(ctx, self.model)
        self.setFocusProxy(self.view)
        self._levels = {level: self._switch(level) for level in LEVELS}
        self._all = QPushButton()
        self._all.setProperty("quiet", True)
        self._all.setIcon(icon("close", "text.muted"))
        self._all.clicked.connect(lambda: self.narrow(None))
        self.view.narrowed.connect(self.narrow)
        self._nothing = plain("Nothing to mend.", "muted")
        self._arrange()
        ctx.found.connect(self.renew)
        ctx.opened.connect(self.renew)
        self.renew()
        self.setMinimumHeight(theme().space(18))

    def _switch(self, level: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("quiet", True)
        button.setCheckable(True)
        button.setChecked(level != "accepted")
        button.setIcon(icon(*ICONS[level]))
        button.toggled.connect(lambda on: self._show_level(level, on))
        return button

    def _arrange(self) -> None:
        space = theme().space
        head = QHBoxLayout()
        head.setContentsMargins(space(4), space(1.5), space(2.5), space(1.5))
        head.setSpacing(space(1.5))
        head.addWidget(plain("Problems", font="strong"))
        head.addSpacing(space(2))
        for button in self._levels.values():
            head.addWidget(button)
        head.addWidget(self._all)
        head.addStretch(1)
        close = QToolButton()
        close.setIcon(icon("close", "text.muted"))
        close.setToolTip("Hide the problems (F8)")
        close.setAccessibleName("Hide the problems")
        close.clicked.connect(lambda: self._ctx.wanted.emit("problems"))
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, space(1))
        column.setSpacing(0)
        column.addLayout(head)
        self._body = QStackedLayout()
        self._nothing.setContentsMargins(space(4), space(1), 0, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body.addWidget(self._nothing)
        self._body.addWidget(self.view)
        column.addLayout(self._body, 1)

    def _show_level(self, level: str, on: bool) -> None:
        (self.model.shown.add if on else self.model.shown.discard)(level)
        self.renew()

    def narrow(self, only: tuple[str, str] | None) -> None:
        """Show only the findings of a code or kind, or all again."""
        self.model.only = only
        self.renew()

    def _say_only(self) -> None:
        only = self.model.only
        self._all.setVisible(only is not None)
        if only is not None:
            name = kinds()[only[1]].plural if only[0] == "kind" else only[1]
            self._all.setText(f" Only {name}")
            self._all.setToolTip("Show all problems again")
            self._all.setAccessibleName(f"Show all problems, not only {name}")

    def renew(self) -> None:
        """Show the findings as they are now, with the same one current where it is still there."""
        held, scrolled = self._ctx.finding, self.view.verticalScrollBar().value()
        self.model.renew()
        counts = Counter(finding.level for finding in self._ctx.findings)
        for level, button in self._levels.items():
            many = "" if counts[level] == 1 or level == "accepted" else "s"
            button.setText(f" {counts[level]} {level}{many}")
            button.setAccessibleName(f"Show {level}s ({counts[level]})")
            button.setVisible(bool(counts[level]))
        self._say_only()
        nothing = "Nothing to mend." if self._ctx.checked else "Checking…"
        self._nothing.setText("All problems are filtered out." if self._ctx.findings else nothing)
        self._body.setCurrentIndex(1 if self.model.rows else 0)
        self._hold(held)
        self.view.verticalScrollBar().setValue(scrolled)

    def _hold(self, held: Any) -> None:
        self._ctx.finding = None
        for at, finding in enumerate(self.model.rows):
            if held is not None and (finding.code, finding.id, finding.field) == (
                held.code,
                held.id,
                held.field,
            ):
                self.view.setCurrentIndex(self.model.index(at))
                return

    def next(self, step: int) -> None:
        """Go to the next finding (1) or the one before (-1)."""
        if self.model.rows:
            index = self.view.currentIndex()
            at = (index.row() + step) % len(self.model.rows) if index.isValid() else 0
            self.view.setCurrentIndex(self.model.index(at))
            self.view.scrollTo(self.model.index(at))
            finding = self.model.rows[at]
            self._ctx.show(finding.kind, finding.id)


def counted(findings: list[Any]) -> tuple[int, int]:
    """How many errors and warnings there are; notes are no problems."""
    counts = Counter(finding.level for finding in findings)
    return counts["error"], counts["warning"]
