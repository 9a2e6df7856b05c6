"""The sections page: the numbered tree of sections beside the text of the current one and its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from dmdesk.changes import put
from dmdesk.kinds import Entity, kinds
from dmdesk.types import BadValue
from ui.context import Context
from ui.models import moves
from ui.models.since import was_at
from ui.proseeditor import BodyEditor
from ui.theme import theme
from ui.views.page import Page, label
from ui.views.prose import Preview

if TYPE_CHECKING:
    from ui.compare.wasline import WasLine

PAUSE = 200
"""Milliseconds after the last key until the preview is renewed."""


class SectionsPage(Page):
    """Sections with their prose."""

    def __init__(self, ctx: Context, kind: str) -> None:
        self.editor = BodyEditor(kinds()[kind]["body"], ctx, None, False)
        self.preview = Preview()
        self.heading = label("", "strong")
        self.row_id = ""
        self.was: WasLine | None = None
        super().__init__(ctx, kind)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.show_preview)
        self.editor.text.textChanged.connect(self._pause.start)
        self.editor.done.connect(self.write)
        self.editor.given_up.connect(lambda: self.load(self.row_id, again=True))
        self.grid.picked.connect(self.load)
        self.preview.picked.connect(ctx.show)

    def body(self) -> QHBoxLayout:
        look, left, right = theme(), QWidget(), QWidget()
        left.setLayout(self.below)
        column = QVBoxLayout(right)
        column.setContentsMargins(look.space(3), look.space(2), look.space(3), look.space(2))
        column.setSpacing(look.space(2))
        column.addWidget(self.heading)
        self._column = column
        texts = QSplitter(Qt.Orientation.Vertical)
        texts.setHandleWidth(1)
        texts.setChildrenCollapsible(False)
        self.editor.setContentsMargins(0, 0, 0, look.space(2))
        texts.addWidget(self.editor)
        texts.addWidget(self.preview)
        texts.setSizes([1, 1])
        column.addWidget(texts, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([10, 13])
        whole = QHBoxLayout()
        whole.addWidget(split)
        return whole

    def _row(self) -> Entity | None:
        return self.ctx.data.get("section", self.row_id)

    def load(self, id: str, again: bool = False) -> None:
        """Show the text of a section; what was typed into another one is written first."""
        if id != self.row_id:
            self.write()
        if id == self.row_id and not again and self.editor.touched() and self.editor.has_cursor():
            return
        self.row_id = id
        row = self._row()
        words = label_of(self.ctx, row)
        self.heading.setText(words)
        self.editor.setEnabled(row is not None)
        self.editor.set_read_only(not self.ctx.writable)
        body = getattr(row, "body", "")
        if again or self.editor.original != body or self.editor.touched():
            self.editor.set_value(body, "Write the section here, in Markdown.")
        self.show_preview()
        self.show_was()

    def show_was(self) -> None:
        """Say above the text what it was in the last baseline, where that is something else."""
        row = self._row()
        was = was_at(self.ctx, self.kind, row, self.kind["body"], first=False)
        if was is not None and self.was is None:
            from ui.compare.wasline import WasLine

            self.was = WasLine(self.ctx, self.kind["body"])
            self._column.insertWidget(1, self.was)
        if self.was is not None:
            self.was.setVisible(was is not None)
            if row is not None and was is not None:
                self.was.tell(row, was)

    def _compared(self) -> None:
        super()._compared()
        self.show_was()

    def write(self) -> None:
        """Write what was typed as one step."""
        row = self._row()
        if row is None or not self.editor.touched():
            return
        try:
            value = self.editor.value()
        except BadValue as error:
            self.ctx.said.emit(str(error))
            return
        self.editor.original = value
        self.ctx.step(f"Edit section {moves.short(self.ctx.data.title(row))}", [put(row, {"body": value})])

    def show_preview(self) -> None:
        """Show the text as it stands in the editor."""
        self.preview.show_text(self.ctx.data, self.editor.text.toPlainText())

    def refresh(self) -> None:
        super().refresh()
        self.load(self.grid.current_id())


def label_of(ctx: Context, row: Entity | None) -> str:
    """Number and title of a section."""
    from ui.models.derived import prefix

    return f"{prefix(ctx.data, row, 'section')}  {ctx.data.title(row)}".strip() if row is not None else ""
