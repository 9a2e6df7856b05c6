"""The page of scales: the library at the left, the editor in the middle, and beside it what the register would be.

What is edited is a draft until Apply; a sheet then says what happens to scores, and all of it is one step.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from dmdesk.changes import drop_all
from dmdesk.model.scales import PRODUCT
from dmdesk.plan import Event
from dmdesk.risks.rescaling import drafting
from dmdesk.risks.rescaling.rows import copied, used
from dmdesk.risks.scale import KINDS, scale_of
from ui.context import Context
from ui.focusing import in_order
from ui.scales import sheet
from ui.scales.beside import Beside
from ui.scales.editor import Editor
from ui.scales.library import Entry, Library
from ui.theme import theme
from ui.views.head import head
from ui.views.summaries import counted

PAUSE = 150
"""Milliseconds after an edit until the preview follows."""

MANY, LONG = 1000, 500
"""With so many risks the preview waits longer, so that typing stays quick."""

_SHOWN = (*KINDS, "plan", "risk", "score")


class ScalesPage(QWidget):
    """Lists, edits, copies, uses and deletes scales."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.title = "Risk scales"
        self.entry = next(iter(self._used()), Entry("", "rubin"))
        self.library = Library()
        self.remedy = self.library.remedy
        self.editor = Editor(ctx, self.entry.scale(ctx.data))
        self.beside = Beside()
        self._missed = False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._preview)
        self._arrange()
        self._connect()
        self.renew()

    def _used(self) -> list[Entry]:
        now = scale_of(self.ctx.data)
        return [Entry(now.id, now.key)]

    # -- arrangement

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line, self.summary = head(self.title, below=1)
        column.addLayout(line)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        for part in (self.library, self.editor, self.beside):
            self.across.addWidget(part)
        self.across.setStretchFactor(1, 1)
        column.addWidget(self.across, 1)
        self.setFocusProxy(self.library)
        library = self.library
        in_order(library.list, library.use, library.copy, library.remedy, library.delete)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space, wide = theme().space, self.width()
        left = space(44) if wide > space(230) else space(36)
        right = min(max(wide * 3 // 10, space(56)), space(130))
        self.across.setSizes([left, wide - left - right, right])

    def _connect(self) -> None:
        self.library.picked.connect(self._picked)
        self.library.use.clicked.connect(self.use)
        self.library.copy.clicked.connect(self.copy)
        self.remedy.clicked.connect(self.copy)
        self.library.delete.clicked.connect(self.delete)
        self.editor.wanted.connect(self.apply)
        self.editor.desk.changed.connect(self._edited)
        self.ctx.changed.connect(self._heard)

    # -- what it shows

    def renew(self) -> None:
        """Show the plan as it is now; what was edited and not applied stays."""
        data, desk = self.ctx.data, self.editor.desk
        self.library.show_scales(data, self.entry)
        found = self.library.current()
        if found is not None and found != self.entry:
            self.entry = found
            self._load()
        elif self.entry.id and desk.base != (now := scale_of(data, self.entry.id)):
            desk.rebase(now) if desk.dirty else self._load()
        elif not desk.dirty:
            self._load()
        self._say()

    def _load(self) -> None:
        read_only = not self.entry.id or not self.ctx.writable
        self.editor.show_scale(self.entry.scale(self.ctx.data), read_only=read_only)

    def _say(self) -> None:
        data, scale, writable = self.ctx.data, self.editor.desk.scale, self.ctx.writable
        is_used, library = self.entry.used(data), self.library
        size = f"{scale.height} × {scale.width} levels"
        rule = "a product" if scale.rule == PRODUCT else "a table"
        dimensions = counted(len(scale.levels), "dimension", "dimensions")
        number = counted(len(data.rows("scale")), "scale", "scales")
        words = ("the plan uses it", *((size,) if scale.height else ()), rule, dimensions)
        name = scale.name or scale.key
        self.summary.setText(" · ".join([f"{number} in the plan", name, *words[0 if is_used else 1 :]]))
        library.use.setEnabled(writable and not is_used)
        library.copy.setEnabled(writable)
        library.remedy.setEnabled(writable)
        library.delete.setEnabled(writable and bool(self.entry.id) and not is_used)
        library.delete.setToolTip(
            "The plan uses it; use another one first." if is_used else "Delete this scale"
        )
        library.note.setText("" if self.entry.id else "Ready scales cannot be edited; copy one first.")
        library.note.setVisible(bool(library.note.text()))

    def _edited(self) -> None:
        self._say()
        many = len(self.ctx.data.rows("risk")) > MANY
        self._soon.start(LONG if many else PAUSE)

    def _preview(self) -> None:
        self._soon.stop()
        desk = self.editor.desk
        graves = desk.graves()
        if graves:
            self.beside.show_nothing(f"The preview waits: {graves[0].words}")
        else:
            self.beside.show_draft(self.ctx.data, desk.draft)

    def _heard(self, event: Event) -> None:
        if event.how != "restore" and not any(change.kind in _SHOWN for change in event.changes):
            return
        if self.isVisible():
            self.renew()
            self._soon.start()
        else:
            self._missed = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._missed = False
            self.renew()
        self._preview()

    # -- what is done

    def _picked(self, entry: Entry) -> None:
        if entry == self.entry:
            return
        self.editor.finish()
        if self.editor.desk.dirty and not self.ctx.ask.confirm(
            f"“{self.editor.desk.scale.name}” was edited and not applied. Discard what was edited?", "Discard"
        ):
            self.library.choose(self.entry)
            return
        self.entry = entry
        self._load()
        self._say()
        self._follow()

    def _follow(self) -> None:
        if self.entry.id:
            self.ctx.select("scale", self.entry.id)
        self._soon.start()

    def apply(self) -> None:
        """Open the sheet that says what happens to scores, then change the scale as one step."""
        self.editor.finish()
        desk = self.editor.desk
        if desk.dirty and not desk.graves():
            sheet.ask(self.ctx, desk.draft, done=self._applied)

    def _applied(self) -> None:
        self._load()
        self._say()

    def use(self) -> None:
        """Open the sheet that says what happens to scores when the plan uses this scale."""
        if self._settled():
            sheet.ask_use(self.ctx, drafting.begun(self.entry.scale(self.ctx.data)))

    def copy(self) -> None:
        """Copy the current scale into the plan, and edit the copy; one that the plan goes by is used from then on."""
        if not self._settled():
            return
        data, scale = self.ctx.data, self.entry.scale(self.ctx.data)
        adopt = self.entry.used(data) and not scale.id
        name = scale.name if data.find("scale", scale.key) is None else f"{scale.name} (copy)"
        changes = used(data, scale) if adopt else copied(data, scale, name)
        if self.ctx.step(f"Copy scale {scale.name}", changes):
            id = changes[0].id
            self.entry = Entry(id, str(changes[0].fields["key"][1]))
            self.renew()
            self._load()
            self._follow()
            self.editor.tabs.setCurrentIndex(0)
            self.editor.pages[0].grid.setFocus()

    def delete(self) -> None:
        """Delete a scale of the plan that it does not use."""
        row = self.ctx.data.get("scale", self.entry.id)
        if row is None or self.entry.used(self.ctx.data):
            return
        name = self.ctx.data.title(row)
        if self.ctx.ask.confirm(f"Delete the scale “{name}” with its levels and zones?", "Delete"):
            self.editor.give_up()
            self.ctx.step(f"Delete scale {name}", drop_all(self.ctx.data, [row]))

    def _settled(self) -> bool:
        """Whether nothing that was edited would be passed over."""
        self.editor.finish()
        if self.editor.desk.dirty:
            self.ctx.ask.tell("This scale was edited. Apply or discard what was edited first.")
        return not self.editor.desk.dirty

    # -- what the window asks for

    def shown(self) -> None:
        """The page came to the front."""
        self.ctx.set_rows("", ())
        if self.entry.id:
            self.ctx.select("scale", self.entry.id)

    def reveal(self, id: str) -> None:
        """Show a scale of the plan."""
        if self.ctx.data.get("scale", id) is None:
            return
        wanted = next((entry for entry in self.library.entries() if entry.id == id), None)
        if wanted is not None and wanted != self.entry:
            self.library.choose(wanted)
            self._picked(wanted)

    def focus_filter(self) -> None:
        """There is nothing to filter; the list is where one chooses."""
        self.library.list.setFocus()
