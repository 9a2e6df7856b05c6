"""The page of baselines: the draft and every sealed version, and below them what is known of the current one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dmdesk.plan import Event
from dmdesk.store import Baseline
from ui.actions import actions, perform
from ui.baselines import words
from ui.baselines.details import Details
from ui.baselines.looking import DAMAGED, SOUND, looks
from ui.baselines.table import DRAFT, Table, Versions
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.theme import icon, theme
from ui.views.head import head
from ui.views.summaries import counted

NOTHING = (
    "A baseline is the whole plan as it was on the day of a release: sealed under a version, with the reason and who "
    "approved it. Nothing changes it afterwards. It can be read, printed and compared at any time, and what was "
    "changed since is known to the word."
)
ELSEWHERE = (
    "This window shows baseline {}, read only. The other versions are listed where the working plan is open."
)
MENU = ("baseline.open", "baseline.compare", "baseline.print", "", "baseline.text", "baseline.file", "baseline.new", "",
        "baseline.undo")  # fmt: skip
OF_THE_DRAFT = ("baseline.release", "baseline.compare", "", "baseline.undo")


class BaselinesPage(QWidget):
    """The versions and the details of the current one."""

    title = "Baselines"
    page_actions: tuple[str, ...] = ("baseline.release", "baseline.verify")

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.looks = looks(ctx)
        self.model = Versions(ctx, self.looks, self)
        self.table = Table(self.model)
        self.details = Details(ctx, self.looks)
        self.release = self._button("baseline.release", "Release…")
        self.verify = self._button("baseline.verify", "Verify")
        self.release.setProperty("primary", True)
        self.stack = QStackedWidget()
        self._stale = True
        self._arrange()
        self.table.wanted.connect(self._enter)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.table.customContextMenuRequested.connect(self._offer)
        self.details.more.clicked.connect(self._more)
        self.looks.changed.connect(self._say)
        ctx.changed.connect(self._changed)

    def _button(self, name: str, label: str) -> QPushButton:
        entry = actions()[name]
        made = QPushButton(f" {label}")
        made.setAccessibleName(label)
        made.setIcon(icon(entry.icon, "text.on-accent" if name == "baseline.release" else "icon"))
        made.setToolTip(entry.help)
        made.clicked.connect(lambda: perform(entry, self.ctx))
        return made

    def _arrange(self) -> None:
        top, self.summary = head(self.title)
        top.addWidget(self.verify)
        top.addWidget(self.release)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        parts.setSizes([300, 300])
        self.stack.addWidget(parts)
        self.stack.addWidget(self._nothing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        in_order(self.verify, self.release, self.table)

    def _nothing(self) -> QWidget:
        made, look = QWidget(), theme()
        column = QVBoxLayout(made)
        column.setSpacing(look.space(4))
        self.nothing = plain(NOTHING, "muted")
        self.nothing.setWordWrap(True)
        self.nothing.setFixedWidth(look.space(130))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = self._button("baseline.release", "Release the first version…")
        self.first.setProperty("primary", True)
        column.addStretch(2)
        for part in (self.nothing, self.first):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        return made

    # -- what it shows

    def shown(self) -> None:
        """The page came to the front."""
        self.ctx.set_rows("", ())
        self.ctx.select("", "")
        self.renew()

    def renew(self) -> None:
        """Show the versions as they are now; the same one stays current."""
        self._stale = False
        held = self.ctx.version
        self.model.read()
        there = bool(self.model.lines)
        self.stack.setCurrentIndex(0 if there else 1)
        sealed = self.ctx.sealed
        self.nothing.setText(ELSEWHERE.format(sealed.version) if sealed else self.ctx.unlisted or NOTHING)
        self.nothing.setMinimumHeight(self.nothing.heightForWidth(self.nothing.width()))
        self.first.setVisible(sealed is None and not self.ctx.unlisted)
        self.first.setEnabled(self.ctx.writable)
        self.release.setVisible(there)
        self.release.setEnabled(self.ctx.writable)
        self.verify.setVisible(actions()["baseline.verify"].when(self.ctx))
        self.setFocusProxy(self.table if there else self.first)
        if there:
            self._choose(held)
            self.looks.look()
        self._say()

    def _choose(self, version: str) -> None:
        row = max(self.model.row_of(version), 0)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._moved()

    def _moved(self) -> None:
        one = self.current()
        self.ctx.version = one.version if one else DRAFT
        self.details.show_version(one)

    def current(self) -> Baseline | None:
        """The baseline of the current line."""
        return self.model.at(self.table.currentIndex().row())

    def _say(self) -> None:
        known = self.ctx.baselines()
        if not known:
            sealed = self.ctx.sealed
            nothing = "They cannot be read" if self.ctx.unlisted else "Nothing was sealed yet"
            self.summary.setText(f"Baseline {sealed.version}, read only" if sealed else nothing)
            return
        states = [self.looks.state(one) for one in known]
        damaged = [one.version for one, state in zip(known, states, strict=True) if state == DAMAGED]
        sound = "all sound" if set(states) == {SOUND} else ""
        sound = f"damaged: {', '.join(damaged)}" if damaged else sound
        draft = f"draft, {words.draft(self.ctx, self.looks.since)}"
        parts = [counted(len(known), "baseline", "baselines"), sound, draft]
        self.summary.setText(" · ".join(part for part in parts if part))

    def _changed(self, event: Event) -> None:
        if self.isVisible():
            self.renew()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    # -- what is done

    def _enter(self) -> None:
        perform(actions()["baseline.open" if self.current() else "baseline.compare"], self.ctx)

    def menu(self) -> QMenu:
        """What can be done with the current line."""
        made = QMenu(self)
        for name in MENU if self.current() else OF_THE_DRAFT:
            if not name:
                made.addSeparator()
                continue
            entry = actions()[name]
            act = made.addAction(entry.text(self.ctx).replace("&", "&&"))
            if entry.icon:
                act.setIcon(icon(entry.icon))
            act.setEnabled(entry.when(self.ctx))
            act.triggered.connect(lambda _=False, entry=entry: perform(entry, self.ctx))
        made.aboutToHide.connect(made.deleteLater)
        return made

    def _offer(self, at: QPoint) -> None:
        self.menu().popup(self.table.viewport().mapToGlobal(at))

    def _more(self) -> None:
        button = self.details.more
        self.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def reveal(self, id: str) -> None:
        """Make a version the current one."""
        if self._stale:
            self.renew()
        if self.model.lines:
            self._choose(id)

    def focus_filter(self) -> None:
        """There is no filter; the list of versions takes the cursor."""
        self.setFocus()
