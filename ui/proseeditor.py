"""The prose editor: Markdown with buttons and keys, references completed while typed, and a look at the result."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from dmdesk.kinds import Field
from ui import markdown, references
from ui.context import Context
from ui.editors import ProseEditor
from ui.theme import icon, theme
from ui.views.offers import Offer, Offers
from ui.views.prose import Preview

_OPEN = re.compile(r"\[\[([^\[\]\n]{0,80})$")
"""A reference that is being typed, up to the cursor."""

_CTRL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN_KEYS = (Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_L, Qt.Key.Key_E, *_ENTER)
"""With Ctrl held, keys that mean something here, whatever they mean in the window."""


class MarkdownEditor(ProseEditor):
    """Prose in Markdown. ``tools`` are its buttons, seen while the cursor is here; a form may put them elsewhere."""

    looks = True
    """Whether it can show the result itself."""

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self._offers: Offers | None = None
        self.preview: Preview | None = None
        self._read_only = False
        self.tools = self._tools()
        self._box.setSpacing(0)
        self._box.addWidget(self.tools)
        self.tools.setVisible(in_table)
        self.text.textChanged.connect(self._typed)
        self.text.cursorPositionChanged.connect(self._moved)
        if in_table:
            self.text.document().documentLayout().documentSizeChanged.connect(
                lambda _: QTimer.singleShot(0, self, self._grow)
            )

    def _tools(self) -> QWidget:
        made = QWidget()
        made.setFont(theme().font("small"))
        policy = made.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        made.setSizePolicy(policy)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addStretch(1)
        for name, words, run in (
            ("B", "Bold (Ctrl+B)", self.bold),
            ("I", "Italic (Ctrl+I)", self.italic),
            ("list", "List (Ctrl+L)", self.list_),
            ("link", "Refer to something in the plan: type [[, or select words for a link", self.link),
        ):
            row.addWidget(self._tool(name, words, run))
        if self.looks:
            self._look = self._tool("preview", "Show what it will look like (Ctrl+E)", self.toggle_preview)
            self._look.setCheckable(True)
            row.addWidget(self._look)
        return made

    def _tool(self, name: str, words: str, run: object) -> QToolButton:
        look, made = theme(), QToolButton()
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(f"<p>{words}</p>")
        made.setAccessibleName(words)
        if len(name) == 1:
            font = look.font("strong" if name == "B" else "ui")
            font.setItalic(name == "I")
            made.setText(name)
            made.setFont(font)
        else:
            made.setIcon(icon(name))
        side = look.space(3.5)
        made.setIconSize(made.iconSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
        made.setFixedSize(look.space(6), look.space(5))
        made.setStyleSheet("QToolButton { padding: 0; }")
        made.clicked.connect(run)
        return made

    # -- what the buttons do

    def _may_write(self) -> bool:
        return not self._read_only and self.text.isVisible()

    def bold(self) -> None:
        """Make the selection bold, or no longer so."""
        if self._may_write():
            markdown.surround(self.text, markdown.BOLD)

    def italic(self) -> None:
        """Make the selection italic, or no longer so."""
        if self._may_write():
            markdown.surround(self.text, markdown.ITALIC)

    def list_(self) -> None:
        """Make the selected lines a list, or no longer so."""
        if self._may_write():
            markdown.toggle_list(self.text)

    def link(self) -> None:
        """Begin a reference, or make the selected words a link."""
        if self._may_write() and markdown.link(self.text):
            self.offer()

    def toggle_preview(self) -> None:
        """Show what the text will look like in its place, or the text again."""
        if not self.looks:
            return
        if self.preview is None:
            self.preview = Preview(self)
            self.preview.picked.connect(self.ctx.show)
            self.preview.setObjectName("ProsePreview")
            self.preview.installEventFilter(self)
            self.preview.hide()
            self._box.insertWidget(0, self.preview)
        showing = self.text.isHidden()
        if showing:
            self.text.show()
            self.text.setFocus()
            self.preview.hide()
        else:
            look = theme()
            self.preview.setStyleSheet(
                f"#ProsePreview {{ border: 1px solid {look.color('line').name()};"
                f" border-radius: {look.space(1.5)}px; padding: {look.space(1)}px; }}"
            )
            self.preview.setFixedHeight(max(self.text.height(), look.row * 3))
            self.preview.show_text(self.ctx.data, self.text.toPlainText())
            self.preview.show()
            self.preview.setFocus()
            self.text.hide()
        self._look.setChecked(not showing)

    def put(self, value: object, hint: str) -> None:
        super().put(value, hint)
        if self.preview is not None and self.preview.isVisible():
            self.preview.show_text(self.ctx.data, self.text.toPlainText())

    # -- references

    def _typed(self) -> None:
        if self.text.hasFocus():
            self.offer()

    def _moved(self) -> None:
        if self._offers is not None and self._offers.isVisible() and self._open_reference() is None:
            self._offers.hide()

    def _open_reference(self) -> tuple[int, int, str] | None:
        """Where the reference before the cursor begins and ends, and what is typed of it."""
        cursor = self.text.textCursor()
        hit = _OPEN.search(cursor.block().text()[: cursor.positionInBlock()])
        return (cursor.block().position() + hit.start(1), cursor.position(), hit[1]) if hit else None

    def offer(self) -> None:
        """Offer what the reference before the cursor may name."""
        here = self._open_reference()
        found = references.offers(self.ctx.data, here[2], here[0], here[1]) if here is not None else []
        if not found or self._read_only:
            if self._offers is not None:
                self._offers.hide()
            return
        if self._offers is None:
            self._offers = Offers(self.window())
            self._offers.chosen.connect(self._take)
        self._offers.show_below(self.text.viewport(), found, self.text.cursorRect().bottomLeft())
        self._offers.choose(0)

    def _take(self, offer: Offer) -> None:
        """Write the reference out and go on behind it."""
        whole = self.text.toPlainText()
        closed = whole[offer.end : offer.end + 2] == "]]"
        cursor = self.text.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(offer.start)
        cursor.setPosition(offer.end + (2 if closed else 0), cursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{offer.text}]]")
        cursor.endEditBlock()
        self.text.setTextCursor(cursor)
        if self._offers is not None:
            self._offers.hide()

    # -- keys and focus

    def key(self, event: QKeyEvent) -> bool:
        if self._offers is not None and self._offers.isVisible():
            if event.key() == Qt.Key.Key_Tab:
                return self._offers.take()
            if self._offers.key(event):
                return True
        if event.modifiers() & _CTRL and self._pressed(event.key()):
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and plain and self._may_write() and markdown.next_item(self.text):
            return True
        return super().key(event)

    def _pressed(self, key: int) -> bool:
        run = {
            Qt.Key.Key_B: self.bold,
            Qt.Key.Key_I: self.italic,
            Qt.Key.Key_L: self.list_,
            Qt.Key.Key_E: self.toggle_preview,
        }.get(Qt.Key(key))
        if run is not None:
            run()
        return run is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.modifiers() == _CTRL
            and event.key() in _OWN_KEYS
        ):
            event.accept()
            return True
        used = super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent):
            self._focused(event)
        return used

    def _focused(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        inside = event.gotFocus() or self.has_cursor()
        self.tools.setVisible((inside or self.in_table or not self.looks) and not self._read_only)
        if not inside and self._offers is not None:
            self._offers.hide()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._read_only = read_only

    # -- size

    def wanted_size(self) -> tuple[int, int]:
        return theme().space(100), self.text.height() + self.tools.sizeHint().height()

    def _grow(self) -> None:
        """Over a cell: as high as the text, upwards where there is no room below."""
        room = self.parentWidget()
        if room is None or not self.isVisible():
            return
        high = min(self.text.height() + self.tools.height(), room.height())
        if high != self.height():
            top = max(min(self.y(), room.height() - high), 0)
            self.setGeometry(self.x(), top, self.width(), high)


class BodyEditor(MarkdownEditor):
    """The text of a section, as high as the room there is; the page shows the result beside it."""

    looks = False

    def __init__(self, field: Field, ctx: Context, parent: QWidget | None, in_table: bool) -> None:
        super().__init__(field, ctx, parent, in_table)
        self._box.insertWidget(0, self.tools)
        self.tools.setVisible(True)

    def make_text(self) -> QPlainTextEdit:
        made = QPlainTextEdit(self)
        made.setTabChangesFocus(True)
        return made
